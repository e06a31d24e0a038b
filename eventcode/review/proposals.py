"""What corrections propose: actors of a table, and rules of a rule set laid over the one that coded the run.

They are beginnings: conditions are those of the rule that was wrong, narrowed to the action; a person narrows them
further.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, get_args

import yaml

from eventcode import plugins
from eventcode.countries import by_iso3, by_name, fold
from eventcode.dataset.write import atomically
from eventcode.errors import InputError
from eventcode.mentions.actor_lint import tables_of
from eventcode.neutral import Sector
from eventcode.report.facts import fields_of
from eventcode.report.matter import Line
from eventcode.review.form import Row
from eventcode.review.queue import Queue, Step
from eventcode.review.store import State
from eventcode.rules import Rule

ACTOR = ("id", "name", "aliases", "country", "sector", "traits", "start", "end", "note")
#: ACLED's names of forces that no group has, with the sector and traits of whom they are.
_FORCES = {"Military Forces of": ("MIL", "state|military|armed"), "Police Forces of": ("COP", "state|police|armed"),
           "Government of": ("GOV", "state|government")}
#: Actors without a name: nothing to put into a table.
_NAMELESS = re.compile(r"(Unidentified|Civilians|Protesters|Rioters|Unknown)\b")
#: Actor classes of ACLED as sector and traits.
_CLASSES = {"Rebel group": ("REB", "armed|rebel|organized"), "Political militia": ("PRM", "armed|militia|organized"),
            "Identity militia": ("PRM", "armed|militia|identity"), "State forces": ("MIL", "state|military|armed"),
            "Civilians": ("CVL", "civilian"), "Protesters": ("CVL", "civilian|protester"),
            "Rioters": ("CVL", "civilian|rioter")}


@dataclass(frozen=True)
class Proposals:
    """What is proposed. `actors`: rows of an actor table. `rules`: as rules/*.yaml has them. `remarks`: what was seen
    in the corrections and cannot be put into a line: for people.
    """

    extends: str
    actors: tuple[Mapping[str, str], ...] = ()
    rules: tuple[Mapping[str, Any], ...] = ()
    remarks: tuple[str, ...] = field(default=())

    def actors_csv(self) -> str:
        """The actors as a table that `eventcode actors lint` and `load(..., actors=...)` take."""
        out = io.StringIO()
        writer = csv.DictWriter(out, ACTOR, lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.actors)
        return out.getvalue()

    def rules_yaml(self) -> str:
        """The rules as a file of a rule set, the remarks above them."""
        notes = "".join(f"# {line}\n" for remark in self.remarks for line in remark.splitlines())
        rules = [dict(rule) for rule in self.rules]
        return notes + yaml.safe_dump({"rules": rules}, sort_keys=False, allow_unicode=True, width=110)

    def save(self, folder: str | Path) -> Path:
        """Write a rule set that extends the one of the run. Raises InputError where the folder holds something."""
        home = Path(folder)
        if home.exists() and (not home.is_dir() or any(home.iterdir())):
            raise InputError(f"{home}: is not empty; proposals go into a folder of their own")
        (home / "rules").mkdir(parents=True, exist_ok=True)
        about = {"name": _slug(home.resolve().name) + "-proposed", "title": "What a review proposes", "version": "0.1",
                 "codebook": "Corrections made by hand", "terms": "Own rules", "extends": _extended(self.extends, home)}
        _put(home / "ontology.yaml", yaml.safe_dump(about, sort_keys=False, allow_unicode=True))
        _put(home / "rules" / "proposed.yaml", self.rules_yaml())
        if self.actors:
            _put(home / "actors.csv", self.actors_csv())
        return home

    def __str__(self) -> str:
        lines = [f"{len(self.actors)} actors and {len(self.rules)} rules proposed, {len(self.remarks)} remarks"]
        lines += [f"actor {row['name']}: {row['aliases'] or 'no other words'} ({row['note']})" for row in self.actors]
        lines += [f"rule {rule['id']}: {rule['title']}" for rule in self.rules]
        return "\n".join([*lines, *self.remarks])


class _Case(NamedTuple):
    """A record that was decided on: as coded, as wanted, and its evidence by column."""

    step: Step
    kind: str
    old: Row
    new: Row
    lines: Mapping[str, Line]


def propose(queue: Queue, states: Mapping[str, State], times: int) -> Proposals:
    """Proposals from one coder's decisions."""
    cases = [_Case(step, states[step.id].decision_kind, queue.rows[step.record], queue.row(step, states[step.id]),
                   {line.field: line for line in queue.item(step, states[step.id]).lines})
             for step in queue.fixed.values()
             if step.record is not None and step.id in states and states[step.id].decision is not None]
    actors, about_actors = _actors(queue, cases, times)
    rules, about_rules = _rules(queue, cases)
    remarks = [*about_actors, *about_rules, *_missed(queue, states)]
    return Proposals(str(queue.run.about["ontology"]), tuple(actors), tuple(rules), tuple(remarks))


def _actors(queue: Queue, cases: Sequence[_Case], times: int) -> tuple[list[dict[str, str]], list[str]]:
    """Actors that were named otherwise so often, with the words that the articles have for them."""
    known = fields_of(queue.ontology.name, tuple(queue.ontology.description.codes))
    found: dict[str, list[tuple[str, _Case, str]]] = {}
    for case in cases:
        for column, side in ((known.source, "sources"), (known.target, "targets")) if case.kind == "correct" else ():
            old, new = (getattr(queue.facts(row), side) for row in (case.old, case.new))
            line = case.lines.get(column)
            if len(new) == 1 and old != new and new[0]:
                words = _name_in(queue, case.step, line) if line is not None else ""
                found.setdefault(new[0], []).append((words, case, column))
    rows, remarks = [], []
    for name, seen in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        row = _actor(name, seen) if len(seen) >= times else None
        if row is not None:
            rows.append(row)
        elif len(seen) >= times:
            remarks.append(f"{len(seen)} times corrected to {name}, for which the articles have no name of their own: "
                           "that is for a rule, not for the actor table")
    return rows, remarks


def _actor(told: str, seen: Sequence[tuple[str, _Case, str]]) -> dict[str, str] | None:
    """A row of an actor table; None where neither the articles nor the coder have a name for it."""
    words = [alias for alias, _ in Counter(alias for alias, _, _ in seen if alias).most_common()]
    _, case, column = seen[-1]
    name, country, sector, traits = _named(told, case, column)
    if not name and not words:
        return None
    name, *aliases = dict.fromkeys([*([name] if name else []), *words])
    if not aliases and fold(name) in _known_names():
        return None
    return {"id": _slug(name), "name": name, "aliases": "|".join(aliases), "country": country, "sector": sector,
            "traits": traits, "start": "", "end": "", "note": f"corrected {len(seen)} times to {told}"}


def _named(told: str, case: _Case, column: str) -> tuple[str, str, str, str]:
    """(name, country, sector, traits) of an actor as a codebook writes it: a name, a force of a state, or a code."""
    if re.fullmatch(r"[A-Z]{3}([A-Z]{3})*", told):
        sector = told[3:6] if told[3:6] in get_args(Sector) else ""
        return "", told[:3] if by_iso3(told[:3]) else "", sector, ""
    plain = re.sub(r"\s*\([^()]*\)$", "", told)
    for force, (sector, traits) in _FORCES.items():
        if plain.startswith(f"{force} "):
            country = by_name(plain.removeprefix(force))
            return "", country.iso3 if country else "", sector, traits
    if _NAMELESS.match(plain):
        return "", "", "", ""
    sector, traits = _CLASSES.get(str(case.new.get(column.replace("actor", "inter"))), ("", ""))
    place = by_name(str(case.new.get("country") or "")) or by_iso3(str(case.new.get("country") or ""))
    return _harmless(plain), place.iso3 if place and sector else "", sector, traits


def _name_in(queue: Queue, step: Step, line: Line) -> str:
    """The words behind a side, where they are a name: capitals that the beginning of a sentence does not explain."""
    words = _harmless(" ".join(line.text.split()))
    first, *rest = words.split() or [""]
    begins = any(line.start == start for start, _ in _sentences(queue, step.article))
    named = any(word[:1].isupper() for word in rest) or (first[:1].isupper() and not begins)
    return words if named and "|" not in words and len(words) <= 80 else ""


def _rules(queue: Queue, cases: Sequence[_Case]) -> tuple[list[dict[str, Any]], list[str]]:
    """A rule for each action that was coded as one type and corrected to another."""
    groups: dict[tuple[str, str, tuple[tuple[str, str], ...]], list[_Case]] = {}
    remarks = []
    for case in cases:
        coder, action = _coded_by(queue, case)
        if case.kind == "reject" and coder is not None:
            remarks.append(f"rejected; a counterexample for {coder.id}: {_sentence(queue, case)}")
        wanted = _codes(case.new, coder) if coder is not None else ()
        if case.kind == "correct" and coder is not None and wanted and wanted != _codes(case.old, coder):
            groups.setdefault((coder.id, action or "", wanted), []).append(case)
    made: dict[str, dict[str, Any]] = {}
    for (name, action, wanted), found in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        rule = _skeleton(queue, cases, queue.matter.rules[name], action, dict(wanted), found)
        if rule is None or repr((rule["when"], rule.get("unless"))) in made:
            told = ", ".join(code for _, code in wanted)
            remarks += [f"{name} should give {told}: {_sentence(queue, case)}" for case in found]
        else:
            made[repr((rule["when"], rule.get("unless")))] = rule
    return list(made.values()), remarks


def _skeleton(queue: Queue, cases: Sequence[_Case], wrong: Rule, action: str, wanted: Mapping[str, str],
              found: Sequence[_Case]) -> dict[str, Any] | None:
    """A rule of the conditions of the one that was wrong, narrowed to the action; None where no counterexample is to be
    had.
    """
    examples = list(dict.fromkeys((_sentence(queue, case), _day(queue, case)) for case in found))
    against = _counterexample(queue, cases, wrong, {text for text, _ in examples})
    if against is None:
        return None
    when = {facet: list(words) for facet, words in wrong.when.items()} | ({"action": [action]} if action else {})
    unless = {facet: list(words) for facet, words in wrong.unless.items()}
    told = ", ".join(wanted.values())
    return {"id": f"proposed/{_slug(f'{action} {told}')}/{_slug(wrong.id)}", "title": f"{action or 'this'} is {told}",
            "when": when, **({"unless": unless} if unless else {}), "codes": dict(wanted),
            "codebook": f"Corrected by hand {len(found)} times; name the passage", "over": [wrong.id],
            "examples": [{"text": text, "published": day, "expect": dict(wanted)} for text, day in examples],
            "counterexamples": [{"text": against[0], "published": against[1]}]}


def _counterexample(queue: Queue, cases: Sequence[_Case], wrong: Rule, not_: set[str]) -> tuple[str, str] | None:
    """A sentence that the rule which was wrong coded rightly; else one of another rule; else one without a record."""
    accepted = [case for case in cases if case.kind == "accept"]
    right = [case for case in accepted if (coder := _coded_by(queue, case)[0]) is not None and coder.id == wrong.id]
    for case in (*right, *accepted):
        if (text := _sentence(queue, case)) not in not_:
            return text, _day(queue, case)
    for n, story in enumerate(queue.stories):
        held = {line.start for item in story.items for line in item.lines if line.start is not None}
        for start, end in _sentences(queue, n):
            text = _line(queue, n, start, end)
            if text and text not in not_ and not any(start <= at < end for at in held):
                return text, _published(queue, n)
    return None


def _coded_by(queue: Queue, case: _Case) -> tuple[Rule | None, str | None]:
    """The rule that gave a record its type (or another code, if that was corrected), and the action that was read."""
    coded = tuple(queue.ontology.description.codes)
    known = fields_of(queue.ontology.name, coded)
    order = sorted((known.subtype, known.type, *coded), key=lambda name: case.old.get(name) == case.new.get(name))
    found = ((queue.matter.rules[rule], line) for name in order if (line := case.lines.get(name)) is not None
             for rule in line.rules if rule in queue.matter.rules and name in queue.matter.rules[rule].codes)
    coder, line = next(found, (None, None))
    return coder, next((_actions()[name] for name in line.rules if name in _actions()), None) if line else None


def _codes(row: Row, rule: Rule) -> tuple[tuple[str, str], ...]:
    """What a row has in the columns that the rule fills; () where one is empty."""
    values = []
    for column in rule.codes:
        value = row.get(column)
        value = value[0] if isinstance(value, (list, tuple)) and value else value
        if value is None or value == "" or value == []:
            return ()
        values.append((column, str(value)))
    return tuple(values)


def _missed(queue: Queue, states: Mapping[str, State]) -> Iterator[str]:
    """What was added by hand: sentences of which no wording or rule made a record."""
    for name, state in states.items():
        if name.startswith("n") and state.decision_kind in ("add", "correct") and state.span is not None:
            n = int(name[1:].partition("-")[0])
            told = queue.facts(state.decision.cells or {}) if state.decision is not None else None
            where = next(((a, b) for a, b in _sentences(queue, n) if a <= state.span[0] < b), state.span)
            yield f"missing {told.subtype or told.type if told else 'event'}: {_line(queue, n, *where)}"


def _sentence(queue: Queue, case: _Case) -> str:
    """The sentence that told the event."""
    known = fields_of(queue.ontology.name, tuple(queue.ontology.description.codes))
    line = case.lines.get(known.subtype) or case.lines.get(known.type)
    at = line.start if line is not None and line.start is not None else 0
    n = case.step.article
    return _line(queue, n, *next(((a, b) for a, b in _sentences(queue, n) if a <= at < b), (at, at + 300)))


def _line(queue: Queue, n: int, start: int, end: int) -> str:
    article = queue.stories[n].article
    if article is None:
        return ""
    printed = "".join(letter if letter.isprintable() else " " for letter in article.text[start:end])
    return " ".join(printed.split())[:600]


def _sentences(queue: Queue, n: int) -> list[tuple[int, int]]:
    article = queue.stories[n].article
    return _split(article.text[:100_000]) if article is not None else []


@cache
def _split(text: str) -> list[tuple[int, int]]:
    return list(plugins.language("en").split(text))


def _published(queue: Queue, n: int) -> str:
    article = queue.stories[n].article
    return article.published.isoformat() if article is not None and article.published else "2024-05-15"


def _day(queue: Queue, case: _Case) -> str:
    return _published(queue, case.step.article)


@cache
def _actions() -> Mapping[str, str]:
    """Lexicon entry to its action."""
    return {entry.id: entry.action for entry in plugins.language("en").entries}


@cache
def _known_names() -> frozenset[str]:
    """The names of the built-in actor tables."""
    found = set()
    for path in tables_of(plugins.language("en").folder):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                found |= {fold(name) for name in (row.get("name") or "", *(row.get("aliases") or "").split("|"))}
    return frozenset(found)


def _harmless(text: str) -> str:
    """Text that no spreadsheet runs."""
    return text.lstrip("=+-@'\"\t ").strip()


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-") or "proposal"


def _extended(name: str, home: Path) -> str:
    """How a rule set in `home` names the one it extends: an installed one by its name, a folder by its path."""
    if not Path(name).is_dir():
        return name
    path = Path(os.path.relpath(Path(name).resolve(), home.resolve())).as_posix()
    return path if path.startswith(".") else f"./{path}"


def _put(path: Path, text: str) -> None:
    def make(unfinished: Path) -> None:
        unfinished.write_bytes(text.encode())

    atomically(path, make)
