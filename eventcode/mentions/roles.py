"""The words that stand in the roles of a trigger, its source and target, and those that are its company."""

from __future__ import annotations

from collections.abc import Iterator

from eventcode.document import Sentence
from eventcode.lexicon import Entry
from eventcode.mentions.actions import Trigger
from eventcode.mentions.guards import among
from eventcode.mentions.nouns import noun_slot
from eventcode.mentions.slots import is_passive, is_verb, logical_subject, outer_subjects, prepositional, verb_slot
from eventcode.mentions.stand_ins import above_antecedent

#: Nouns whose compounds name no act: a strike group, an assault team, a battle tank.
FORMATIONS = frozenset({"group", "groups", "squad", "squads", "fleet", "team", "teams", "tank", "tanks", "dress",
                        "gear", "shield", "shields", "helmet", "helmets", "equipment", "uniform", "uniforms"})
#: Acts that whoever a sentence goes on to tell of has done, and the prepositions that such a sentence opens with.
_WITHIN = {**dict.fromkeys(("visit", "raid", "inspect"), ("in", "during", "on")), "arrest": ("with",),
           **dict.fromkeys(("negotiate", "meet"), ("in", "during", "at"))}
_LASTING = frozenset({"negotiate", "meet"})
#: Prepositions of a place that an agent may stand behind, and the slot of such an agent.
_AT = ("at", "in", "near", "on", "outside", "from", "inside", "to")
BEHIND_PLACE = "behind_place"
_OWNERS = frozenset({"possessive", "compound", "adjective"})
#: How many words further a capitalized name may end in a word for a body, and such words.
_NAME_REACH = 5
_BODIES = frozenset({
    "organization", "organisation", "commission", "committee", "council", "museum", "institute", "foundation",
    "centre", "center", "mechanism", "tribunal", "authority", "association", "agency", "cemetery", "memorial",
    "festival", "fund"})


def company(sentence: Sentence, trigger: Trigger) -> frozenset[int]:
    """The tokens that a trigger's entry asks for as its company: they are part of how it words its action."""
    compiled, i, slot = trigger.compiled, trigger.i, verb_slot if trigger.verb else noun_slot
    wanted = [("object", compiled.object), ("subject", compiled.subject), *compiled.prep.items()]
    return frozenset(
        j for name, forms in wanted if forms for j in slot(sentence, i, name) if among(sentence, [j], forms)
    )


def role_choices(sentence: Sentence, trigger: Trigger, role: str) -> Iterator[list[tuple[str, int]]]:
    """(slot, head token) for a role of a trigger, slot by slot as far as they are filled; the first names the role."""
    if trigger.befell:
        if role == "target":
            yield [("object", j) for j in verb_slot(sentence, trigger.i, "subject")]
        return
    for slot in _slots(trigger.entry, trigger.verb, role):
        heads = _heads(sentence, trigger, slot)
        if not heads and trigger.light is not None:
            heads = _light_slot(sentence, trigger.light, slot, role)
        if heads:
            yield [(slot, head) for head in heads]
    if trigger.light is not None and role == ("target" if trigger.received else "source"):
        subject = logical_subject(sentence, trigger.light)
        if subject is not None and subject != trigger.i:
            yield [("subject", subject)]
    if not trigger.verb and trigger.light is None and role == "source":
        yield from ([("subject", j)] for j in opening_doer(sentence, trigger))
    if trigger.verb and role == "source" and "subject" in _slots(trigger.entry, True, role):
        yield from ([("subject", j)] for j in outer_subjects(sentence, trigger.i))
        if is_passive(sentence, trigger.i):
            yield from ([(BEHIND_PLACE, j)] for j in _agent_behind_place(sentence, trigger.i))
        else:
            yield from ([("subject", j)] for j in above_antecedent(sentence, trigger.i))


def _agent_behind_place(sentence: Sentence, i: int) -> Iterator[int]:
    """'beaten at a checkpoint [by men]': the parser hangs the agent on the noun for the place."""
    for where in _AT:
        for place in prepositional(sentence, i, where):
            inner = [j for c in sentence.children(place) for j in (c, *sentence.children(c))
                     if sentence.tokens[j].dep in ("object", "prep_object")]  # 'barred from entering Kos by guards'
            yield from (j for k in (place, *inner) for j in prepositional(sentence, k, "by"))


def opening_doer(sentence: Sentence, trigger: Trigger) -> Iterator[int]:
    """'In a rare [visit] to Iturup, the minister toured a factory', 'In a [raid] on a house, police found': who does
    what a sentence goes on with."""
    token = sentence.tokens[trigger.i]
    opening = sentence.tokens[token.head]
    if opening.lower == "of" and trigger.entry.action in _LASTING:  # 'in three days of [talks]'
        token = sentence.tokens[opening.head]
        opening = sentence.tokens[token.head]
    if token.dep != "prep_object" or opening.lower not in _WITHIN.get(trigger.entry.action, ()):
        return
    verb = sentence.tokens[opening.head]
    if verb.dep == "subject" and trigger.light is None and sentence.tokens[opening.i - 1].text == ",":
        yield verb.i  # 'the president, on a stopover in Guatemala, promised'
        return
    doer = logical_subject(sentence, verb.i) if is_verb(verb) and not is_passive(sentence, verb.i) else None
    if doer is not None and (trigger.i < doer < verb.i or (trigger.entry.action in _LASTING and doer < verb.i)):
        yield doer


def _heads(sentence: Sentence, trigger: Trigger, slot: str) -> list[int]:
    """What fills a slot; whose the object of a verb is, is a slot of the verb too: 'repelled [a rebel] attack'."""
    if not trigger.verb:
        return noun_slot(sentence, trigger.i, slot)
    if slot not in _OWNERS:
        return verb_slot(sentence, trigger.i, slot)
    return [j for thing in verb_slot(sentence, trigger.i, "object") for j in noun_slot(sentence, thing, slot)]


def role_heads(sentence: Sentence, trigger: Trigger, role: str) -> list[tuple[str, int]]:
    """(slot, head token) for a role of a trigger, from the first of its slots that is filled."""
    return next(role_choices(sentence, trigger, role), [])


def _light_slot(sentence: Sentence, light: int, slot: str, role: str) -> list[int]:
    if slot in ("possessive", "compound", "adjective", "object", "subject"):
        return []
    if slot == "by" and role == "source":
        return verb_slot(sentence, light, "agent")
    return prepositional(sentence, light, slot)


_VERB_ROLES = {"source": ("subject",), "target": ("object",)}
_NOUN_ROLES = {"source": ("by", "possessive", "compound", "adjective"), "target": ("on", "against", "of")}


def _slots(entry: Entry, verb: bool, role: str) -> tuple[str, ...]:
    own = entry.roles if verb else entry.noun_roles
    return own[role] if role in own else (_VERB_ROLES if verb else _NOUN_ROLES)[role]


def names_a_body(sentence: Sentence, i: int) -> bool:
    """'the Truce Supervision Organization', 'the Genocide Museum': a part of a name, or a title."""
    tokens = sentence.tokens
    last = next((t.i for t in tokens[i + 1:i + _NAME_REACH] if t.lower in _BODIES), i)
    named = all(t.text[:1].isupper() or t.lower in ("of", "and", "for") for t in tokens[i:last + 1])
    body = last > i and named and any(t.pos == "VERB" and t.text.islower() for t in tokens)
    return body or _is_title(sentence, i)


def _is_title(sentence: Sentence, i: int) -> bool:
    """'the band Massacre', 'Murder City Devils': a capitalised noun that is a name, or opens one, in a sentence of
    small letters; "the Halabja Massacre" and "the Siege of Mafeking" name acts."""
    token, tokens = sentence.tokens[i], sentence.tokens
    if not i or not token.tag.startswith("NNP") or not token.text.istitle() or token.text == token.text.upper():
        return False
    after, before = tokens[i + 1:i + 2], tokens[i - 1]
    opens = any(t.text.istitle() and t.tag.startswith("NNP") for t in after) and not before.text.istitle()
    called = before.tag == "NN" and not any(t.dep == "prep" and t.head == i for t in tokens)
    return (opens or called) and any(t.pos in ("VERB", "AUX") and t.text.islower() for t in tokens)
