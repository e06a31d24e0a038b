"""What a party is in the codebook's eyes: its class (State forces, Rebel group ...), its camp and the words that coding
rules may ask for beside its traits and sector."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from eventcode.neutral import Event, Party, Trait
from eventcode.ontologies.acled.tables import KnownActor, described, known_actor, local_name

Camp = Literal["state", "non-state", "people"]
Role = Literal["source", "target"]

STATE, REBEL, MILITIA, IDENTITY = "State forces", "Rebel group", "Political militia", "Identity militia"
RIOTERS, PROTESTERS, CIVILIANS, EXTERNAL = "Rioters", "Protesters", "Civilians", "External/Other forces"

#: What this ontology adds to the words of the facets source and target; `words` gives them.
WORDS = frozenset({STATE, REBEL, MILITIA, IDENTITY, RIOTERS, PROTESTERS, CIVILIANS, EXTERNAL,
                   "combatant", "unarmed", "crowd", "armed group", "civil state", "community"})
#: Keys of actors that have no name.
ARMED, PEOPLE = "armed", "people"
_ARMED_STATE = frozenset({"military", "police", "intelligence"})
_CIVIL_STATE = frozenset({"government", "legislature", "judiciary", "official", "country", "state"})
_NON_STATE = frozenset({"rebel", "militia", "unidentified", "criminal"})
_CROWD = frozenset({"protester", "rioter"})
_ARMED_SECTORS = frozenset({"REB", "UAF", "PRM", "CRM"})

#: Actions whose source is a crowd whatever its words are ("students marched"), and whose target is one.
CROWD_SOURCE = frozenset({"protest", "strike", "hunger_strike", "boycott", "block_road", "occupy_premises", "riot",
                          "mob_violence", "civil_disobedience", "shutdown"})
CROWD_TARGET = frozenset({"disperse"})
#: Of those, what armed groups and forces do too, and then are no crowd.
_ARMED_TOO = frozenset({"block_road", "occupy_premises"})


def is_crowd_act(action: str, source: Sequence[Party]) -> bool:
    """Is whoever does this a crowd by the act itself?"""
    armed = action in _ARMED_TOO and bool(source) and (is_armed_group(source[0]) or is_armed_state(source[0]))
    return action in CROWD_SOURCE and not armed


def is_armed_state(party: Party) -> bool:
    """Military, police or intelligence of a state."""
    return not _ARMED_STATE.isdisjoint(party.traits) or (party.sector in ("MIL", "COP", "SPY") and not _foreign(party))


def is_forces(party: Party) -> bool:
    """Forces of a state, or peacekeepers and others that states lend."""
    return is_armed_state(party) or _foreign(party)


def is_civil_state(party: Party) -> bool:
    """A government, an official, a parliament, a court, or a country by its name: a state without arms in hand."""
    if is_armed_state(party) or _foreign(party) or not _NON_STATE.isdisjoint(party.traits):
        return False  # an official of the rebels or of the United Nations is none of a state
    return not _CIVIL_STATE.isdisjoint(party.traits) or party.sector in ("GOV", "LEG", "JUD")


def is_crowd(party: Party) -> bool:
    """Protesters or rioters by their own words."""
    return not _CROWD.isdisjoint(party.traits)


def crowd_of(event: Event, trait: Trait) -> tuple[Party, ...]:
    """The people of an act that names nobody, by the words that tell it."""
    trigger = event.reports[0].trigger
    rules = ("acled/actors/gathering",)
    return (Party(start=trigger.start, end=trigger.end, text=trigger.text, traits=(trait,), rules=rules),)


def as_crowd(party: Party, trait: Literal["protester", "rioter"]) -> Party:
    """The party as one of a crowd; who riots is no more a protester, who was called a criminal only is none."""
    if trait in party.traits or "rioter" in party.traits:
        return party
    traits = (*(t for t in party.traits if t not in ("criminal", "protester")), trait)
    sector = None if party.sector == "CRM" else party.sector
    rules = (*party.rules, "acled/actors/at-protest")
    return party.model_copy(update={"traits": traits, "sector": sector, "rules": rules})


def is_crowd_or_people(party: Party) -> bool:
    """Protesters, rioters or people without arms, no state."""
    return is_crowd(party) or camp(party) == "people"


def is_armed_group(party: Party) -> bool:
    """An armed party that is no state: rebels, militias, gangs, gunmen, mercenaries."""
    if is_crowd(party) or is_armed_state(party) or is_civil_state(party) or _foreign(party):
        return False
    return not _NON_STATE.isdisjoint(party.traits) or "armed" in party.traits or party.sector in _ARMED_SECTORS


def is_combatant(party: Party, role: Role) -> bool:
    """Armed, as this role sees it: a government or country that attacks does so with its forces."""
    if role == "source" and is_civil_state(party):
        return True
    return is_armed_state(party) or is_armed_group(party) or _foreign(party)


def is_unknown(party: Party) -> bool:
    """Words that no table knows and that are no person's name: a thing or a place as often as a party."""
    return not party.traits and party.sector is None and party.actor_id is None


def _foreign(party: Party) -> bool:
    """Peacekeepers, international organizations, hired soldiers."""
    traits = set(party.traits)
    return bool(traits & {"peacekeeper", "igo"}) or {"mercenary", "armed"} <= traits


def known(party: Party, home: str | None, day: date | None) -> KnownActor | None:
    """How an actor is written in an event in country `home` on `day`: by the table of names, or, of rebels who are only
    described, by the table of what such rebels are called there. None where neither knows it."""
    if party.actor_id is not None:
        return None if "civilian" in party.traits else known_actor(party.actor_id, day, home)
    if "peacekeeper" in party.traits and party.country is None:
        return known_actor("united-nations", day, home) or known_actor("african-union", day, home)
    if "coalition" in party.text.casefold() and is_armed_state(party) and party.country in (None, home):
        return local_name(party.text, home)
    if "rebel" not in party.traits or party.name or is_armed_state(party):
        return None
    return local_name(party.text, home)


def camp(party: Party, crowd: bool = False) -> Camp:
    """Parties of one side and one camp are allies; two camps on one side are enemies or strangers, never one actor."""
    if crowd or is_crowd(party):
        return "people"
    if is_armed_state(party) or is_civil_state(party) or _foreign(party):
        return "state"
    return "non-state" if is_armed_group(party) else "people"


def inter(party: Party, home: str | None, day: date | None, crowd: bool = False) -> str:
    """The class of a party in an event in country `home` (ISO alpha-3) on `day`.

    A state's forces are State forces at home and External/Other forces abroad (codebook, Actor types); an unidentified
    armed group is a Political militia.
    """
    row = known(party, home, day)
    if row is not None:
        abroad = row.inter == STATE and row.country and home and row.country != home
        return EXTERNAL if abroad else row.inter
    if crowd or is_crowd(party):
        return RIOTERS if "rioter" in party.traits else PROTESTERS
    if _foreign(party):
        return EXTERNAL
    if is_armed_state(party) or is_civil_state(party):
        return EXTERNAL if party.country and home and party.country != home else STATE
    return _group_inter(party) if is_armed_group(party) else CIVILIANS


def _group_inter(party: Party) -> str:
    if "identity" in party.traits:
        return IDENTITY
    named = party.actor_id is not None or party.name is not None
    called = None if named else described(party.text)
    if called is not None:
        return called[1]
    return REBEL if named and ("rebel" in party.traits or party.sector == "REB") else MILITIA


def key(party: Party, home: str | None, day: date | None, crowd: bool = False) -> str:
    """What two mentions of one actor share: a state's forces are one actor, so is a crowd, so are people unarmed; a
    named group goes by the name it has in this country, an armed group without a name is ARMED."""
    if crowd or is_crowd(party):
        return "crowd"
    row = known(party, home, day)
    if row is not None:
        return row.name
    if is_armed_state(party) or is_civil_state(party):
        return f"state {party.country or home or 'here'}"
    if party.actor_id or _foreign(party):
        return party.key
    return ARMED if is_armed_group(party) else PEOPLE


def same_pair(one: frozenset[str], other: frozenset[str]) -> bool:
    """Are these two actor pairs one? An armed group without a name may be the named one beside the same other side;
    a one-sided report goes with a pair that its actor is in."""
    if one == other:
        return True
    if not one or not other:
        return False
    if "crowd" in one & other and PEOPLE in one ^ other:
        return True  # whoever a crowd hurts and whoever stops it are told in one event of that crowd
    if ARMED in (*one, *other) and 1 in (len(one), len(other)) and {ARMED} in (one, other):
        return not (one | other) & {"crowd", PEOPLE}
    if len(one) != len(other):
        return one < other or other < one
    mine, theirs = one - other, other - one
    return len(mine) == len(theirs) == 1 and ARMED in mine | theirs and not (mine | theirs) & {"crowd", PEOPLE} \
        and not any(side.startswith("state ") for side in mine | theirs)


def words(parties: Iterable[Party], role: Role, home: str | None, day: date | None,
          crowd: bool = False) -> frozenset[str]:
    """What a rule's `source` and `target` may name beside traits and sectors: classes, and combatant, unarmed, crowd,
    armed group, civil state, community."""
    found: set[str] = set()
    for party in parties:
        found.add(inter(party, home, day, crowd))
        found |= _kinds(party, role, crowd)
    return frozenset(found)


def _kinds(party: Party, role: Role, crowd: bool) -> set[str]:
    if crowd or is_crowd(party):
        return {"crowd"}
    if is_combatant(party, role):
        return {"combatant"} | ({"armed group"} if is_armed_group(party) else set())
    if is_civil_state(party):
        return {"civil state"} | (set() if "country" in party.traits else {"unarmed"})
    return {"unarmed", "community"} if "identity" in party.traits else {"unarmed"}
