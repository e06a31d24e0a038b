"""One given event put in the words that coding rules ask for, where its status or action has no code of its own.

Used for relations, whose parties somebody has given: there the best label is wanted, not silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eventcode.neutral import Event

#: Families of acts that do the other side good; to refuse one is a rejection, to announce one a promise.
_FRIENDLY = frozenset({"talks", "mediation", "support", "aid", "asylum", "cooperation", "agreement", "concession",
                       "surrender"})
_FRIENDLY_ACTS = frozenset({"withdraw_forces", "transfer_territory", "resign", "inspect"})
#: Words that do harm already as words: an announced accusation or refusal is one.
_HOSTILE_WORDS = frozenset({"accusation", "rejection", "threat", "demand", "appeal", "investigation"})


def restated(event: Event, families: Mapping[str, str]) -> Iterator[tuple[Event, str]]:
    """(event, id of the restatement) from the most faithful to the plainest; the first with a code is the answer."""
    family = families.get(event.action, "")
    friendly = family in _FRIENDLY or event.action in _FRIENDLY_ACTS
    if event.status == "negated" and event.action == "reject":  # 'did not rule out force', 'did not reject the offer'
        harm = event.about is not None and families.get(event.about) not in _FRIENDLY
        yield _told(event, "threaten" if harm else "agree", event.about), "relation/not-refused"
    if event.status == "negated" and friendly:
        yield _told(event, "reject", event.about or event.action), "relation/refused"
    words = family in _HOSTILE_WORDS and event.action not in _FRIENDLY_ACTS
    if event.status == "intended" and not words and event.action not in ("agree", "vow"):
        yield _told(event, "vow", event.action), "relation/announced"
        yield _told(event, "agree" if friendly else "threaten", event.action), "relation/announced"
    if event.action == "consider" and event.about is not None:  # 'is weighing a travel ban', 'ponders a loan'
        does_good = families.get(event.about) in _FRIENDLY
        yield _told(event, "agree" if does_good else "threaten", event.about), "relation/weighed"
    yield _told(event, event.action, event.about), "relation/as-told"
    if family == "appeal":
        yield _told(event, "demand", event.about), "relation/asked"
    if event.action == "vow":
        yield _told(event, "agree", event.about), "relation/announced"
    if event.about is not None:
        yield _told(event, event.about, None), "relation/content"
    if event.action == "claim_responsibility":
        yield _told(event, "attack", None), "relation/claimed"
    if event.action == "condole":
        yield _told(event, "praise", None), "relation/sympathy"
    if event.action == "deny":
        yield _told(event, "reject", None), "relation/denied"


def _told(event: Event, action: str, about: str | None) -> Event:
    return event.model_copy(update={"action": action, "about": about, "status": "actual"})
