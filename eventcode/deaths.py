"""Deaths of which no sentence tells the act, though the story's arms do.

"Nine passengers died where they sat, and survivors said men in uniforms had waited behind the culvert": nobody attacks
or shoots in these words. Where people die, arms or people under arms are told of and no other act is, they were killed
with these arms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from eventcode.document import Document
from eventcode.drafts import SentenceMentions
from eventcode.lexicon import Action, Family
from eventcode.mentions.actions import Trigger
from eventcode.mentions.arms import ARMED, ArmsFinder
from eventcode.neutral import DateMention, EventDate, EventMention, Party, Span

BY_ARMS = "events/deaths-by-arms"
#: What is done with a weapon; with any other it is an attack.
_ACTS = {"aircraft": "bombard", "drone": "bombard", "helicopter": "bombard", "guided_bomb": "bombard",
         "artillery": "bombard", "mortar": "bombard", "rocket": "bombard", "missile": "bombard", "bomb": "explode",
         "ied": "explode", "landmine": "explode", "car_bomb": "explode", "suicide_vest": "suicide_bombing"}
#: Weapons whose use is told before that of any other, the most telling first.
_TELLING = ("chemical", "suicide_vest", "drone", "helicopter", "guided_bomb", "aircraft", "missile", "rocket", "mortar",
            "artillery", "landmine", "car_bomb", "ied", "grenade", "bomb", "knife", "firearm")
#: Weapons that mostly the armed forces of a state have.
_OF_STATES = frozenset({"aircraft", "helicopter", "guided_bomb", "drone", "artillery"})
_EVACUATING = frozenset({"helicopter"})
_VIOLENCE: frozenset[Family] = frozenset({"fighting", "remote violence", "violence on civilians", "repression",
                                          "territory", "protest", "detention"})
_STATE = frozenset({"military", "police"})


class Signs(NamedTuple):
    """The arms that a story tells of: the weapon that tells most, and the parties that may have used it."""

    weapon: str | None
    of_state: bool
    armed: Sequence[Party]
    forces: Sequence[Party]
    day: EventDate | None  # the first that the story names


class DeathReader:
    """Finds the arms behind deaths."""

    def __init__(self, arms: ArmsFinder) -> None:
        self._arms = arms

    def signs(self, document: Document, triggers: Mapping[int, tuple[Sequence[Trigger], object]],
              found: Mapping[int, SentenceMentions]) -> Signs | None:
        """The arms told of in a text where people die; None where none are, or what kills without intent."""
        text = document.reading
        dying = any(trigger.entry.action == "die" for taken, _ in triggers.values() for trigger in taken)
        if not dying or not self._arms.is_meant(text):
            return None
        parties = [mention.party for told in found.values() for mention in told.actors]
        used = self._arms.weapons(document)
        armed = [p for p in parties if not ARMED.isdisjoint(p.traits)]
        if armed:
            used -= _EVACUATING  # of gunmen and a helicopter, this takes the wounded away
        weapon = next((w for w in _TELLING if w in used), None)
        if weapon is None and not armed and not self._arms.has_bearers(text):
            return None
        forces = [p for p in parties if not _STATE.isdisjoint(p.traits)]
        told = (date for index in sorted(found) for date in found[index].dates)
        days = (date for date in told if date.precision == "day" and date.first)
        return Signs(weapon, not _OF_STATES.isdisjoint(used), armed, forces, next(map(_day_of, days), None))

    @staticmethod
    def explained(mentions: Sequence[EventMention], signs: Signs | None, actions: Mapping[str, Action],
                  ) -> list[EventMention]:
        """The mentions, with deaths that no act of the story explains as what its arms did."""
        told = any(actions[m.action].family in _VIOLENCE and m.status == "actual" for m in mentions)
        if signs is None or told:
            return list(mentions)
        return [_by_arms(m, signs) if m.action == "die" and m.status == "actual" and not m.weapons else m
                for m in mentions]


def _by_arms(death: EventMention, signs: Signs) -> EventMention:
    action = _ACTS.get(signs.weapon or "", "attack")
    weapons = (signs.weapon,) if signs.weapon else ()
    dead = death.targets or tuple(count.party for count in death.counts if count.party is not None)
    under_arms = tuple(party for party in dead if not _STATE.isdisjoint(party.traits))  # beside them none is a side
    return death.model_copy(update={
        "action": action, "weapons": weapons, "targets": under_arms or dead, "sources": _killers(death, signs),
        "place": death.place if death.place is not None and death.place.precision != "country" else None,
        "asserted": True, "date": death.date if death.date.basis == "text" else signs.day or death.date,
        "rules": (*death.rules, BY_ARMS)})


def _day_of(told: DateMention) -> EventDate:
    words = Span(start=told.start, end=told.end, text=told.text)
    return EventDate(start=told.first, end=told.last, precision="day", basis="text", words=words, rules=told.rules)


def _killers(death: EventMention, signs: Signs) -> tuple[Party, ...]:
    """The armed party told first that is none of the dead; forces of a state where their arms or its dead say so."""
    dead = {trait for party in death.targets for trait in party.traits}
    own = {party.start for party in death.targets}
    of_state = signs.of_state or not ARMED.isdisjoint(dead)
    asked = (*signs.forces, *signs.armed) if of_state else signs.armed
    fitting = (p for p in asked if p.start not in own and ARMED.isdisjoint(set(p.traits) & dead))
    return tuple(fitting)[:1]
