"""The parties on the two sides of an act: who stands for whom, how many they are, who is on which side."""

from __future__ import annotations

from eventcode.document import Sentence
from eventcode.mentions.order import OrderReader
from eventcode.mentions.parties import PartyReader
from eventcode.neutral import Count, Party

Sides = tuple[tuple[Party, ...], tuple[Party, ...]]


def size_of(party: Party, sentence: Sentence, reader: PartyReader, order: OrderReader) -> Count | None:
    """The number that stands on a party; one for a single person ("the murder of the mayor")."""
    if party.size is not None or "person" not in party.traits or "group" in party.traits:
        return party.size
    inside = [t for t in sentence.tokens if party.start <= t.start < party.end]
    pronoun = len(inside) == 1 and order.is_one(inside[0])
    tags = [t.tag for t in inside if t.pos in ("NOUN", "PROPN", "ADP")]
    core = tags[: tags.index("IN")] if "IN" in tags else tags
    known = [m for t in inside if (m := reader.mention(t.i)) is not None and m.head == t.i]
    whole = bool(core) and {"NN", "NNP", *["NNPS"] * (len(core) > 1)}.issuperset(core)  # "Walter Sands"
    if not pronoun and (not whole or any(m.plural for m in known[:1])):
        return None
    return Count(
        start=party.start,
        end=party.end,
        text=party.text,
        what="quantity",
        who=None if pronoun else party.text.lower(),
        low=1,
        best=1,
        high=1,
        rules=("counts/one-person",),
    )


def stands_for_country(party: Party) -> bool:
    """'Moscow has moved missiles': does a capital's name stand for its state?"""
    return "government" in party.traits and any(rule.startswith("demonyms/") for rule in party.rules)


def split_reciprocal(sides: dict[str, tuple[Party, ...]]) -> dict[str, tuple[Party, ...]]:
    """'X and Y met', 'clashes between X and Y': the first on one side, the others on the other."""
    source, target = sides["source"], sides["target"]
    if {p.start for p in source} == {p.start for p in target}:
        target = ()
    if not target and len(source) > 1:
        return {"source": source[:1], "target": source[1:]}
    if not source and len(target) > 1:
        return {"source": target[:1], "target": target[1:]}
    return {"source": source, "target": target}


def filled(best: Sides, other: Sides) -> Sides:
    """Sources and targets, an empty side as another entry for the same word and action fills it."""
    taken = {party.start for side in best for party in side}
    free = [tuple(party for party in side if party.start not in taken) for side in other]
    return best[0] or free[0], best[1] or free[1]
