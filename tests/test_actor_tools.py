"""The linter of actor tables, unknown actors, and the commands around them."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import eventcode as ec
from eventcode.cli import app
from eventcode.dataset.read import read_table
from eventcode.dataset.unknown_actors import UnknownActor, unknown_actors
from eventcode.errors import InputError, RuleError
from eventcode.languages.en import language
from eventcode.mentions._actor_tables import ACTOR_COLUMNS, LEADER_COLUMNS, MORE_ACTOR_COLUMNS, MORE_LEADER_COLUMNS
from eventcode.mentions.actor_lint import lint, tables_of
from eventcode.mentions.actors import ActorFinder

RUN = CliRunner()
TODAY = date(2026, 11, 1)


def table(path: Path, columns: tuple[str, ...], *rows: dict[str, str]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def actors(path: Path, *rows: dict[str, str]) -> Path:
    return table(path / "actors.csv", (*ACTOR_COLUMNS, *MORE_ACTOR_COLUMNS), *rows)


def leaders(path: Path, *rows: dict[str, str]) -> Path:
    return table(path / "leaders.csv", (*LEADER_COLUMNS, *MORE_LEADER_COLUMNS), *rows)


FRONT = {"id": "hill-front", "name": "Hill Front", "country": "MLI", "sector": "REB", "checked": "2026-10"}
HEAD = {"id": "ana-sosa", "name": "Ana Sosa", "country": "PRY", "sector": "GOV", "office": "president",
        "start": "2001-08-15", "end": "2006-08-15"}


def found(*paths: Path) -> list[tuple[int, str]]:
    return [(finding.line, finding.check) for finding in lint(paths, TODAY).findings]


def test_built_in_tables_have_no_finding() -> None:
    report = lint(tables_of(language.folder), TODAY)
    assert [str(finding) for finding in report.findings] == []
    assert sum(one.rows for one in report.staleness) > 1000


@pytest.mark.parametrize(("change", "check"), [
    ({"country": "MALI"}, "row"), ({"sector": "ARMY"}, "row"), ({"traits": "brave"}, "row"), ({"name": ""}, "row"),
    ({"start": "2012", "end": "2010"}, "row"), ({"checked": "lately"}, "row"), ({"parent": "nobody"}, "reference"),
    ({"parent": "hill-front"}, "reference")])
def test_faults_of_a_row(tmp_path: Path, change: dict[str, str], check: str) -> None:
    assert found(actors(tmp_path, FRONT)) == []
    assert found(actors(tmp_path, {**FRONT, **change})) == [(2, check)]


@pytest.mark.parametrize(("first", "second", "checks"), [
    ({"end": "1999"}, {"start": "2000"}, []),
    ({"end": "2000"}, {"start": "2000"}, ["dates"]),
    ({}, {"id": "hill-party", "name": "Hill Party", "aliases": "Hill Front"}, ["name"]),
    ({}, {"id": "hill-party", "name": "Hill Party", "aliases": "Hill Front", "country": "PER"}, []),
    ({}, {"id": "hill-party", "name": "Hill Party", "aliases": "Hill Front?", "country": ""}, ["name"]),
    ({"end": "1999"}, {"id": "hill-party", "name": "Hill Front", "start": "2000"}, []),
])
def test_two_lines_need_days_or_a_country_that_part_them(tmp_path: Path, first: dict[str, str],
                                                         second: dict[str, str], checks: list[str]) -> None:
    path = actors(tmp_path, {**FRONT, **first}, {**FRONT, **second})
    assert found(path) == [(3, check) for check in checks]


@pytest.mark.parametrize(("second", "checks"), [
    ({"id": "luis-paz", "name": "Luis Paz", "start": "2006-08-15", "end": ""}, []),
    ({"id": "luis-paz", "name": "Luis Paz", "start": "2005-01-01", "end": ""}, ["dates"]),
    ({"id": "luis-paz", "name": "Luis Paz", "start": "2005-01-01", "office": "foreign minister"}, []),
    ({"id": "luis-paz", "name": "Luis Paz", "bare": "Ana Sosa", "office": ""}, ["name"]),
    ({"id": "luis-paz", "name": "Luis Paz", "office": "", "actor": "hill-front"}, ["reference"]),
])
def test_offices_are_held_one_after_the_other(tmp_path: Path, second: dict[str, str], checks: list[str]) -> None:
    assert found(leaders(tmp_path, HEAD, {**HEAD, **second})) == [(3, check) for check in checks]


def test_own_tables_may_refer_to_those_beneath(tmp_path: Path) -> None:
    base = actors(tmp_path, FRONT)
    (tmp_path / "own").mkdir()
    own = actors(tmp_path / "own", {**FRONT, "id": "hill-wing", "name": "Hill Wing", "parent": "hill-front"})
    assert lint([own], TODAY, beside=[base]).ok
    assert not lint([own], TODAY).ok


def test_staleness_counts_open_lines_by_region(tmp_path: Path) -> None:
    path = actors(tmp_path, FRONT, {**FRONT, "id": "b", "name": "B", "checked": "2023-01"},
                  {**FRONT, "id": "c", "name": "C", "checked": ""}, {**FRONT, "id": "d", "name": "D", "end": "2001"},
                  {**FRONT, "id": "e", "name": "E", "country": ""})
    told = {one.region: (one.rows, one.stale, one.oldest) for one in lint([path], TODAY).staleness}
    assert told == {"(no country)": (1, 0, "2026-10"), "Western Africa": (3, 2, "2023-01")}


def test_a_file_that_is_no_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="cannot be read"):
        lint([tmp_path / "nowhere.csv"], TODAY)
    with pytest.raises(RuleError):
        lint([table(tmp_path / "x.csv", ("id", "colour"), {})], TODAY)


@pytest.mark.parametrize(("words", "unknown"), [
    ("Kenyan soldiers", False), ("Hamas", False), ("the Afghan National Army", False), ("villagers", False),
    ("Gunmen of the Tall Cedar Column", True), ("General Ana Petrescu", True), ("", False)])
def test_words_with_a_name_that_no_table_has(words: str, unknown: bool) -> None:
    assert ActorFinder(language).unknown_name(words) is unknown


def entity(text: str, code: str | None = "MLI", sector: str | None = "UAF") -> dict[str, str | None]:
    return {"code": code, "sector": sector, "entity_text": text}


def test_unknown_actors_are_ranked(tmp_path: Path) -> None:
    cells = [[entity("Tall Cedar Column"), entity("villagers")], [entity("tall Cedar Column")],
             [entity("Orla Quist", None, None)]]
    frame = pd.DataFrame({"actor": [json.dumps(cell) for cell in cells], "recipient": [None, "[]", "no entity"]})
    frame.to_csv(tmp_path / "plover.csv", index=False)
    finder = ActorFinder(language)
    assert unknown_actors(read_table(tmp_path / "plover.csv"), finder) == [
        UnknownActor("Tall Cedar Column", "MLI", "UAF", 2), UnknownActor("Orla Quist", None, None, 1)]
    words = pd.DataFrame({"source": ["MLIREB", "KEN"], "source_text": ["Tall Cedar Column", "Kenya"], "target_text": [
        "Orla Quist", None], "target": [None, None]})
    words.to_csv(tmp_path / "cameo.csv", index=False)
    assert [(one.text, one.country) for one in unknown_actors(read_table(tmp_path / "cameo.csv"), finder)] == [
        ("Orla Quist", None), ("Tall Cedar Column", "MLI")]
    evidence = pd.DataFrame({"field": ["actor1", "notes"], "text": ["Tall Cedar Column", "Orla Quist"]})
    evidence.to_csv(tmp_path / "evidence.csv", index=False)
    assert [one.text for one in unknown_actors(read_table(tmp_path / "evidence.csv"), finder)] == ["Tall Cedar Column"]
    pd.DataFrame({"actor1": ["x"]}).to_csv(tmp_path / "acled.csv", index=False)
    with pytest.raises(InputError, match="no words of parties"):
        unknown_actors(read_table(tmp_path / "acled.csv"), finder)


def test_commands(tmp_path: Path) -> None:
    path = actors(tmp_path, FRONT, {**FRONT, "parent": "nobody"})
    done = RUN.invoke(app, ["actors", "lint", str(path)])
    assert done.exit_code == 1
    assert "actors.csv:3: dates:" in done.stdout
    assert "Western Africa: 0 of 2 open lines stale, the oldest checked 2026-10" in done.stdout
    assert RUN.invoke(app, ["actors", "lint", str(tmp_path / "no.csv")]).exit_code == 2
    done = RUN.invoke(app, ["actors", "find", "The Taliban spoke.", "-p", "2022-01-01"])
    assert "[taliban AFG GOV]  Taliban" in done.stdout
    done = RUN.invoke(app, ["actors", "find", "Hill Front men fled.", "-a", str(actors(tmp_path, FRONT)), "--json"])
    assert json.loads(done.stdout.splitlines()[0])["actor_id"] == "hill-front"
    pd.DataFrame({"field": ["actor1"], "text": ["Hill Front"]}).to_csv(tmp_path / "e.csv", index=False)
    done = RUN.invoke(app, ["actors", "unknown", str(tmp_path / "e.csv")])
    assert done.stdout.split() == ["1", "Hill", "Front", "-", "-"]
    known = RUN.invoke(app, ["actors", "unknown", str(tmp_path / "e.csv"), "-a", str(path)])
    assert (known.stdout, known.exit_code) == ("", 0)


def test_own_actors_by_path_and_frame(tmp_path: Path) -> None:
    path = actors(tmp_path, FRONT)
    for own in (path, str(path), pd.read_csv(path)):
        party = ec.load("acled", actors=[own]).mentions("The Hill Front left Gao.").actors[0]
        assert (party.actor_id, party.country, party.sector) == ("hill-front", "MLI", "REB")
