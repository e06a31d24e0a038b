import pickle
import sqlite3
import threading

import pytest

from eventcode.gazetteer import Gazetteer, build, key, plain, store
from eventcode.gazetteer.names import bare_unit, english_unit, is_latin, spellings


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.open()


@pytest.mark.parametrize(("one", "other"), [
    ("Shibirghān", "SHIBIRGHAN"), ("Deir ez-Zor", "deir ez zor"), ("Sana'a", "Sana’a"), ("U.S.", "US"),
    ("Łódź", "Lodz"), ("Mek'ele", "Mekele"), ("St. Louis", "St Louis"),
])
def test_key_makes_spellings_of_one_name_equal(one, other):
    assert key(one) == key(other)


def test_key_keeps_names_apart():
    assert key("Goma") != key("Gomma")
    assert key("North Kivu") != key("Kivu")


def test_plain_keeps_capitals_and_hyphens():
    assert plain("Ḩalab-e Šahr") == "Halab-e Sahr"


@pytest.mark.parametrize(("name", "bare"), [
    ("Sumy Oblast", "Sumy"), ("Anderson County", "Anderson"), ("Departamento de Arauca", "Arauca"),
    ("County", "County"), ("Kidal", "Kidal"),
])
def test_bare_unit_drops_only_the_noun_for_its_kind(name, bare):
    assert bare_unit(name) == bare


def test_english_unit_takes_the_english_alias_of_a_foreign_name():
    assert english_unit("Ḩimş", ("Homs", "Homs Governorate")) == "Homs"
    assert english_unit("Jowzjān", ("Joʻzjon",)) == "Jowzjan"
    assert english_unit("West Darfur", ("Western Darfur State",)) == "West Darfur"


@pytest.mark.parametrize(("name", "latin"), [("Goma", True), ("Гома", False), ("ge ma", False), ("GOM", False),
                                             ("Mazār-e Sharīf", True), ("‘Adan", True), ("戈马", False)])
def test_is_latin(name, latin):
    assert is_latin(name) is latin


def test_spellings_try_the_name_without_its_article():
    assert list(spellings("al-Bab"))[:2] == ["al bab", "bab"]
    assert list(spellings("Goma")) == ["goma"]


@pytest.mark.parametrize(("name", "kind", "country", "admin1", "latitude", "longitude"), [
    ("Sheberghan", "settlement", "AFG", "Jowzjan", 36.67, 65.75),
    ("Deir ez-Zor", "settlement", "SYR", "Deir ez-Zor", 35.34, 40.14),
    ("Maiduguri", "settlement", "NGA", "Borno", 11.85, 13.16),
    ("Helmand", "admin1", "AFG", "Helmand", 31.0, 64.0),
    ("Nord-Kivu", "admin1", "COD", "Nord-Kivu", -0.6, 28.8),
    ("Anderson County", "admin2", "USA", "Tennessee", 36.1, -84.2),
    ("Pristina", "settlement", "XKX", None, 42.67, 21.17),
])
def test_lookup_finds_the_place_with_its_province(gazetteer, name, kind, country, admin1, latitude, longitude):
    found = [c for c in gazetteer.lookup(name) if (c.kind, c.country) == (kind, country) and admin1 in (c.admin1, None)]
    assert found
    assert found[0].latitude == pytest.approx(latitude, abs=0.2)
    assert found[0].longitude == pytest.approx(longitude, abs=0.2)


def test_lookup_is_ordered_by_size_and_says_nothing_for_the_unknown(gazetteer):
    sizes = [c.population for c in gazetteer.lookup("San Juan")]
    assert len(sizes) > 5
    assert sizes == sorted(sizes, reverse=True)
    assert gazetteer.lookup("Qwrtzuiop") == []
    assert gazetteer.lookup("") == []


@pytest.mark.parametrize(("country", "admin1", "seat"), [
    ("AFG", "Jowzjan", "Shibirghan"),
    ("SYR", "Idlib", "Idlib"), ("USA", "New York", "Albany"), ("NGA", "Oyo", "Ibadan"),
    ("IRQ", "Anbar", "Ramadi"), ("CAN", "British Columbia", "Victoria"), ("COD", "Nord-Kivu", "Goma"),
])
def test_seat_of_a_province(gazetteer, country, admin1, seat):
    assert gazetteer.seat(country, admin1).name == seat


def test_seat_is_none_for_an_unknown_province(gazetteer):
    assert gazetteer.seat("AFG", "Ruritania") is None


def test_every_corrected_province_is_one_the_gazetteer_has(gazetteer):
    for row in build._provinces():
        name = row["name"] or row["admin1"]
        assert any(c.kind == "admin1" and c.name == name for c in gazetteer.lookup(name) if c.country == row["country"])


def test_it_is_pickled_by_path_and_read_only(gazetteer):
    copy = pickle.loads(pickle.dumps(gazetteer))
    assert copy.lookup("Goma") == gazetteer.lookup("Goma")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        copy._database().execute("DELETE FROM unit")


def test_a_build_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    def broken(database):
        database.executescript(build.SCHEMA)
        raise RuntimeError("disk full")

    monkeypatch.setattr(build, "_fill", broken)
    with pytest.raises(RuntimeError, match="disk full"):
        build.build(tmp_path / "cache" / "gazetteer-1.sqlite")
    assert list((tmp_path / "cache").iterdir()) == []


def test_it_is_built_once_when_several_ask_at_once_and_old_files_go(tmp_path, monkeypatch, capsys):
    built = []
    monkeypatch.setattr(build, "_fill", lambda database: built.append(database.executescript(build.SCHEMA)))
    old, new = tmp_path / "gazetteer-0.sqlite", tmp_path / "gazetteer-1.sqlite"
    old.write_bytes(b"")
    threads = [threading.Thread(target=store._build_once, args=(new,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(built) == 1
    assert new.exists()
    assert not old.exists()
    assert capsys.readouterr().err.count("building the gazetteer") == 1
    assert Gazetteer(new).lookup("Goma") == []


def test_the_cache_folder_can_be_chosen(tmp_path, monkeypatch):
    monkeypatch.setenv("EVENTCODE_CACHE", str(tmp_path))
    assert store.cache_folder() == tmp_path
    monkeypatch.delenv("EVENTCODE_CACHE")
    assert store.cache_folder().name == "eventcode"
