"""A dictionary as a rule-set folder of our own, and a list of what was lost on the way.

Dictionaries tie codes to words; our rule sets tie them to neutral actions, which the language's lexicon finds in its
words. So a verb's code becomes a rule for the actions that the lexicon reads in that verb, where most of the lines
that the lexicon knows give one code; patterns with company are kept where an entry asks for the same company.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from eventcode.dictionaries.convert_actors import COLUMNS, actor_rows
from eventcode.dictionaries.files import Finding, Place
from eventcode.dictionaries.patterns import Choice, Code, Element, Noun, Pattern
from eventcode.dictionaries.reading import Dictionary, Files, read
from eventcode.dictionaries.verbs import Block, Verb
from eventcode.errors import InputError
from eventcode.lexicon import Entry
from eventcode.plugins import language as language_pack
from eventcode.rules import Example

#: Rules whose examples fail are given others, so many times, before they are left out.
ROUNDS = 6
_QUIET = "The weather stayed mild on Tuesday, and the market opened as usual."


@dataclass(frozen=True, slots=True)
class Converted:
    """What a conversion made. `lost`: lines of the dictionary, with why they have no counterpart."""

    folder: Path
    rules: int
    codes: int
    actors: int
    lost: tuple[Finding, ...]

    def summary(self) -> str:
        return (f"{self.folder}: {self.rules} rules, {self.codes} codes, {self.actors} actor rows; "
                f"{len(self.lost)} lines lost, see lost.csv")


@dataclass
class _Votes:
    """Codes that lines of the dictionary give to one neutral action, and the lexicon's sentences for it."""

    codes: dict[str, list[Place]] = field(default_factory=dict)
    examples: dict[str, list[Example]] = field(default_factory=dict)

    def add(self, code: str, place: Place, entries: Iterable[Entry]) -> None:
        self.codes.setdefault(code, []).append(place)
        self.examples.setdefault(code, []).extend(example for entry in entries for example in entry.examples)

    @property
    def winner(self) -> str:
        return min(self.codes, key=lambda code: (-len(self.codes[code]), code))


def convert(folder: str | Path, *, name: str, verbs: Files, actors: Files = None, agents: Files = None,
            discards: Files = None, issues: Files = None, format: str = "petrarch2", language: str = "en"
            ) -> Converted:
    """Write a rule-set folder that `eventcode.load` reads, with actors.csv for its `actors`, and lost.csv.

    folder: must not exist, or be empty. name: of the rule set. The other arguments are those of `load`.
    Raises InputError where the folder is in use, RuleError on a dictionary file that cannot be read.
    """
    home = Path(folder)
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise InputError(f"{home} is in use: give a new or empty folder")
    dictionary = read(verbs=verbs, actors=actors, agents=agents, discards=discards, issues=issues, format=format)
    lost: list[Finding] = [f for f in dictionary.findings if f.level == "error"]
    votes = _votes(dictionary, language_pack(language).entries, lost)
    rules = _rules(name, votes, lost)
    titles = _titles(dictionary)
    home.mkdir(parents=True, exist_ok=True)
    _write_ontology(home, name, titles)
    rules = _tried(home, rules, lost)
    rows = list(actor_rows(dictionary.actors, lost))
    _write_csv(home / "actors.csv", COLUMNS, rows)
    lost += _whole_lists(dictionary)
    lost.sort(key=lambda finding: (finding.place.file, finding.place.line))
    _write_csv(home / "lost.csv", ("file", "line", "reason", "text"),
               [{"file": f.place.file, "line": str(f.place.line), "reason": f.message, "text": f.text} for f in lost])
    return Converted(home, len(rules), len(titles), len(rows), tuple(lost))


def _votes(dictionary: Dictionary, entries: Sequence[Entry], lost: list[Finding]) -> dict[str, _Votes]:
    """Neutral action to the codes that the dictionary's verbs and patterns give it."""
    by_verb: dict[str, list[Entry]] = {}
    for entry in entries:
        for word in entry.verb:
            by_verb.setdefault(word.upper(), []).append(entry)
    votes: dict[str, _Votes] = {}
    for verb in _base_forms(dictionary):
        fitting = [e for e in by_verb.get(verb.head, ()) if _company(e) == _asked(verb.after, ())]
        _vote(votes, verb.code, verb.place, " ".join((*verb.before, verb.head, *verb.after)), fitting, lost)
    for block, heads in _heads(dictionary).items():
        known = [entry for head in heads for entry in by_verb.get(head, ())]
        for pattern in block.patterns:
            fitting = [entry for entry in known if _is_asked(entry, pattern)]
            _vote(votes, pattern.code, pattern.place, pattern.text, fitting, lost)
    return votes


def _base_forms(dictionary: Dictionary) -> Iterator[Verb]:
    """One form, the first in the file's words, of each verb that has a code."""
    seen: set[Place] = set()
    for forms in dictionary.rules.verbs.forms.values():
        for verb in forms:
            if verb.place not in seen and not verb.code.is_null:
                seen.add(verb.place)
                yield verb


def _heads(dictionary: Dictionary) -> dict[Block, list[str]]:
    found: dict[Block, list[str]] = {}
    for forms in dictionary.rules.verbs.forms.values():
        for verb in forms:
            found.setdefault(verb.block, []).append(verb.head)
    return found


def _vote(votes: dict[str, _Votes], code: Code, place: Place, text: str, entries: Sequence[Entry],
          lost: list[Finding]) -> None:
    if code.is_null:
        return
    if code.active is None:
        lost.append(Finding(place, "error", "a code from target to source only", text))
        return
    if not entries:
        lost.append(Finding(place, "error", "no entry of the lexicon has these words", text))
        return
    if code.passive is not None and code.passive != code.active:
        lost.append(Finding(place, "error", f"the code of the way back, {code.passive}", text))
    for action in dict.fromkeys(entry.action for entry in entries):
        votes.setdefault(action, _Votes()).add(code.active, place, [e for e in entries if e.action == action])


def _company(entry: Entry) -> tuple[frozenset[str], ...]:
    """What an entry asks for beside its verb: (particles, objects and prepositions); more is no simple company."""
    if entry.subject or entry.modifier or entry.clause or any(entry.prep.values()):
        return (frozenset({"more"}),)
    return frozenset(entry.particle), frozenset((*entry.object, *entry.prep))


def _asked(particles: Iterable[str], others: Iterable[str]) -> tuple[frozenset[str], ...]:
    return frozenset(word.lower() for word in particles), frozenset(word.lower() for word in others)


def _is_asked(entry: Entry, pattern: Pattern) -> bool:
    """Does the pattern ask for one word after the verb, and the entry for that word among others?"""
    words = _only_word(pattern)
    company = _company(entry)
    return bool(words) and len(company) == 2 and not company[0] and not words.isdisjoint(company[1])


def _only_word(pattern: Pattern) -> frozenset[str]:
    if pattern.upper or len(pattern.lower) != 1:
        return frozenset()
    only = pattern.lower[0]
    choice: Choice | None = None
    if isinstance(only, Element):
        choice = only.choice
    elif isinstance(only, Noun) and not only.before:
        choice = only.head
    return frozenset(" ".join(phrase).lower() for phrase in choice.phrases) if choice is not None else frozenset()


def _rules(name: str, votes: Mapping[str, _Votes], lost: list[Finding]) -> list[dict[str, Any]]:
    """A rule for each code, with the actions that it won and sentences that may serve as examples."""
    actions: dict[str, list[str]] = {}
    sentences: dict[str, list[Example]] = {}
    for action, found in sorted(votes.items()):
        code = found.winner
        actions.setdefault(code, []).append(action)
        sentences.setdefault(code, []).extend(found.examples[code])
        lost += [Finding(place, "error", f"the lexicon reads this as {action}, which most lines code {code}", other)
                 for other, places in sorted(found.codes.items()) if other != code for place in places]
    return [{"id": f"{name}/{code.lower()}", "code": code, "actions": actions[code],
             "candidates": list(dict.fromkeys((e.text, e.published) for e in sentences[code]))}
            for code in sorted(actions)]


def _tried(home: Path, rules: list[dict[str, Any]], lost: list[Finding]) -> list[dict[str, Any]]:
    """The rules whose examples do what they say; what finds no example in some rounds is left out."""
    from eventcode.testing import walk  # the whole library: only a conversion needs it

    kept = rules
    for _ in range(ROUNDS):
        kept = [rule for rule in kept if rule["candidates"]]
        _write_rules(home, kept)
        failed = {failure.rule for failure in walk(home)} if kept else set()
        if not failed:
            break
        for rule in kept:
            if rule["id"] in failed:
                rule["candidates"] = rule["candidates"][1:]
    else:
        kept = [rule for rule in kept if rule["id"] not in failed]
        _write_rules(home, kept)
    known = {rule["id"] for rule in kept}
    lost += [Finding(Place("rules.yaml", 0), "error", "no sentence of the lexicon is coded by it alone", rule["id"])
             for rule in rules if rule["id"] not in known]
    return kept


def _write_rules(home: Path, rules: Sequence[Mapping[str, Any]]) -> None:
    items = [{"id": rule["id"], "title": f"Code {rule['code']} of the dictionary",
              "when": {"action": rule["actions"]}, "codes": {"code": rule["code"]},
              "codebook": "converted from a dictionary's verbs",
              "examples": [{"text": rule["candidates"][0][0], "expect": {"code": rule["code"]},
                            "published": rule["candidates"][0][1]}],
              "counterexamples": [{"text": _QUIET}]} for rule in rules]
    (home / "rules").mkdir(exist_ok=True)
    _write_yaml(home / "rules" / "rules.yaml", {"rules": items})


def _titles(dictionary: Dictionary) -> dict[str, str]:
    """Code to the name of the first block of verbs that has it."""
    titles: dict[str, str] = {}
    verbs = dictionary.rules.verbs
    codes = [(block, code) for block in verbs.blocks.values()
             for code in (block.code, *(pattern.code for pattern in block.patterns))]
    codes += [(verb.block, verb.code) for forms in verbs.forms.values() for verb in forms]
    for block, code in codes:
        for part in (code.active, code.passive):
            if part is not None:
                titles.setdefault(part, block.name.replace("+", "").replace("_", " ").capitalize())
    return dict(sorted(titles.items()))


def _write_ontology(home: Path, name: str, titles: Mapping[str, str]) -> None:
    _write_yaml(home / "ontology.yaml", {
        "name": name, "title": f"{name}, converted from a dictionary", "version": "1.0",
        "codebook": "The dictionary that it was converted from", "terms": "Those of that dictionary",
        "codes": {"code": "codes.csv"}})
    _write_csv(home / "codes.csv", ("code", "title"),
               [{"code": code, "title": title} for code, title in titles.items()])


def _whole_lists(dictionary: Dictionary) -> Iterator[Finding]:
    """What our rule sets have no place for: discards, issues, and transformations."""
    for kind, entries in (("a discard phrase", dictionary.discards.entries), ("an issue", dictionary.issues.entries)):
        for entry in entries:
            yield Finding(entry.place, "error", f"{kind}: rule sets have none", entry.phrase)
    for rule in dictionary.rules.transformations:
        yield Finding(rule.place, "error", "a transformation: rule sets have none")
    for agent in dictionary.agents.all:
        yield Finding(agent.place, "error", "an agent: the language's own roles are used", agent.code)


def _write_yaml(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False, width=110), encoding="utf-8")


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
