"""Views of POLECAT, GDELT and ICEWS: columns, dtypes, and where each value comes from."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from expectations import coder

import eventcode as ec
from eventcode.dataset.columns import text_dtype
from eventcode.dataset.read import read_table
from eventcode.dataset.write import write
from eventcode.errors import InputError
from eventcode.neutral import Evidence
from eventcode.ontologies.cameo import tables
from eventcode.ontologies.cameo.record import CameoRecord
from eventcode.ontologies.plover.record import Entity, Location, PloverRecord
from eventcode.records import Record, RecordMeta
from eventcode.views.cameo import gdelt_value, icews_value
from eventcode.views.columns import FOLDER, view_columns
from eventcode.views.gdelt import fraction_date
from eventcode.views.icews import story_id
from eventcode.views.stories import Source

GDELT = ["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", "Actor1Code", "Actor1Name",
         "Actor1CountryCode", "Actor1KnownGroupCode", "Actor1EthnicCode", "Actor1Religion1Code", "Actor1Religion2Code",
         "Actor1Type1Code", "Actor1Type2Code", "Actor1Type3Code", "Actor2Code", "Actor2Name", "Actor2CountryCode",
         "Actor2KnownGroupCode", "Actor2EthnicCode", "Actor2Religion1Code", "Actor2Religion2Code", "Actor2Type1Code",
         "Actor2Type2Code", "Actor2Type3Code", "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode",
         "QuadClass", "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone", "Actor1Geo_Type",
         "Actor1Geo_FullName", "Actor1Geo_CountryCode", "Actor1Geo_ADM1Code", "Actor1Geo_ADM2Code", "Actor1Geo_Lat",
         "Actor1Geo_Long", "Actor1Geo_FeatureID", "Actor2Geo_Type", "Actor2Geo_FullName", "Actor2Geo_CountryCode",
         "Actor2Geo_ADM1Code", "Actor2Geo_ADM2Code", "Actor2Geo_Lat", "Actor2Geo_Long", "Actor2Geo_FeatureID",
         "ActionGeo_Type", "ActionGeo_FullName", "ActionGeo_CountryCode", "ActionGeo_ADM1Code", "ActionGeo_ADM2Code",
         "ActionGeo_Lat", "ActionGeo_Long", "ActionGeo_FeatureID", "DATEADDED", "SOURCEURL"]
MENTIONS = ["GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName",
            "MentionIdentifier", "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText",
            "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras"]
ICEWS = ["Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
         "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
         "City", "District", "Province", "Country", "Latitude", "Longitude"]
POLECAT = ["Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
           "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
           "Actor Name Raw", "Wikipedia Actor ID",
           "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
           "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
           "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID",
           "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations",
           "Story Locations", "Language", "Version"]
ORDER = {"gdelt": GDELT, "gdelt-mentions": MENTIONS, "icews": ICEWS, "polecat": POLECAT}
INTEGERS = {
    "gdelt": {"GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "IsRootEvent", "QuadClass", "NumMentions", "NumSources",
              "NumArticles", "Actor1Geo_Type", "Actor2Geo_Type", "ActionGeo_Type", "DATEADDED"},
    "gdelt-mentions": set(MENTIONS) - {"MentionSourceName", "MentionIdentifier", "MentionDocTone",
                                       "MentionDocTranslationInfo", "Extras"},
    "icews": {"Event ID", "Story ID", "Sentence Number"},
    "polecat": {"Actor COW", "Recipient COW", "GeoNames ID"}}
NUMBERS = {
    "gdelt": {"FractionDate", "GoldsteinScale", "AvgTone", "Actor1Geo_Lat", "Actor1Geo_Long", "Actor2Geo_Lat",
              "Actor2Geo_Long", "ActionGeo_Lat", "ActionGeo_Long"},
    "gdelt-mentions": {"MentionDocTone"},
    "icews": {"Intensity", "Latitude", "Longitude"}, "polecat": {"Intensity", "Latitude", "Longitude"}}
DAYS = {"gdelt": set[str](), "gdelt-mentions": set[str](), "icews": {"Event Date"},
        "polecat": {"Event Date", "Publication Date"}}
ONTOLOGY = {"gdelt": "cameo", "gdelt-mentions": "cameo", "icews": "cameo", "polecat": "plover"}
VIEWS = tuple(ORDER)

TEXT = ("Soldiers shelled rebel positions near Goma on Monday.\n\n"
        "Police in Kisumu arrested 14 students on Tuesday. "
        "Brazil's foreign minister met the president of Kenya in Nairobi on Wednesday.")
ARTICLE = ec.Article(TEXT, id="lakeside-17", published="2023-05-12", outlet="Lakeside Courier",
                     url="https://courier.example/17")


def coded(name: str) -> list[Record]:
    found: list[Record] = coder(ONTOLOGY[name]).code(ARTICLE)
    return found


def full(name: str) -> pd.DataFrame:
    return ec.view(coded(name), name, articles=[ARTICLE],  # type: ignore[arg-type]
                   events={"lakeside-17": coder("cameo").events(ARTICLE)})


def filled(row: pd.Series[Any]) -> dict[str, Any]:
    return {str(name): value for name, value in row.items() if pd.notna(value)}


def cameo(**values: Any) -> CameoRecord:
    given = {"date": date(2020, 2, 18), "source": "KENMIL", "target": "SOMREB", "code": "190", "title": "Use force",
             "goldstein": -10.0, "source_text": "Troops", "target_text": "rebels", **values}
    entry = tables.codes()[given["code"]]
    given |= {"root": entry.root, "quad": entry.quad}
    meta = given.pop("meta", RecordMeta(article_id="a1", ontology="cameo", events=("e1",)))
    return CameoRecord(**given, provenance=_evidence(given), meta=meta)


def plover(**values: Any) -> PloverRecord:
    given = {"id": "a1-20200218-1", "actor": (Entity(code="KEN", sector="MIL", entity_text="Troops"),),
             "event": ("ASSAULT",), **values}
    return PloverRecord(**given, provenance=_evidence({**given, "has_event": True}),
                        meta=RecordMeta(article_id="a1", ontology="plover"))


def _evidence(given: dict[str, Any]) -> dict[str, Evidence]:
    return {name: Evidence(rules=("test",)) for name, value in given.items() if value not in (None, ())}


RECORDS: dict[str, list[Record]] = {
    **{name: [cameo(), cameo(date=None)] for name in ("gdelt", "gdelt-mentions", "icews")},
    "polecat": [plover(), plover(date=date(2020, 2, 18))]}


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("number", [0, 1, 2, 40])
def test_columns_and_dtypes_are_the_formats_whatever_the_rows(name: str, number: int) -> None:
    frame = ec.view((RECORDS[name] * 20)[:number], name)  # type: ignore[arg-type]
    kinds = {"Int64": INTEGERS, "Float64": NUMBERS, "datetime64[s]": DAYS}
    wanted = {column: next((kind for kind, of in kinds.items() if column in of[name]), text_dtype())
              for column in ORDER[name]}
    assert list(frame.columns) == ORDER[name]
    assert {str(column): str(dtype) for column, dtype in frame.dtypes.items()} == wanted
    assert len(frame) == number


@pytest.mark.parametrize("name", VIEWS)
def test_coded_articles_have_the_same_dtypes_as_none(name: str) -> None:
    assert full(name).dtypes.equals(ec.view([], name).dtypes)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", VIEWS)
def test_every_column_says_where_it_comes_from_and_keeps_to_it(name: str) -> None:
    known = {column.name: column for column in view_columns(name)}
    assert all(column.value and column.kind in ("text", "integer", "number", "date") for column in known.values())
    bare = ec.view(RECORDS[name] + coded(name), name)  # type: ignore[arg-type]
    told = full(name)
    for column, about in known.items():
        empty = {"always": [], "where known": [], "needs articles": [bare], "never": [bare, told]}
        assert all(frame[column].isna().all() for frame in empty.get(about.filled, [])), column
        assert about.filled != "always" or not (bare[column].isna().any() or told[column].isna().any()), column
        assert about.filled not in ("needs articles", "needs events") or told[column].notna().any(), column


def test_columns_follow_the_reference(project: Path) -> None:
    folder = project.parent / "shared" / "reference"
    if not folder.is_dir():
        pytest.skip("the reference is not beside the project")
    for name in VIEWS:
        with (folder / f"{name.replace('-', '_')}_columns.csv").open(encoding="utf-8", newline="") as lines:
            assert [row["name"] for row in csv.DictReader(lines)] == ORDER[name]


def test_gdelt_rows_of_an_article() -> None:
    frame = full("gdelt")
    assert frame[["SQLDATE", "Actor1Code", "EventCode", "Actor2Code", "IsRootEvent"]].to_numpy().tolist() == [
        [20230508, "CODMIL", "194", "CODREB", 1], [20230509, "KENCOP", "173", "KENEDU", 0],
        [20230510, "BRAGOV", "040", "KENGOV", 0], [20230510, "KENGOV", "040", "BRAGOV", 0]]
    first = filled(frame.iloc[0])
    number = first.pop("GLOBALEVENTID")
    assert 0 < number < 2 ** 52
    assert first == {
        "SQLDATE": 20230508, "MonthYear": 202305, "Year": 2023, "FractionDate": 2023.3507,
        "Actor1Code": "CODMIL", "Actor1Name": "SOLDIERS", "Actor1CountryCode": "COD", "Actor1Type1Code": "MIL",
        "Actor2Code": "CODREB", "Actor2Name": "REBEL POSITIONS", "Actor2CountryCode": "COD", "Actor2Type1Code": "REB",
        "IsRootEvent": 1, "EventCode": "194", "EventBaseCode": "194", "EventRootCode": "19", "QuadClass": 4,
        "GoldsteinScale": -10.0, "NumMentions": 1, "NumSources": 1, "NumArticles": 1, "ActionGeo_Type": 4,
        "ActionGeo_FullName": "Goma, Nord-Kivu, Democratic Republic of the Congo", "ActionGeo_CountryCode": "CG",
        "ActionGeo_Lat": -1.67409, "ActionGeo_Long": 29.22845, "SOURCEURL": "https://courier.example/17"}


def test_gdelt_mentions_of_an_article() -> None:
    frame = full("gdelt-mentions")
    assert frame["GLOBALEVENTID"].tolist() == full("gdelt")["GLOBALEVENTID"].tolist()
    row = filled(frame.iloc[1])
    assert row.pop("GLOBALEVENTID") == full("gdelt")["GLOBALEVENTID"][1]
    assert row == {"MentionType": 1, "MentionSourceName": "Lakeside Courier", "SentenceID": 2, "InRawText": 1,
                   "MentionIdentifier": "https://courier.example/17", "Actor1CharOffset": TEXT.index("Police"),
                   "Actor2CharOffset": TEXT.index("students"), "ActionCharOffset": TEXT.index("arrested"),
                   "MentionDocLen": len(TEXT)}


def test_an_event_told_twice_has_two_mentions() -> None:
    text = ("Kenyan police arrested five students in Kisumu on Monday. Shops were open. "
            "Police arrested the five students in Kisumu before dawn on Monday.")
    article = ec.Article(text, id="t", published="2022-03-02", outlet="Lakeside Courier")
    records, events = coder("cameo").code(article), coder("cameo").events(article)
    assert [(event.id, len(event.reports)) for event in events] == [("e1", 2)]
    frame = ec.view(records, "gdelt-mentions", articles=[article], events={"t": events})
    columns = ["MentionType", "SentenceID", "Actor1CharOffset", "ActionCharOffset"]
    assert frame[columns].fillna(-1).to_numpy().tolist() == [
        [2, 1, 0, text.index("arrested")], [2, 3, -1, text.rindex("arrested")]]
    assert frame["GLOBALEVENTID"].nunique() == 1
    assert ec.view(records, "gdelt", events={"t": events})["NumMentions"].tolist() == [2]
    assert len(ec.view(records, "gdelt-mentions", articles=[article])) == 1


def test_icews_rows_of_an_article() -> None:
    frame = full("icews")
    assert frame["CAMEO Code"].tolist() == ["194", "173", "040", "040"]
    assert frame["Event ID"].tolist() == full("gdelt")["GLOBALEVENTID"].tolist()
    row = filled(frame.iloc[1])
    assert {name: row.pop(name) for name in ("Event Date", "Latitude", "Longitude")} == {
        "Event Date": pd.Timestamp("2023-05-09"), "Latitude": -0.10221, "Longitude": 34.76171}
    assert row.pop("Event ID") != row.pop("Story ID")
    assert row == {
        "Source Name": "Police (Kenya)", "Source Sectors": "Police,Government", "Source Country": "Kenya",
        "Event Text": "Arrest, detain, or charge with legal action", "CAMEO Code": "173", "Intensity": -5.0,
        "Target Name": "Education (Kenya)", "Target Sectors": "Education", "Target Country": "Kenya",
        "Sentence Number": 2, "Publisher": "Lakeside Courier", "City": "Kisumu", "Province": "Kisumu",
        "Country": "Kenya"}


def test_polecat_rows_of_an_article() -> None:
    frame = full("polecat")
    assert frame["Event Type"].tolist() == ["ASSAULT", "COERCE", "CONSULT"]
    row = filled(frame.iloc[2])
    assert row.pop("Version").startswith(f"eventcode {ec.__version__}; ontology plover 2.0")
    assert row.pop("Contexts").split("; ")[0] == "executive"
    assert row == {
        "Event ID": "lakeside-17-20230510-3_CONSULT", "Event Date": pd.Timestamp("2023-05-10"),
        "Event Type": "CONSULT", "Intensity": 2.5, "Quad Code": "VERBAL COOPERATION",
        "Actor Country": "BRA", "Actor COW": 140, "Primary Actor Sector": "GOV", "Actor Sectors": "GOV",
        "Actor Name Raw": "Brazil's foreign minister",
        "Recipient Country": "KEN", "Recipient COW": 501, "Primary Recipient Sector": "GOV", "Recipient Sectors": "GOV",
        "Recipient Name Raw": "president of Kenya", "Placename": "Nairobi", "City": "Nairobi", "Province": "Nairobi",
        "Country": "KEN", "Latitude": -1.28333, "Longitude": 36.81667, "GeoNames ID": 184745,
        "Raw Placename": "Nairobi", "Source": "Lakeside Courier", "Publication Date": pd.Timestamp("2023-05-12"),
        "Language": "English"}


def test_a_compound_plover_record_makes_a_row_of_each_pair() -> None:
    pair = Entity(code="UGA", sector="MIL", entity_text="Ugandan\ntroops"), Entity(code="KOS", sector="PTYOPP")
    frame = ec.view([plover(actor=pair, recipient=(Entity(code="IGO"), Entity(sector="REB")), mode=("heavy-weapons",),
                            event=("ASSAULT", "COERCE"), quad_code=4, event_scale=-9.5)], "polecat")
    assert frame["Event ID"].tolist() == [f"a1-20200218-1_{e}-{n}" for n, e in
                                          enumerate(["ASSAULT"] * 4 + ["COERCE"] * 4, start=1)]
    assert frame["Actor Country"].tolist() == ["UGA", "UGA", "KOS", "KOS"] * 2
    assert frame["Primary Recipient Sector"].fillna("").tolist() == ["", "REB"] * 4
    assert frame["Event Mode"].fillna("").tolist() == ["heavy-weapons"] * 4 + [""] * 4
    assert frame["Intensity"].tolist() == [-9.5] * 4 + [-7.0] * 4
    assert frame["Actor Name Raw"][0] == "Ugandan troops"
    assert filled(frame.iloc[2])["Actor Sectors"] == "PTY; OPP"
    assert filled(frame.iloc[2])["Actor COW"] == 347


def test_polecat_leaves_out_what_the_record_does_not_say() -> None:
    assert set(filled(ec.view([plover()], "polecat").iloc[0])) == {
        "Event ID", "Event Type", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors",
        "Actor Name Raw"}


def test_a_polecat_place_without_a_kind_of_feature() -> None:
    place = Location(extracted_place="the  valley", resolved_place="Valley", country_code="PAK", geonameid=7)
    row = filled(ec.view([plover(event_loc=place)], "polecat").iloc[0])
    assert (row["Raw Placename"], row["Placename"], row["Country"], row["GeoNames ID"]) == (
        "the valley", "Valley", "PAK", 7)


@pytest.mark.parametrize(("code", "country", "group", "religion", "types"), [
    ("KEN", "KEN", "", "", []), ("KENMIL", "KEN", "", "", ["MIL"]), ("REB", "", "", "", ["REB"]),
    ("IGOUNO", "", "UNO", "", ["IGO"]), ("IGOUNOREFHCR", "", "HCR", "", ["IGO", "REF"]),
    ("IGOWSTNAT", "WST", "NAT", "", ["IGO"]), ("IMGMUSISI", "", "ISI", "MUS", ["IMG"]),
    ("MUSGOV", "MUS", "", "", ["GOV"]), ("PSEREBHMS", "PSE", "HMS", "", ["REB"]),
    ("KENGOVPTYELI", "KEN", "", "", ["GOV", "PTY", "ELI"]),
    ("KENQQQMIL", "KEN", "", "", ["MIL"]),
])
def test_gdelt_takes_actor_codes_apart(code: str, country: str, group: str, religion: str, types: list[str]) -> None:
    row = filled(ec.view([cameo(source=code, target=code)], "gdelt").iloc[0])
    for side in ("Actor1", "Actor2"):
        assert row[f"{side}Code"] == code
        assert [row.get(f"{side}{part}", "") for part in ("CountryCode", "KnownGroupCode", "Religion1Code")] == [
            country, group, religion]
        assert [row[name] for name in (f"{side}Type{n}Code" for n in (1, 2, 3)) if name in row] == types


def test_icews_knows_sectors_and_country_of_actor_codes() -> None:
    records = [cameo(source=code, target="ROMGOV") for code in ("KEN", "RUSMIL", "KENGOVMIL", "IGOUNO", "IMGMUSISI",
                                                               "IGOWSTNAT")]
    frame = ec.view(records, "icews")
    assert frame["Source Sectors"].fillna("").tolist() == [
        "", "Military,Government", "Government,Military", "International Government Organization",
        "International Militarized Group", "International Government Organization"]
    assert frame["Source Country"].fillna("").tolist() == ["Kenya", "Russian Federation", "Kenya", "", "", ""]
    assert frame["Source Name"].tolist() == [
        "Kenya", "Military (Russian Federation)", "Government (Kenya)", "International Government Organization",
        "International Militarized Group", "International Government Organization"]
    assert frame["Target Country"].tolist() == ["Romania"] * 6


def test_an_actor_of_no_list_keeps_its_words() -> None:
    frame = ec.view([cameo(source="QQQ", source_text="the\nRed Belts")], "icews")
    assert frame["Source Name"].tolist() == ["the Red Belts"]


def test_every_role_of_the_cameo_pack_has_a_sector() -> None:
    with (FOLDER / "sectors.csv").open(encoding="utf-8", newline="") as lines:
        assert [row["role"] for row in csv.DictReader(lines) if row["role"] not in tables.titles("roles")] == []
    for role in tables.titles("roles"):
        assert filled(ec.view([cameo(source=role)], "icews").iloc[0])["Source Sectors"]


def test_each_format_has_its_own_value_of_a_code() -> None:
    published = {code: (gdelt_value(code), icews_value(code)) for code in tables.codes()}
    assert {code: pair for code, pair in published.items() if pair[0] != pair[1]} == {
        "016": (-2.0, -5.0), "022": (3.2, 3.4), "164": (-7.0, -6.5), "165": (-6.5, -7.0),
        "106": (None, -5.0), "1213": (None, -4.0)}
    assert [code for code, pair in published.items() if pair == (None, None)] == [
        "1214", "155", "176", "1834", "1951", "1952"]
    assert pd.isna(ec.view([cameo(code="176", goldstein=-7.0)], "gdelt")["GoldsteinScale"][0])


@pytest.mark.parametrize(("code", "base", "root", "quad"), [
    ("010", "010", "01", 1), ("1411", "141", "14", 4), ("07", "07", "07", 2), ("112", "112", "11", 3)])
def test_gdelt_codes_are_text_at_each_level(code: str, base: str, root: str, quad: int) -> None:
    row = ec.view([cameo(code=code)], "gdelt").iloc[0]
    assert [row[f"Event{level}Code"] for level in ("", "Base", "Root")] == [code, base, root]
    assert row["QuadClass"] == quad


@pytest.mark.parametrize(("day", "fraction"), [
    (date(2020, 2, 18), 2020.1315), (date(2021, 1, 1), 2021.0027), (date(2019, 12, 31), 2019.989)])
def test_fraction_date_counts_thirty_days_a_month(day: date, fraction: float) -> None:
    assert fraction_date(day) == fraction


@pytest.mark.parametrize(("place", "kind", "name", "fips"), [
    (("Chad", "TCD", None), 1, "Chad", "CD"), (("Jinja", "UGA", 0.4), None, "Jinja, Uganda", "UG"),
    (("Peja", "XKX", 42.7), None, "Peja, Kosovo", "KV"), (("the border", None, None), None, "the border", None)])
def test_gdelt_places_without_events(place: tuple[Any, ...], kind: int | None, name: str, fips: str | None) -> None:
    location, country, latitude = place
    record = cameo(location=location, country=country, latitude=latitude)
    row = filled(ec.view([record], "gdelt").iloc[0])
    assert [row.get(f"ActionGeo_{part}") for part in ("Type", "FullName", "CountryCode", "Lat")] == [
        kind, name, fips, latitude]


@pytest.mark.parametrize(("words", "kind"), [
    ("in Kisumu", 4), ("in Ohio", 2), ("in Cleveland, Ohio", 3), ("in Kenya", 1), ("in Nord-Kivu", 5)])
def test_gdelt_types_of_place(words: str, kind: int) -> None:
    article = ec.Article(f"Police {words} arrested five students on Monday.", id="p", published="2022-03-02")
    frame = ec.view(coder("cameo").code(article), "gdelt", events={"p": coder("cameo").events(article)})
    assert frame["ActionGeo_Type"].tolist() == [kind]


def test_names_are_canonical_where_events_know_them() -> None:
    article = ec.Article("ISIS fighters attacked a Nigerian army base on Monday.", id="n", published="2022-03-02")
    records = coder("cameo").code(article)
    events = {"n": coder("cameo").events(article)}
    plain, named = ec.view(records, "icews"), ec.view(records, "icews", events=events)
    assert (plain["Source Name"][0], named["Source Name"][0]) == (records[0].source_text, "Islamic State")
    assert ec.view(records, "gdelt", events=events)["Actor1Name"][0] == "ISLAMIC STATE"


def test_event_ids_are_the_records_own() -> None:
    one, other, unnamed = cameo(), cameo(code="193"), cameo(meta=RecordMeta(ontology="cameo"))
    first, second = ec.view([one, other], "gdelt"), ec.view([other, unnamed, one, one], "icews")
    assert second["Event ID"].is_unique
    assert first["GLOBALEVENTID"].tolist() == [second["Event ID"][2], second["Event ID"][0]]


@pytest.mark.parametrize(("article", "number"), [(None, None), ("0047", 47), ("47400351", 47400351)])
def test_story_ids_keep_numbers(article: str | None, number: int | None) -> None:
    assert story_id(article) == number
    frame = ec.view([cameo(meta=RecordMeta(article_id=article, ontology="cameo"))], "icews")
    assert frame["Story ID"].tolist() == ([number] if number else [pd.NA])


def test_other_story_ids_become_numbers_that_every_program_can_hold() -> None:
    numbers = {story_id(name) for name in ("a", "b", "9" * 19, "²")}
    assert len(numbers) == 4
    assert all(number is not None and 0 < number < 2 ** 52 for number in numbers)


@pytest.mark.parametrize(("text", "lead"), [
    ("Troops left.\n\nThey took the road.", "Troops left."),
    ("\n Troops left\nin trucks.\n \nThey took the road.", "Troops left\nin trucks."),
    ("Troops left.\nThey took the road.\n", "Troops left."),
    ("Troops left. They took the road.", "Troops left."), (" ", "")])
def test_the_lead_is_the_first_paragraph(text: str, lead: str) -> None:
    start, end = Source(ec.Article(text)).lead
    assert text[start:end] == lead


def test_url_gives_way_to_outlet() -> None:
    records = coded("gdelt")[:1]
    for update, told in (({"url": None}, "Lakeside Courier"), ({"url": None, "outlet": None}, "")):
        articles = {"lakeside-17": ARTICLE.model_copy(update=update)}
        assert ec.view(records, "gdelt", articles=articles)["SOURCEURL"].fillna("").tolist() == [told]


@pytest.mark.parametrize("name", VIEWS)
def test_lists_of_lists_are_taken_as_pipe_gives_them(name: str) -> None:
    nested = [RECORDS[name][:1], [], RECORDS[name][1:]]
    pd.testing.assert_frame_equal(ec.view(nested, name), ec.view(RECORDS[name], name))  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "wrong", "needed"), [
    ("polecat", cameo(), "plover"), ("gdelt", plover(), "cameo"), ("icews", plover(), "cameo")])
def test_records_of_another_ontology_are_refused(name: Any, wrong: Record, needed: str) -> None:
    with pytest.raises(InputError, match=rf"a {name} view is made of {needed} records, not of {wrong.ontology} ones"):
        ec.view([wrong], name)


def test_another_format_is_refused() -> None:
    with pytest.raises(InputError, match="no view 'gtd'; known are polecat, gdelt, gdelt-mentions, icews"):
        ec.view([], "gtd")  # type: ignore[arg-type]


@pytest.mark.parametrize(("articles", "events", "message"), [
    ([ec.Article("Nothing.")], None, "one of them has no id"),
    ([ARTICLE, ARTICLE], None, "two of them have the same id"),
    (["text"], None, "expected Articles or a mapping of id to Article, got str"),
    ({"lakeside-17": TEXT}, None, "'lakeside-17' is a str, not an Article"),
    ({"lakeside-17": ec.Article(TEXT.lower())}, None, "record 0: article 'lakeside-17' is not the text"),
    (None, {"lakeside-17": [None]}, "lack e1")])
def test_what_does_not_belong_to_the_records_is_refused(articles: Any, events: Any, message: str) -> None:
    if events:
        events = {"lakeside-17": coder("cameo").events(ARTICLE)[1:]}
    with pytest.raises(InputError, match=message):
        ec.view(coded("gdelt"), "gdelt", articles=articles, events=events)


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_files_keep_codes_as_text(tmp_path: Path, name: str, suffix: str) -> None:
    records = [*coded(name), *RECORDS[name]]
    if name in ("gdelt", "icews"):
        records.append(cameo(code="010"))
    frame = ec.view(records, name)  # type: ignore[arg-type]
    path = write(frame, tmp_path / f"events.{suffix}")
    table = read_table(path)
    assert table.header == ORDER[name]
    cells = {column: [row[i] for row in table.rows] for i, column in enumerate(table.header)}
    for column in (about.name for about in view_columns(name) if about.kind == "text"):
        assert cells[column] == [None if pd.isna(value) else value for value in frame[column]], column
    if name in ("gdelt", "icews"):
        assert cells["EventCode" if name == "gdelt" else "CAMEO Code"][-1] == "010"
    if suffix == "parquet":
        pd.testing.assert_frame_equal(pd.read_parquet(path).astype(frame.dtypes), frame)


def test_pandas_reads_the_csv_back_with_the_views_dtypes(tmp_path: Path) -> None:
    frame = ec.view([cameo(code="010"), cameo(date=None)], "icews")
    path = write(frame, tmp_path / "events.csv")
    days = ["Event Date"]
    kinds = {column: str(dtype) for column, dtype in frame.dtypes.items() if column not in days}
    again = pd.read_csv(path, dtype=kinds, parse_dates=days).astype({"Event Date": "datetime64[s]"})
    pd.testing.assert_frame_equal(again, frame)
