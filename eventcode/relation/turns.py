"""What the words round an act make of it, and what a clause's form says where the lexicon has no word for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from eventcode.document import Sentence
from eventcode.lexicon import Action, Weapon
from eventcode.mentions.slots import child, conjuncts, governor_verb, is_verb, logical_subject, verb_slot
from eventcode.neutral import Status
from eventcode.relation.roles import Given, Roles, climb

#: How an act is tied to the two parties, strongest first: both its sides hold them; it stands on the tree's path
#: between them; it governs the source; the clause's form alone tells it; the entry asks for other parties; a single
#: word hints at it; it is told nearby; nothing but the parties and what goes between them.
TIES = ("relation/tree", "relation/path", "relation/governor", "relation/form", "relation/unmet-needs",
        "relation/hint", "relation/nearest", "relation/parties")
TREE, PATH, GOVERNOR, FORM, UNMET, HINT, NEAREST, PARTIES = range(len(TIES))

#: Families of acts that do the other side good; ending or refusing one is conflict.
FRIENDLY = frozenset({"talks", "mediation", "support", "aid", "asylum", "cooperation", "agreement"})
#: Families of acts that do harm; ending one is a concession.
HOSTILE = frozenset({
    "fighting", "remote violence", "violence on civilians", "repression", "protest", "coercion", "sanction",
    "detention", "abduction", "force posture", "property", "legal action", "breaking relations"})
#: Acts that can be called off before they happen, and families of acts whose end is a lull.
_MEETINGS = frozenset({"meet", "visit", "host", "phone"})
_FORCE = frozenset({"fighting", "remote violence", "violence on civilians"})
#: Acts of giving way that may be announced for later.
_YIELDING = frozenset({"ceasefire", "withdraw_forces", "release", "exchange_prisoners", "deescalate"})
#: Speech that only carries what it reports.
CARRIERS = frozenset({"statement"})
#: What parties of a kind mostly do, where the words tell nothing: trait of the source to action.
_HABITS = (("protester", "protest"), ("rebel", "attack"), ("militia", "attack"), ("military", "attack"),
           ("police", "arrest"), ("judiciary", "convict"), ("labor", "protest"), ("student", "protest"),
           ("aid_worker", "give_aid"))
_USUAL = "meet"


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


class Turns(Roles):
    """Acts that a sentence tells by more or by less than a word of the lexicon."""

    def _granted(self, found: Candidate) -> Candidate:
        """'allowed the march', 'accepted the demands': what was asked for and is granted is a concession."""
        rule = phrase_in(self.sentence, found.i, self.words.granting)
        if rule is None or found.action.id != "agree":
            return found
        return replace(found, action=self.actions["concede"], about=None, rules=(*found.rules, rule))

    def _ended(self, found: Candidate) -> Candidate:
        """'cancelled a visit' cuts relations; 'called off a strike' gives in."""
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
        if rule is None or family not in FRIENDLY | HOSTILE:
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
        if not (found.action.material or found.action.family == "cyber"):
            return found
        for above in list(self.sentence.ancestors(found.i))[:2]:
            rule = self.words.attempt.get(self.tokens[above].lower)
            if rule is not None:
                return replace(found, status="actual", rules=(*found.rules, rule))
        return found

    def beyond(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """Candidates beside those of the lexicon (`made`, by token)."""
        told = (self._obliged, self._commanded, self._warned, self._blamed)
        for find in (*told, self._together, self._endings, self._forms):
            yield from find(made)
        yield from self._hints()
        yield from self._habit()

    def _obliged(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """'X said that Y must leave': who says what another must do asks it of them."""
        if self.source is None:
            return
        speaking = [i for i in self.sentence.ancestors(self.source.head) if is_verb(self.tokens[i])]
        for token in self.tokens:
            rule = self.words.obligation.get(token.lower) if token.dep == "auxiliary" or is_verb(token) else None
            verb = token.head if token.dep == "auxiliary" else token.i
            speaker = self._status.speaker(self.sentence, verb) if rule is not None else None
            told = speaker is not None and self._held(self.source, [speaker]) >= 2
            told = told or any(v != verb and v in speaking[:2] for v in self.sentence.ancestors(verb))
            if rule is None or not told:
                continue
            subject = logical_subject(self.sentence, verb)
            if subject is not None and (self._held(self.source, [subject]) or subject > token.i):
                continue  # "should Y call again" is a condition
            inner = next((k for k in self.sentence.subtree(verb) if k in made), None)
            below = self.target is not None and climb(self.sentence, self.target.head, verb) is not None
            yield Candidate(self.sentence, token.i, self.actions["demand"], TREE if below else PATH, (rule,), source=3,
                            target=3 if below else 0, about=made[inner].action.id if inner is not None else None)

    def _commanded(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """'"Open the border," X told Y': who says an imperative to another demands it of him."""
        for i in self._said(made):
            told = [j for slot in ("object", "to", "indirect") for j in verb_slot(self.sentence, i, slot)]
            for c in self.sentence.children(i):
                below = {self.tokens[d].dep for d in self.sentence.children(c)}
                bare = self.tokens[c].tag in ("VB", "VBP") and not below & {"subject", "auxiliary", "subject_passive"}
                quoted = c < i and self.tokens[c].dep in ("clause", "parataxis")
                if bare and quoted and self._held(self.target, told) >= 2:
                    about = made[c].action.id if c in made else None
                    yield Candidate(self.sentence, i, self.actions["demand"], TREE, ("relation/imperative",), 3, 3,
                                    about=about, weight=9)

    def _warned(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """'X said that ties would be cut', 'Y will pay for it, X said': harm that a speaker says will come."""
        if self.source is None:
            return
        for i, found in made.items():
            noun = not is_verb(self.tokens[i])
            spots = [i, *(a for a in self.sentence.ancestors(i) if is_verb(self.tokens[a]) and noun)][:2]
            modal = any(self.tokens[c].tag == "MD" for v in spots for c in self.sentence.children(v))
            modal = modal or found.status in ("intended", "hypothetical")
            eased = any(v in made and made[v].action.family not in HOSTILE for v in spots[1:])  # 'would lift the ban'
            if not modal or eased or found.action.family not in HOSTILE | {"threat"} or found.source >= 2:
                continue
            said = next((v for v in self._said(made) if v in self.sentence.ancestors(i)), None)
            speaker = self._status.speaker(self.sentence, i) if said is None else self.source.head
            above = [a for a in self.sentence.ancestors(i) if is_verb(self.tokens[a]) and a not in spots]
            told = {t for a in above for slot in ("object", "to") for t in verb_slot(self.sentence, a, slot)}
            held = self._held(self.target, sorted(told)) >= 2 or found.target > 0
            subject = logical_subject(self.sentence, i)
            does = found.target < 2 and subject is not None and self._held(self.target, [subject]) >= 2
            if speaker is not None and self._held(self.source, [speaker]) >= 2 and held and not does:
                yield replace(found, action=self.actions["threaten"], about=found.action.id, tie=TREE, source=3,
                              status="actual", rules=(*found.rules[:1], "relation/warned"), aside=False)

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
                yield Candidate(self.sentence, spot, self.actions["cooperate"], TREE, (rule,), 3, 3, weight=9)

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

    def _blamed(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """'X said that Y had attacked its posts': who tells of harm that another did accuses him of it."""
        for i in self._said(made):
            for c in self.sentence.children(i):
                finite = self.tokens[c].dep == "clause" and self.tokens[c].tag != "VB"
                subject = logical_subject(self.sentence, c) if finite else None
                if subject is None or self._held(self.target, [subject]) < 2:
                    continue
                if c in made and made[c].target >= 2 > made[c].source:
                    continue  # what befalls the target is no harm that it did
                below = self.sentence.subtree(c)
                act = next((made[k].action for k in below if k in made), None) or self._hinted(below)
                harm = act is not None and act.family in HOSTILE - {"protest"}
                if (harm or act is None) and self._status_of(c)[0] == "actual":
                    rules = ("relation/told-of-harm", *(made[c].rules[:1] if c in made else ()))
                    yield Candidate(self.sentence, i, self.actions["accuse"], TREE if harm else FORM, rules, 3, 3,
                                    about=act.id if act is not None else None)

    def _said(self, made: Mapping[int, Candidate]) -> list[int]:
        """Verbs whose subject is the source and that only carry what they report."""
        if self.source is None:
            return []
        verbs = [i for i in self.sentence.ancestors(self.source.head) if is_verb(self.tokens[i])]
        bare = [i for i in verbs if i not in made or made[i].action.family in CARRIERS]
        subjects = [(i, logical_subject(self.sentence, i)) for i in bare]
        return [i for i, subject in subjects if subject is not None and self._held(self.source, [subject]) >= 2]

    def _hinted(self, spots: Sequence[int]) -> Action | None:
        hint = self._hint_at(spots)
        return None if hint is None else self.actions[str(hint[1].action)]

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

    def _forms(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """Verbs on the path that the lexicon does not know, as far as their form tells: refused or announced."""
        for i in self.path:
            if not is_verb(self.tokens[i]) or (i in made and made[i].tie < FORM):
                continue
            status, rules = self._status_of(i)
            hint = self._hint_at([i])
            subject = logical_subject(self.sentence, i)
            acts = subject is not None and self._held(self.source, [subject]) >= 2
            gets = subject is not None and self._held(self.target, [subject]) == 3 and self._gives()
            granted = phrase_in(self.sentence, i, self.words.granting) is not None
            if hint is None and status != "negated" and not granted and self._is_told_to(i):
                tie = TREE if acts else FORM
                yield Candidate(self.sentence, i, self.actions["demand"], tie, (*rules, "relation/told-to"), 1, 1)
            elif status == "actual" and gets:
                yield Candidate(self.sentence, i, self.actions["give_aid"], FORM, ("relation/received",), 1, 1)
            elif status == "negated" and acts:
                yield Candidate(self.sentence, i, self.actions["reject"], FORM, rules, source=1)
            elif status == "intended" and (hint is None or self.actions[str(hint[1].action)].family not in HOSTILE):
                yield Candidate(self.sentence, i, self.actions["agree"], FORM, rules, source=1)

    def _gives(self) -> bool:
        """Does the source stand under a preposition ("from") that says where something comes from?"""
        return (self._preposition(self.source), "") in self.words.transfer

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

    def _hints(self) -> Iterator[Candidate]:
        """The first word that hints at an action: on the path, under it, between the parties, anywhere."""
        heads = [g.head for g in (self.source, self.target) if g is not None]
        under = [c for i in self.path for c in self.sentence.children(i)]
        near = under + [d for c in under for d in self.sentence.children(c)]
        between = list(range(min(heads), max(heads) + 1))
        for spots in (self.path, near, between, range(len(self.tokens))):
            found = self._hint_at(spots)
            if found is not None:
                status, rules = self._status_of(found[0])
                says = self._is_predicate(found[0])
                yield Candidate(self.sentence, found[0], self.actions[str(found[1].action)], PATH if says else HINT,
                                (found[1].id, *rules), source=1 if says else 0, status=status)
                return

    def _is_predicate(self, i: int) -> bool:
        """Is token i what the sentence says of the source ('X [warned] ...', 'X is [opposed] ...')?"""
        above = next(self.sentence.ancestors(self.source.head), -1) if self.source is not None else -1
        return i == above or (self.tokens[i].dep == "attribute" and self.tokens[i].head == above)

    def _habit(self) -> Iterator[Candidate]:
        """Nothing in the words: something goes from one to the other, or what parties such as the source mostly do."""
        if self.source is None:
            return
        at = next((i for i in self.sentence.ancestors(self.source.head)), self.source.head)
        sides = (self._preposition(self.source), ""), ("", self._preposition(self.target))
        given = next((self.words.transfer[side] for side in sides if side in self.words.transfer), None)
        traits = self.source.party.traits
        action = "give_aid" if given else next((action for trait, action in _HABITS if trait in traits), _USUAL)
        yield Candidate(self.sentence, at, self.actions[action], PARTIES, (given,) if given else ())


def phrase_in(sentence: Sentence, verb: int, phrases: Mapping[tuple[str, str], str]) -> str | None:
    """The cue whose verb this is, with its particle or object below it where the cue has one."""
    word = sentence.tokens[verb].lower
    below = [sentence.tokens[c].lower for c in sentence.children(verb) if not _leads(sentence, c)]
    return next((phrases[word, beside] for beside in (*below, "") if (word, beside) in phrases), None)


def _leads(sentence: Sentence, i: int) -> bool:
    """Is token i a preposition with its object, and no particle?"""
    return sentence.tokens[i].dep == "prep" and child(sentence, i, "prep_object") is not None
