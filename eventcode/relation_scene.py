"""One sentence with two given parties: every act that it tells, and how each is tied to them.

The ties, strongest first, are `TIES`. Each candidate is an act of the lexicon, or what the form of a clause says where the
lexicon has no word for it ("will", "must", "not"), or a single word that hints at an action.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from eventcode.document import Sentence
from eventcode.lexicon import Action, Weapon
from eventcode.mentions.actions import Compiled, Refusal, Trigger, embedded, role_heads
from eventcode.mentions.parties import PartyReader
from eventcode.mentions.slots import child, governor_verb, is_noun, is_verb, logical_subject, surface_subject, verb_slot
from eventcode.mentions.status import StatusReader
from eventcode.neutral import Party, Status
from eventcode.relation_words import RelationCue, RelationWords

#: How an act is tied to the two parties, strongest first: both its sides hold them; it stands on the tree's path between
#: them; it governs the source; the clause's form alone tells it; the entry asks for other parties; a single word hints
#: at it; it is told nearby.
TIES = ("relation/tree", "relation/path", "relation/governor", "relation/form", "relation/unmet-needs",
        "relation/hint", "relation/nearest", "relation/parties")
TREE, PATH, GOVERNOR, FORM, UNMET, HINT, NEAREST, PARTIES = range(len(TIES))

#: Families of acts that do the other side good; ending or refusing one is conflict.
FRIENDLY = frozenset({"talks", "mediation", "support", "aid", "asylum", "cooperation", "agreement"})
#: Families of acts that do harm; ending one is a concession.
HOSTILE = frozenset({"fighting", "remote violence", "violence on civilians", "repression", "protest", "coercion", "sanction",
                     "detention", "abduction", "force posture", "property", "legal action", "breaking relations"})
#: Acts that two parties may do together, though they need not.
_JOINT = frozenset({"agree", "military_exercise"})
#: Speech that asks somebody for something.
_ASKING = frozenset({"appeal", "demand"})
#: Speech that only carries what it reports.
CARRIERS = frozenset({"statement"})
#: Dependencies that lead out of a noun phrase into a clause of its own.
_CLAUSES = frozenset({"relative", "adverbial_clause", "clause", "parataxis", "participle_clause"})
#: Clauses that say when, why or who, and are no content of what stands above them.
_ASIDES = frozenset({"relative", "adverbial_clause", "participle_clause", "parataxis"})
#: What parties of a kind mostly do, where the words tell nothing: trait of the source to action.
_HABITS = (("protester", "protest"), ("rebel", "attack"), ("militia", "attack"), ("military", "attack"), ("police", "arrest"),
           ("judiciary", "convict"), ("ngo", "give_aid"))
_USUAL = "meet"


@dataclass(frozen=True)
class Given:
    """One of the two parties: its sentence and tokens, the token that heads them, who the actor tables say it is."""

    sentence: Sentence
    tokens: frozenset[int]
    head: int
    party: Party


@dataclass(frozen=True)
class Candidate:
    """Token `i` may tell the act. `source`, `target`: how well each side holds its party (0 not at all, 3 in its words)."""

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
    doubtful: bool = False  # a guard against figures of speech stands beside it


class Scene:
    """One sentence and the two parties, of which at least one is named in it."""

    def __init__(self, sentence: Sentence, reader: PartyReader, actions: Mapping[str, Action], status: StatusReader,
                 words: RelationWords, one: Given, two: Given) -> None:
        self.sentence, self.reader, self.actions, self.words = sentence, reader, actions, words
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
        return up[:up.index(top) + 1] + down[:down.index(top)][::-1]

    def candidates(self, triggers: Sequence[Trigger], refused: Sequence[Refusal]) -> list[Candidate]:
        """Every candidate of the sentence, in no order of merit."""
        by_word = self._by_word([t for t in triggers if not self._is_name(t)], refused)
        made = {i: self._candidate(self._best(fitting), by_word) for i, fitting in by_word.items()}
        self._set_aside(made, by_word)
        for i, fitting in by_word.items():
            made[i] = self._turned(made[i], self._best(fitting), made)
        return [*made.values(), *self._obliged(made), *self._endings(made), *self._forms(made), *self._hints(), *self._habit()]

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
        return any(repr(t.lower) in refusal.reason for t in self.sentence.tokens if t.i != refusal.i)

    def _is_guarded_by_party(self, trigger: Trigger) -> bool:
        """The guard is a preposition ("from"), and what stands under it is a given party: no figure of speech."""
        found = [j for p in trigger.entry.unless.prep for j in verb_slot(self.sentence, trigger.i, p)] if trigger.verb else []
        return bool(self._held(self.target, found) or self._held(self.source, found))

    def _is_name(self, trigger: Trigger) -> bool:
        """A word of a proper name ("the National Liberation Army") is no trigger, nor is one of a party's own words."""
        if any(given is not None and trigger.i in given.tokens for given in (self.source, self.target)):
            return True
        if self.reader.is_date(trigger.i):
            return True
        mention = self.reader.mention(trigger.i)
        named = mention is not None and mention.party.actor_id is not None
        return not trigger.verb and (self.reader.is_inside_place(trigger.i)
                                     or (named and self.sentence.tokens[trigger.i].tag.startswith("NNP")))

    def _best(self, fitting: Sequence[Trigger]) -> Trigger:
        """Of the entries whose needs are met the most specific."""
        able = [t for t in fitting if self._meets(t)] or list(fitting)
        beaten = {loser for t in able for loser in t.entry.over}
        left = [t for t in able if t.entry.id not in beaten] or able
        return min(left, key=lambda t: (-t.entry.weight, -sum(self._hold(t)), t.entry.id))

    def _candidate(self, trigger: Trigger, by_word: Mapping[int, Sequence[Trigger]]) -> Candidate:
        (source, target), entry = self._hold(trigger), trigger.entry
        status, rules = self._status_of(trigger.i, self._verb_over(trigger))
        about = self._inner(trigger, by_word)
        return Candidate(
            self.sentence, trigger.i, self.actions[entry.action], self._tie(trigger, source, target), (entry.id, *rules),
            source, target, self._best(by_word[about]).entry.action if about is not None else None,
            entry.status if entry.status and status == "actual" else status, entry.weapon, entry.weight,
            joint=entry.action in _JOINT and self._are_joint(trigger), doubtful=_is_doubtful(trigger))

    def _are_joint(self, trigger: Trigger) -> bool:
        heads = self._heads(trigger, "source")
        return self._held(self.source, heads) >= 2 and self._held(self.target, heads) >= 2

    def _status_of(self, i: int, light: int | None = None) -> tuple[Status, tuple[str, ...]]:
        """As usually read; but 'will not' refuses, and what one 'may' do is intended rather than supposed."""
        status, rules = self._status.status(self.sentence, i, light)
        below = [self.sentence.tokens[c].dep for spot in (i, light) if spot is not None for c in self.sentence.children(spot)]
        if status in ("intended", "hypothetical") and "negation" in below:
            return "negated", (*rules, "relation/negation")
        if status == "hypothetical" and "auxiliary" in below and "marker" not in below:
            return "intended", rules
        return status, rules

    def _tie(self, trigger: Trigger, source: int, target: int) -> int:
        if not self._meets(trigger):
            return UNMET
        if source and target:
            return TREE
        spots = {trigger.i} if trigger.light is None else {trigger.i, trigger.light}
        if spots.intersection(self.path) and not (spots & set(self._asides())):
            return PATH
        return GOVERNOR if source else NEAREST

    def _asides(self) -> Iterator[int]:
        """Verbs on the path in a clause that only says which of its kind a party is: 'X said Y, who attacked Z'."""
        for given in (self.source, self.target):
            for i in self.path:
                if given is not None and self.sentence.tokens[i].dep == "relative" and i not in given.tokens \
                        and _climb(self.sentence, i, given.head) is not None:
                    yield i

    def _inner(self, trigger: Trigger, by_word: Mapping[int, Sequence[Trigger]]) -> int | None:
        """The first trigger in the content of this one."""
        for j in self._content(trigger):
            layer = [j]
            while layer:
                inner = next((k for k in layer if k in by_word and k != trigger.i), None)
                if inner is not None:
                    return inner
                layer = [c for i in layer for c in self.sentence.children(i) if self.sentence.tokens[c].dep not in _ASIDES]
        return None

    def _content(self, trigger: Trigger) -> list[int]:
        """Heads of what speech is about; the parser takes some complements ("have sworn to fight") for adverbials."""
        found = [j for _, j in embedded(self.sentence, trigger)]
        if found or "infinitive" not in trigger.entry.about:
            return found
        return [c for c in self.sentence.children(trigger.i) if self.sentence.tokens[c].dep == "adverbial_clause"
                and self.sentence.tokens[c].tag == "VB" and c > trigger.i][:1]

    def _hold(self, trigger: Trigger) -> tuple[int, int]:
        """How well the trigger's source side holds the source, and its target side (or content) the target."""
        heads = {role: self._heads(trigger, role) for role in ("source", "target")}
        if self.actions[trigger.entry.action].reciprocal or trigger.entry.action in _JOINT:
            both = [*heads["source"], *heads["target"]]
            heads = {"source": both, "target": both}
        source = self._held(self.source, heads["source"]) or self._by_governor(trigger)
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
        ways = [way for head in heads if (way := _climb(self.sentence, given.head, head)) is not None]
        return max((1 if _CLAUSES.intersection(self.sentence.tokens[i].dep for i in way) else 2 for way in ways), default=0)

    def _points_to(self, i: int, given: Given) -> bool:
        """'[X] said that it would leave': a pronoun that is subject in what somebody says is mostly the speaker."""
        if self.sentence.tokens[i].tag not in ("PRP", "PRP$") or given is not self.source:
            return False
        speaking = [a for a in self.sentence.ancestors(i) if self.sentence.tokens[a].dep in ("clause", "adverbial_clause")]
        above = (self.sentence.tokens[a].head for a in speaking)
        subjects = (logical_subject(self.sentence, a) for a in above if is_verb(self.sentence.tokens[a]))
        return any(j is not None and j != i and (j in given.tokens or given.head in self.sentence.subtree(j)) for j in subjects)

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
        return 1 if any(_climb(self.sentence, self.target.head, root) is not None for root in self._roots(trigger)) else 0

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
            over = self.sentence.tokens[i].head
            if self.sentence.tokens[i].dep != "prep_object" or self.sentence.tokens[over].lower not in self.words.carrying:
                return None
            i = self.sentence.tokens[over].head
            if is_verb(self.sentence.tokens[i]):
                return i
        return governor_verb(self.sentence, i)

    def _meets(self, trigger: Trigger) -> bool:
        """Do the words and the given parties meet what the entry asks of its sides?"""
        needs = trigger.entry.needs
        sides = {"source": needs.source, "target": needs.target}
        if any(wanted and not self._side_meets(trigger, role, wanted) for role, wanted in sides.items()):
            return False
        return not needs.either or any(self._side_meets(trigger, role, needs.either) for role in sides)

    def _side_meets(self, trigger: Trigger, role: str, wanted: Sequence[str]) -> bool:
        """The same for one side. A given party whose words tell nothing of it is taken for whom the entry wants."""
        heads = self._heads(trigger, role)
        given = self.source if role == "source" else self.target
        if "place" in wanted and any(self.reader.is_place(j) for j in heads):
            return True
        parties = [p for j in heads for p in self.reader.parties(j, share=True)]
        score = self._hold(trigger)[0 if role == "source" else 1]
        speech = self.actions[trigger.entry.action].speech
        if given is not None and (score >= 2 or (score and (role == "source" or (speech and not heads)))):
            if "party" in wanted or not set(given.party.traits) - {"person", "group"}:
                return True
            parties.append(given.party)
        known = any("parties/words" not in p.rules for p in parties)
        return ("party" in wanted and known) or any(trait in wanted for p in parties for trait in p.traits)

    def _set_aside(self, made: dict[int, Candidate], by_word: Mapping[int, Sequence[Trigger]]) -> None:
        """Mark what is the content of speech, or the aim or circumstance of another act of the same source."""
        for i, fitting in by_word.items():
            above = made[i]
            if not above.source or above.tie > PATH or above.action.family in CARRIERS:
                continue
            best = self._best(fitting)
            content = {j for k in self._content(best) for j in self.sentence.subtree(k)}
            for j, other in made.items():
                ways = [_climb(self.sentence, j, root) for root in self._roots(best)]
                circumstance = any(_ASIDES.intersection(self.sentence.tokens[k].dep for k in way) for way in ways if way)
                weaker = above.action.family in ("talks", "force posture") and other.action.material
                if j != i and (j in content or circumstance) and not weaker:
                    made[j] = replace(other, aside=True)

    def _turned(self, found: Candidate, trigger: Trigger, made: Mapping[int, Candidate]) -> Candidate:
        """What the words above the act make of it: ended, only tried, or asked of a third party."""
        for turn in (self._granted, self._ended, self._tried):
            found = turn(found)
        return self._of_third_party(found, trigger, made)

    def _granted(self, found: Candidate) -> Candidate:
        """'allowed the march', 'accepted the demands': what was asked for and is granted is a concession."""
        rule = _phrase_in(self.sentence, found.i, self.words.granting)
        if rule is None or found.action.id != "agree":
            return found
        return replace(found, action=self.actions["lift_blockade"], about=None, rules=(*found.rules, rule))

    def _ended(self, found: Candidate) -> Candidate:
        """'cancelled a visit' cuts relations; 'called off a strike' gives in."""
        i = found.i
        while self.sentence.tokens[i].dep == "compound":  # 'halted mediation efforts'
            i = self.sentence.tokens[i].head
        token = self.sentence.tokens[i]
        verb = governor_verb(self.sentence, i)
        if verb is None and token.dep in ("infinitive", "clause", "participle_clause") and is_verb(self.sentence.tokens[token.head]):
            verb = token.head
        if verb is None or token.dep == "subject":
            return found
        rule = _phrase_in(self.sentence, verb, self.words.ending)
        family = found.action.family
        if rule is None or family not in FRIENDLY | HOSTILE:
            return found
        action = self.actions["suspend_aid" if family in FRIENDLY else "lift_blockade"]
        return self._at_verb(found, verb, action, rule)

    def _at_verb(self, found: Candidate, verb: int, action: Action, rule: str) -> Candidate:
        """The act as its governing verb turns it: the verb's status counts, and its place on the tree."""
        status, rules = self._status_of(verb)
        subject = logical_subject(self.sentence, verb)
        source = max(found.source, self._held(self.source, [subject]) if subject is not None else 0)
        below = self.target is not None and _climb(self.sentence, self.target.head, verb) is not None
        target = max(found.target, 1 if below else 0)
        tie = TREE if source and target else PATH if verb in self.path else found.tie
        return replace(found, i=verb, action=action, rules=(*found.rules[:1], rule, *rules), status=status, about=None,
                       source=source, target=target, tie=min(tie, found.tie), weapons=())

    def _tried(self, found: Candidate) -> Candidate:
        """'tried to kill' tells the attempt, which codebooks code as the act."""
        if not (found.action.material or found.action.family == "cyber"):
            return found
        for above in list(self.sentence.ancestors(found.i))[:2]:
            rule = self.words.attempt.get(self.sentence.tokens[above].lower)
            if rule is not None:
                return replace(found, status="actual", rules=(*found.rules, rule))
        return found

    def _of_third_party(self, found: Candidate, trigger: Trigger, made: Mapping[int, Candidate]) -> Candidate:
        """'urged Chad to help X', 'called for sanctions on X': asked of others, it is support for X or blame on X."""
        if found.action.family not in _ASKING or not found.source or self._asked(trigger):
            return found
        inner = self._inner(trigger, {i: [trigger] for i in made})
        action = self._hinted_content(trigger) if inner is None else None
        if inner is not None and made[inner].target >= 2 and not made[inner].source and not self._does(inner):
            action = made[inner].action
        if action is None or action.family not in HOSTILE | {"support", "aid"} or action.family == "protest":
            return found
        turned = self.actions["condemn" if action.family in HOSTILE else "endorse"]
        return replace(found, action=turned, about=None, rules=(*found.rules, "relation/for-third-party"))

    def _hinted_content(self, trigger: Trigger) -> Action | None:
        """The action that the content's own head hints at, where the target stands under it."""
        for j in self._content(trigger):
            hint = self._hint_at([j]) if not self._does(j) else None
            if hint is not None and self.target is not None and _climb(self.sentence, self.target.head, j) is not None:
                return self.actions[str(hint[1].action)]
        return None

    def _does(self, i: int) -> bool:
        """Is the given target the subject of verb i?"""
        subject = logical_subject(self.sentence, i) if is_verb(self.sentence.tokens[i]) else None
        return subject is not None and self._held(self.target, [subject]) > 0

    def _asked(self, trigger: Trigger) -> bool:
        """Is the given target the one who is asked?"""
        return self._held(self.target, self._heads(trigger, "target")) >= 2

    def _obliged(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """'X said that Y must leave': who says what another must do asks it of them."""
        if self.source is None:
            return
        speaking = [i for i in self.sentence.ancestors(self.source.head) if is_verb(self.sentence.tokens[i])]
        for token in self.sentence.tokens:
            rule = self.words.obligation.get(token.lower) if token.dep == "auxiliary" or is_verb(token) else None
            verb = token.head if token.dep == "auxiliary" else token.i
            if rule is None or not any(v != verb and v in speaking[:2] for v in self.sentence.ancestors(verb)):
                continue
            subject = logical_subject(self.sentence, verb)
            if subject is not None and self._held(self.source, [subject]):
                continue
            inner = next((k for k in self.sentence.subtree(verb) if k in made), None)
            below = self.target is not None and _climb(self.sentence, self.target.head, verb) is not None
            yield Candidate(self.sentence, token.i, self.actions["demand"], TREE if below else PATH, (rule,), source=3,
                            target=3 if below else 0, about=made[inner].action.id if inner is not None else None)

    def _endings(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """'called off their strike': the end of what a noun names that is no report of an act by itself."""
        for i in self.path:
            rule = _phrase_in(self.sentence, i, self.words.ending) if is_verb(self.sentence.tokens[i]) else None
            ended = [j for j in verb_slot(self.sentence, i, "object") if rule is not None and j not in made]
            actions = [self.actions[name] for j in ended for name in self.words.nouns.get(self.sentence.tokens[j].lower, ())]
            friendly = next((a.family in FRIENDLY for a in actions if a.family in FRIENDLY | HOSTILE), None)
            if rule is not None and friendly is not None:
                bare = Candidate(self.sentence, i, self.actions["say"], NEAREST, ())
                yield self._at_verb(bare, i, self.actions["suspend_aid" if friendly else "lift_blockade"], rule)

    def _forms(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """Verbs on the path that the lexicon does not know, as far as their form tells: refused or announced."""
        for i in self.path:
            token = self.sentence.tokens[i]
            if i in made or not is_verb(token):
                continue
            status, rules = self._status_of(i)
            hint = self._hint_at([i])
            if hint is None and status != "negated" and self._is_told_to(i):
                yield Candidate(self.sentence, i, self.actions["demand"], FORM, (*rules, "relation/told-to"), source=1, target=1)
            elif status == "negated":
                yield Candidate(self.sentence, i, self.actions["reject"], FORM, rules, source=1)
            elif status == "intended" and (hint is None or self.actions[str(hint[1].action)].family not in HOSTILE):
                yield Candidate(self.sentence, i, self.actions["agree"], FORM, rules, source=1)

    def _is_told_to(self, i: int) -> bool:
        """'wants Y to leave', 'told Y to leave': the target is the subject of the infinitive under the source's verb."""
        for c in self.sentence.children(i):
            token = self.sentence.tokens[c]
            marked = any(self.sentence.tokens[d].tag == "TO" for d in self.sentence.children(c))
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
        for spots in (self.path, near, between, range(len(self.sentence.tokens))):
            found = self._hint_at(spots)
            if found is not None:
                status, rules = self._status_of(found[0])
                says = self.source is not None and found[0] in list(self.sentence.ancestors(self.source.head))[:1]
                yield Candidate(self.sentence, found[0], self.actions[str(found[1].action)], PATH if says else HINT,
                                (found[1].id, *rules), source=1 if says else 0, status=status)
                return

    def _hint_at(self, spots: Sequence[int]) -> tuple[int, RelationCue] | None:
        """The first of these tokens that is a hint, and its cue."""
        own = [given.tokens for given in (self.source, self.target) if given is not None]
        for i in spots:
            token = self.sentence.tokens[i]
            if any(i in tokens for tokens in own):
                continue
            if (is_verb(token) or is_noun(token) or token.pos == "ADJ") and token.lower in self.words.hints:
                return i, self.words.hints[token.lower]
        return None

    def _habit(self) -> Iterator[Candidate]:
        """Nothing in the words: something goes from one to the other, or what parties such as the source mostly do."""
        if self.source is None:
            return
        at = next((i for i in self.sentence.ancestors(self.source.head)), self.source.head)
        given = self.words.transfer.get((self._preposition(self.source), "")) or self.words.transfer.get(("", self._preposition(self.target)))
        traits = self.source.party.traits
        action = "give_aid" if given else next((action for trait, action in _HABITS if trait in traits), _USUAL)
        yield Candidate(self.sentence, at, self.actions[action], PARTIES, (given,) if given else ())

    def _preposition(self, given: Given | None) -> str:
        """The preposition that a party stands under."""
        for i in self.sentence.ancestors(given.head) if given is not None else ():
            if self.sentence.tokens[i].dep in ("prep", "agent", "indirect"):
                return self.sentence.tokens[i].lower
            if is_verb(self.sentence.tokens[i]):
                break
        return "-"


def _climb(sentence: Sentence, i: int, root: int) -> list[int] | None:
    """The tokens from i up to, but without, root; None where root does not stand above i."""
    steps = [i]
    for above in sentence.ancestors(i):
        if above == root:
            return steps
        steps.append(above)
    return None


def _phrase_in(sentence: Sentence, verb: int, phrases: Mapping[tuple[str, str], str]) -> str | None:
    """The cue whose verb this is, with its particle or object below it where the cue has one."""
    word = sentence.tokens[verb].lower
    below = [sentence.tokens[c].lower for c in sentence.children(verb)]
    return next((phrases[word, beside] for beside in (*below, "") if (word, beside) in phrases), None)


_NOTHING: frozenset[str] = frozenset()
_REFUSED = frozenset({"refused"})


def _unguarded(sentence: Sentence, refusal: Refusal) -> Trigger:
    """The trigger that a guard refused."""
    bare = Compiled(refusal.entry, _NOTHING, _NOTHING, _NOTHING, _NOTHING, {}, (), _NOTHING, _NOTHING, _NOTHING, _NOTHING, {},
                    _REFUSED, ())
    return Trigger(refusal.i, is_verb(sentence.tokens[refusal.i]) and bool(refusal.entry.verb), bare)


def _is_doubtful(trigger: Trigger) -> bool:
    return trigger.compiled.bad_nearby == _REFUSED
