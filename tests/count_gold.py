"""Scores the counts that `Coder.mentions` and `Coder.events` give on our own sentences (tests/gold/README.md).

`python tests/count_gold.py [--part development|"set aside"] [--errors N]`; the set-aside part gives numbers only.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gold_parts import Share, only_development, read_rows, run

import eventcode as ec
from eventcode.neutral import Count

FILE = Path(__file__).parent / "gold" / "counts.jsonl"
#: Nouns that tell what happened and not to whom.
OUTCOMES = frozenset({"dead", "wounded", "injured", "deaths", "arrests", "missing"})
UNTOLD = "quantity"  # a count of which nothing is told but that there are so many


@dataclass(frozen=True)
class Marked:
    """A count of the gold: its words, what happened (words accepted for it), its bounds, nouns accepted for who is
    counted (None: none).

    `side` are the words that name their side or nationality; `role` is part, increment or toll, None for a plain
    count; `by` who says so. An `open` one gives no number that a reader could write down and is not scored.
    """

    span: tuple[int, int]
    what: tuple[str, ...]
    low: int | None = None
    best: int | None = None
    high: int | None = None
    who: tuple[str | None, ...] = ()
    side: str | None = None
    role: str | None = None
    by: str | None = None
    open: bool = False


@dataclass(frozen=True)
class Phrase:
    """A sentence with its counts."""

    id: str
    text: str
    counts: tuple[Marked, ...]
    part: str


@dataclass(frozen=True)
class Answer:
    """The counts of a sentence, each with the engine's (None: missing), and the engine's others that tell something."""

    phrase: Phrase
    pairs: tuple[tuple[Marked, Count | None], ...]
    extra: tuple[Count, ...]


@dataclass(frozen=True)
class Scores:
    """What is right of the counts given and marked. `amount`: low, best and high; `who`: noun and side.

    `side`, `role` and `by` are of the counts that have one.
    """

    amount: Share
    what: Share
    who: Share
    whole: Share
    side: Share
    role: Share
    by: Share
    empty: Share


def read_phrases(part: str | None = None) -> list[Phrase]:
    """The sentences of one part, or of both, in the file's order."""
    return read_rows(FILE, lambda row: Phrase(**{**row, "counts": tuple(map(_marked, row["counts"]))}), part)


def _marked(row: dict[str, Any]) -> Marked:
    lists = {name: tuple(row.get(name, ())) for name in ("span", "what", "who")}
    return Marked(**{**row, **lists})


def answers(phrases: Iterable[Phrase]) -> list[Answer]:
    """What the engine counts in every sentence; an event's reading where it agrees or the words alone do not tell."""
    coder, found = ec.load("acled"), []
    for phrase in phrases:
        article = ec.Article(phrase.text, published="2024-05-15")
        counts = {count.start: count for count in coder.mentions(article).counts}
        for count in (count for event in coder.events(article) for count in event.counts):
            if count.start not in counts or counts[count.start].what in (UNTOLD, count.what):
                counts[count.start] = count
        found.append(answer(phrase, [counts[start] for start in sorted(counts)]))
    return found


def answer(phrase: Phrase, counts: Sequence[Count]) -> Answer:
    """The counts found laid beside the gold's: each takes the first that shares words with it, or the sum of several
    that tell the same of people it lists ("a woman | and her baby")."""
    left = list(counts)
    pairs: list[tuple[Marked, Count | None]] = []
    for marked in phrase.counts:
        shared = [count for count in left if marked.span[0] < count.end and count.start < marked.span[1]]
        alike = [count for count in shared if count.what in marked.what] or shared[:1]
        left = [count for count in left if count not in alike]
        pairs.append((marked, _sum(alike)))
    unscored = [marked.span for marked in phrase.counts if marked.open]
    extra = (count for count in left if count.what != UNTOLD
             and not any(start < count.end and count.start < end for start, end in unscored))
    return Answer(phrase, tuple(pair for pair in pairs if not pair[0].open), tuple(extra))


def _sum(counts: Sequence[Count]) -> Count | None:
    if len(counts) < 2 or any(count.low is None or count.best is None for count in counts):
        return counts[0] if counts else None
    highs = [count.high for count in counts]
    return counts[0].model_copy(update={
        "low": sum(count.low or 0 for count in counts), "best": sum(count.best or 0 for count in counts),
        "high": None if None in highs else sum(high or 0 for high in highs)})


def faults(marked: Marked, count: Count | None) -> list[str]:
    """What is wrong with a count: some of amount, what, who, side, role, by; `missing` where there is none."""
    if count is None:
        return ["missing"]
    wrong = {
        "amount": (count.low, count.best, count.high) != (marked.low, marked.best, marked.high),
        "what": count.what not in marked.what,
        "who": not _counts(count.who, marked.who),
        "side": marked.side is not None and not _is_of(count, marked.side),
        "role": role(count) != marked.role,
        "by": marked.by is not None and (count.attributed_to is None or marked.by not in count.attributed_to.text),
    }
    return [name for name, is_wrong in wrong.items() if is_wrong]


def _counts(who: str | None, accepted: Sequence[str | None]) -> bool:
    """Is this the noun? "Border guards" are guards; where there is none, "wounded" or a name may stand for it."""
    if who is None or who in accepted:
        return who in accepted
    return who.split()[-1] in accepted or (None in accepted and (who in OUTCOMES or " " in who))


def _is_of(count: Count, side: str) -> bool:
    """Does the party that is counted say so in these words, and is it known by name or by its country?"""
    party = count.party
    return party is not None and side in party.text and bool(party.actor_id or party.country or party.name)


def role(count: Count) -> str | None:
    """part, increment or toll; None of a plain count."""
    told = {"part": count.part_of_total, "increment": count.more, "toll": count.running_total}
    return next((name for name, holds in told.items() if holds), None)


def score(given: Sequence[Answer]) -> Scores:
    """The scores of these answers. Raises ValueError where there is none."""
    if not given:
        raise ValueError("no sentences to score")
    pairs = [(marked, faults(marked, count)) for a in given for marked, count in a.pairs]
    answered = sum(wrong != ["missing"] for _, wrong in pairs) + sum(len(a.extra) for a in given)

    def share(*parts: str) -> Share:
        right = sum({"missing", *parts}.isdisjoint(wrong) for _, wrong in pairs)
        return Share(right, answered, len(pairs))

    def of_those_with(name: str) -> Share:
        told = [wrong for marked, wrong in pairs if getattr(marked, name) is not None]
        return Share(sum({"missing", name}.isdisjoint(wrong) for wrong in told), len(told), len(told))

    plain = [a for a in given if not a.phrase.counts]
    empty = Share(sum(not a.extra for a in plain), len(plain), len(plain))
    return Scores(share("amount"), share("what"), share("who", "side"), share("amount", "what", "who", "side"),
                  of_those_with("side"), of_those_with("role"), of_those_with("by"), empty)


def report(part: str, scores: Scores) -> str:
    """The scores as text."""
    names = {"amount": "low, best, high", "what": "what happened", "who": "who is counted", "whole": "all of these"}
    lines = [f"{part}: {scores.amount.marked} counts", f"{'':<16} precision recall    F1"]
    for name, told in names.items():
        share = getattr(scores, name)
        lines.append(f"{told:<16} {share.precision:9.3f} {share.recall:6.3f} {share.f1:5.3f}")
    lines += [f"{name} {share.recall:.3f} of {share.marked}" for name in ("side", "role", "by", "empty")
              for share in (getattr(scores, name),)]
    return "\n".join(lines)


def errors(given: Sequence[Answer], most: int) -> str:
    """The first sentences with a fault. Raises ValueError if one of the set-aside part is among the answers: whoever
    reads those tunes to them."""
    only_development(a.phrase.part for a in given)
    told = [(a, lines) for a in given if (lines := list(_faulty(a)))]
    return "\n".join("\n".join([f"\n{a.phrase.id}  {a.phrase.text}", *lines]) for a, lines in told[:most])


def _faulty(given: Answer) -> Iterable[str]:
    for marked, count in given.pairs:
        wrong = faults(marked, count)
        if wrong:
            words = given.phrase.text[slice(*marked.span)]
            yield f"  {', '.join(wrong)}: {words!r} {_told(marked)}, got {count and (count.text, *_told(count))}"
    for count in given.extra:
        yield f"  extra: {count.text!r} {_told(count)}"


def _told(count: Marked | Count) -> tuple[object, ...]:
    return count.what, count.low, count.best, count.high, count.who


def main(arguments: Sequence[str]) -> None:
    """Print the scores of a part and, of the development part, errors on request."""
    run("counts on our own sentences", arguments, lambda part: answers(read_phrases(part)),
        lambda part, given: report(part, score(given)), errors)


if __name__ == "__main__":
    main(sys.argv[1:])
