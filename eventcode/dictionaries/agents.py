"""Agent dictionaries: roles such as SOLDIER [~MIL] that are added to an actor's code.

`PHRASE {irregular plural} [~CODE]`: no braces, a regular plural; empty braces, none. `~CODE` is put after the
actor's code, `CODE~` before it. Markers (`!PERSON! = MAN, MEN ...`) stand for words within phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eventcode.dictionaries.dates import NULL
from eventcode.dictionaries.english import plural
from eventcode.dictionaries.files import Findings, Format, Line, Place, lines
from eventcode.dictionaries.words import Phrases, runs_of

_MARKER = re.compile(r"\s*!(\w+)!\s*=\s*(.+)")
_USE = re.compile(r"!(\w+)!")
_ENTRY = re.compile(r"(?P<phrase>[^\[\]{}]+?)\s*(?P<braces>\{(?P<plural>[^{}]*)\})?\s*\[(?P<code>[^\]]*)\]?.*")
#: The agent that only says "people": dropped where another agent tells more (PETRARCH-2).
PEOPLE = "PPL"
#: Codes are made of parts of three letters; a part is found only where one begins.
PART = 3


@dataclass(frozen=True, slots=True)
class Agent:
    """A role. `before`: its code goes before the actor's."""

    code: str
    before: bool
    place: Place


class Agents:
    """All agents of a dictionary file, found by their words."""

    def __init__(self, format: Format) -> None:
        self.format = format
        self.all: list[Agent] = []
        self._phrases: Phrases[Agent] = Phrases()

    @property
    def count(self) -> int:
        """How many entries there are."""
        return len(self.all)

    def read(self, path: Path, findings: Findings) -> None:
        """Add the agents of one file."""
        markers: dict[str, tuple[str, ...]] = {}
        for line in lines(path, findings, self.format):
            marker = _MARKER.fullmatch(line.text)
            if marker:
                markers[marker[1].upper()] = tuple(word.strip() for word in marker[2].split(",") if word.strip())
            else:
                self._entry(line, markers, findings)

    def _entry(self, line: Line, markers: dict[str, tuple[str, ...]], findings: Findings) -> None:
        entry = _ENTRY.fullmatch(line.text)
        if entry is None:
            findings.error(line, "no agent: a phrase and its code in brackets are needed")
            return
        agent = _agent(entry["code"], line, findings)
        if agent is None:
            return
        self.all.append(agent)
        for phrase in _phrases(entry["phrase"], entry["plural"], markers, line, findings):
            runs = runs_of(phrase)
            if self.format in ("petrarch2", "universalpetrarch"):
                runs = (tuple(word for run in runs for word in run),)
            if runs and runs[0]:
                self._phrases.add(runs, agent)

    def at(self, words: Sequence[str], start: int) -> tuple[int, Agent] | None:
        """The longest phrase that begins at this word: (index after it, agent)."""
        return self._phrases.at(words, start)


def _agent(code: str, line: Line, findings: Findings) -> Agent | None:
    bare = code.strip().rstrip("}").strip()
    if bare != code.strip():
        findings.note(line, "read as if closed by ]")
    name = bare.replace("~", "").strip()
    if "~" not in bare or not name:
        findings.error(line, "an agent's code is ~CODE (after the actor's) or CODE~ (before it)")
        return None
    return Agent(name, bare.endswith("~"), line.place)


def _phrases(phrase: str, braces: str | None, markers: dict[str, tuple[str, ...]], line: Line,
             findings: Findings) -> Iterator[str]:
    """The wordings of an entry: singular and plural, or one for each word of its marker (no further plural)."""
    phrase = phrase.strip()
    used = _USE.search(phrase)
    if used:
        words = markers.get(used[1].upper())
        if words is None:
            findings.error(line, f"the marker !{used[1]}! is not defined before it")
        for word in words or ():
            yield phrase.replace(used[0], word, 1)
        return
    yield phrase
    if braces is None:
        yield plural(phrase.rstrip("_"))
    elif braces.strip():
        yield from braces.split()


def compose(actor: str | None, agents: Sequence[Agent]) -> str | None:
    """The code of an actor with its agents: `GON` + `~GOV` is GONGOV; None where there is neither.

    A part that stands in the code already, where a part begins, is not repeated. Without an actor: `---` and the
    agents' codes.
    """
    if not agents:
        return actor
    telling = [agent for agent in agents if agent.code != PEOPLE] or list(agents)
    code = actor or NULL
    for agent in telling:
        if not has_part(code, agent.code):
            code = agent.code + code if agent.before else code + agent.code
    return code


def has_part(code: str, part: str) -> bool:
    """Does a code hold this part, beginning where one of its parts of three letters does?"""
    return any(code.startswith(part, at) for at in range(0, len(code), PART))
