"""Whom the words of a party are read as: a name, whoever was named earlier, the people of a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eventcode.document import Sentence
from eventcode.mentions.actors import ActorMention
from eventcode.mentions.memory import PERSONAL
from eventcode.mentions.slots import child, is_verb
from eventcode.neutral import Party, Span

#: Places that are for those who live there: 'a camp for refugees was shelled'.
HOMES = frozenset({"camp", "camps", "shelter", "shelters", "hostel", "orphanage", "school", "hospital", "village"})
#: Places whose people are meant where they are only told to be a country's: 'shelled Kenyan villages'.
DWELLINGS = frozenset({"town", "towns", "village", "villages", "city", "cities", "neighborhood", "neighborhoods",
                        "neighbourhood", "neighbourhoods", "homes", "houses", "hamlet", "hamlets"})
#: Adjectives that stand for people: 'evacuated the wounded'.
SUFFERERS = frozenset({"wounded", "injured", "sick", "homeless", "needy", "poor", "hungry", "starving", "trapped"})


def may_have(owner: Party, party: Party) -> bool:
    """May armed people be the owner's own: a group's fighters, but a state's soldiers?"""
    state = not {"state", "country", "government"}.isdisjoint(owner.traits)
    return "armed" not in party.traits or state == ("state" in party.traits)


def who_live_there(party: Party) -> Party:
    """The people of a country; an actor that has a name stays who it is."""
    if party.actor_id is not None or party.sector is not None or "country" not in party.traits:
        return party
    return party.model_copy(update={"sector": "CVL", "traits": ("civilian", "country", "group"),
                                    "rules": (*party.rules, "parties/dwelling")})


def only_things(parties: Sequence[Party]) -> bool:
    """Are these nothing but words that name nobody?"""
    return all(party.rules == ("parties/words",) and not party.traits for party in parties)


def named_as(party: Party, name: Party) -> Party:
    """The words of a description with the identity of the name that goes with it."""
    return party.model_copy(
        update={
            "actor_id": name.actor_id,
            "name": name.name,
            "country": name.country or party.country,
            "sector": name.sector or party.sector,
            "traits": tuple(sorted({*party.traits, *name.traits})),
            "rules": (*party.rules, *name.rules, "parties/known-as"),
        }
    )


def pointing(here: Party, earlier: Party, rule: str) -> Party:
    """The words `here`, resolved to the party named earlier."""
    return earlier.model_copy(
        update={
            "start": here.start,
            "end": here.end,
            "text": here.text,
            "size": here.size,
            "rules": (*earlier.rules, rule),
            "refers_to": Span(start=earlier.start, end=earlier.end, text=earlier.text),
        }
    )


def same_object(sentence: Sentence, i: int, mention_at: Mapping[int, ActorMention]) -> Party | None:
    """'seized two men from the police and burned [them]': whom the verb before did the other thing to, as far as
    pronoun i is the object of the next one in the row and both are several or one."""
    tokens, verb = sentence.tokens, sentence.tokens[i].head
    if tokens[i].dep != "object" or tokens[i].lower not in PERSONAL:
        return None
    while tokens[verb].dep == "conjunct" and is_verb(tokens[tokens[verb].head]):
        verb = tokens[verb].head
        before = child(sentence, verb, "object")
        mention = None if before is None or before > i else mention_at.get(before)
        if mention is not None and not mention.anaphor:
            return mention.party if mention.plural == (tokens[i].lower == "them") else None
    return None


def distinct(parties: Sequence[Party]) -> tuple[Party, ...]:
    """Each party once, the first mention kept."""
    found: dict[tuple[str, int], Party] = {}
    for party in parties:
        found.setdefault((party.actor_id or party.text.casefold(), party.start if party.actor_id is None else 0), party)
    return tuple(found.values())
