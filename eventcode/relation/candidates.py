"""Acts that may be what one given party does to another, and how each is tied to the two."""

from __future__ import annotations

from dataclasses import dataclass

from eventcode.document import Sentence
from eventcode.lexicon import Action, Weapon
from eventcode.neutral import Status

#: How an act is tied to the two parties, strongest first: both its sides hold them; it stands on the tree's path
#: between them; it governs the source; the clause's form alone tells it; the entry asks for other parties; a single
#: word hints at it; several words of a topic do; it is told nearby; nothing but the parties and what goes between them.
TIES = ("relation/tree", "relation/path", "relation/governor", "relation/form", "relation/hint",
        "relation/unmet-needs", "relation/topic", "relation/nearest", "relation/parties")
TREE, PATH, GOVERNOR, FORM, HINT, UNMET, TOPIC, NEAREST, PARTIES = range(len(TIES))

#: Families of acts that do the other side good; ending or refusing one is conflict.
FRIENDLY = frozenset({"talks", "mediation", "support", "aid", "asylum", "cooperation", "agreement"})
#: Families of acts that do harm; ending one is a concession.
HOSTILE = frozenset({
    "fighting", "remote violence", "violence on civilians", "repression", "protest", "coercion", "sanction",
    "detention", "abduction", "force posture", "property", "legal action", "breaking relations"})
#: Families of acts that give the other side what it wants.
GIVING_WAY = frozenset({"concession", "surrender"})
#: Speech that only carries what it reports.
CARRIERS = frozenset({"statement"})


@dataclass(frozen=True)
class Candidate:
    """Token `i` may tell the act. `source`, `target`: how well each side holds its party, 0 (not) to 3 (its words)."""

    sentence: Sentence
    i: int
    action: Action
    tie: int
    rules: tuple[str, ...]
    source: int = 0
    target: int = 0
    about: str | None = None
    status: Status = "actual"
    weapons: tuple[Weapon, ...] = ()
    weight: int = 0
    aside: bool = False  # the content of another candidate, or why it was done
    joint: bool = False  # both parties stand on the source's side
    shadowed: bool = False  # the lexicon reads the word otherwise
    doubtful: bool = False  # a guard against figures of speech stands beside it
