"""The review screen: decisions that last, a server for this machine only, gold and scores, proposals, the page."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from browser import CHROMIUM, Browser
from typer.testing import CliRunner

import eventcode as ec
from eventcode.cli import app
from eventcode.mentions.actor_lint import lint as lint_actors
from eventcode.review import open_review
from eventcode.review.form import Form
from eventcode.review.queue import Queue
from eventcode.review.screen import Refused, Screen
from eventcode.review.server import ReviewServer, page
from eventcode.review.store import FILE, Store, last, standing
from eventcode.rulesets.lint import lint
from eventcode.validation import check_row
from eventcode.validation.spec import of_ontology

HOSTILE = ('<script>window.hacked = 1</script><img src=x onerror="window.hacked = 2"> Gunmen killed four farmers in '
           "Gao on Monday.\r\n\r\n\U0001f69c =HYPERLINK(\"https://x.invalid\") \u202eabc\u202c \x0b ]]> &lt;b&gt; "
           "Soldiers beat a trader.\r\nend </div></section>")
TEXTS = {
    "blast": "A car bomb exploded in Baidoa on Tuesday, killing 12 people and wounding at least 30.",
    "march": "Several hundred teachers marched through Nairobi on Thursday to demand higher pay.",
    "<i>hostile": HOSTILE,
    "quiet": "The market was busy all week, and the price of maize fell. Two herders drowned in the river.",
    "raid": "Fighters of the Blue Valley Front killed three soldiers near Bunia on Monday. Fighters of the Blue Valley "
            "Front shot dead a policeman in Beni on Sunday.",
}


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("review")
    rows = [{"id": name, "text": text, "title": f"{name} & more", "published": "2023-05-12"}
            for name, text in TEXTS.items()]
    (home / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    ec.code_corpus(home / "a.jsonl", "acled", home / "run")
    return home / "run"


@pytest.fixture
def run(coded: Path, tmp_path: Path) -> Path:
    """A run of its own, with no decision yet."""
    return Path(shutil.copytree(coded, tmp_path / "run"))


@pytest.fixture
def screen(run: Path) -> Screen:
    return Screen(Queue(ec.read_run(run)), "ana")


def records_of(screen: Screen, article: str) -> list[str]:
    names = [story.id for story in screen.queue.stories]
    return [step.id for step in screen.queue.steps(screen.states())
            if step.article == names.index(article) and step.what != "article"]


def whole(screen: Screen, article: str) -> str:
    return f"a{[story.id for story in screen.queue.stories].index(article)}"


def finish(screen: Screen) -> None:
    """Accept whatever is left."""
    for name, kind, _ in screen.progress()["steps"]:
        if not kind:
            screen.decide(name, "complete" if name.startswith("a") else "accept")


# Decisions on disk

def test_a_decision_is_a_row_that_nobody_changes(run: Path) -> None:
    store = Store(run / FILE, "this run")
    first = store.add("ana", "r0", "accept")
    store.add("ana", "r0", "correct", cells={"actor1": "X", "event_date": "2024-01-02"})
    store.add("ben", "r0", "reject")
    history = store.all()
    assert [one.kind for one in history] == ["accept", "correct", "reject"]
    assert history[1].cells == {"actor1": "X", "event_date": "2024-01-02"}
    assert [one.id for one in store.all("ana")] == [first, first + 1]
    with sqlite3.connect(run / FILE) as db:
        for change in ("UPDATE decisions SET kind = 'accept'", "DELETE FROM decisions"):
            with pytest.raises(sqlite3.DatabaseError, match="never"):
                db.execute(change)
    db.close()
    store.close()
    with pytest.raises(ec.InputError, match="other records"):
        Store(run / FILE, "another run")
    (run / FILE).write_bytes(b"no database at all, but some words")
    with pytest.raises(ec.InputError, match="cannot be opened"):
        Store(run / FILE, "this run")


def test_the_last_decision_holds_until_it_is_taken_back(run: Path) -> None:
    store = Store(run / FILE, "this run")
    store.add("ana", "r0", "accept")
    second = store.add("ana", "r0", "reject")
    store.add("ana", "r0", "note", note="why?")
    state = standing(store.all("ana"))["r0"]
    assert (state.decision_kind, state.note) == ("reject", "why?")
    note = last(store.all("ana"))
    assert note is not None
    store.add("ana", "r0", "undo", undoes=note.id)
    again = last(store.all("ana"))
    assert again is not None
    assert again.id == second
    store.add("ana", "r0", "undo", undoes=second)
    state = standing(store.all("ana"))["r0"]
    assert (state.decision_kind, state.note) == ("accept", "")
    assert len(store.all()) == 5


def test_many_writers_lose_nothing(run: Path) -> None:
    stores = [Store(run / FILE, "this run") for _ in range(3)]

    def write(store: Store, coder: str) -> None:
        for n in range(30):
            store.add(coder, f"r{n}", "accept")

    threads = [threading.Thread(target=write, args=(stores[n % 3], f"coder {n}")) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stores[0].all()) == 180
    assert len(stores[0].all("coder 5")) == 30


# The form

@pytest.mark.parametrize("name", ["acled", "cameo", "plover", "ucdp-ged"])
def test_every_column_is_in_the_form_and_comes_back_as_it_was(name: str) -> None:
    coder = ec.load(name)
    row = coder.code("Soldiers shot dead five ADF rebels near Beni on Monday.", published="2023-05-12")[0].values()
    form = Form(coder.ontology)
    assert [field["name"] for field in form.fields()] == list(coder.ontology.record.columns())
    shown = form.shown(row)
    made, faults = form.changed({}, {column: text for column, text in shown.items() if text})
    assert [fault for fault in faults if fault.severity == "error"] == []
    assert form.shown(made) == shown
    assert any(field["options"] for field in form.fields())


def test_a_correction_is_checked_as_validate_checks_a_row() -> None:
    coder = ec.load("acled")
    row = coder.code("Gunmen killed four farmers in Gao on Monday.", published="2023-05-12")[0].values()
    form = Form(coder.ontology)
    made, faults = form.changed(row, {"sub_event_type": "Armed clash"})
    assert (made["event_type"], made["disorder_type"], made["civilian_targeting"]) == (
        "Battles", "Political violence", None)
    assert any("civilians are no actors of Battles" in fault.message for fault in faults)
    made, faults = form.changed(row, {"event_date": "2023-04-01", "country": "Niger", "actor2": "",
                                      "location": "Ayorou"})
    assert (made["iso"], made["region"], made["inter2"], made["interaction"]) == (
        562, "Western Africa", None, "Political militia only")
    wrong = {"fatalities": "many", "event_date": "1 May", "latitude": "nan", "inter1": "Aliens"}
    for column, text in wrong.items():
        assert [fault.column for fault in form.changed(row, {column: text})[1]] == [column]
    assert any("belongs to" in fault.message for fault in
               form.changed(row, {"sub_event_type": "Grenade", "event_type": "Riots"})[1])


@pytest.mark.parametrize("name", ["acled", "cameo", "plover", "ucdp-ged"])
def test_one_row_is_checked_as_a_table_of_it(name: str) -> None:
    coder = ec.load(name)
    record = coder.code("Soldiers shot dead five ADF rebels near Beni on Monday.", published="2023-05-12")[0]
    known, spec = coder.ontology.record.columns(), of_ontology(coder.ontology)
    frame = ec.to_frame([record])
    texts = [column for column in known if isinstance(getattr(record, column), str)]
    for changes in ({}, *({column: value} for column in texts[::5] for value in (None, "nonsense"))):
        table = frame.assign(**{column: pd.Series([value], dtype=frame[column].dtype)
                                for column, value in changes.items()})
        row = {**record.values(), **changes}
        told = [[(one.severity, one.check, one.column, one.message) for one in found] for found in (
            ec.validate(table, name).issues, check_row(row, spec))]
        assert told[0] == told[1]


def test_what_the_codebook_fixes_follows() -> None:
    follows = {name: ec.load(name).ontology.follows for name in ("cameo", "plover", "ucdp-ged")}
    assert follows["cameo"]({"code": "190"}) == {"title": "Use conventional military force",
                                                 "root": "19", "quad": 4, "goldstein": -10.0}
    assert follows["cameo"]({"code": "unheard of"}) == {}
    assert follows["plover"]({"event": ["ASSAULT"]}) == {"quad_code": 4}
    made = follows["ucdp-ged"]({"date_start": "2020-02-03", "side_a": "A", "side_b": "B", "latitude": 0.1,
                                "longitude": 0.1, "deaths_a": 1, "deaths_b": 0, "deaths_civilians": 2,
                                "deaths_unknown": 0})
    assert (made["year"], made["dyad_name"], made["best"]) == (2020, "A - B", 3)
    assert made["priogrid_gid"] > 0


# Steps and decisions

def test_every_record_and_article_is_a_step(screen: Screen) -> None:
    steps = screen.queue.steps({})
    assert [step.record for step in steps if step.what == "record"] == list(range(len(screen.queue.rows)))
    assert [step.article for step in steps if step.what == "article"] == list(range(len(TEXTS)))
    for step in steps:
        told = screen.step(step.id)
        assert told["heading"].endswith("& more")
        assert not re.search(r"<(script|img|iframe)|<[^>]*\son\w+=", told["html"] + told["card"] + told["about"])
    assert all(name in screen.step("r0")["card"] for name in ("event_type", "actor1", "Baidoa"))
    assert screen.step("r0")["rules"][0][0].startswith("acled/")


def test_a_sample_is_the_same_for_everyone_and_grows(run: Path) -> None:
    samples = [Queue(ec.read_run(run), size).articles for size in (2, 2, 3, 99)]
    assert samples[0] == samples[1]
    assert set(samples[0]) < set(samples[2])
    assert samples[3] == list(range(len(TEXTS)))


def test_decisions_are_kept_undone_and_told(screen: Screen) -> None:
    screen.decide("r0", "accept")
    screen.decide("r1", "reject")
    screen.decide("r2", "correct", {"fatalities": "5"})
    screen.note("r2", "five, says the mayor")
    told = screen.step("r2")
    assert (told["kind"], told["note"]) == ("correct", "five, says the mayor")
    assert told["changed"] == [["fatalities", "4", "5"]]
    with pytest.raises(Refused, match="fatalities"):
        screen.decide("r2", "correct", {"fatalities": "-1"})
    assert screen.step("r2")["changed"] == [["fatalities", "4", "5"]]
    screen.decide("r2", "correct", {"fatalities": "4"})
    assert (screen.step("r2")["kind"], screen.step("r2")["changed"]) == ("accept", [])
    assert [screen.undo()["go"] for _ in range(5)] == ["r2", "r2", "r2", "r1", "r0"]
    with pytest.raises(ec.InputError, match="nothing to take back"):
        screen.undo()
    assert {kind for _, kind, _ in screen.progress()["steps"]} == {""}
    assert len(screen.store.all()) == 10
    for step, kind in (("r0", "complete"), ("a0", "accept"), ("r0", "add"), ("r99", "accept"), ("r0", "undo")):
        with pytest.raises(ec.InputError):
            screen.decide(step, kind)


def shown_place(screen: Screen, article: str, words: str) -> tuple[int, int]:
    """Where words stand in the text as the page shows it."""
    text = TEXTS[article].replace("\r\n", "\n")
    return text.index(words), text.index(words) + len(words)


def test_a_missing_event_is_added_from_its_words(screen: Screen) -> None:
    base = {name: text for name, text in screen.step("r2")["cells"].items() if text}
    cells = {**base, "actor1": "Military Forces of Mali (2021-)", "inter1": "State forces", "fatalities": "0",
             "interaction": "State forces-Civilians"}
    place = shown_place(screen, "<i>hostile", "beat a trader.\nend")
    step = whole(screen, "<i>hostile")
    for wrong, words in ((place, "beat a"), ((place[0] + 1, place[1] + 1), "beat a trader. end"), ((5, 5), ""),
                         ((10**8, 10**8 + 1), "x")):
        with pytest.raises(ec.InputError, match="mark them again"):
            screen.add(step, cells, wrong, words)
    with pytest.raises(Refused):
        screen.add(step, {"actor1": "Somebody"}, place, "beat a trader.\nend")
    made = screen.add(step, cells, place, "beat a trader.\nend")
    state = screen.states()[made["go"]]
    assert state.span is not None
    assert TEXTS["<i>hostile"][slice(*state.span)] == "beat a trader.\r\nend"
    told = screen.step(made["go"])
    assert (told["kind"], told["cells"]["actor1"]) == ("add", "Military Forces of Mali (2021-)")
    assert "by hand" in told["card"]
    screen.decide(made["go"], "correct", {"fatalities": "1"})
    assert screen.step(made["go"])["cells"]["fatalities"] == "1"
    assert screen.add(step, cells, place, "beat a trader. end")["go"] == "n2-2"
    assert [screen.undo()["go"] for _ in range(3)] == ["a2", "n2-1", "a2"]
    assert screen.add(step, cells, place, "beat a trader. end")["go"] == "n2-3"


def test_words_are_found_where_an_article_is_shown_in_excerpts(run: Path, tmp_path: Path) -> None:
    text = "Soldiers waited.\r\n" + "x " * 20_000 + "\r\nPolice arrested 40 students in Taiz on Wednesday.\r\nThe end."
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "long", "text": text, "published": "2023-05-12"}))
    ec.code_corpus(tmp_path / "b.jsonl", "acled", tmp_path / "long")
    screen = Screen(Queue(ec.read_run(tmp_path / "long")), "ana")
    html = screen.step("r0")["html"]
    assert "characters are left out here" in html
    plain = re.sub(r"<span class=\"gap\">.*?</span>|<[^>]+>", "", html)
    at = plain.index("students in Taiz on Wednesday.\nThe")
    made = screen.add("a0", {k: v for k, v in screen.step("r0")["cells"].items() if v}, (at, at + 34),
                      "students in Taiz on Wednesday.\nThe")
    span = screen.states()[made["go"]].span
    assert span is not None
    assert text[slice(*span)] == "students in Taiz on Wednesday.\r\nThe"


# What comes of it

def test_gold_is_read_and_scored(screen: Screen, run: Path, tmp_path: Path) -> None:
    with pytest.raises(ec.InputError, match="nobody has decided"):
        ec.read_review(run).gold()
    screen.decide("r0", "correct", {"fatalities": "6"})
    screen.decide("r1", "reject")
    finish(screen)
    review = ec.read_review(run)
    gold = review.gold()
    total = len(screen.queue.rows)
    assert len(gold) == total - 1
    assert gold["decision"].tolist()[:2] == ["corrected", "accepted"]
    assert bool(gold["finished"].all())
    assert ec.validate(gold[list(ec.read_run(run).records.columns)], "acled").ok
    scores = review.evaluate(samples=20)
    strict = scores.overall.set_index("average").loc["strict"]
    assert strict["precision"] == pytest.approx((total - 2) / total)
    assert strict["recall"] == pytest.approx((total - 2) / (total - 1))
    fields = scores.scores.set_index("field")
    assert fields.loc["fatalities", "right"] == pytest.approx(total - 1.5)
    for name in ("gold.csv", "gold.jsonl"):
        ec.write(gold, tmp_path / name)
        back = ec.read_records(tmp_path / name, "acled")
        again = ec.evaluate(review.coded(), back, fields=review.compare(), article="article", samples=20)
        pd.testing.assert_frame_equal(again.overall, scores.overall)


def test_only_finished_articles_are_scored(screen: Screen, run: Path) -> None:
    for name in records_of(screen, "blast"):
        screen.decide(name, "accept")
    with pytest.raises(ec.InputError, match="no article is finished by ana"):
        ec.read_review(run).evaluate()
    screen.decide(whole(screen, "blast"), "complete")
    screen.decide(records_of(screen, "march")[0], "reject")
    review = ec.read_review(run)
    assert review.coded()["article"].unique().tolist() == ["blast"]
    assert review.evaluate(samples=10).units == 1
    assert "1 of 5 articles finished" in str(review)


def test_an_added_event_lowers_recall(screen: Screen, run: Path) -> None:
    cells = {name: text for name, text in screen.step("r0")["cells"].items() if text}
    place = shown_place(screen, "quiet", "Two herders drowned")
    screen.add(whole(screen, "quiet"), cells, place, "Two herders drowned")
    finish(screen)
    review = ec.read_review(run)
    overall = review.evaluate(samples=10).overall.set_index("average")
    assert overall.loc["strict", "precision"] == 1
    assert overall.loc["strict", "recall"] < 1
    made = next(one for one in review.annotations() if one["id"] == "quiet")
    (start, end, label), = made["label"]
    assert (TEXTS["quiet"][start:end], label) == ("Two herders drowned", "Explosions/Remote violence")


def test_annotations_are_read_as_those_of_other_tools(screen: Screen, run: Path, tmp_path: Path) -> None:
    screen.decide("r1", "reject")
    finish(screen)
    found = ec.read_annotations(ec.read_review(run).write_annotations(tmp_path / "spans.jsonl"))
    assert found.faults == ()
    assert found.texts == TEXTS
    assert {coder for _, coder in found.seen} == {"ana"}
    assert len(found.rows) == len(screen.queue.rows) - 1
    assert {row.words for row in found.rows if row.document == "blast"} == {"exploded"}


def test_two_coders_are_compared(screen: Screen, run: Path) -> None:
    with pytest.raises(ec.InputError, match="two coders"):
        ec.read_review(run).agreement()
    other = Screen(Queue(ec.read_run(run)), "ben")
    screen.decide("r2", "reject")
    other.decide("r2", "correct", {"fatalities": "7"})
    finish(screen)
    finish(other)
    review = ec.read_review(run)
    with pytest.raises(ec.InputError, match=r"Name a coder: ana, ben"):
        review.gold()
    steps = len(screen.queue.fixed)
    percent = review.agreement(samples=10).scores.set_index("measure").loc["percent_agreement", "value"]
    assert percent == pytest.approx((steps - 1) / steps)
    deaths = review.agreement("fatalities", samples=10)
    assert deaths.units == len(screen.queue.rows)
    assert deaths.alpha < 1
    assert review.agreement("country", samples=10).alpha < 1
    with pytest.raises(ec.InputError, match="no column"):
        review.agreement("colour")


def test_corrections_propose_actors_and_rules_that_the_linters_take(screen: Screen, run: Path, tmp_path: Path) -> None:
    raids = records_of(screen, "raid")
    assert len(raids) == 2
    for name in raids:
        screen.decide(name, "correct", {"actor1": "Blue Valley Front", "inter1": "Rebel group"})
    screen.decide("r0", "correct", {"sub_event_type": "Suicide bomb"})
    screen.decide("r1", "reject")
    finish(screen)
    made = ec.read_review(run).proposals()
    (row,) = made.actors
    assert (row["name"], row["sector"], row["country"]) == ("Blue Valley Front", "REB", "COD")
    (rule,) = [rule for rule in made.rules if "Suicide bomb" in rule["codes"].values()]
    assert rule["examples"][0]["text"] == TEXTS["blast"]
    assert rule["over"][0].startswith("acled/explosions/")
    assert any("counterexample" in remark and "teachers" in remark for remark in made.remarks)
    home = made.save(tmp_path / "mine")
    assert [str(finding) for finding in lint(home) if finding.level == "error"] == []
    assert lint_actors([home / "actors.csv"], pd.Timestamp("2026-01-01").date()).ok
    record = ec.load(home).code(TEXTS["blast"], published="2023-05-12")[0]
    assert record.sub_event_type == "Suicide bomb"  # type: ignore[attr-defined]
    named = ec.load(home).code(TEXTS["raid"], published="2023-05-12")
    assert {one.actor1 for one in named} == {"Blue Valley Front"}  # type: ignore[attr-defined]
    with pytest.raises(ec.InputError, match="is not empty"):
        made.save(tmp_path / "mine")


@pytest.mark.parametrize("name", ["cameo", "plover", "ucdp-ged"])
def test_other_ontologies_are_reviewed_too(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "published": "2023-05-12", "text":
                                                  "Soldiers shot dead five ADF rebels near Beni on Monday. "
                                                  "Jihadists killed two soldiers in Gao on Sunday."}))
    run = ec.code_corpus(tmp_path / "a.jsonl", name, tmp_path / "run")
    screen = Screen(Queue(run), "ana")
    column, value = {"cameo": ("code", "190"), "plover": ("mode", ""), "ucdp-ged": ("side_a", "Red Belts")}[name]
    old = screen.step("r0")["cells"]
    value = value if name != "plover" else next(
        code for code, _ in next(f for f in screen.queue.form.fields() if f["name"] == "mode")["options"]
        if code != old["mode"] and not [fault for fault in screen.check("r0", {"mode": code})["faults"]
                                        if fault["severity"] == "error"])
    screen.decide("r0", "correct", {column: value})
    finish(screen)
    review = ec.read_review(run)
    gold = review.gold()
    assert column in {part[0] for part in screen.step("r0")["changed"]}
    assert ec.validate(gold[list(run.records.columns)], name).ok
    assert review.evaluate(samples=5).overall["f1"].iloc[1] < 1
    made = review.proposals(times=1)
    assert [str(one) for one in lint(made.save(tmp_path / "mine")) if one.level == "error"] == []


def test_a_folder_of_rules_is_reviewed_and_laid_over(tmp_path: Path) -> None:
    rules = Path(__file__).parent.parent / "examples" / "incident_log"
    texts = ["A bomb exploded near a school in Quetta on Monday.", "Hundreds marched in Lima on Sunday.", "Nothing."]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(
        {"id": str(n), "text": text, "published": "2024-05-15"}) for n, text in enumerate(texts)))
    screen = open_review(ec.code_corpus(tmp_path / "a.jsonl", rules, tmp_path / "run"), "ana")
    assert screen.step("r0")["cells"]["incident"] == "030"
    screen.decide("r0", "correct", {"incident": "020"})
    finish(screen)
    made = ec.read_review(tmp_path / "run").proposals()
    assert [rule["codes"] for rule in made.rules] == [{"incident": "020", "severity": "low"}]
    home = made.save(tmp_path / "mine")
    assert [str(one) for one in lint(home) if one.level == "error"] == []
    assert ec.load(home).code(texts[0], published="2024-05-15")[0].incident == "020"  # type: ignore[attr-defined]


# The command

def test_the_command_writes_what_came_of_it(screen: Screen, run: Path, tmp_path: Path) -> None:
    def call(*options: str) -> Any:
        return CliRunner().invoke(app, ["review", str(run), *options])

    assert call("--export", str(tmp_path / "g.csv")).exit_code == 2
    screen.decide("r0", "correct", {"sub_event_type": "Suicide bomb"})
    finish(screen)
    finish(Screen(Queue(ec.read_run(run)), "ben"))
    done = call("--coder", "ana", "--export", str(tmp_path / "g.csv"), "--evaluate", "--agreement", "--annotations",
                str(tmp_path / "s.jsonl"), "--proposals", str(tmp_path / "mine"))
    assert done.exit_code == 0, done.output
    for part in ("precision", "krippendorff_alpha", "g.csv", "s.jsonl", "mine", "rules proposed"):
        assert part in done.stdout
    assert len(pd.read_csv(tmp_path / "g.csv")) == len(screen.queue.rows)
    wrong = call("--export", str(tmp_path / "g.csv"))
    assert (wrong.exit_code, "Name a coder" in wrong.stderr) == (2, True)
    nowhere = CliRunner().invoke(app, ["review", str(tmp_path), "--evaluate"])
    assert (nowhere.exit_code, "no run here" in nowhere.stderr) == (2, True)


# The server

Ask = Callable[..., tuple[int, dict[str, str], bytes]]


@pytest.fixture
def server(screen: Screen) -> Iterator[ReviewServer]:
    with ReviewServer(screen) as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture
def ask(server: ReviewServer) -> Ask:
    def send(method: str, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
        given = {"Host": f"127.0.0.1:{server.port}", "Cookie": f"eventcode_review_{server.port}={server.token}",
                 "X-Review-Token": server.token, "Content-Type": "application/json",
                 **{name.replace("_", "-"): value for name, value in headers.items()}}
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        raw = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        connection.request(method, path, raw, {name: value for name, value in given.items() if value != "(none)"})
        answer = connection.getresponse()
        told = answer.status, dict(answer.headers), answer.read()
        connection.close()
        return told

    return send


def test_it_listens_on_this_machine_only(server: ReviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert server.address.startswith(f"http://127.0.0.1:{server.port}/?token=")
    with pytest.raises(ec.InputError, match="cannot be used"):
        ReviewServer(server.screen, server.port)


def test_the_printed_address_opens_the_page_and_the_secret_leaves_it(server: ReviewServer, ask: Ask) -> None:
    code, headers, _ = ask("GET", f"/?token={server.token}", Cookie="(none)")
    assert (code, headers["Location"]) == (303, "/")
    assert all(part in headers["Set-Cookie"] for part in ("HttpOnly", "SameSite=Strict", server.token))
    code, headers, body = ask("GET", "/")
    assert code == 200
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["Cache-Control"] == "no-store"
    assert body.count(b"<script") == 2
    assert b"hacked" not in body
    for path, cookie in (("/", "(none)"), ("/", "eventcode_review=x"), ("/?token=wrong", "(none)"),
                         ("/step/r0", "(none)"), ("/steps", "a=b;;;=\"")):
        assert ask("GET", path, Cookie=cookie)[0] == 403


FORGED = {
    "another host": {"Host": "evil.example:80"}, "a name that leads here": {"Host": "127.0.0.1.evil.example"},
    "another port": {"Host": "127.0.0.1:1"}, "another page": {"Origin": "https://evil.example"},
    "a page without a name": {"Origin": "null"}, "a page of another site": {"Sec_Fetch_Site": "cross-site"},
    "no secret": {"X_Review_Token": "(none)"}, "a guess": {"X_Review_Token": "\xe9"},
    "no cookie": {"Cookie": "(none)"}, "a form": {"Content_Type": "text/plain"},
}


@pytest.mark.parametrize("headers", FORGED.values(), ids=FORGED)
def test_no_other_page_can_decide(server: ReviewServer, ask: Ask, headers: dict[str, str]) -> None:
    code, _, body = ask("POST", "/decide", {"step": "r0", "kind": "accept"}, **headers)
    assert code in (403, 415, 421)
    assert b"Traceback" not in body
    assert server.screen.store.all() == []
    if "Host" in headers or "Origin" in headers:
        assert ask("GET", "/step/r0", **headers)[0] in (403, 421)


BAD = [
    ("POST", "/decide", b"{"), ("POST", "/decide", b"[" * 100_000), ("POST", "/decide", b"\xff\xfe"),
    ("POST", "/decide", []), ("POST", "/decide", None), ("POST", "/decide", {}),
    ("POST", "/decide", {"step": 1, "kind": "accept"}),
    ("POST", "/decide", {"step": "r99", "kind": "accept"}), ("POST", "/decide", {"step": "r0", "kind": "burn"}),
    ("POST", "/decide", {"step": "n0-1", "kind": "accept"}), ("POST", "/decide", {"step": "r0", "kind": "add"}),
    ("POST", "/decide", {"step": "r0", "kind": "correct", "cells": [1]}),
    ("POST", "/decide", {"step": "r0", "kind": "correct", "cells": {"colour": "red"}}),
    ("POST", "/decide", {"step": "r0", "kind": "correct", "cells": {"actor1": {"$ne": 1}}}),
    ("POST", "/decide", {"step": "r0", "kind": "correct", "cells": {"actor1": ""}}),
    ("POST", "/decide", {"step": "r0", "kind": "correct", "cells": {"fatalities": "9" * 400}}),
    ("POST", "/decide", {"step": "r0", "kind": "correct", "cells": {"event_date": "9999-99-99"}}),
    ("POST", "/decide", {"step": "r0", "kind": "correct", "cells": {"notes": "x" * 20_001}}),
    ("POST", "/add", {"step": "a0", "cells": {}, "start": -1, "end": 2, "words": "x"}),
    ("POST", "/add", {"step": "a0", "cells": {}, "start": True, "end": 2, "words": "x"}),
    ("POST", "/add", {"step": "a0", "cells": {}, "start": 0, "end": 10**12, "words": "x"}),
    ("POST", "/note", {"step": "r0", "note": None}), ("POST", "/note", {"step": "r0", "note": "x" * 30_000}),
    ("POST", "/undo", {}), ("POST", "/nowhere", {}), ("POST", "/check", {"step": "r99", "cells": {}}),
    ("POST", "/decide", b"x" * 1_000_001), ("GET", "/step/r99", None), ("GET", "/step/%00%ff", None),
    ("GET", "/../../etc/passwd", None), ("GET", "/screen.js", None), ("GET", "//evil.example/", None),
]


@pytest.mark.parametrize(("method", "path", "body"), BAD, ids=[f"{n} {bad[1]}" for n, bad in enumerate(BAD)])
def test_bad_input_is_refused_in_words(server: ReviewServer, ask: Ask, capfd: pytest.CaptureFixture[str], method: str,
                                       path: str, body: Any) -> None:
    code, _, told = ask(method, path, body)
    assert 400 <= code < 500, told
    assert b"Traceback" not in told
    assert "Traceback" not in capfd.readouterr().err
    assert server.screen.store.all() == []
    assert ask("GET", "/steps")[0] == 200


def test_a_length_that_is_none_is_refused(server: ReviewServer, ask: Ask) -> None:
    for length in ("-5", "many", "99999999999999999999", "\xb2"):
        assert ask("POST", "/decide", b"", Content_Length=length)[0] in (411, 413)


def test_a_decision_comes_through_and_faults_are_told_by_column(server: ReviewServer, ask: Ask) -> None:
    code, _, body = ask("POST", "/decide", {"step": "r0", "kind": "correct", "cells": {"event_type": "Riots"}})
    told = json.loads(body)
    assert code == 422
    assert told["faults"][0]["column"] == "event_type"
    code, _, body = ask("POST", "/decide", {"step": "r0", "kind": "accept"}, Origin=f"http://127.0.0.1:{server.port}")
    assert (code, json.loads(body)["steps"][0][:2]) == (200, ["r0", "accept"])
    told = json.loads(ask("POST", "/check", {"step": "r0", "cells": {"event_date": "2023-01-31"}})[2])
    assert (told["cells"]["year"], told["faults"]) == ("2023", [])


def test_the_page_holds_no_article_and_its_parts_are_in_the_wheel(screen: Screen) -> None:
    made = page(screen, "secret")
    assert "hacked" not in made
    home = Path(ec.__file__).parent / "review"
    parts = [home / name for name in ("screen.html", "screen.css", "screen.js")]
    ignored = subprocess.run(["git", "check-ignore", "--no-index", *map(str, parts)], cwd=home, capture_output=True)
    assert ignored.stdout == b"", "hatchling leaves out what git ignores"
    for one in re.findall(r"<(?:input|select|textarea)\b[^>]*>", made):
        assert re.search(r"<label>[^<]*" + re.escape(one), made), one
    for name in re.findall(r'aria-labelledby="(\w+)"', made):
        assert f'id="{name}"' in made
    assert 'role="status"' in made
    assert 'role="alert"' in made


# In the browser

@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    with Browser() as made:
        yield made


class Serving:
    """`eventcode review` in a process of its own."""

    def __init__(self, run: Path) -> None:
        command = "from eventcode.cli import main; main()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", command, "review", str(run), "--coder", "ana", "--no-browser"], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=Path(ec.__file__).parent.parent,
            env={**os.environ, "BROWSER": "true"})
        assert self.process.stdout is not None
        self.process.stdout.readline()
        self.address = self.process.stdout.readline().strip()

    def kill(self) -> None:
        """No time to say goodbye."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def wait(browser: Browser, expression: str) -> Any:
    """The value of an expression once it is true."""
    for _ in range(200):
        found = browser.run(expression)
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"never came true: {expression}; {browser.run('document.body.innerText')[:500]}")


def begin(browser: Browser, address: str, width: int = 1280, **how: Any) -> None:
    browser.open(address, width, **how)
    wait(browser, "document.getElementById('what').textContent !== ''")


HEAD = "document.getElementById('what').textContent"
SAID = "document.getElementById('said').textContent"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("many")
    towns = ["Gao", "Beni", "Taiz", "Baidoa", "Maiduguri", "Goma", "Mosul", "Kandahar"]
    rows = [{"id": f"n{n}", "published": "2023-05-12", "text": " ".join(
        f"Gunmen killed {2 + k} farmers in {towns[(3 * n + k) % 8]} on {day}." for k, day in enumerate(
            ("Monday", "Tuesday", "Wednesday")))} for n in range(8)]
    (home / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    run = ec.code_corpus(home / "a.jsonl", "acled", home / "run")
    assert len(run.records) >= 20
    return home / "run"


def test_twenty_records_are_corrected_and_a_kill_loses_nothing(browser: Browser, many: Path) -> None:
    wanted = {}
    serving = Serving(many)
    for n in range(20):
        if n in (7, 13):
            serving.kill()
            serving = Serving(many)
        if n in (0, 7, 13):
            begin(browser, serving.address)
        while not browser.run(HEAD).startswith("Record"):
            browser.press("a")
            wait(browser, f"!{HEAD}.startsWith('Is an event missing') || {SAID}.includes('Everything')")
        number = int(browser.run(HEAD).split()[1]) - 1
        before = browser.run(HEAD)
        browser.press("c")
        assert browser.run("document.activeElement.id") == "f-event_type"
        browser.run("document.getElementById('f-fatalities').focus(); document.getElementById('f-fatalities').select()")
        browser.press(*str(40 + n))
        browser.press("Enter")
        wait(browser, f"{HEAD} !== {json.dumps(before)} && {SAID}.startsWith('Saved')")
        wanted[number] = 40 + n
    serving.kill()
    assert browser.errors == []
    gold = ec.read_review(many).gold("ana")
    assert len(wanted) == 20
    assert dict(zip(gold["record"], gold["fatalities"], strict=True)) == wanted
    assert set(gold["decision"]) == {"corrected"}
    kept = [one for one in ec.read_review(many).history if one.kind == "correct"]
    assert len(kept) == 20


def test_keys_notes_undo_and_a_missing_event(browser: Browser, server: ReviewServer, run: Path) -> None:
    begin(browser, server.address)
    assert browser.run("location.search") == ""
    browser.press("a")
    wait(browser, f"{SAID} === 'Accepted.'")
    browser.press("n")
    browser.press(*"odd")
    browser.run("document.getElementById('note').requestSubmit()")
    wait(browser, f"{SAID} === 'Noted.'")
    browser.press("u")
    wait(browser, f"{SAID} === 'Taken back.'")
    browser.press("u")
    wait(browser, f"{HEAD}.startsWith('Record 1 ') && document.getElementById('verdict').dataset.kind === ''")
    browser.press("j", "k")
    for _ in range(12):
        if "hostile" in browser.run("document.getElementById('heading').textContent"):
            break
        now = browser.run(HEAD)
        browser.press("j")
        wait(browser, f"{HEAD} !== {json.dumps(now)}")
    assert browser.run("window.hacked === undefined && !document.querySelector('#body img, #body script')")
    browser.run("""(() => { const body = document.getElementById('body');
        const walk = document.createTreeWalker(body, 4); let node;
        while ((node = walk.nextNode())) { const at = node.textContent.indexOf('beat a trader');
          if (at >= 0) { const range = document.createRange(); range.setStart(node, at);
            range.setEnd(node, at + 13); getSelection().removeAllRanges(); getSelection().addRange(range);
                return; } } })()""")
    browser.press("m")
    assert browser.run("document.getElementById('words').value") == "beat a trader"
    wait(browser, "document.querySelectorAll('#begin option').length > 1")
    browser.run("""(() => { const begin = document.getElementById('begin'); begin.selectedIndex = 1;
        begin.dispatchEvent(new Event('change')); })()""")
    wait(browser, "document.getElementById('f-actor1').value !== ''")
    browser.run("document.getElementById('cells').requestSubmit()")
    wait(browser, f"{HEAD}.startsWith('An event added by hand')")
    assert browser.run("document.querySelectorAll('#body mark.on').length > 0")
    state = next(s for name, s in standing(ec.read_review(run).history).items() if name.startswith("n"))
    assert state.span is not None
    assert HOSTILE[slice(*state.span)] == "beat a trader"
    assert browser.errors == []


def test_a_fault_is_told_at_its_field_and_nothing_is_kept(browser: Browser, run: Path) -> None:
    serving = Serving(run)
    try:
        begin(browser, serving.address)
        browser.press("c")
        browser.run("""(() => { const one = document.getElementById('f-sub_event_type'); one.value = 'Peaceful protest';
            one.dispatchEvent(new Event('input')); one.dispatchEvent(new Event('change')); })()""")
        wait(browser, "document.getElementById('f-event_type').value === 'Protests'")
        browser.run("""(() => { const one = document.getElementById('f-fatalities'); one.value = '-3';
            one.dispatchEvent(new Event('input')); document.getElementById('cells').requestSubmit(); })()""")
        wait(browser, f"{SAID}.startsWith('Not saved')")
        assert browser.run("document.getElementById('f-fatalities').getAttribute('aria-invalid')") == "true"
        assert ec.read_review(run).history == ()
        serving.kill()
        browser.press("Escape", "a")
        wait(browser, f"{SAID}.includes('does not answer')")
    finally:
        serving.kill()


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_it_fits_desk_and_phone_in_light_and_dark(browser: Browser, server: ReviewServer, width: int,
                                                   dark: bool) -> None:
    begin(browser, server.address, width, dark=dark)
    assert browser.run("document.documentElement.scrollWidth") <= width
    ground = browser.run("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", ground)[:3])) < 200) == dark
    assert browser.errors == []
    hosts = {re.sub(r"^(https?://[^/?]+).*|^(data):.*", r"\1\2", address) for address in browser.requests}
    assert hosts - {"data"} == {server.address.partition("/?")[0]}
    browser.press("c")
    assert browser.run("document.documentElement.scrollWidth") <= width
    unnamed = "[...document.querySelectorAll('input, select, textarea')].filter(one => !one.labels.length).length"
    assert browser.run(unnamed) == 0
    small = "[...document.querySelectorAll('#acts button')].some(one => one.offsetParent && one.offsetHeight < 30)"
    assert browser.run(small) is False
