"""What changed between two versions, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample import SAMPLE, record

import eventcode as ec
from eventcode.dataset.diff import CHANGES
from eventcode.errors import InputError
from eventcode.neutral import Evidence
from eventcode.records import RecordMeta

OLD = pd.DataFrame({"event_id_cnty": ["KEN1", "KEN2", "KEN3"], "fatalities": pd.array([2, 0, None], dtype="Int64"),
                    "notes": ["Clash at the well.", "March.", "Raid."], "timestamp": [1700000000] * 3})
NEW = pd.DataFrame({"event_id_cnty": ["KEN3", "KEN1", "KEN4"], "fatalities": pd.array([None, 5, 1], dtype="Int64"),
                    "notes": ["Raid.", "Clash at the well.", "Ambush."],
                    "timestamp": [1700000000, 1710000000, 1710000000]})


def rows(made: ec.Diff, *names: str) -> list[tuple[Any, ...]]:
    assert {name: str(dtype) for name, dtype in made.changes.dtypes.items() if name.endswith("row")} == {
        "old_row": "Int64", "new_row": "Int64"}
    assert list(made.changes.columns) == list(CHANGES)
    return [tuple(None if pd.isna(cell) else cell for cell in row)
            for row in made.changes[list(names)].itertuples(index=False)]


def test_data_releases_are_compared_by_their_ids() -> None:
    made = ec.diff(OLD, NEW, schema="acled", ignore=["timestamp"])
    assert rows(made, "change", "key", "old_row", "new_row", "column", "old", "new") == [
        ("changed", "KEN1", 0, 1, "fatalities", "2", "5"), ("added", "KEN4", None, 2, None, None, None),
        ("removed", "KEN2", 1, None, None, None, None)]
    assert rows(made, "cause")[0] == ("revised: uploaded 2023-11-14, again 2024-03-09",)
    assert str(made) == "3 rows before, 3 after: 1 the same, 1 changed (1 cells), 1 added, 1 removed"


def test_equal_tables_have_no_change() -> None:
    made = ec.diff(OLD, OLD.sample(frac=1, random_state=1), schema="acled")
    assert (len(made.changes), made.same) == (0, 3)
    assert ec.diff(OLD, OLD.astype({"fatalities": "float64"}), key="event_id_cnty").same == 3, "2 is 2.0"


def test_text_and_numbers_are_not_the_same_code() -> None:
    old, new = (pd.DataFrame({"id": ["a"], "code": [code]}) for code in ("010", 10))
    assert rows(ec.diff(old, new, key="id"), "old", "new") == [("010", "10")]


def test_columns_that_come_and_go_are_told() -> None:
    made = ec.diff(OLD, NEW.rename(columns={"notes": "note"}), key=["event_id_cnty"], ignore=["timestamp"])
    assert (made.columns_added, made.columns_removed) == (("note",), ("notes",))
    assert "columns added: note" in str(made)


def test_rows_without_key_match_by_content_within_their_article() -> None:
    old = pd.DataFrame({"article": ["1", "1", "2"], "actor": ["A", "B", "A"], "code": ["010", "190", "010"],
                        "place": ["x", "y", "x"]})
    new = pd.DataFrame({"article": ["1", "1", "3"], "actor": ["B", "A", "A"], "code": ["193", "010", "010"],
                        "place": ["y", "x", "x"]})
    made = ec.diff(old, new, article="article")
    assert rows(made, "change", "old_row", "new_row", "column", "old", "new") == [
        ("changed", 1, 0, "code", "190", "193"), ("added", None, 2, None, None, None),
        ("removed", 2, None, None, None, None)]
    assert made.same == 1


def test_rows_that_share_less_than_half_are_other_events() -> None:
    old, new = (pd.DataFrame({"article": ["1"], "a": [cell], "b": [cell]}) for cell in ("x", "y"))
    assert rows(ec.diff(old, new, article="article"), "change") == [("added",), ("removed",)]


def coded(code: str, rule: str, word: str = "Army", article: str = "a1", **values: Any) -> Any:
    made = record(article, id="x", code=code, **values)
    evidence = {**made.provenance, "code": Evidence(start=0, end=len(word), text=word, rules=("en/attack", rule))}
    meta = RecordMeta(article_id=article, ontology="sample", versions={"ontology sample": f"1+{rule}", "spacy": "3.8"})
    return made.model_copy(update={"provenance": evidence, "meta": meta})


@pytest.mark.parametrize(("new", "cause"), [
    (coded("NO", "sample/b"), "rules: sample/a -> sample/b"),
    (coded("NO", "sample/a", word="Soldiers"), "words: 'Army' -> 'Soldiers', by en/attack; sample/a"),
    (coded("NO", "sample/a"), "same words and rules (en/attack; sample/a): what the rule gives has changed")])
def test_the_cause_of_a_changed_cell_is_its_rule_or_its_words(new: Any, cause: str) -> None:
    made = ec.diff([coded("010", "sample/a")], [[new]], schema=SAMPLE)
    assert rows(made, "change", "column", "old", "new", "cause") == [("changed", "code", "010", "NO", cause)]
    assert rows(made, "key") == [("a1",)]


def test_cells_that_one_version_leaves_empty() -> None:
    full, bare = [coded("010", "sample/a", low=2)], [coded("010", "sample/a")]
    assert rows(ec.diff(full, bare, schema=SAMPLE), "column", "cause") == [
        ("low", "no longer by en/attack; sample/low")]
    assert rows(ec.diff(bare, full, schema=SAMPLE), "column", "cause") == [("low", "now by en/attack; sample/low")]


def test_added_records_name_their_rules_and_versions_that_differ_are_told() -> None:
    made = ec.diff([coded("010", "sample/a")], [coded("010", "sample/a"), coded("NO", "sample/b", article="a2")],
                   schema=SAMPLE)
    assert rows(made, "change", "key", "cause") == [("added", "a2", "rules: en/attack, sample/b, sample/id")]
    assert made.versions == {"ontology sample": ("1+sample/a", "1+sample/b")}
    assert "ontology sample: 1+sample/a -> 1+sample/b" in str(made)


def test_provenance_frames_stand_in_for_records() -> None:
    old, new = [coded("010", "sample/a")], [coded("NO", "sample/b")]
    frames = [ec.to_frame(records, SAMPLE) for records in (old, new)]
    tables = [ec.provenance_frame(records) for records in (old, new)]
    made = ec.diff(*frames, old_provenance=tables[0], new_provenance=tables[1])
    assert rows(made, "cause") == [("rules: sample/a -> sample/b",)]


def test_causes_are_counted() -> None:
    old = [coded("010", "sample/a", article=f"a{n}") for n in range(5)]
    new = [coded("NO", "sample/b" if n else "sample/c", article=f"a{n}") for n in range(5)]
    made = ec.diff(old, new, schema=SAMPLE)
    assert made.causes[["column", "cause", "times"]].values.tolist() == [
        ["code", "rules: sample/a -> sample/b", 4], ["code", "rules: sample/a -> sample/c", 1]]


def test_reports(tmp_path: Path) -> None:
    made = ec.diff(OLD, NEW, schema="acled")
    page = made.save(tmp_path / "changes.md").read_text()
    assert "| changed | KEN1 | 0 | 1 | fatalities | 2 | 5 |" in page
    assert "<h2>Causes</h2>" in made._repr_html_()


@pytest.mark.parametrize(("options", "message"), [
    ({"key": "nr"}, "no column 'nr' on both sides"), ({"article": "story"}, "no column 'story'"),
    ({"key": "timestamp"}, "the key 1700000000 stands in rows 0 and 1 of old")])
def test_wrong_options_are_named(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        ec.diff(OLD, NEW, **options)


def test_real_records_of_two_wordings() -> None:
    coder = ec.load("acled")
    old, new = (coder.code(ec.Article(f"Police arrested {n} students in Kisumu, Kenya, on Tuesday.", id="a",
                                      published="2023-05-12")) for n in ("14", "15"))
    made = ec.diff(old, new)
    assert "notes" in set(made.changes["column"])
    assert "sub_event_type" not in set(made.changes["column"])
    assert made.changes["cause"].notna().all()
    assert ec.diff(old, old).same == len(old) > 0


_ROWS = st.dictionaries(st.integers(0, 8), st.tuples(st.sampled_from(["a", "b", None]), st.integers(0, 2)), max_size=8)


@settings(deadline=None)
@given(_ROWS, _ROWS)
def test_applying_the_changes_to_the_old_gives_the_new(old: Any, new: Any) -> None:
    frames = [pd.DataFrame([(key, *cells) for key, cells in side.items()], columns=["id", "x", "y"]).astype(
        {"x": "object", "y": "Int64"}) for side in (old, new)]
    made = ec.diff(*frames, key="id")
    told = {str(key): [cells[0], str(cells[1])] for key, cells in old.items()}
    for row in made.changes.itertuples():
        if row.change == "removed":
            del told[row.key]
        elif row.change == "added":
            key = int(row.key)
            told[row.key] = [new[key][0], str(new[key][1])]
        else:
            told[row.key]["xy".index(row.column)] = None if pd.isna(row.new) else row.new
    assert told == {str(key): [cells[0], str(cells[1])] for key, cells in new.items()}
    assert made.same == sum(old.get(key) == cells for key, cells in new.items())
