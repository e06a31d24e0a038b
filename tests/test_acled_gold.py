"""Our own coded reports: the set is sound, its parts are kept apart, the development part is read as well as before."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from typing import Any

import acled_gold as gold
import pytest
from acled_gold import COLUMNS, Answer, Report
from gold_parts import DEVELOPMENT, SET_ASIDE, part_of

from eventcode.ontologies.acled import ontology, tables

REPORTS = gold.read_reports()
ROWS = [(report.id, row) for report in REPORTS for row in report.rows]
WANTED = [row for _, row in ROWS if not row.get("optional")]
NUMBERS = {"time_precision", "iso", "geo_precision", "fatalities"}


@cache
def scores() -> gold.Scores:
    return gold.score(gold.answers(gold.read_reports(DEVELOPMENT)))


def row(sub_event_type: str, **other: Any) -> dict[str, Any]:
    """A row of this type in Togo; the other columns as given, or blank."""
    return dict.fromkeys(COLUMNS, "") | {
        "sub_event_type": sub_event_type, "event_type": tables.sub_events()[sub_event_type].event_type,
        "actor1": "Police Forces of Togo (2005-)", "actor2": "Civilians (Togo)", "country": "Togo",
        "location": "Kara", "event_date": "2024-05-02", "fatalities": 0} | other


def answer(marked: list[dict[str, Any]], found: list[dict[str, Any]], part: str = DEVELOPMENT) -> Answer:
    report = Report("c", "Police shot a man in Kara on Thursday.", "2024-05-03", "Volta", tuple(marked), part)
    return gold.answer(report, found)


def test_reports_are_told_and_dated() -> None:
    for report in REPORTS:
        assert report.text == report.text.strip(), report.id
        assert report.outlet, report.id
        assert all(date.fromisoformat(row["event_date"]) <= date.fromisoformat(report.published)
                   for row in report.rows), report.id


def test_rows_have_every_column_and_no_other() -> None:
    for report_id, coded in ROWS:
        assert set(COLUMNS) <= set(coded) <= {"optional", *COLUMNS, *(f"{c}_also" for c in COLUMNS)}, report_id


def test_variants_are_of_the_columns_kind_and_differ_from_the_value() -> None:
    for report_id, coded in ROWS:
        for column in COLUMNS:
            values = [coded[column], *coded.get(f"{column}_also", [])]
            assert all(type(value) is (int if column in NUMBERS else str) for value in values), (report_id, column)
            assert len(set(values)) == len(values), (report_id, column)


def test_codes_are_the_codebooks() -> None:
    """Types, actor classes, interactions, countries, regions, dates and precisions of every row, and what ties them."""
    for report_id, coded in ROWS:
        for column, allowed in ontology.allowed.items():
            assert coded.get(column, "") in allowed | {""}, (report_id, column)
        for check in ontology.checks:
            assert check.fault({column: coded.get(column) for column in check.columns}) is None, (report_id, check.id)
        known = tables.sub_events()[coded["sub_event_type"]]
        assert (coded["event_type"], coded["disorder_type"]) == (known.event_type, known.disorder_type), report_id
        crowd = known.event_type in ("Protests", "Riots")
        assert coded["tags"].startswith("crowd size=") if crowd else coded["tags"] == "", report_id


def test_parts_follow_the_hash_of_the_id() -> None:
    assert [report.part for report in REPORTS] == [part_of(report.id) for report in REPORTS]


def test_no_report_stands_twice() -> None:
    assert len({report.id for report in REPORTS}) == len({report.text for report in REPORTS}) == len(REPORTS) >= 160


def test_every_type_has_its_rows_in_both_parts() -> None:
    everywhere = Counter(row["sub_event_type"] for row in WANTED)
    aside = {row["sub_event_type"] for report in REPORTS if report.part == SET_ASIDE
             for row in report.rows if not row.get("optional")}
    assert set(everywhere) == aside == set(tables.sub_events())
    assert min(everywhere.values()) >= 4


def test_the_set_is_broad() -> None:
    """Countries, regions, and reports with no event or with several."""
    assert len({row["country"] for row in WANTED}) >= 40
    assert len({row["region"] for row in WANTED}) >= 15
    assert sum(sum(not row.get("optional") for row in report.rows) != 1 for report in REPORTS) >= 25


def test_types_of_the_development_part() -> None:
    assert scores().weighted_f1 >= 0.81


def test_actor_pairs_of_the_development_part() -> None:
    assert scores().actor_pair >= 0.66


def test_fatalities_of_the_development_part() -> None:
    assert scores().columns["fatalities"] >= 0.81


def test_extra_rows_of_the_development_part() -> None:
    assert scores().extra <= 28


def test_a_missing_row_has_every_column_wrong_and_an_extra_row_lowers_f1() -> None:
    """Attack: one right of two marked, F1 2/3. Arrests: one right and one extra, F1 2/3."""
    two = gold.score([answer([row("Attack"), row("Attack", location="Lome")], [row("Attack", fatalities=2)]),
                      answer([row("Arrests")], [row("Arrests"), row("Arrests", location="Lome")])])
    assert two.weighted_f1 == pytest.approx(2 / 3)
    assert (two.rows, two.missing, two.extra) == (3, 1, 1)
    assert two.actor_pair == pytest.approx(2 / 3)
    assert two.columns["fatalities"] == pytest.approx(1 / 3)
    assert (two.paired["actor pair"], two.paired["fatalities"]) == (1.0, 0.5)


def test_rows_are_laid_beside_those_that_agree_most() -> None:
    found = [row("Attack", location="Lome"), row("Arrests", location="Kara")]
    pairs = answer([row("Arrests", location="Kara"), row("Attack", location="Sokode")], found).pairs
    assert [seen and seen["location"] for _, seen in pairs] == ["Kara", "Lome"]


@pytest.mark.parametrize(("sub_event_type", "same"), [("Armed clash", True), ("Arrests", True), ("Attack", False)])
def test_order_of_actors_counts_only_where_the_target_is_actor2(sub_event_type: str, same: bool) -> None:
    turned = row(sub_event_type, actor1="Civilians (Togo)", actor2="Police Forces of Togo (2005-)")
    assert (gold.score([answer([row(sub_event_type)], [turned])]).actor_pair == 1.0) is same


def test_an_optional_row_is_neither_missing_nor_extra() -> None:
    marked = [row("Attack"), row("Arrests", optional="true")]
    assert gold.score([answer(marked, [row("Attack")])]).missing == 0
    assert gold.score([answer(marked, [row("Attack"), row("Arrests")])]).extra == 0
    assert gold.score([answer(marked, [row("Attack"), row("Grenade")])]).extra == 1


@pytest.mark.parametrize(("column", "one", "other", "same"), [
    ("actor1", "JNIM: Group for Support", "Group for Support (JNIM)", True),
    ("actor1", "Police Forces of Togo (2005-)", "Police Forces of Togo (2005-2025)", True),
    ("actor1", "Police Forces of Togo (2005-)", "Police Forces of Togo (1967-)", False),
    ("assoc_actor_2", "Women (Togo); Students (Togo)", "Students (Togo); Women (Togo)", True),
    ("location", "Al-Mansurá", "al mansura", True), ("location", "Kara", "Lome", False),
    ("tags", "crowd size=around 3,000", "crowd size=about 3000; women targeted", True),
    ("tags", "crowd size=hundreds", "crowd size=no report", False), ("fatalities", 3, 4, False),
])
def test_spelling_is_no_difference(column: str, one: Any, other: Any, same: bool) -> None:
    assert gold.agrees(row("Attack") | {column: one}, row("Attack") | {column: other}, column) is same
    assert gold.agrees(row("Attack") | {column: "", f"{column}_also": [one]}, {column: other}, column) is same


def test_nothing_marked_has_no_score() -> None:
    with pytest.raises(ValueError, match="no rows"):
        gold.score([answer([], [row("Attack")])])


def test_errors_tell_what_is_wrong() -> None:
    right = answer([row("Attack")], [row("Attack")])
    wrong = answer([row("Attack"), row("Grenade", country="Benin")], [row("Attack", fatalities=2)])
    told = gold.errors([right, wrong, answer([], [row("Arrests")])], 5).splitlines()
    assert told[2] == "  Attack: fatalities 2 for 0"
    assert told[3].startswith("  missing 2024-05-02, Grenade, ")
    assert told[-1].startswith("  extra 2024-05-02, Arrests, ")


def test_errors_of_the_set_aside_part_stay_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="not shown"):
        gold.errors([answer([row("Attack")], [], SET_ASIDE)], 5)
    with pytest.raises(SystemExit):
        gold.main(["--part", SET_ASIDE, "--errors", "1"])
    assert "not shown" in capsys.readouterr().err
