from datetime import date

import pytest

from eventcode import countries


def test_every_iso_country_and_kosovo_is_there():
    pycountry = pytest.importorskip("pycountry")
    ours = {c.iso3: c for c in countries.all_countries()}
    assert set(ours) == {c.alpha_3 for c in pycountry.countries} | {"XKX"}
    for entry in pycountry.countries:
        assert (ours[entry.alpha_3].iso2, ours[entry.alpha_3].iso_numeric) == (entry.alpha_2, entry.numeric)


@pytest.mark.parametrize(("iso3", "cow", "gw"), [
    ("YEM", 679, 678), ("VNM", 816, 816), ("DEU", 255, 260), ("SRB", 345, 340), ("AFG", 700, 700), ("XKX", 347, 347),
    ("PSE", None, None), ("SSD", 626, 626), ("ABW", None, None),
])
def test_state_numbers(iso3, cow, gw):
    country = countries.by_iso3(iso3)
    assert (country.cow, country.gw) == (cow, gw)


def test_state_numbers_are_unique_and_lead_back():
    numbered = [c for c in countries.all_countries() if c.gw is not None]
    assert len({c.gw for c in numbered}) == len(numbered) > 170
    assert all(countries.by_gw(c.gw) is c for c in numbered)


@pytest.mark.parametrize(("name", "iso3"), [
    ("Côte d’Ivoire", "CIV"), ("ivory coast", "CIV"), ("BURMA", "MMR"), ("Türkiye", "TUR"), ("DR Congo", "COD"),
    ("Republic of Congo", "COG"), ("U.S.", "USA"),
    (" Kosovo ", "XKX"), ("DR Congo (Zaire)", "COD"), ("eSwatini", "SWZ"),
])
def test_by_name_knows_aliases(name, iso3):
    assert countries.by_name(name).iso3 == iso3


@pytest.mark.parametrize("name", ["", None, "Ruritania", "Afghan"])
def test_by_name_says_none_for_the_unknown(name):
    assert countries.by_name(name) is None


def test_every_own_and_acled_name_leads_back_to_its_country():
    for country in countries.all_countries():
        assert countries.by_name(country.name) is country
        assert countries.by_name(country.acled_name or country.name) is country


def test_regions_are_those_of_their_codebooks():
    assert {c.ucdp_region for c in countries.all_countries() if c.gw} == {"Africa", "Americas", "Asia", "Europe",
                                                                          "Middle East"}
    assert countries.by_iso3("AFG").acled_region == "Caucasus and Central Asia"
    assert countries.by_iso3("egy").ucdp_region == "Middle East"
    assert countries.by_iso2("xk").name == "Kosovo"
    assert countries.by_iso3("NAM").iso2 == "NA"


@pytest.mark.parametrize(("iso3", "day", "numbers"), [
    ("YEM", date(1986, 1, 13), (678, 678)), ("YEM", date(1994, 5, 5), (679, 678)),
    ("SRB", date(1999, 3, 24), (345, 345)), ("SRB", date(2024, 11, 1), (345, 340)),
    ("SSD", date(2010, 5, 1), (None, None)), ("SSD", date(2013, 12, 15), (626, 626)),
    ("SDN", date(2004, 2, 1), (625, 625)), ("SDN", date(2023, 4, 15), (625, 625)),
    ("VNM", date(1968, 1, 30), (816, 816)), ("DEU", date(1977, 10, 18), (260, 260)), ("DEU", None, (255, 260)),
    ("ABW", date(2020, 1, 1), (None, None)), (None, date(2020, 1, 1), (None, None)),
])
def test_state_numbers_hold_for_their_day(iso3, day, numbers):
    assert countries.state_numbers(iso3, day) == numbers


def test_every_country_has_a_middle_on_earth():
    middles = {c.iso3: (c.latitude, c.longitude) for c in countries.all_countries()}
    assert all(-90 < latitude < 90 and -180 < longitude < 180 for latitude, longitude in middles.values())
    assert middles["MLI"] == (18.0, -2.0)
    assert middles["RUS"] == (60.0, 100.0)
