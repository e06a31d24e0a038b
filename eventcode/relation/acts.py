"""Every act that a sentence with two given parties tells, and how each is tied to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from eventcode.document import Sentence
from eventcode.lexicon import Action
from eventcode.mentions.actions import Compiled, Refusal, Trigger
from eventcode.mentions.guards import Banned
from eventcode.mentions.nouns import noun_slot
from eventcode.mentions.slots import is_verb, verb_slot
from eventcode.relation.candidates import (
    CARRIERS,
    FRIENDLY,
    GIVING_WAY,
    GOVERNOR,
    HOSTILE,
    NEAREST,
    PATH,
    TREE,
    UNMET,
    Candidate,
)
from eventcode.relation.deeds import is_loose
from eventcode.relation.guesses import Guesses
from eventcode.relation.roles import JOINT, climb

#: Speech that asks somebody for something.
_ASKING = frozenset({"appeal", "demand"})
#: Words that bind the speaker himself.
_PROMISING = frozenset({"vow", "agree", "demand", "say", "announce"})
#: Clauses that say when, why or who, and are no content of what stands above them.
_ASIDES = frozenset({"relative", "adverbial_clause", "participle_clause", "parataxis"})
#: Phrases with more nouns than this are no idioms but lists of goods.
_IDIOM = 40


class Scene(Guesses):
    """The candidates of one sentence: acts of the lexicon, and what `Guesses` finds."""

    def candidates(self, triggers: Sequence[Trigger], refused: Sequence[Refusal]) -> list[Candidate]:
        """Every candidate of the sentence, in no order of merit."""
        by_word = self._by_word([t for t in triggers if not self._is_name(t) and not self._is_idle(t)], refused)
        made = {i: self._candidate(self._best(fitting), by_word) for i, fitting in by_word.items()}
        self._set_aside(made, by_word)
        for i, fitting in by_word.items():
            made[i] = self._turned(made[i], self._best(fitting), made)
        return [*made.values(), *self._shadowed(made, by_word), *self.beyond(made)]

    def _shadowed(self, made: Mapping[int, Candidate],
                  by_word: Mapping[int, Sequence[Trigger]]) -> Iterator[Candidate]:
        """Deeds at words that the lexicon reads otherwise: an ontology may have no code for what it reads."""
        for i, fitting in by_word.items():
            deeds = [t for t in fitting if self._is_deed(t)]
            if deeds and len(deeds) < len(fitting) and made[i].rules[:1] != (self._best(deeds).entry.id,):
                deed = self._best(deeds)
                yield replace(self._turned(self._candidate(deed, by_word), deed, made), shadowed=True)

    def _by_word(self, triggers: Sequence[Trigger], refused: Sequence[Refusal]) -> dict[int, list[Trigger]]:
        """Triggers by token. A guard against other domains ("@sport") does not stop what two given parties do."""
        found: dict[int, list[Trigger]] = {}
        for trigger in triggers:
            found.setdefault(trigger.i, []).append(trigger)
        for refusal in refused:
            if refusal.i in found and not _is_doubtful(found[refusal.i][0]):
                continue
            trigger = _unguarded(self.sentence, refusal)
            if self._is_guarded_by_domain(refusal) or self._is_guarded_by_party(trigger):
                found.setdefault(refusal.i, []).append(trigger)
        return found

    def _is_guarded_by_domain(self, refusal: Refusal) -> bool:
        return any(repr(t.lower) in refusal.reason for t in self.tokens if t.i != refusal.i)

    def _is_guarded_by_party(self, trigger: Trigger) -> bool:
        """The guard is a preposition ("from"), and what stands under it is a given party: no figure of speech."""
        guards = trigger.entry.unless.prep if trigger.verb else ()
        found = [j for preposition in guards for j in verb_slot(self.sentence, trigger.i, preposition)]
        return bool(self._held(self.target, found) or self._held(self.source, found))

    def _is_name(self, trigger: Trigger) -> bool:
        """A word of a proper name ("the National Liberation Army") is no trigger, nor is one of a party's own words."""
        if any(given is not None and trigger.i in given.tokens for given in (self.source, self.target)):
            return True
        if self.reader.is_date(trigger.i) or self._is_epithet(trigger.i):
            return True
        mention = self.reader.mention(trigger.i)
        named = mention is not None and mention.party.actor_id is not None
        return not trigger.verb and (self.reader.is_inside_place(trigger.i)
                                     or (named and self.tokens[trigger.i].tag.startswith("NNP")))

    def _is_epithet(self, i: int) -> bool:
        """'agreed to fly [wounded] soldiers': a participle that only tells which soldiers the target is."""
        token = self.tokens[i]
        told = any(is_verb(self.tokens[a]) for a in self.sentence.ancestors(i))
        behind = i > 0 and self.tokens[i - 1].pos in ("NOUN", "PROPN")  # 'X [hosted] Y', misread
        given = self.target is not None and token.head == self.target.head
        return told and not behind and given and token.dep == "adjective"

    def _is_idle(self, trigger: Trigger) -> bool:
        """Does it tell nothing by itself: a bare verb where the text has one with a particle ("caught up with"), one
        that only affirms, once denied ('never wavered in'), a noun for what is cut ("aid") without the verb for it?"""
        if trigger.entry.id in self.words.goods and self._held(
                self.target, verb_slot(self.sentence, trigger.i, "object")) == 3:
            return True  # 'handed [the engineer] over': who is sent is not what is sent
        if self._is_deed(trigger) and trigger.entry.weight < 2 and any(
                self.tokens[c].dep == "particle" and self.tokens[c].lower not in trigger.entry.roles.get("target", ())
                for c in self.sentence.children(trigger.i)):
            return trigger.verb
        if trigger.verb or trigger.light is not None or not trigger.entry.light:
            return self._is_unfailing(trigger.i if trigger.light is None else trigger.light) is not None
        named = self.words.nouns.get(self.tokens[trigger.i].lower, ())
        return self.actions[trigger.entry.action].family == "sanction" and any(
            self.actions[name].family in FRIENDLY for name in named)

    def _best(self, fitting: Sequence[Trigger]) -> Trigger:
        """Of the entries whose needs are met the most specific."""
        able = next(found for level in (2, 1, 0) if (found := [t for t in fitting if self._meets(t) >= level]))
        beaten = {loser for t in able for loser in t.entry.over}
        left = [t for t in able if t.entry.id not in beaten] or able
        return min(left, key=lambda t: (self._distance(t), -self._company(t), self._is_deed(t), -_named(t),
                                        -sum(self._hold(t)), t.entry.id))

    def _company(self, trigger: Trigger) -> int:
        """How much an entry asks for; an idiom names its very noun ("went to bat"), which needs of parties cannot."""
        entry = trigger.entry
        if not self._is_deed(trigger) or not 0 < len(entry.object) + sum(map(len, entry.prep.values())) <= _IDIOM:
            return entry.weight
        chance = is_loose(trigger.compiled) and not any(entry.prep.values())  # one noun somewhere behind the verb
        return entry.weight + (2 if chance else 3)

    def _distance(self, trigger: Trigger) -> int:
        """The lexicon's entries and deeds of two words first, then bare deeds, then what tells of neither party."""
        ours = sum(self._hold(trigger)) >= 2
        if self._is_deed(trigger) and trigger.entry.weight < 2:
            return 1 if ours else 3
        return 0 if ours else 2

    def _is_deed(self, trigger: Trigger) -> bool:
        return trigger.entry.id in self.words.deeds

    def _candidate(self, trigger: Trigger, by_word: Mapping[int, Sequence[Trigger]]) -> Candidate:
        (source, target), entry = self._hold(trigger), trigger.entry
        status, rules = self._status_of(trigger.i, self._verb_over(trigger))
        if status == "negated" and self._is_deed(trigger) and self._says_no(trigger):
            status, rules = "actual", ()
        about = self._inner(trigger, by_word)
        return Candidate(
            self.sentence, trigger.i, self.actions[entry.action], self._tie(trigger, source, target),
            (entry.id, *rules), source, target, self._best(by_word[about]).entry.action if about is not None else None,
            entry.status if entry.status and status == "actual" else status, entry.weapon, entry.weight,
            joint=entry.action in JOINT and self._are_joint(trigger), doubtful=_is_doubtful(trigger))

    def _are_joint(self, trigger: Trigger) -> bool:
        """Are both who acts ('X and Y drilled'), or is one beside the other ('X drilled with Y')?"""
        heads = self._heads(trigger, "source")
        verb = trigger.i if trigger.verb else self._verb_over(trigger)
        beside = verb is not None and self._is_beside(self.target, verb)
        return self._held(self.source, heads) >= 2 and (beside or self._held(self.target, heads) >= 2)

    def _tie(self, trigger: Trigger, source: int, target: int) -> int:
        if not self._meets(trigger):
            return UNMET if source and target else NEAREST
        if source == 1 and self._is_said_by_target(trigger):
            return NEAREST
        if source and target:
            return TREE
        if not source and self._held(self.target, self._heads(trigger, "source")) >= 2:
            return NEAREST  # 'called the demands of [Y] unfair': what the target does is no act of the source
        spots = {trigger.i} if trigger.light is None else {trigger.i, trigger.light}
        if spots.intersection(self.path) and not (spots & set(self._asides())) and not self._is_of_another(trigger):
            return PATH
        return GOVERNOR if source else NEAREST

    def _is_said_by_target(self, trigger: Trigger) -> bool:
        """'listened to the [objections] of Y': words that a noun names belong to the party under its "of"."""
        if trigger.verb or not self.actions[trigger.entry.action].speech or self._verb_over(trigger) is None:
            return False
        return self._held(self.target, [j for slot in ("possessive", "of") for j in noun_slot(
            self.sentence, trigger.i, slot)]) >= 2

    def _is_of_another(self, trigger: Trigger) -> bool:
        """Does the clause of a verb name another than the source as who acts? 'Chad freed Y, whom X had accused'"""
        heads = self._heads(trigger, "source") if trigger.verb else []
        given = [g.head for g in (self.source, self.target) if g is not None]
        return bool(heads) and not self._held(self.source, heads) and not any(
            self.tokens[j].pos == "PRON" or any(climb(self.sentence, g, j) is not None or g == j for g in given)
            for j in heads)

    def _asides(self) -> Iterator[int]:
        """Verbs on the path in a clause that only says which of its kind a party is: 'X said Y, who attacked Z'."""
        for given in (self.source, self.target):
            for i in self.path:
                if given is not None and self.tokens[i].dep == "relative" and i not in given.tokens \
                        and climb(self.sentence, i, given.head) is not None:
                    yield i

    def _inner(self, trigger: Trigger, by_word: Mapping[int, Sequence[Trigger]]) -> int | None:
        """The first trigger in the content of this one."""
        for j in self._content(trigger):
            layer = [j]
            while layer:
                inner = next((k for k in layer if k in by_word and k != trigger.i), None)
                if inner is not None:
                    return inner
                layer = [c for i in layer for c in self.sentence.children(i) if self.tokens[c].dep not in _ASIDES]
        return None

    def _set_aside(self, made: dict[int, Candidate], by_word: Mapping[int, Sequence[Trigger]]) -> None:
        """Mark what is the content of speech, or the aim or circumstance of another act of the same source."""
        for i, fitting in by_word.items():
            above = made[i]
            if not above.source or above.tie > PATH or above.action.family in CARRIERS:
                continue
            best = self._best(fitting)
            content = {j for k in self._content(best) for j in self.sentence.subtree(k)}
            for j, other in made.items():
                ways = [climb(self.sentence, j, root) for root in self._roots(best)]
                circumstance = any(_ASIDES.intersection(self.tokens[k].dep for k in way) for way in ways if way)
                weaker = above.action.family in ("talks", "force posture") and other.action.material
                # 'sent envoys to X to ask Y': the aim tells of the target, the act does not
                weaker = weaker or (above.action.family == "talks" and other.action.speech
                                    and above.target < 2 <= other.target)
                if j != i and (j in content or circumstance) and not weaker:
                    made[j] = replace(other, aside=True)

    def _turned(self, found: Candidate, trigger: Trigger, made: Mapping[int, Candidate]) -> Candidate:
        """What the words above the act make of it: ended, only tried, or asked of a third party."""
        turns = (self._granted, self._ended, self._retracted, self._tried, self._readied, self._ordered, self._or_else,
                 self._announced, self._conditional, self._left_open, self._called_off, self._stopped, self._unopposed,
                 self._disarmed, self._traded)
        for turn in turns if trigger.light is None else turns[2:]:  # an entry's own verb has been read with it
            found = turn(found)
        return self._of_third_party(self._forsworn(self._spared(found, made), trigger, made), trigger, made)

    def _spared(self, found: Candidate, made: Mapping[int, Candidate]) -> Candidate:
        """'pledged not to attack Y': harm that is forsworn is no threat but a promise."""
        if found.action.family != "threat":
            return found
        forsworn = any(
            self.tokens[c].dep in ("infinitive", "clause", "adverbial_clause") and c in made
            and made[c].action.family in HOSTILE - {"protest", "sanction", "breaking relations"}
            and any(self.tokens[d].dep == "negation" for d in self.sentence.children(c))
            for c in self.sentence.children(found.i))
        return replace(found, action=self.actions["agree"], about=None) if forsworn else found

    def _forsworn(self, found: Candidate, trigger: Trigger, made: Mapping[int, Candidate]) -> Candidate:
        """'vowed never to yield to Y', 'insisted that it would not talk to Y': what is forsworn is refused."""
        if found.action.id not in _PROMISING or not found.source:
            return found
        inner = self._inner(trigger, {i: [trigger] for i in made})
        if inner is None or made[inner].status != "negated" or made[inner].source < 2:
            return found
        gives = made[inner].action.family in FRIENDLY | GIVING_WAY
        return replace(found, action=self.actions["reject"], about=made[inner].action.id) if gives else found

    def _of_third_party(self, found: Candidate, trigger: Trigger, made: Mapping[int, Candidate]) -> Candidate:
        """'urged Chad to help X', 'called for sanctions on X': asked of others, it is support for X or blame on X."""
        if found.action.family not in _ASKING or not found.source or self._asked(trigger):
            return found
        if (rule := self._called_against(trigger)) is not None:
            return replace(found, action=self.actions["condemn"], about=None, rules=(*found.rules, rule))
        inner = self._inner(trigger, {i: [trigger] for i in made})
        action = self._hinted_content(trigger) if inner is None else None
        if inner is not None and made[inner].target >= 2 and not made[inner].source and not self._does(inner):
            action = made[inner].action
        if action is None or action.family not in HOSTILE | {"support", "aid"} or action.family == "protest":
            return found
        turned = self.actions["condemn" if action.family in HOSTILE else "endorse"]
        return replace(found, action=turned, about=None, rules=(*found.rules, "relation/for-third-party"))

    def _called_against(self, trigger: Trigger) -> str | None:
        """The cue of the preposition in 'called on Arabs to unite [against] X': to rally others is to blame X."""
        rule = self.words.opposing.get(self._preposition(self.target))
        below = self.target is not None and any(
            climb(self.sentence, self.target.head, root) is not None for root in self._roots(trigger))
        return rule if below else None

    def _hinted_content(self, trigger: Trigger) -> Action | None:
        """The action that the content's own head hints at, where the target stands under it."""
        for j in self._content(trigger):
            hint = self._hint_at([j]) if not self._does(j) else None
            if hint is not None and self.target is not None and climb(self.sentence, self.target.head, j) is not None:
                return self.actions[str(hint[1].action)]
        return None


_REFUSED = Banned(nearby=frozenset({"refused"}))


def _unguarded(sentence: Sentence, refusal: Refusal) -> Trigger:
    """The trigger that a guard refused."""
    bare = Compiled(refusal.entry, banned=_REFUSED)
    return Trigger(refusal.i, is_verb(sentence.tokens[refusal.i]) and bool(refusal.entry.verb), bare)


def _is_doubtful(trigger: Trigger) -> bool:
    return trigger.compiled.banned == _REFUSED


def _named(trigger: Trigger) -> int:
    """How many of the phrases beside it an entry names by their nouns: "shut shops in anger", not "shut shops in"."""
    return bool(trigger.entry.object) + sum(map(bool, trigger.entry.prep.values()))
