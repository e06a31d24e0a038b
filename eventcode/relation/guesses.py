"""What is left to go by where no word of the lexicon tells the act: form, hints, topics and the parties' kinds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eventcode.mentions.slots import child, conjuncts, is_noun, is_verb, logical_subject, verb_slot
from eventcode.relation.candidates import FORM, HINT, HOSTILE, PARTIES, PATH, TOPIC, TREE, Candidate
from eventcode.relation.roles import Given, climb
from eventcode.relation.turns import Turns, phrase_in

_ARMED = ("rebel", "militia", "criminal", "mercenary")
_FORCES = ("military", "police")
_RULERS = ("government", "judiciary", "police", "military")
_CRITICS = ("opposition", "media", "protester", "student", "labor", "ngo")
#: What parties of one kind mostly do to those of another: traits of the source, of the target (none: any), the action.
_BETWEEN = ((("protester",), (), "protest"), (("judiciary",), (), "convict"), (("aid_worker",), (), "give_aid"),
            (_FORCES, _ARMED, "attack"), (_ARMED, (), "attack"), (_RULERS, _CRITICS, "restrict"),
            (("police",), (), "arrest"), (("military",), (), "attack"),
            (("labor", "student", "agriculture"), (), "protest"))
_USUAL = "meet"
#: From how many words of one topic on they tell more than an act told nearby.
_CLEAR = 3.0


class Guesses(Turns):
    """Candidates that rest on less than an entry's words."""

    def beyond(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """Candidates beside those of the lexicon (`made`, by token)."""
        told = (self._obliged, self._permitted, self._obliging, self._hoped, self._commanded, self._warned,
                self._shut_out, self._blamed, self._predicated, self._labelled)
        for find in (*told, self._spirited, self._together, self._endings, self._received, self._forms):
            yield from find(made)
        yield from self._hints(made)
        yield from self._habit()

    def _received(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """'Y basked in [applause] from X', 'X reserved its [scorn] for Y': the thing tells, not the verb."""
        for giver, taker in ((self.source, self.target), (self.target, self.source)):
            at = next((i for i in self._over(giver) if self.tokens[i].dep == "prep"), None)
            if at is None:
                continue
            verb = next((i for i in self.sentence.ancestors(at) if is_verb(self.tokens[i])), None)
            got = (self.tokens[at].lower, "") in self.words.transfer
            if verb is None or not (got if giver is self.source else self.tokens[at].lower in self.words.bestowing):
                continue
            subjects = [c for c in self.sentence.children(verb) if self.tokens[c].dep in ("subject", "subject_passive")]
            subject = logical_subject(self.sentence, verb) if not subjects else None
            if self._held(taker, subjects if subject is None else [subject]) >= 2:
                yield from self._thing(verb, at, TREE if got else PATH)

    def _thing(self, verb: int, at: int, tie: int) -> Iterator[Candidate]:
        """What passes from one to the other: the noun nearest before the preposition `at`, behind the verb or, where
        the phrase comes first ('Thanks to a [tip] from X, Y found'), anywhere."""
        for i in range(at - 1, verb if verb < at else -1, -1):
            cue = self.words.received.get(self.tokens[i].lower)
            if cue is not None and is_noun(self.tokens[i]):
                status, rules = self._status_of(i, verb)
                yield Candidate(self.sentence, i, self.actions[str(cue.action)], tie, (cue.id, *rules), 3, 2,
                                status=status)
                return

    def _over(self, given: Given | None) -> Iterator[int]:
        """What stands over a party, up to the verb."""
        for i in self.sentence.ancestors(given.head) if given is not None else ():
            if is_verb(self.tokens[i]):
                return
            yield i

    def _forms(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """Verbs on the path that the lexicon does not know, as far as their form tells: refused or announced."""
        for i in self.path:
            if not is_verb(self.tokens[i]) or (i in made and made[i].tie < FORM):
                continue
            status, rules = self._status_of(i)
            hint = self._hint_at([i])
            subject = logical_subject(self.sentence, i)
            borne = [c for c in self.sentence.children(i) if self.tokens[c].dep == "subject_passive"]
            acts = self._held(self.source, [j for j in (subject, *borne) if j is not None]) >= 2
            gets = subject is not None and self._held(self.target, [subject]) == 3 and self._gives(i)
            granted = phrase_in(self.sentence, i, self.words.granting) is not None
            if hint is None and status != "negated" and not granted and self._is_told_to(i):
                tie = TREE if acts else FORM
                asked = Candidate(self.sentence, i, self.actions["demand"], tie, (*rules, "relation/told-to"), 1, 1)
                yield self._or_else(asked)
            elif status == "actual" and gets:
                yield Candidate(self.sentence, i, self.actions["give_aid"], FORM, ("relation/received",), 1, 1)
            elif status == "negated" and acts:
                sure = self._is_unfailing(i)  # 'will not hesitate to act'
                yield Candidate(self.sentence, i, self.actions["reject" if sure is None else "threaten"], FORM,
                                rules if sure is None else (*rules, sure), source=1)
            elif status == "intended" and not self._is_targets(i) and (
                    hint is None or self.actions[str(hint[1].action)].family not in HOSTILE):
                yield Candidate(self.sentence, i, self.actions[self._promised()], FORM, rules, source=1)

    def _promised(self) -> str:
        """What it is to announce an unknown act: a threat to those whom its like mostly harm, else a promise."""
        return "threaten" if self._between_kinds() in ("attack", "restrict", "arrest") else "agree"

    def _is_targets(self, verb: int) -> bool:
        """Is the target alone its subject? What Y will or has to do is no promise of X ('Y had to report to X')."""
        subject = logical_subject(self.sentence, verb)
        sides = [] if subject is None else conjuncts(self.sentence, subject)
        return self._held(self.target, sides) >= 2 and not self._held(self.source, sides)

    def _gives(self, verb: int) -> bool:
        """Does the source stand under a preposition ("from") that says where what comes by this verb comes from?"""
        below = self.source is not None and climb(self.sentence, self.source.head, verb) is not None
        return below and (self._preposition(self.source), "") in self.words.transfer

    def _is_told_to(self, i: int) -> bool:
        """'wants Y to leave', 'told Y to leave': the target is subject of the infinitive under the source's verb."""
        for c in self.sentence.children(i):
            token = self.tokens[c]
            marked = any(self.tokens[d].tag == "TO" for d in self.sentence.children(c))
            if token.tag == "VB" and marked and token.dep in ("infinitive", "clause", "adverbial_clause"):
                told = [j for slot in ("object", "indirect") for j in verb_slot(self.sentence, i, slot)]
                own = child(self.sentence, c, "subject")
                if self._held(self.target, told if own is None else [own]) >= 2:
                    return True
        return False

    def _hints(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """The first word that hints at an action: on the path, under it, between the parties, anywhere."""
        heads = [g.head for g in (self.source, self.target) if g is not None]
        under = [c for i in self.path for c in self.sentence.children(i)]
        near = under + [d for c in under for d in self.sentence.children(c)]
        between = list(range(min(heads), max(heads) + 1))
        for spots in (self.path, near, between, range(len(self.tokens))):
            found = self._hint_at(spots)
            if found is not None:
                status, rules = self._status_of(found[0])
                says = self._is_predicate(found[0]) and (found[0] not in made or not made[found[0]].source)
                yield self._traded(Candidate(
                    self.sentence, found[0], self.actions[str(found[1].action)], PATH if says else HINT,
                    (found[1].id, *rules), source=1 if says else 0, status=status))
                return

    def _is_predicate(self, i: int) -> bool:
        """Is token i what the sentence says of the source ('X [warned] ...', 'X is [opposed] ...')?"""
        above = next(iter(self.sentence.ancestors(self.source.head)), -1) if self.source is not None else -1
        return i == above or (self.tokens[i].dep == "attribute" and self.tokens[i].head == above)

    def _habit(self) -> Iterator[Candidate]:
        """No word tells it: what the topic's words, the parties' kinds and what goes between them say together."""
        if self.source is None:
            return
        at = next((i for i in self.sentence.ancestors(self.source.head)), self.source.head)
        scores: dict[str, float] = {_USUAL: 0.5}
        rules: dict[str, str] = {}
        own = self._nouns_of(self.source) | self._nouns_of(self.target)
        near = {*self.path, *(c for i in self.path for c in self.sentence.children(i))}
        for token in self.tokens:
            cue = self.words.topics.get(token.lower)
            if cue is not None and cue.action is not None:
                weight = 0.5 if token.i in own else 1.5 if token.i in near else 1.0
                scores[cue.action] = scores.get(cue.action, 0.0) + weight
                rules.setdefault(cue.action, cue.id)
        sides = (self._preposition(self.source), ""), ("", self._preposition(self.target))
        given = next((self.words.transfer[side] for side in sides if side in self.words.transfer), None)
        habit = self._usual()
        for action, weight in (("give_aid", 0.8 if given else 0.0), (habit or _USUAL, 0.9 if habit else 0.0)):
            scores[action] = scores.get(action, 0.0) + weight
        best = max(scores, key=lambda action: (scores[action], action))
        told = (rules.get(best), given if best == "give_aid" else None)
        yield Candidate(self.sentence, at, self.actions[best], TOPIC if scores[best] >= _CLEAR else PARTIES,
                        tuple(rule for rule in told if rule is not None))

    def _usual(self) -> str | None:
        """What two parties of their kinds mostly do; what friends do as one subject they do together."""
        if self.source is None:
            return None
        between = self._between_kinds()
        verb = next((i for i in self.sentence.ancestors(self.source.head) if is_verb(self.tokens[i])), None)
        if verb is None or self.target is None or self.tokens[verb].lower in self.words.copula:
            return between
        subject = logical_subject(self.sentence, verb)
        sides = [] if subject is None else conjuncts(self.sentence, subject)
        joint = self._held(self.source, sides) >= 2 and self._held(self.target, sides) >= 2
        joint = joint and not any(map(self._is_talk, verb_slot(self.sentence, verb, "object")))
        armed = {bool(set(_ARMED).intersection(g.party.traits)) for g in (self.source, self.target)}
        return "cooperate" if joint and len(armed) == 1 else between

    def _between_kinds(self) -> str | None:
        """The action of the first pair of kinds that the two parties are."""
        one = set(self.source.party.traits) if self.source is not None else set()
        two = set(self.target.party.traits) if self.target is not None else set()
        return next((action for sources, targets, action in _BETWEEN
                     if one.intersection(sources) and (not targets or two.intersection(targets))), None)
