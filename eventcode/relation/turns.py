"""What the words round an act make of it, and what a clause's form says where the lexicon has no word for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from eventcode.document import Sentence
from eventcode.lexicon import Action
from eventcode.mentions.slots import child, conjuncts, governor_verb, is_verb, logical_subject, verb_slot
from eventcode.relation.candidates import (
    FRIENDLY,
    GIVING_WAY,
    HOSTILE,
    NEAREST,
    PATH,
    TREE,
    Candidate,
)
from eventcode.relation.denial import ENDED
from eventcode.relation.roles import Given, climb
from eventcode.relation.speech import Speech

#: Acts that can be called off before they happen, and families of acts whose end is a lull.
_MEETINGS = frozenset({"meet", "visit", "host", "phone"})
_FORCE = frozenset({"fighting", "remote violence", "violence on civilians"})
#: Families of words that press the other side.
_HARD_WORDS = frozenset({"demand", "appeal", "accusation", "threat", "rejection", "legal action", "investigation"})
#: Acts that undo what was done for the other side.
_TAKEN_BACK = frozenset({"withdraw_forces", "deescalate", "concede", "release"})
#: Acts that leave open, or promise, what their content tells.
_LEAVING_OPEN = frozenset({"agree", "consider", "vow"})
#: Acts of giving way that may be announced for later.
_YIELDING = frozenset({"ceasefire", "withdraw_forces", "release", "exchange_prisoners", "deescalate"})


class Turns(Speech):
    """Acts that a sentence tells by more or by less than a word of the lexicon."""

    def _granted(self, found: Candidate) -> Candidate:
        """'allowed the march', 'accepted the demands': what was asked for and is granted is a concession."""
        rule = phrase_in(self.sentence, found.i, self.words.granting)
        if rule is None or found.action.id != "agree":
            return found
        return replace(found, action=self.actions["concede"], about=None, rules=(*found.rules, rule))

    def _ended(self, found: Candidate) -> Candidate:
        """'cancelled a visit' cuts relations; 'called off a strike', 'stopped insisting' give in."""
        i = found.i
        while self.tokens[i].dep == "compound":  # 'halted mediation efforts'
            i = self.tokens[i].head
        token = self.tokens[i]
        verb = governor_verb(self.sentence, i)
        if verb is None and token.dep in ("infinitive", "clause", "participle_clause"):
            verb = token.head if is_verb(self.tokens[token.head]) else None
        if verb is None or token.dep == "subject":
            return found
        rule = phrase_in(self.sentence, verb, self.words.ending)
        family = found.action.family
        if rule is None or family not in FRIENDLY | HOSTILE | _HARD_WORDS:
            return found
        action = self.actions[self._end_of(found.action, verb)]
        return self._at_verb(found, verb, action, rule)

    def _end_of(self, action: Action, verb: int) -> str:
        """What it is to end this: fewer relations, no meeting at all, less fighting, or a concession."""
        if action.family in FRIENDLY:
            off = phrase_in(self.sentence, verb, self.words.calling_off) is not None
            return "reject" if off and action.id in _MEETINGS else "suspend_aid"
        if action.family in _FORCE:
            return "deescalate"
        return "lift_blockade" if action.id == "besiege" else "concede"

    def _at_verb(self, found: Candidate, verb: int, action: Action, rule: str) -> Candidate:
        """The act as its governing verb turns it: the verb's status counts, and its place on the tree."""
        status, rules = self._status_of(verb)
        subject = logical_subject(self.sentence, verb)
        source = max(found.source, self._held(self.source, [subject]) if subject is not None else 0)
        below = self.target is not None and climb(self.sentence, self.target.head, verb) is not None
        target = max(found.target, 1 if below else 0)
        tie = TREE if source and target else PATH if verb in self.path else found.tie
        return replace(found, i=verb, action=action, rules=(*found.rules[:1], rule, *rules), status=status, about=None,
                       source=source, target=target, tie=min(tie, found.tie), weapons=())

    def _announced(self, found: Candidate) -> Candidate:
        """'announced a truce', 'a ceasefire that is to begin': what gives way later, not now, only concedes."""
        if found.action.id not in _YIELDING or self.source is None:
            return found
        told = is_verb(self.tokens[found.i]) and found.action.id == "ceasefire"  # 'declared a truce'
        verb = found.i if told else governor_verb(self.sentence, found.i)
        above = [i for i in self.sentence.ancestors(found.i) if is_verb(self.tokens[i])][:1]
        spots = above if verb is None else [verb]
        rule = next((r for i in spots if (r := self.words.announcing.get(self.tokens[i].lower)) is not None), None)
        later = any(self._is_later(k) for i in (*spots, found.i) for k in self.sentence.children(i))
        if rule is None and not (verb is not None and later):
            return found
        return replace(found, action=self.actions["concede"], status="actual", about=None,
                       rules=(*found.rules, rule or "relation/later"))

    def _left_open(self, found: Candidate) -> Candidate:
        """'would not rule out a strike on Y', 'is prepared to use force', 'held out the prospect of sanctions': harm
        that is not refused, or promised, is threatened."""
        open_ = found.action.family == "rejection" and (found.status == "negated" or found.about == "reject")
        if not (open_ or (found.action.id in _LEAVING_OPEN and found.about is None)) or self.target is None:
            return found
        harm = next((k for k in self.sentence.subtree(found.i) if k > found.i and self._is_harm(k)), None)
        below = harm is not None and climb(self.sentence, self.target.head, harm) is not None
        if not (below or (self._is_against() and (open_ or harm is not None))):
            return found
        return replace(found, action=self.actions["threaten"], about=None, status="actual",
                       rules=(*found.rules, "relation/left-open"))

    def _is_harm(self, k: int) -> bool:
        """Does token k hint at harm ("strike", "sanctions")?"""
        hint = self.words.hints.get(self.tokens[k].lower)
        hostile = hint is not None and self.actions[str(hint.action)].family in HOSTILE | {"threat"}
        return self.tokens[k].lower in self.words.harm or hostile

    def _is_against(self) -> bool:
        """Does the target stand under "against"?"""
        return self._preposition(self.target) in self.words.opposing

    def _called_off(self, found: Candidate) -> Candidate:
        """'cancelled a meeting' refuses it, where 'broke off talks' ends them."""
        verb = found.i if is_verb(self.tokens[found.i]) else governor_verb(self.sentence, found.i)
        if verb is None or found.action.family not in ("breaking relations", "sanction", "rejection"):
            return found
        rule = phrase_in(self.sentence, verb, self.words.calling_off)
        named = {name for j in verb_slot(self.sentence, verb, "object")
                 for name in self.words.nouns.get(self.tokens[j].lower, ())}
        if rule is None or not named & _MEETINGS:
            return found
        return replace(found, action=self.actions["reject"], about="meet", rules=(*found.rules, rule))

    def _stopped(self, found: Candidate) -> Candidate:
        """'no longer buys' ends what was done: good as a sanction, harm or hard words as a concession."""
        family = found.action.family
        if ENDED not in found.rules or family not in FRIENDLY | HOSTILE | _HARD_WORDS | GIVING_WAY:
            return found
        action = self.actions["suspend_aid" if family in FRIENDLY | GIVING_WAY else "concede"]
        return replace(found, action=action, status="actual", about=None)

    def _retracted(self, found: Candidate) -> Candidate:
        """'dropped its demand', 'took back the threat': who takes back hard words gives in; an offer, refuses."""
        verb = governor_verb(self.sentence, found.i)
        rule = None if verb is None else phrase_in(self.sentence, verb, self.words.retracting)
        if verb is None or rule is None or is_verb(self.tokens[found.i]) or self.tokens[found.i].dep == "subject":
            return found
        if found.action.family in _HARD_WORDS:
            return self._at_verb(found, verb, self.actions["concede"], rule)
        return found

    def _traded(self, found: Candidate) -> Candidate:
        """'delivered maize under a contract', 'gave gas in exchange for rice': no gift but trade."""
        if found.action.family != "aid" or not is_verb(self.tokens[found.i]):
            return found
        for c in self.sentence.children(found.i):
            under = [d for d in self.sentence.children(c) if self.tokens[d].dep == "prep_object"]
            rule = next((r for d in under if (r := self._price(d)) is not None), None)
            if self.tokens[c].dep == "prep" and rule is not None:
                return replace(found, action=self.actions["trade"], rules=(*found.rules, rule))
        return found

    def _conditional(self, found: Candidate) -> Candidate:
        """'will pull out its engineers unless ...': what is taken away lest the other side act is a threat."""
        taken = found.action.id in _TAKEN_BACK or found.action.family in GIVING_WAY | {"rejection"}
        if not taken or (found.status != "intended" and found.action.id != "concede"):
            return found
        clauses = [c for c in self.sentence.children(found.i) if self.tokens[c].dep in ("adverbial_clause", "clause")]
        rule = next((self.words.condition[self.tokens[d].lower] for c in clauses for d in self.sentence.children(c)
                     if self.tokens[d].lower in self.words.condition), None)
        if rule is None:
            return found
        return replace(found, action=self.actions["threaten"], about=None, status="actual", rules=(*found.rules, rule))

    def _spirited(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """'burned cars in protest against Y', 'marched in solidarity with Y': the aim counts, not the means."""
        for token in self.tokens:
            cue = self.words.spirit.get(token.lower)
            verb = next((a for a in self.sentence.ancestors(token.i) if is_verb(self.tokens[a])), token.i)
            bare = token.head == token.i - 1 and self.tokens[token.head].lower == "in"  # not 'in its support'
            led = token.dep == "prep_object" and bare
            if cue is None or not led or self.target is None or not is_verb(self.tokens[verb]):
                continue
            subject = logical_subject(self.sentence, verb)
            acts = subject is not None and self._held(self.source, [subject]) >= 2
            if acts and self.target.head > token.i and climb(self.sentence, self.target.head, verb) is not None:
                yield Candidate(self.sentence, verb, self.actions[str(cue.action)], TREE, (cue.id,), 3, 3, weight=9)

    def _or_else(self, found: Candidate) -> Candidate:
        """'told Y to leave or face the consequences': a demand with a penalty is a threat."""
        if found.action.family not in ("demand", "appeal"):
            return found
        for c in self.sentence.subtree(found.i):
            joined = [self.tokens[d].lower for d in self.sentence.children(self.tokens[c].head)
                      if self.tokens[d].dep == "coordinator" and d < c] if self.tokens[c].dep == "conjunct" else []
            rule = next((self.words.penalty[self.tokens[k].lower] for k in self.sentence.subtree(c)
                         if self.tokens[k].lower in self.words.penalty), None) if "or" in joined else None
            if rule is not None:
                return replace(found, action=self.actions["threaten"], about=None, rules=(*found.rules, rule))
        return found

    def _ordered(self, found: Candidate) -> Candidate:
        """'ordered its troops on alert', 'the army was told to be ready': forces made ready by order are ready."""
        if found.action.family != "force posture" or found.status != "intended":
            return found
        for above in list(self.sentence.ancestors(found.i))[:2]:
            rule = self.words.ordering.get(self.tokens[above].lower) if is_verb(self.tokens[above]) else None
            if rule is not None:
                return replace(found, status="actual", about=None, rules=(*found.rules, rule))
        return found

    def _readied(self, found: Candidate) -> Candidate:
        """'prepared to storm the camp' makes ready for force; who is 'prepared to storm' it, a state, threatens."""
        if found.action.family not in _FORCE or found.status != "intended":
            return found
        for above in list(self.sentence.ancestors(found.i))[:2]:
            rule = self.words.preparing.get(self.tokens[above].lower) if is_verb(self.tokens[above]) else None
            stands = any(self.tokens[c].lower in self.words.copula for c in self.sentence.children(above))
            if rule is not None and not (stands and self.tokens[above].tag == "VBN"):
                return replace(found, action=self.actions["mobilize"], status="actual", about=None, weapons=(),
                               rules=(*found.rules, rule))
        return found

    def _disarmed(self, found: Candidate) -> Candidate:
        """'blew up its own tunnels', 'hauled their guns away': who does away with arms of his own harms nobody."""
        if found.action.family not in _FORCE | {"detention", "property"} or not is_verb(self.tokens[found.i]):
            return found
        things = verb_slot(self.sentence, found.i, "object")
        rule = next((r for j in things for k in self.sentence.subtree(j)
                     if (r := self.words.arsenal.get(self.tokens[k].lower)) is not None), None)
        own = any(self.tokens[k].tag == "PRP$" for j in things for k in self.sentence.subtree(j))
        if rule is None or not own or found.target > 1:
            return found
        return replace(found, action=self.actions["withdraw_forces"], about=None, weapons=(),
                       rules=(*found.rules, rule))

    def _unopposed(self, found: Candidate) -> Candidate:
        """'has no objection to', 'raised no protest': who has nothing against it agrees."""
        if found.status != "negated" or found.action.id != "complain" or is_verb(self.tokens[found.i]):
            return found
        return replace(found, action=self.actions["agree"], status="actual", about=None)

    def _price(self, i: int) -> str | None:
        """The cue of a noun that says that something is given for something: 'under a [contract]', 'for its [gas]'."""
        topic = self.words.topics.get(self.tokens[i].lower)
        own = any(self.tokens[c].tag == "PRP$" for c in self.sentence.children(i))
        business = topic.id if own and topic is not None and topic.action == "cooperate" else None
        return self.words.trading.get(self.tokens[i].lower) or business

    def _is_later(self, k: int) -> bool:
        """'..., to begin at noon', 'that is to begin', 'which will begin': a clause that dates something later."""
        token = self.tokens[k]
        if token.dep not in ("relative", "infinitive", "adverbial_clause", "participle_clause"):
            return False
        below = [self.tokens[c] for c in self.sentence.children(k)]
        inner = any(t.dep == "infinitive" for t in below) and token.lower in self.words.copula
        return inner or any((t.lower == "to" and t.dep == "auxiliary") or t.tag == "MD" for t in below)

    def _tried(self, found: Candidate) -> Candidate:
        """'tried to kill' tells the attempt, which codebooks code as the act."""
        if not (found.action.material or found.action.family in ("cyber", "mediation")):
            return found
        for above in list(self.sentence.ancestors(found.i))[:2]:
            rule = self.words.attempt.get(self.tokens[above].lower)
            if rule is not None:
                return replace(found, status="actual", rules=(*found.rules, rule))
        return found

    def _together(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """'X and Y jointly built', 'a joint patrol of X and Y', 'X fought beside Y, shoulder to shoulder'."""
        for token in self.tokens:
            rule = self.words.together.get(token.lower)
            if rule is None or self.source is None or self.target is None:
                continue
            noun = token.head if token.dep in ("adjective", "compound") else None
            if noun is not None and self._is_talk(noun):
                continue
            verb = next((a for a in self.sentence.ancestors(token.i) if is_verb(self.tokens[a])), None)
            both = noun is not None and all(
                climb(self.sentence, g.head, noun) is not None for g in (self.source, self.target))
            known = made[verb].action if verb is not None and verb in made and made[verb].tie == TREE else None
            if known is not None and (known.family in FRIENDLY - {"cooperation"} or known.speech) and not both:
                continue
            spoken = any(a in made and made[a].tie == TREE and (made[a].action.speech or made[a].status != "actual")
                         for a in self.sentence.ancestors(token.i))
            spot = noun if both else verb
            if spot is not None and not spoken and (both or self._act_as_one(spot)):
                status, why = self._status_of(spot)
                planned = status if status == "intended" else "actual"
                yield Candidate(self.sentence, spot, self.actions["cooperate"], TREE, (rule, *why), 3, 3,
                                status=planned, weight=9)

    def _is_talk(self, noun: int) -> bool:
        """Is it a noun of talks or of words ("joint statement", "common position")?"""
        named = [self.actions[name] for name in self.words.nouns.get(self.tokens[noun].lower, ())]
        return self.tokens[noun].lower in self.words.speech_nouns or any(
            a.speech or a.family in FRIENDLY - {"cooperation"} for a in named)

    def _act_as_one(self, verb: int) -> bool:
        """Are both parties its subject, or one its subject and the other under "with"?"""
        subject = logical_subject(self.sentence, verb)
        sides = [] if subject is None else conjuncts(self.sentence, subject)
        one, two = self._held(self.source, sides) >= 2, self._held(self.target, sides) >= 2
        return (one and two) or (one and self._is_beside(self.target, verb)) or (
            two and self._is_beside(self.source, verb))

    def _is_beside(self, given: Given | None, verb: int) -> bool:
        """Does the party stand under "with" or "alongside", below the verb?"""
        beside = self._preposition(given) in ("with", "alongside", "beside")
        return given is not None and beside and climb(self.sentence, given.head, verb) is not None

    def _endings(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """'called off their strike': the end of what a noun names that is no report of an act by itself."""
        for i in self.path:
            rule = phrase_in(self.sentence, i, self.words.ending) if is_verb(self.tokens[i]) else None
            ended = [j for j in verb_slot(self.sentence, i, "object") if rule is not None and j not in made]
            named = [name for j in ended for name in self.words.nouns.get(self.tokens[j].lower, ())]
            content = [c for c in self.sentence.children(i) if self.tokens[c].dep in ("infinitive", "clause") and rule]
            named += [act.id for c in content if c not in made and (act := self._hinted([c])) is not None]
            families = [self.actions[name].family for name in named]
            friendly = next((family in FRIENDLY for family in families if family in FRIENDLY | HOSTILE), None)
            if rule is not None and friendly is not None:
                bare = Candidate(self.sentence, i, self.actions["say"], NEAREST, ())
                yield self._at_verb(bare, i, self.actions["suspend_aid" if friendly else "concede"], rule)


def phrase_in(sentence: Sentence, verb: int, phrases: Mapping[tuple[str, str], str]) -> str | None:
    """The cue whose verb this is, with its particle or object below it where the cue has one."""
    word = sentence.tokens[verb].lower
    below = [sentence.tokens[c].lower for c in sentence.children(verb) if not _leads(sentence, c)]
    return next((phrases[word, beside] for beside in (*below, "") if (word, beside) in phrases), None)


def _leads(sentence: Sentence, i: int) -> bool:
    """Is token i a preposition with its object, and no particle?"""
    return sentence.tokens[i].dep == "prep" and child(sentence, i, "prep_object") is not None
