"""How the slots of a trigger hold two given parties: in their words, in a noun phrase, by pronoun or governing verb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eventcode.document import Sentence
from eventcode.lexicon import Action
from eventcode.mentions.actions import Trigger
from eventcode.mentions.contents import embedded
from eventcode.mentions.parties import PartyReader
from eventcode.mentions.roles import role_heads
from eventcode.mentions.slots import (
    child,
    governor_verb,
    is_noun,
    is_verb,
    logical_object,
    logical_subject,
    surface_subject,
    verb_slot,
)
from eventcode.mentions.status import StatusReader
from eventcode.neutral import Party, Status
from eventcode.relation.words import RelationCue, RelationWords

#: Acts that two parties may do together, though they need not.
JOINT = frozenset({"agree", "military_exercise"})
#: How a clause hangs on another whose subject a pronoun in it mostly means.
_SHARING = frozenset({"clause", "adverbial_clause", "conjunct"})
#: Who speaks for a state.
_SPEAKING = frozenset({"official", "government", "state"})
#: How what one is glad to do hangs on the adjective.
_CONTENT = frozenset({"infinitive", "clause", "adverbial_clause"})
#: Dependencies that lead out of a noun phrase into a clause of its own.
CLAUSES = frozenset({"relative", "adverbial_clause", "clause", "parataxis", "participle_clause"})


@dataclass(frozen=True)
class Given:
    """One of the two parties: its sentence and tokens, the token that heads them, who the actor tables say it is."""

    sentence: Sentence
    tokens: frozenset[int]
    head: int
    party: Party


class Roles:
    """One sentence and the two parties, of which at least one is named in it."""

    def __init__(self, sentence: Sentence, reader: PartyReader, actions: Mapping[str, Action], status: StatusReader,
                 words: RelationWords, one: Given, two: Given) -> None:
        self.sentence, self.reader, self.actions, self.words = sentence, reader, actions, words
        self.tokens = sentence.tokens
        self._status = status
        self.source = one if one.sentence is sentence else None
        self.target = two if two.sentence is sentence else None
        self.path = self._between()

    def _between(self) -> list[int]:
        """The tokens on the tree's way from the source to the target; up to the root where only one is here."""
        up = [self.source.head, *self.sentence.ancestors(self.source.head)] if self.source else []
        down = [self.target.head, *self.sentence.ancestors(self.target.head)] if self.target else []
        top = next((i for i in up if i in down), None)
        if top is None:
            return up or down
        beyond = up[up.index(top) + 1:] if not is_verb(self.tokens[top]) else []  # both in one phrase: its verb too
        verb = next((n for n, i in enumerate(beyond) if is_verb(self.tokens[i])), -1)
        return up[:up.index(top) + 1] + down[:down.index(top)][::-1] + beyond[:verb + 1]

    def _nouns_of(self, given: Given | None) -> set[int]:
        """The party's tokens and the nouns they modify: 'Thai' and 'Malaysian' of 'Thai and Malaysian troops'."""
        if given is None:
            return set()
        found, i = set(given.tokens), given.head
        while self.tokens[i].dep in ("adjective", "compound", "possessive", "conjunct") and self.tokens[i].head != i:
            i = self.tokens[i].head
            if is_verb(self.tokens[i]):
                break
            found.add(i)
        return found

    def _status_of(self, i: int, light: int | None = None) -> tuple[Status, tuple[str, ...]]:
        """As usually read; but 'will not' refuses, and what one 'may' do is intended rather than supposed."""
        status, rules = self._status.status(self.sentence, i, light)
        spots = [i] if light is None else [i, light]
        below = [self.tokens[c].dep for spot in spots for c in self.sentence.children(spot)
                 if self.tokens[c].lower != "that"]
        if status in ("intended", "hypothetical") and "negation" in below:
            return "negated", (*rules, "relation/negation")
        if status == "hypothetical" and "auxiliary" in below and "marker" not in below:
            return "intended", rules
        if status == "actual" and self._is_to(i):
            return "intended", (self.words.copula[self.tokens[self.tokens[i].head].lower],)
        if status == "actual" and (glad := self._gladly(i)) is not None:
            return "intended", (*rules, glad)
        return status, rules

    def _gladly(self, i: int) -> str | None:
        """The cue in 'would be [happy] to host', 'is [glad] to host', not 'was glad to host'."""
        above = self.tokens[i].head
        rule = self.words.glad.get(self.tokens[above].lower) if self.tokens[i].dep in _CONTENT else None
        be = self.tokens[above].head
        if rule is None or self.tokens[be].tag in ("VBZ", "VBP"):
            return rule
        return rule if any(self.tokens[c].tag == "MD" for c in self.sentence.children(be)) else None

    def _is_to(self, i: int) -> bool:
        """'is to visit': an infinitive under the bare copula is what will be."""
        above = self.tokens[self.tokens[i].head]
        return self.tokens[i].dep == "infinitive" and above.lower in self.words.copula

    def _hold(self, trigger: Trigger) -> tuple[int, int]:
        """How well the trigger's source side holds the source, and its target side (or content) the target."""
        heads = {role: self._heads(trigger, role) for role in ("source", "target")}
        if self.actions[trigger.entry.action].reciprocal or trigger.entry.action in JOINT:
            both = [*heads["source"], *heads["target"]]
            heads = {"source": both, "target": both}
            if self._held(self.source, both) < 2:  # a clause about one side tells of others
                heads["source"] = []
        source = self._held(self.source, heads["source"]) or self._by_governor(trigger) or self._got_from(trigger)
        target = self._held(self.target, heads["target"]) or self._in_content(trigger, heads["source"])
        return source, target

    def _heads(self, trigger: Trigger, role: str) -> list[int]:
        """Head tokens of a role. 'is opposed to' looks like a passive, but its subject is who opposes."""
        found = [j for _, j in role_heads(self.sentence, trigger, role)]
        if found or role == "target" or not trigger.verb or "object" in trigger.entry.roles.get("target", ("object",)):
            return found
        subject = surface_subject(self.sentence, trigger.i)
        return [] if subject is None else [subject]

    def _held(self, given: Given | None, heads: Sequence[int]) -> int:
        """3: a role's head is the party's own word; 2: in its noun phrase; 1: in a clause under it; else 0."""
        if given is None:
            return 0
        if any(head in given.tokens for head in heads):
            return 3
        if any(self._points_to(head, given) for head in heads):
            return 2
        ways = [way for head in heads if (way := climb(self.sentence, given.head, head)) is not None]
        return max((1 if CLAUSES & {self.tokens[i].dep for i in way} else 2 for way in ways), default=0)

    def _points_to(self, i: int, given: Given) -> bool:
        """'[X] said that it would leave', 'X was accused, and it left': a pronoun is mostly who is told of before it.

        What belongs to that party ("its government"), and the state in its speaker's mouth ("[Chad] wants ..., the
        Chadian president said"), stand for it too.
        """
        if self.tokens[i].lower in self.words.addressed:
            return given is self.target and self._is_spoken_to(i)
        if given is not self.source:
            return False
        owner = child(self.sentence, i, "possessive")
        owned = owner is not None and self.tokens[owner].tag == "PRP$" and self.tokens[i].lower in self.words.whole
        if self.tokens[i].tag not in ("PRP", "PRP$") and not owned:
            return self._is_own_state(i, given)
        above = [self.tokens[a].head for a in self.sentence.ancestors(i) if self.tokens[a].dep in _SHARING]
        subjects = [j for a in above if is_verb(self.tokens[a]) for j in (
            logical_subject(self.sentence, a), child(self.sentence, a, "subject_passive")) if j not in (None, i)]
        return any(j in given.tokens or given.head in self.sentence.subtree(j) for j in subjects if j is not None)

    def _is_spoken_to(self, i: int) -> bool:
        """'"[You] will pay," X told Y': do these words stand in what somebody says to the target?"""
        told = (verb_slot(self.sentence, a, slot) for a in self.sentence.ancestors(i) if is_verb(self.tokens[a])
                for slot in ("object", "to", "indirect"))
        return self.target is not None and any(not self.target.tokens.isdisjoint(heads) for heads in told)

    def _is_own_state(self, i: int, given: Given) -> bool:
        """Is token i the name of the country that the given party speaks for, in a clause that it says?"""
        if self.tokens[i].tag != "NNP" or given.party.country is None or not _SPEAKING.intersection(given.party.traits):
            return False
        verb = next((a for a in self.sentence.ancestors(i) if is_verb(self.tokens[a])), None)
        speaker = self._status.speaker(self.sentence, verb) if verb is not None else None
        if speaker is None or not (speaker in given.tokens or given.head in self.sentence.subtree(speaker)):
            return False
        named = self.reader.parties(i, share=True)
        return any(p.country == given.party.country and "country" in p.traits for p in named)

    def _got_from(self, trigger: Trigger) -> int:
        """1 where the subject is who gets something ("[Y] got its throne back from X") and the source stands below."""
        inverse = trigger.verb and trigger.entry.roles.get("target") == ("subject",) and self.source is not None
        return 1 if inverse and self.source and climb(self.sentence, self.source.head, trigger.i) is not None else 0

    def _by_governor(self, trigger: Trigger) -> int:
        """'[X] renewed talks': the subject of the verb whose object the noun is acts in what the noun names."""
        if trigger.verb or self.source is None:
            return 0
        verb = self._verb_over(trigger)
        subject = logical_subject(self.sentence, verb) if verb is not None else None
        return 1 if subject is not None and self._held(self.source, [subject]) >= 2 else 0

    def _in_content(self, trigger: Trigger, sources: Sequence[int]) -> int:
        """1 where the target stands anywhere under the trigger, outside of its source."""
        if self.target is None or self._held(self.target, sources) >= 2:
            return 0
        ways = (climb(self.sentence, self.target.head, root) for root in self._roots(trigger))
        return 1 if any(way is not None for way in ways) else 0

    def _content(self, trigger: Trigger) -> list[int]:
        """Heads of what speech is about; the parser takes some complements ("have sworn to fight") for adverbials."""
        found = [j for _, j in embedded(self.sentence, trigger)]
        if not found and self.actions[trigger.entry.action].speech and trigger.verb:  # 'urged Chad to help X'
            found = [c for c in self.sentence.children(trigger.i)
                     if self.tokens[c].dep in ("infinitive", "clause") and self.tokens[c].tag == "VB"][:1]
        if found or "infinitive" not in trigger.entry.about:
            return found
        return [c for c in self.sentence.children(trigger.i) if self.tokens[c].dep == "adverbial_clause"
                and self.tokens[c].tag == "VB" and c > trigger.i][:1]

    def _roots(self, trigger: Trigger) -> list[int]:
        """The trigger, and the verb that a noun is object of: what hangs on either belongs to the act."""
        verb = self._verb_over(trigger)
        return [trigger.i] if verb is None else [trigger.i, verb]

    def _verb_over(self, trigger: Trigger) -> int | None:
        """The verb that a noun completes: 'held [talks]', 'took part in [talks]', 'began a round of [talks]'."""
        if trigger.verb or trigger.light is not None:
            return trigger.light
        i = trigger.i
        while governor_verb(self.sentence, i) is None:
            over = self.tokens[i].head
            if self.tokens[i].dep != "prep_object" or self.tokens[over].lower not in self.words.carrying:
                return None
            i = self.tokens[over].head
            if is_verb(self.tokens[i]):
                return i
        return governor_verb(self.sentence, i)

    def _meets(self, trigger: Trigger) -> int:
        """Do the sides meet what the entry asks? 2: yes; 1: a given party of whom nothing is known may; 0: no."""
        needs = trigger.entry.needs
        asked = [(role, wanted) for role, wanted in (("source", needs.source), ("target", needs.target)) if wanted]
        found = [self._side_meets(trigger, role, wanted) for role, wanted in asked]
        if needs.either:
            found.append(max(self._side_meets(trigger, role, needs.either) for role in ("source", "target")))
        return min(found, default=2)

    def _side_meets(self, trigger: Trigger, role: str, wanted: Sequence[str]) -> int:
        """The same for one side."""
        heads = self._heads(trigger, role)
        given = self.source if role == "source" else self.target
        if "place" in wanted and any(self.reader.is_place(j) for j in heads):
            return 2
        parties = [p for j in heads for p in self.reader.parties(j, share=True)]
        here = given if self._is_on_side(trigger, role, heads) else None
        parties += [here.party] if here is not None else []
        known = here is not None or any("parties/words" not in p.rules for p in parties)
        if ("party" in wanted and known) or any(trait in wanted for p in parties for trait in p.traits):
            return 2
        return 1 if here is not None and not set(here.party.traits) - {"person", "group"} else 0

    def _is_on_side(self, trigger: Trigger, role: str, heads: Sequence[int]) -> bool:
        """Does this side hold the party given for it? Loosely: as the subject over a noun, or what speech is about."""
        score = self._hold(trigger)[0 if role == "source" else 1]
        speech = self.actions[trigger.entry.action].speech
        return score >= 2 or (score == 1 and (role == "source" or (speech and not heads)))

    def _does(self, i: int) -> bool:
        """Is the given target the subject of verb i?"""
        subject = logical_subject(self.sentence, i) if is_verb(self.tokens[i]) else None
        return subject is not None and self._held(self.target, [subject]) > 0

    def _asked(self, trigger: Trigger) -> bool:
        """Is the given target the one who is asked?"""
        return self._held(self.target, self._heads(trigger, "target")) >= 2

    def _hint_at(self, spots: Sequence[int]) -> tuple[int, RelationCue] | None:
        """The first of these tokens that is a hint, and its cue."""
        own = self._nouns_of(self.source) | self._nouns_of(self.target)
        for i in spots:
            token = self.tokens[i]
            if i in own or self._is_turned(i):
                continue
            if (is_verb(token) or is_noun(token) or token.pos == "ADJ") and token.lower in self.words.hints:
                return i, self.words.hints[token.lower]
        return None

    def _is_turned(self, i: int) -> bool:
        """Does verb i tell what the target or somebody else does, or what is done to the source?"""
        if not is_verb(self.tokens[i]):
            return False
        subject, thing = logical_subject(self.sentence, i), logical_object(self.sentence, i)
        sides = [g.head for g in (self.source, self.target) if g is not None]
        if subject is not None and self.tokens[subject].pos != "PRON" and not any(
                climb(self.sentence, j, subject) is not None for j in (*sides, i)) and subject not in sides:
            return not self._held(self.source, [subject])
        for spot, wrong, right in ((subject, self.target, self.source), (thing, self.source, self.target)):
            if spot is not None and self._held(wrong, [spot]) >= 2 > self._held(right, [spot]):
                return True
        return False

    def _preposition(self, given: Given | None) -> str:
        """The preposition that a party stands under."""
        for i in self.sentence.ancestors(given.head) if given is not None else ():
            if self.tokens[i].dep in ("prep", "agent", "indirect"):
                return self.tokens[i].lower
            if is_verb(self.tokens[i]):
                break
        return "-"


def climb(sentence: Sentence, i: int, root: int) -> list[int] | None:
    """The tokens from i up to, but without, root; None where root does not stand above i."""
    steps = [i]
    for above in sentence.ancestors(i):
        if above == root:
            return steps
        steps.append(above)
    return None
