"""Scores the actor tables and the actor finder on our own marked phrases (tests/gold/README.md).

`python tests/actor_gold.py [--part development|"set aside"] [--errors N]`; the set-aside part gives numbers only.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gold_parts import Share, only_development, read_rows, run

import eventcode as ec
from eventcode.languages.en import language
from eventcode.mentions._actor_tables import ACTOR_COLUMNS, actor_files, split_list
from eventcode.neutral import Party
from eventcode.rules import read_csv

FILE = Path(__file__).parent / "gold" / "actors.jsonl"


@dataclass(frozen=True)
class Phrase:
    """A text of one day, the party marked in it (characters, end exclusive), and whom it names; None: nobody's."""

    id: str
    text: str
    published: str
    party: tuple[int, int]
    country: str | None
    sector: str | None
    name: str | None
    part: str
    country_also: tuple[str | None, ...] = ()
    sector_also: tuple[str | None, ...] = ()

    def marked(self) -> str:
        """The text with the party in brackets."""
        start, end = self.party
        return f"{self.text[:start]}[{self.text[start:end]}]{self.text[end:]}"


@dataclass(frozen=True)
class Answer:
    """What the engine says of a phrase: the party that shares most characters with it, None if there is none."""

    phrase: Phrase
    party: Party | None
    names: frozenset[str] = frozenset()  # all names of that party's actor, folded

    @property
    def country(self) -> bool:
        return self.party is not None and self.party.country in (self.phrase.country, *self.phrase.country_also)

    @property
    def sector(self) -> bool:
        return self.party is not None and self.party.sector in (self.phrase.sector, *self.phrase.sector_also)

    @property
    def name(self) -> bool:
        return self.phrase.name is None or folded(self.phrase.name) in self.names


@dataclass(frozen=True)
class Scores:
    """Shares of all phrases, of `name` those of the phrases that have one; `found` have any party at all."""

    found: Share
    country: Share
    sector: Share
    name: Share


def folded(name: str) -> str:
    """A name without accents, case and what is no letter or digit."""
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if c.isalnum())


def read_phrases(part: str | None = None) -> list[Phrase]:
    """The phrases of one part, or of both, in the file's order."""
    return read_rows(FILE, lambda row: Phrase(**{key: tuple(value) if isinstance(value, list) else value
                                            for key, value in row.items()}), part)


def answers(phrases: Sequence[Phrase]) -> list[Answer]:
    """What the engine makes of every phrase."""
    coder, known = ec.load("plover"), names_by_actor()
    found = []
    for phrase in phrases:
        party = best(phrase.party, coder.mentions(phrase.text, published=phrase.published).actors)
        names = {party.name} if party is not None else set()
        if party is not None and party.actor_id:
            names |= known[party.actor_id]
        found.append(Answer(phrase, party, frozenset(folded(name) for name in names if name)))
    return found


def names_by_actor() -> dict[str, set[str]]:
    """All names of each actor in the tables, by its id."""
    names: dict[str, set[str]] = {}
    for path in actor_files(language.folder):
        for _, row in read_csv(path, ACTOR_COLUMNS, ("parent", "checked")):
            names.setdefault(row["id"], set()).update((row["name"], *split_list(row["aliases"])))
    return names


def best(span: tuple[int, int], parties: Sequence[Party]) -> Party | None:
    """The party that shares most characters with the span, of several the one with fewest besides."""
    def shared(party: Party) -> tuple[int, int]:
        return min(span[1], party.end) - max(span[0], party.start), party.start - party.end

    return max((party for party in parties if shared(party)[0] > 0), key=shared, default=None)


def score(given: Sequence[Answer]) -> Scores:
    """The scores of these answers. Raises ValueError where there is none."""
    if not given:
        raise ValueError("no phrases to score")
    named = [a for a in given if a.phrase.name is not None]
    return Scores(found=_share([a.party is not None for a in given]), country=_share([a.country for a in given]),
                  sector=_share([a.sector for a in given]), name=_share([a.name for a in named]))


def _share(right: Sequence[bool]) -> Share:
    return Share(right=sum(right), answered=len(right), marked=len(right))


def report(part: str, scores: Scores) -> str:
    """The scores as text."""
    rows = [f"{what:<8} {share.recall:.3f} of {share.marked}" for what, share in vars(scores).items()]
    return "\n".join([f"{part}:", *rows])


def errors(given: Sequence[Answer], most: int) -> str:
    """The first wrong answers: marked text, gold, got, rules. Raises ValueError if one of the set-aside part is among
    them: whoever reads those tunes to them."""
    only_development(answer.phrase.part for answer in given)
    wrong = [a for a in given if not (a.country and a.sector and a.name)]
    return "\n".join(_shown(a) for a in wrong[:most])


def _shown(answer: Answer) -> str:
    phrase, party = answer.phrase, answer.party
    got = (party.text, party.country, party.sector, party.name, ", ".join(party.rules)) if party else None
    gold = phrase.country, phrase.sector, phrase.name
    return f"\n{phrase.id}  gold {gold}, got {got}\n  {phrase.published} {phrase.marked()}"


def main(arguments: Sequence[str]) -> None:
    """Print the scores of a part and, of the development part, errors on request."""
    run("actors on our own marked phrases", arguments, lambda part: answers(read_phrases(part)),
        lambda part, given: report(part, score(given)), errors)


if __name__ == "__main__":
    main(sys.argv[1:])
