"""Where an act took place and whether its sentence tells it or only refers to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from eventcode.document import Sentence
from eventcode.mentions.actions import Trigger
from eventcode.mentions.slots import is_verb
from eventcode.mentions.status import StatusReader
from eventcode.neutral import Event, Party, Place

_PLACE_RANK = {"exact": 0, "near": 1, "district": 2, "province": 3, "country": 4}
#: How far above a place name the preposition may stand that makes it a place of action.
_REACH = 4


def place_of(
    sentence: Sentence,
    places: Sequence[Place],
    i: int,
    light: int | None,
    sources: Sequence[Party],
    targets: Sequence[Party],
) -> Place | None:
    """The place that belongs to trigger i: what it was done to, then what stands under it, then near it.

    Of places with the same tie the most exact is taken, then the nearest. A country that is only part of a party's
    name is none.
    """
    under = set(sentence.subtree(i)) | (set(sentence.subtree(light)) if light is not None else set())
    ranked = []
    for place in places:
        j = next((t.i for t in sentence.tokens if place.start is not None and t.start <= place.start < t.end), None)
        if j is not None:
            tier = _tier(sentence, place, j, under, sources, targets)
            ranked.append((tier, _PLACE_RANK[place.precision], abs(j - i), place.start, place))
    ranked = [r for r in ranked if r[0] < 3 or r[1] < 4]
    return min(ranked, key=lambda r: r[:4])[4] if ranked else None


def _tier(
    sentence: Sentence, place: Place, j: int, under: set[int], sources: Sequence[Party], targets: Sequence[Party]
) -> int:
    """0 what the act was done to, 1 under the trigger, 2 elsewhere under a preposition, 3 only part of a party.

    A country that something was done to says less of where than a town: 'signed with Iran in Moscow'.
    """
    if any(p.start == place.start for p in targets):
        return 2 if place.precision == "country" else 0
    inside = any(p.start <= (place.start or 0) < p.end for p in (*sources, *targets))
    if inside or not _is_locative(sentence, j):
        return 3
    return 1 if j in under else 2


def _is_locative(sentence: Sentence, j: int) -> bool:
    """Does a preposition of place stand over this name (possibly over the noun it modifies)?"""
    for above in [j, *sentence.ancestors(j)][:_REACH]:
        token = sentence.tokens[above]
        if token.dep in ("prep", "agent"):
            return token.lower not in ("by", "against", "with")
        if is_verb(token):
            return False
    return False


def is_asserted(sentence: Sentence, trigger: Trigger, status: StatusReader) -> bool:
    """Is this told here, or only referred to? A verb tells; a noun does under a light verb, or as what happened."""
    i = trigger.i
    token = sentence.tokens[i]
    if trigger.verb or trigger.light is not None or token.dep == "root" or status.happens(sentence, i):
        return True
    if token.dep == "attribute" and any(sentence.tokens[c].dep == "expl" for c in sentence.children(token.head)):
        return True  # 'there was condemnation from the league'
    harmed = [c for c in sentence.children(i) if sentence.tokens[c].dep in ("relative", "participle_clause")]
    above = next((a for a in sentence.ancestors(i) if is_verb(sentence.tokens[a])), None)
    if above is not None and token.dep in ("prep_object", "subject"):
        harmed.append(above)
    return any(sentence.tokens[c].lower in status.harm for c in harmed)


def with_places(events: list[Event]) -> list[Event]:
    """An event without a place of its own is placed where the events told beside it are, and says so."""
    known = [
        (e.reports[0].sentence.start, e.place) for e in events if e.place is not None and e.place.precision != "country"
    ]
    if not known:
        return events
    names = Counter(place.name for _, place in known)
    placed = []
    for event in events:
        if event.place is None:
            here = event.reports[0].sentence.start
            _, place = min(known, key=lambda k: (abs(k[0] - here), -names[k[1].name], k[0]))
            event = event.model_copy(
                update={
                    "place": place.model_copy(
                        update={
                            "start": None,
                            "end": None,
                            "text": "",
                            "reason": f"place of the event told nearest to it: {place.name}",
                            "rules": (*place.rules, "events/nearest-place"),
                        }
                    )
                }
            )
        placed.append(event)
    return placed
