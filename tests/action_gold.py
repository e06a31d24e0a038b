"""Scores the event mentions of single sentences on our own marked ones (tests/gold/README.md).

`python tests/action_gold.py [--part development|"set aside"] [--errors N]`; the set-aside part gives numbers only.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gold_parts import Share, only_development, read_rows, run
from sentence_reading import mentions

import eventcode as ec
from eventcode.lexicon import Action, lineages, read_actions
from eventcode.neutral import EventMention, Status

FILE = Path(__file__).parent / "gold" / "actions.jsonl"
KINDS = ("easy", "trap")
#: Actions that no gold event has: a bare statement, and deaths whose cause stands elsewhere (`eventcode/actions.yaml`).
UNSCORED = ("say", "die")

Offsets = tuple[int, int]


@dataclass(frozen=True)
class Marked:
    """An event as a reader marks it; offsets in characters, end exclusive. `triggers`: the first is the best one.

    `outcome`: only the result of another act, or a known act named in passing; an answer to it counts neither way.
    """

    triggers: tuple[Offsets, ...]
    action: str
    sources: tuple[Offsets, ...]
    targets: tuple[Offsets, ...]
    status: Status
    attributed_to: Offsets | None
    about: str | None
    outcome: bool


@dataclass(frozen=True)
class Sentence:
    """A sentence with its events; none for a trap that reports nothing."""

    id: str
    kind: str
    text: str
    events: tuple[Marked, ...]
    part: str

    @property
    def scored(self) -> tuple[Marked, ...]:
        return tuple(event for event in self.events if not event.outcome)


@dataclass(frozen=True)
class Answer:
    """What the engine reads in a sentence: the pairs that agree, and what is left over on either side."""

    sentence: Sentence
    pairs: tuple[tuple[Marked, EventMention], ...]
    missed: tuple[Marked, ...]
    extra: tuple[EventMention, ...]
    lenient: int


@dataclass(frozen=True)
class Scores:
    """`action` asks for trigger and action, `lenient` for the action alone. The rest is over the events of `action`
    that agree; `empty` is the share of sentences without any event in which nothing is read."""

    action: Share
    lenient: Share
    status: Share
    source: Share
    target: Share
    attribution: Share
    about: Share
    empty: Share


def read_sentences(part: str | None = None) -> list[Sentence]:
    """The sentences of one part, or of both, in the file's order."""
    return read_rows(
        FILE, lambda row: Sentence(**{**row, "events": tuple(_marked(**event) for event in row["events"])}), part)


def _marked(trigger: list[int], action: str, source: list[list[int]], target: list[list[int]], status: Status,
            attributed_to: list[int] | None, about: str | None, trigger_also: Sequence[list[int]] = (),
            outcome: bool = False) -> Marked:
    return Marked(triggers=_offsets([trigger, *trigger_also]), action=action, sources=_offsets(source),
                  targets=_offsets(target), status=status, about=about, outcome=outcome,
                  attributed_to=(attributed_to[0], attributed_to[1]) if attributed_to else None)


def _offsets(spans: Iterable[Sequence[int]]) -> tuple[Offsets, ...]:
    return tuple((start, end) for start, end in spans)


@cache
def actions() -> dict[str, Action]:
    """The neutral actions, by id."""
    return read_actions(Path(ec.__file__).parent / "actions.yaml")


@cache
def _lineages() -> dict[str, tuple[str, ...]]:
    return lineages(actions())


def agree(one: str, other: str) -> bool:
    """Whether two actions are the same, or one is a kind of the other."""
    return one in _lineages()[other] or other in _lineages()[one]


def overlap(one: Offsets, other: Offsets) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def answers(sentences: Sequence[Sentence]) -> list[Answer]:
    """What the engine reads in every sentence, taken as published on a Wednesday in 2024."""
    return [answer(sentence, mentions(sentence.text)) for sentence in sentences]


def answer(sentence: Sentence, found: Sequence[EventMention]) -> Answer:
    """Match mentions to marked events one to one: the same action before a related one, then text order. A mention
    that can only be an outcome is dropped."""
    kept = [mention for mention in found if mention.action not in UNSCORED]
    pairs = _matched(sentence.scored, kept, _same_words)
    missed = [event for event in sentence.scored if not any(event is taken for taken, _ in pairs)]
    left = [mention for mention in kept if not any(mention is taken for _, taken in pairs)]
    outcomes = [event for event in sentence.events if event.outcome]
    extra = [mention for mention in left if not any(_same_words(event, mention) for event in outcomes)]
    lenient = len(pairs) + len(_matched(missed, extra, lambda event, mention: agree(event.action, mention.action)))
    return Answer(sentence, tuple(pairs), tuple(missed), tuple(extra), lenient)


def _same_words(event: Marked, mention: EventMention) -> bool:
    span = (mention.trigger.start, mention.trigger.end)
    return agree(event.action, mention.action) and any(overlap(trigger, span) for trigger in event.triggers)


def _matched(events: Sequence[Marked], found: Sequence[EventMention],
             fits: Callable[[Marked, EventMention], bool]) -> list[tuple[Marked, EventMention]]:
    """One-to-one pairs that fit, in the order of the events; exact actions are served first."""
    pairs = [(i, j) for i, event in enumerate(events) for j, mention in enumerate(found) if fits(event, mention)]
    pairs.sort(key=lambda pair: events[pair[0]].action != found[pair[1]].action)
    chosen: dict[int, int] = {}
    for i, j in pairs:
        if i not in chosen and j not in chosen.values():
            chosen[i] = j
    return [(events[i], found[chosen[i]]) for i in sorted(chosen)]


def score(given: Sequence[Answer]) -> Scores:
    """The scores of these answers. Raises ValueError where there is none."""
    if not given:
        raise ValueError("no sentences to score")
    pairs = [pair for answer in given for pair in answer.pairs]
    marked = sum(len(a.sentence.scored) for a in given)
    answered = sum(len(a.pairs) + len(a.extra) for a in given)
    silent = [a for a in given if not a.sentence.events]
    speech = [(event, mention) for event, mention in pairs if event.about]
    return Scores(
        action=Share(len(pairs), answered, marked), lenient=Share(sum(a.lenient for a in given), answered, marked),
        status=_agreed(event.status == mention.status for event, mention in pairs),
        source=_total(parties(event, mention)[0] for event, mention in pairs),
        target=_total(parties(event, mention)[1] for event, mention in pairs),
        attribution=_agreed(_attributed(event, mention) for event, mention in pairs),
        about=_agreed(mention.about is not None and agree(event.about or "", mention.about)
                      for event, mention in speech),
        empty=_agreed(not a.pairs and not a.extra for a in silent))


def _agreed(right: Iterable[bool]) -> Share:
    listed = list(right)
    return Share(sum(listed), len(listed), len(listed))


def _total(shares: Iterable[Share]) -> Share:
    listed = list(shares)
    return Share(sum(s.right for s in listed), sum(s.answered for s in listed), sum(s.marked for s in listed))


def _attributed(event: Marked, mention: EventMention) -> bool:
    if event.attributed_to is None or mention.attributed_to is None:
        return event.attributed_to is None and mention.attributed_to is None
    return overlap(event.attributed_to, (mention.attributed_to.start, mention.attributed_to.end))


def parties(event: Marked, mention: EventMention) -> tuple[Share, Share]:
    """How the sources and the targets agree: a party is right if it overlaps a marked one that no other has taken.
    Where both sides do the same to each other, sides may be swapped: all parties count as sources."""
    sources = [(p.start, p.end) for p in mention.sources]
    targets = [(p.start, p.end) for p in mention.targets]
    if actions()[event.action].reciprocal:
        return _overlaps([*event.sources, *event.targets], [*sources, *targets]), Share(0, 0, 0)
    return _overlaps(event.sources, sources), _overlaps(event.targets, targets)


def _overlaps(marked: Sequence[Offsets], found: Sequence[Offsets]) -> Share:
    free = list(found)
    for span in marked:
        taken = next((other for other in free if overlap(span, other)), None)
        if taken:
            free.remove(taken)
    return Share(len(found) - len(free), len(found), len(marked))


def report(part: str, given: Sequence[Answer]) -> str:
    """The scores as text, first of all sentences, then of each kind."""
    lines = []
    for name, chosen in [("all", list(given)), *((k, [a for a in given if a.sentence.kind == k]) for k in KINDS)]:
        if chosen:
            lines += _table(f"{part}, {name}: {len(chosen)} sentences", score(chosen))
    return "\n".join(lines)


def _table(title: str, scores: Scores) -> list[str]:
    shares = {"action": scores.action, "trigger-free": scores.lenient, "source": scores.source,
              "target": scores.target}
    plain = {"status": scores.status, "attribution": scores.attribution, "about": scores.about,
             "stay empty": scores.empty}
    return [title, f"  {'':<12} precision recall    F1 marked",
            *(f"  {name:<12} {s.precision:9.3f} {s.recall:6.3f} {s.f1:5.3f} {s.marked:6d}"
              for name, s in shares.items()),
            *(f"  {name:<12} {s.precision:9.3f} of {s.marked}" for name, s in plain.items() if s.marked)]


def faults(given: Answer) -> list[str]:
    """What is wrong with an answer, a line each."""
    text = given.sentence.text
    said = [f"missed {e.action} '{text[slice(*e.triggers[0])]}'" for e in given.missed]
    said += [f"extra  {m.action} '{m.trigger.text}' {m.status} ({', '.join(m.rules)})" for m in given.extra]
    for event, mention in given.pairs:
        wrong = [f"status {mention.status}, not {event.status}"] if event.status != mention.status else []
        for role, share in zip(("source", "target"), parties(event, mention), strict=True):
            if not share.right == share.answered == share.marked:
                found = mention.sources if role == "source" else mention.targets
                wrong.append(f"{role} {[p.text for p in found]}")
        if not _attributed(event, mention):
            wrong.append(f"attributed to {mention.attributed_to and mention.attributed_to.text}")
        if event.about and not (mention.about and agree(event.about, mention.about)):
            wrong.append(f"about {mention.about}, not {event.about}")
        said += [f"{event.action} '{mention.trigger.text}': {'; '.join(wrong)}"] if wrong else []
    return said


def errors(given: Sequence[Answer], most: int) -> str:
    """The first sentences with a fault. Raises ValueError if one of the set-aside part is among them: whoever reads
    those tunes to them."""
    only_development(answer.sentence.part for answer in given)
    told = [(a.sentence, said) for a in given if (said := faults(a))]
    return "\n".join("\n    ".join([f"\n{s.id}  {s.text}", *said]) for s, said in told[:most])


def main(arguments: Sequence[str]) -> None:
    """Print the scores of a part and, of the development part, errors on request."""
    run("event mentions on our own marked sentences", arguments, lambda part: answers(read_sentences(part)), report,
        errors)


if __name__ == "__main__":
    main(sys.argv[1:])
