"""From a noun phrase to a party: what its words say together about country, sector and traits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from eventcode.mentions._actor_phrases import Phrase
from eventcode.mentions._actor_tables import ActorTables, Entry
from eventcode.mentions._actor_words import word_set

#: What a describing noun leaves behind when another role word follows: 'student protesters', 'opposition lawmakers'.
_CARRIED = word_set("opposition student women children religious labor education identity refugee protester ngo "
                     "mercenary unidentified international peacekeeper igo party")
#: Armed sides that stay what they are when a soldierly word follows: 'rebel army', 'militia troops'.
_ARMED_SIDES = frozenset({"REB", "PRM", "CRM"})
_OF_OFFICE = word_set("state government official military armed organized legislature")
#: So long before an office somebody may be elected or named to it.
_ELECT = timedelta(days=150)
_SOLDIERLY = frozenset({"MIL", "UAF", "PRM", "REB"})

#: Roles that are a fighter's where an armed group is named: "men of the militia", "dissidents of the 10th Front".
_FIGHTERS_OF = frozenset({"man", "dissident"})


@dataclass(slots=True)
class Facts:
    """What is known of a party while its phrase is read."""

    country: str | None = None
    sector: Any = None
    traits: list[str] = field(default_factory=list)
    actor: Entry | None = None
    name: str | None = None
    rules: list[str] = field(default_factory=list)
    bare: bool = True  # nothing but a country or a city so far
    identity: bool = False  # an ethnic or religious community

    def add(self, *traits: str) -> None:
        """More traits, each once."""
        self.traits += [trait for trait in traits if trait not in self.traits]

    def because(self, entry: Entry) -> None:
        """Name the table row behind what was just said."""
        if entry.rule not in self.rules:
            self.rules.append(entry.rule)


class Composer:
    """Puts the parts of phrases together, for one day (or none)."""

    def __init__(self, tables: ActorTables, on: date | None) -> None:
        self._actors, self._branches, self._on = tables.actors, tables.branches, on

    def facts(self, phrase: Phrase) -> Facts:
        """What the phrase says: first whom it names, then what its role words make of that."""
        facts = Facts()
        for kind, entry, _ in phrase.parts:
            if kind != "role":
                self._named(facts, kind, entry)
        for inner in phrase.inner:
            self._absorb(facts, inner)
        if phrase.place is not None:
            self._placed(facts, phrase.place)
        self._branch(facts)
        for kind, entry, _ in phrase.parts:
            if kind == "role":
                self._role(facts, entry)
        if phrase.parts[0][0] == "leader" and len(phrase.parts) > 1 and facts.actor is None:
            facts.name = None  # a leader's spokesman is not the leader
        held = facts.sector in ("GOV", "LEG", "MIL") and facts.actor is None and "person" in facts.traits
        if phrase.former and held:
            _retire(facts)
        return facts

    def _named(self, facts: Facts, kind: str, entry: Entry) -> None:
        facts.because(entry)
        if kind in ("adjective", "country", "metonym", "people"):
            facts.country = entry.country
            if facts.bare and facts.actor is None:
                facts.sector, facts.name = (entry.sector if kind != "adjective" else None), entry.name
                facts.add(*entry.traits)
        elif kind == "actor":
            self._actor(facts, entry)
        elif kind == "leader":
            self._leader(facts, entry)
        elif kind == "community":
            facts.country, facts.sector = facts.country or entry.country, "CVL"
            facts.traits, facts.name, facts.bare, facts.identity = ["identity", "civilian"], None, False, True
            facts.add(*entry.traits)
        else:
            facts.country, facts.sector, facts.bare = facts.country or entry.country, entry.sector, False
            facts.name, facts.traits = None, [*entry.traits]

    def _actor(self, facts: Facts, entry: Entry) -> None:
        facts.actor, facts.name, facts.bare = entry, entry.name, False
        facts.country = entry.country or facts.country
        facts.sector, facts.traits = entry.sector, [*entry.traits]
        facts.add("group")

    def _leader(self, facts: Facts, entry: Entry) -> None:
        facts.country, facts.sector, facts.bare = entry.country or facts.country, entry.sector, False
        facts.name, facts.traits = entry.name, [*entry.traits]
        rows = self._actors.get(entry.parent, ())
        if rows:
            actor = max(rows, key=lambda row: row.fit(self._on))
            facts.actor, facts.sector = actor, entry.sector or actor.sector or ("GOV" if _igo(actor) else None)
            facts.traits = [*actor.traits, "person"]
        if self._on is not None and entry.sector == "GOV" and not entry.valid(self._on) and not _soon(entry, self._on):
            _retire(facts)

    def _absorb(self, facts: Facts, inner: Phrase) -> None:
        """Take over whom 'of ...' names; a city only says in which country."""
        found = self.facts(inner)
        facts.rules += [rule for rule in found.rules if rule not in facts.rules]
        facts.country = found.country or facts.country
        if inner.parts[0][0] == "metonym" and len(inner.parts) == 1:
            return
        facts.actor, facts.sector, facts.bare, facts.identity = found.actor, found.sector, found.bare, found.identity
        facts.name, facts.traits = found.name, [trait for trait in found.traits if trait not in ("person", "official")]

    def _placed(self, facts: Facts, place: Entry) -> None:
        if facts.actor is None:
            facts.country = facts.country or place.country
        elif (facts.actor.key, place.country or "") in self._branches:
            facts.country = place.country
        else:
            return
        facts.because(place)

    def _branch(self, facts: Facts) -> None:
        """'the Islamic State's Afghan cell' is the branch of that country, where the table has one."""
        if facts.actor is None or facts.actor.country or facts.country is None:
            return
        branch = self._branches.get((facts.actor.key, facts.country))
        if branch is not None:
            facts.because(branch)
            self._actor(facts, branch)

    def _role(self, facts: Facts, role: Entry) -> None:
        facts.because(role)
        if "weak" in role.flags:
            self._weak_role(facts, role)
        elif facts.sector in _ARMED_SIDES and role.sector in _SOLDIERLY and not facts.bare:
            facts.add(*(trait for trait in role.traits if trait in ("women", "children", "unidentified")))
        else:
            self._strong_role(facts, role)
        facts.add("person" if role.person else "group")
        if role.person and "group" in facts.traits:
            facts.traits.remove("group")

    def _weak_role(self, facts: Facts, role: Entry) -> None:
        """'fighters', 'officials', 'forces': they take their sector from whom they belong to."""
        if facts.identity and role.sector in _SOLDIERLY:
            facts.sector, facts.traits = "UAF", ["armed", "identity"]
        elif facts.bare and "gov" in role.flags and facts.country:
            facts.sector, facts.traits = "GOV", ["state", "government", "official"]
        elif role.sector == "GOV" and facts.actor is not None and not {"state", "igo"} & set(facts.traits):
            facts.add("official")  # an aid group's officials are no government
        elif facts.bare or facts.sector is None:
            kept = [trait for trait in facts.traits if trait in _CARRIED]
            facts.sector = role.sector
            facts.traits = kept
            facts.add(*_of_body(role, kept))
        elif role.sector == "MIL" and facts.sector == "GOV" and facts.actor is None:
            self._strong_role(facts, role)  # government forces, presidential guards
        elif role.sector == "GOV":
            facts.add("official")
        facts.bare, facts.name = facts.bare and role.sector is None and "gov" not in role.flags, self._actor_name(facts)

    def _strong_role(self, facts: Facts, role: Entry) -> None:
        """'police', 'president', 'herders': they say themselves what they are; the men of a force are of the force."""
        if role.key in _FIGHTERS_OF and facts.actor is not None and "armed" in facts.actor.traits:
            facts.name = facts.actor.name
            return
        if facts.actor is not None and "civilian" in role.traits and {"armed", "party"} & set(facts.actor.traits):
            facts.actor, facts.traits = None, []
        own = [*facts.actor.traits] if facts.actor else []
        kept = [trait for trait in facts.traits if trait in _CARRIED or trait in own]
        facts.sector, facts.traits, facts.bare = role.sector, kept, False
        facts.add(*_of_body(role, kept))
        facts.name = self._actor_name(facts) or (facts.name if _is_leader(facts) else None)

    @staticmethod
    def _actor_name(facts: Facts) -> str | None:
        return facts.actor.name if facts.actor else facts.name if _is_leader(facts) else None


def _soon(entry: Entry, on: date) -> bool:
    """Is the day shortly before the office begins? Who is elected or named to it is no former official."""
    return entry.start is not None and timedelta(0) < entry.start - on <= _ELECT


def _igo(actor: Entry) -> bool:
    return "igo" in actor.traits


def _is_leader(facts: Facts) -> bool:
    return any(rule.startswith("leaders/") for rule in facts.rules)


def _of_body(role: Entry, kept: list[str]) -> list[str]:
    """Traits of a role within a body; a soldier of the United Nations is no state's."""
    return [trait for trait in role.traits if trait not in ("state", "government") or "igo" not in kept]


def _retire(facts: Facts) -> None:
    """Somebody who held an office and no longer does (PLOVER's sector ELI: former officials)."""
    facts.sector = "ELI"
    facts.traits = [trait for trait in facts.traits if trait not in _OF_OFFICE]
    facts.add("person")
