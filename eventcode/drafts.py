"""Drafts: a trigger with its parties and counts, on its way to an event mention."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from eventcode.document import Document, Sentence
from eventcode.lexicon import Action, Entry, Family
from eventcode.mentions.actions import ActionFinder, Trigger
from eventcode.mentions.actors import ActorMention
from eventcode.mentions.arms import ArmsFinder
from eventcode.mentions.grievance import AIMED, aimed_at, tells_whom
from eventcode.mentions.homes import says_whose
from eventcode.mentions.memory import PERSONAL, Memory
from eventcode.mentions.nouns import between_far, noun_slot
from eventcode.mentions.order import OrderReader
from eventcode.mentions.parties import CONTAINERS, PartyReader
from eventcode.mentions.readings import only_things
from eventcode.mentions.roles import BEHIND_PLACE, FORMATIONS, names_a_body, role_choices
from eventcode.mentions.scenes import SceneReader
from eventcode.mentions.sides import filled, size_of, split_reciprocal, stands_for_country
from eventcode.mentions.slots import prepositional, verb_slot
from eventcode.mentions.status import StatusReader
from eventcode.mentions.weapons import WeaponFinder
from eventcode.neutral import Count, DateMention, EventDate, Party, Place, Rejection

#: Slots of a noun in which only a known party is a party: "suicide attack", "yesterday's attack" have none.
_ONLY_KNOWN = frozenset({"possessive", "compound", "adjective"})
#: Families of what an act of force does to people.
_OUTCOMES = frozenset({"violence on civilians", "casualties", "displacement", "property"})
#: Families of acts that coordinated parties do with each other: "the government and the rebels agreed a truce".
_JOINT = frozenset({"agreement", "talks", "cooperation"})
#: Traits that any number of people may have, and those of whoever bears arms.
_OF_PEOPLE = frozenset({"party", "person", "group", "civilian"})
_PERSONS = _OF_PEOPLE - {"party"}
_BEARERS = frozenset({"military", "armed"})
_ARMS = frozenset({"aircraft", "drone", "helicopter", "artillery", "tank"})
#: Prepositions that say where; a place under them is no party.
_WHERE = frozenset({"in", "at", "near", "outside", "inside", "around", "across", "throughout", "along", "towards",
                    "toward"})

DateChooser = Callable[[int, Sentence, Sequence[DateMention], Document, date | None], EventDate]


@dataclass(frozen=True)
class SentenceMentions:
    """What the finders found in one sentence."""

    actors: Sequence[ActorMention]
    places: Sequence[Place]
    dates: Sequence[DateMention]
    counts: Sequence[Count]


#: Slots in which a weapon stands for whoever bears it: 'fell to police bullets'.
_WIELDED = frozenset({"subject", "by", "compound", "to", "from", "in"})


@dataclass
class Draft:
    """A trigger on its way to an event mention."""

    trigger: Trigger
    action: Action
    sources: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    about: str | None = None
    swallowed: str = ""  # what part of another act it is, and so no act of its own
    weapons: list[str] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    also: list[str] = field(default_factory=list)  # other entries that say the same
    words: list[int] = field(default_factory=list)  # further tokens that tell the same act
    joint: bool = False  # done by coordinated parties with each other
    unmet: str = ""  # what its entry needs and does not find: it can be the content of another act, no act of its own

    @property
    def i(self) -> int:
        return self.trigger.i


@dataclass(frozen=True)
class ReadingTools:
    """What reads a sentence: the lexicon, status, weapons, the choice of a date, ties between acts, scenes and arms."""

    finder: ActionFinder
    status: StatusReader
    weapons: WeaponFinder
    choose_date: DateChooser
    order: OrderReader
    scenes: SceneReader
    arms: ArmsFinder


class DraftReader:
    """Fills the roles of one sentence's triggers and chooses among the entries that fit a word."""

    def __init__(self, tools: ReadingTools, document: Document, sentence: Sentence, found: SentenceMentions,
                 memory: Memory, reference: date | None) -> None:
        self.tools, self.document, self.sentence = tools, document, sentence
        self.found, self.reference, self.memory = found, reference, memory
        self.reader = PartyReader(document, sentence, found.actors, found.counts, found.dates, found.places, memory)
        self.weapon_hits = tools.weapons.find(sentence) if sentence.parsed else []
        self._weapon_tokens = {j for hit in self.weapon_hits for j in range(hit.first, hit.last + 1)}
        self._arms = {hit.last for hit in self.weapon_hits if not _ARMS.isdisjoint(hit.values)}
        self._acts: set[int] = set()
        self._beside: set[Family] = set()  # of its verbs and causes of death: "died when gunmen fired"
        self.rejections: list[Rejection] = []

    def _is_name(self, trigger: Trigger) -> bool:
        """'the National Liberation Army' liberates nothing, 'riot police' riot not: words of a party or a place."""
        if trigger.verb:
            return False
        mention, token = self.reader.mention(trigger.i), self.sentence.tokens[trigger.i]
        officers = token.dep == "compound" and (  # 'riot officers', 'a strike group'
            self.reader.mention(token.head) is not None or self.sentence.tokens[token.head].lower in FORMATIONS)
        if officers or (token.tag == "NNP" and self.reader.is_date(trigger.i)):  # '22 March'
            return True
        if mention is None:
            return self.reader.is_inside_place(trigger.i) or names_a_body(self.sentence, trigger.i)
        named = mention.party.actor_id is not None and token.tag.startswith("NNP")
        return named or (token.dep == "compound" and mention.head != trigger.i)

    def _reject(self, i: int, reason: str, rule: str) -> None:
        token = self.sentence.tokens[i]
        self.rejections.append(
            Rejection(stage="actions", reason=reason, start=token.start, end=token.end,
                      text=self.document.words(token.start, token.end), rules=(rule,))
        )

    def _drafts(self, triggers: Sequence[Trigger]) -> list[Draft]:
        """One draft for each trigger word: the most specific of the entries whose needs are met, if any are."""
        by_word: dict[int, list[Draft]] = {}
        actions = self.tools.finder.actions
        dying = {t.i for t in triggers if t.entry.action == "die"}
        self._beside = {actions[t.entry.action].family for t in triggers if not t.entry.needs.before
                        and t.entry.action != "die" and (t.verb or not dying.isdisjoint(self.sentence.ancestors(t.i)))}
        for trigger in triggers:
            by_word.setdefault(trigger.i, []).append(self._fill(trigger))
        met = {i: [draft for draft in drafts if not draft.unmet] for i, drafts in by_word.items()}
        for draft in (draft for drafts in by_word.values() for draft in drafts if draft.unmet):
            self._reject(draft.i, draft.unmet, draft.trigger.entry.id)
        best = {i: self._best(met[i] or by_word[i]) for i in sorted(by_word)}
        for i in sorted(best):
            outcome = [draft for draft in met[i] if draft.action.family in _OUTCOMES]
            if outcome and self._is_outcome(best, i):
                best[i] = self._best(outcome)
        return [best[i] for i in sorted(best)]

    def _is_outcome(self, best: Mapping[int, Draft], i: int) -> bool:
        """'a bomb went off, [killing] nine': a verb that tells the same act again, in a clause of what came of it."""
        token = self.sentence.tokens[i]
        above = best.get(token.head)
        return token.dep == "adverbial_clause" and token.tag == "VBG" and above is not None and not above.unmet and \
            above.action.material and above.action.id == best[i].action.id

    def _best(self, drafts: list[Draft]) -> Draft:
        beaten = {loser for draft in drafts for loser in draft.trigger.entry.over}
        left = [d for d in drafts if d.trigger.entry.id not in beaten] or drafts
        best = min(left, key=lambda d: (-d.trigger.entry.weight, -len(d.sources) - len(d.targets), d.trigger.entry.id))
        for draft in drafts:
            if draft.action.id != best.action.id:
                best.counts = best.counts or draft.counts  # "killed by a bomb" is an explosion that killed
                self._reject(draft.i, f"{best.trigger.entry.id} is more specific", draft.trigger.entry.id)
            elif draft is not best:
                best.also.append(draft.trigger.entry.id)
                best.weapons += [w for w in draft.weapons if w not in best.weapons]
                best.sources, best.targets = filled((best.sources, best.targets), (draft.sources, draft.targets))
        return best

    def _fill(self, trigger: Trigger) -> Draft:
        entry = trigger.entry
        action = self.tools.finder.actions[entry.action]
        self.reader.speakers = self._speakers(trigger)
        source_heads, sources = self._side(trigger, "source", ())
        target_heads, targets = self._side(trigger, "target", sources)
        heads, sides = {"source": source_heads, "target": target_heads}, {"source": sources, "target": targets}
        self.reader.speakers = None
        if action.family in AIMED and not tells_whom(action, targets):
            others = {party.key for party in (*sources, *targets)}
            targets = aimed_at(self.sentence, trigger.i, action.family, self.reader.mention, others) or targets
            sides["target"] = targets
        joint = False
        between = any(slot == "between" for role in heads.values() for slot, _ in role)
        if action.reciprocal or (between and action.family != "mediation") or action.family in _JOINT:
            split = split_reciprocal(sides)
            joint = split != sides
            sides = split
        targets = tuple(p for p in sides["target"] if not any(p.start == s.start for s in sides["source"]))
        return Draft(
            trigger,
            action,
            sides["source"],
            targets,
            weapons=list(entry.weapon),
            counts=self._own_counts(entry.counts or action.counts, action, sides["source"], targets),
            joint=joint,
            unmet=self._unmet(entry, sides, heads),
        )

    def _side(self, trigger: Trigger, role: str, others: Sequence[Party]) -> tuple[list[tuple[str, int]],
                                                                                   tuple[Party, ...]]:
        """The words that fill a role and the parties there: of the first of its slots that names a party."""
        first: list[tuple[str, int]] = []
        if role == "source" and self.tools.status.is_plan_of_others(self.sentence, trigger.i):
            return first, tuple(p for j in self._planners(trigger.i) for p in self.reader.parties(j))
        for heads in role_choices(self.sentence, trigger, role):
            first = first or heads
            found = self._parties(heads, trigger, others)
            if role == "source":
                found = tuple(p for p in found if p.traits or p.rules != ("parties/words",) or self._is_person(p))
            if found:
                things = role == "target" and only_things(found)
                return heads, (self._aimed_at(heads, trigger) if things else ()) or found
        if role == "source" and not trigger.verb and self.tools.finder.actions[trigger.entry.action].reciprocal:
            far = [("between", j) for j in between_far(self.sentence, trigger.i)]
            if found := self._parties(far, trigger, others):
                return far, found
        if role == "target" and trigger.verb and self.tools.finder.actions[trigger.entry.action].speech:
            objects = [("object", j) for j in verb_slot(self.sentence, trigger.i, "object")]
            return first or objects, tuple(p for _, j in objects for p in self._owners(j))
        return first, ()

    def _is_person(self, party: Party) -> bool:
        """Is a party without traits named by a word for people that no table of actors lists: 'the defenders'?"""
        people = self.tools.finder.domains["@people"]
        return any(t.lower in people for t in self.sentence.tokens if t.end == party.end)

    def _aimed_at(self, heads: Sequence[tuple[str, int]], trigger: Trigger) -> tuple[Party, ...]:
        """'threatened action against Russia', 'broke off contact with Peru': whom a thing that is no party is aimed at.

        A protest or complaint about an act is one against whoever did it: 'marched against the killings by police'.
        """
        action = self.tools.finder.actions[trigger.entry.action]
        asked = ("against", "with", "by") if action.speech or action.family == "protest" else ("against",)
        asked = (*asked, "to") if action.family == "rejection" else asked  # 'refused visas to Kenyans'
        under = (j for _, head in heads for p in asked for j in prepositional(self.sentence, head, p))
        known = [j for j in under if self.reader.mention(j) is not None and not self.reader.is_date(j)]
        return tuple(p for j in known for p in self.reader.parties(j) if says_whose(p))

    def _planners(self, i: int) -> list[int]:
        """Who the sentence says has the plan that verb i is: 'the rebels' plot to', 'a plot by rebels to'."""
        noun = self.sentence.tokens[i].head
        return noun_slot(self.sentence, noun, "possessive") + prepositional(self.sentence, noun, "by")

    def _unmet(
        self, entry: Entry, sides: Mapping[str, tuple[Party, ...]], heads: Mapping[str, Sequence[tuple[str, int]]]
    ) -> str:
        """What the entry needs of its sides, or of the text so far, and does not find there, or ""."""
        armed = self.memory.armed and entry.action == "die"
        if entry.needs.before and not armed and (self.memory.told | self._beside).isdisjoint(entry.needs.before):
            return f"no {' or '.join(entry.needs.before)} is told before"
        for role, wanted in (("source", entry.needs.source), ("target", entry.needs.target)):
            if wanted and not self._meets(wanted, sides[role], heads[role]):
                return f"its {role} is not {' or '.join(wanted)}"
        either = entry.needs.either
        if either and not any(self._meets(either, sides[role], heads[role]) for role in sides):
            return f"neither side is {' or '.join(either)}"
        return ""

    def _parties(
        self, heads: Sequence[tuple[str, int]], trigger: Trigger, others: Sequence[Party]
    ) -> tuple[Party, ...]:
        """The parties of a role; a pronoun among them is none of the `others`, who fill the other role."""
        self.reader.not_meant = {party.key for party in others}
        found: list[Party] = []
        for slot, head in heads:
            if head in self._weapon_tokens and slot in _WIELDED:
                found += self._wielder(head)
                continue
            if head in self._acts and self.reader.mention(head) is None:
                continue
            if slot not in ("subject", "object") and self._is_of_an_act(trigger, head):
                continue
            above = self.sentence.tokens[self.sentence.tokens[head].head].head  # 'held at a [protest] by'
            if head in self._weapon_tokens or (slot == BEHIND_PLACE and above in self._acts):
                continue
            if slot in _ONLY_KNOWN:
                known = self._is_known(head, slot) or self._is_owner_hit(trigger, head, slot)
                found += self.reader.parties(head) if known else ()
            elif self.reader.is_place(head) and self.reader.mention(head) is None:
                found += () if slot in _WHERE or slot in ("to", "from") else self._place_party(head)
            else:
                found += self.reader.parties(head, share=True)
        return tuple(found)

    def _is_of_an_act(self, trigger: Trigger, head: int) -> bool:
        """'deplored the expulsion of [two nuns]': what is said of an act is said to nobody that it befell.

        What the entry names is a part of its own wording: 'lodged a protest with [China]', 'blamed it on [rebels]'.
        """
        preposition = self.sentence.tokens[self.sentence.tokens[head].head]
        under = preposition.head
        return trigger.verb and preposition.dep == "prep" and under != trigger.i and under in self._acts and \
            self.tools.finder.actions[trigger.entry.action].speech and \
            self.sentence.tokens[under].lower not in trigger.compiled.object and \
            preposition.lower not in trigger.compiled.prep

    def _owners(self, act: int) -> tuple[Party, ...]:
        """'rejected [a US] request', 'an offer from Kenya', 'a raid by troops': whose act it is that is spoken of."""
        for c in self.sentence.children(act):
            slot = self.sentence.tokens[c].dep
            if slot in _ONLY_KNOWN and self._is_known(c, slot):
                return self.reader.parties(c)
        owners = prepositional(self.sentence, act, "from") or prepositional(self.sentence, act, "by")
        return tuple(p for j in owners for p in self.reader.parties(j, share=True))

    def _speakers(self, trigger: Trigger) -> tuple[int, frozenset[str]] | None:
        """The head token and the keys of whoever the sentence quotes for this act."""
        head = self.tools.status.speaker(self.sentence, trigger.i)
        self.reader.speakers, self.reader.not_meant = None, ()
        return None if head is None else (head, frozenset(party.key for party in self.reader.parties(head)))

    def _is_known(self, head: int, slot: str) -> bool:
        """Is this modifier a party? 'Israeli attack' has one, 'military operation' and 'suicide attack' have none."""
        mention = self.reader.mention(head)
        if mention is None:
            return self.sentence.tokens[head].tag == "PRP$"
        return slot != "adjective" or says_whose(mention.party)

    def _is_owner_hit(self, trigger: Trigger, head: int, slot: str) -> bool:
        """'Rosa Ortiz's murder': a name may be whom an act befell, where its entry says that it is its owner."""
        name = slot == "possessive" and self.sentence.tokens[head].tag == "NNP"
        hit = name and slot in trigger.entry.noun_roles.get("target", ())
        return hit and not self.reader.is_place(head) and not self.reader.is_date(head)

    def _wielder(self, head: int) -> tuple[Party, ...]:
        """Whose weapon it is: 'Israeli tanks', 'the rebels' mortars', 'its drones'."""
        for c in self.sentence.children(head):
            if self.sentence.tokens[c].dep in _ONLY_KNOWN and self._is_known(c, ""):
                return self.reader.parties(c)
        return ()

    def _place_party(self, head: int) -> tuple[Party, ...]:
        """A town or region that something is done to; its country is what codebooks ask for."""
        token = self.sentence.tokens[head]
        for place in self.found.places:
            if (
                place.start is not None
                and place.end is not None
                and (place.start <= token.start < place.end or place.end <= token.start <= place.end + 20)
            ):
                return (
                    Party(
                        start=place.start,
                        end=place.end,
                        text=place.text,
                        country=place.country,
                        rules=("parties/place",),
                    ),
                )
        return ()

    def _meets(self, wanted: Sequence[str], parties: Sequence[Party], heads: Sequence[tuple[str, int]]) -> bool:
        if any(self._is_wanted(word, j) for word in wanted for _, head in heads for j in self._contents(head)):
            return True
        known = [p for p in parties if "parties/words" not in p.rules and "parties/place" not in p.rules]
        if "party" in wanted and known:
            return True
        if "country" in wanted and any(stands_for_country(party) for party in known):
            return True
        return any(trait in wanted for party in parties for trait in party.traits)

    def _contents(self, head: int) -> list[int]:
        """A head and, of a word that only counts, what it counts: 'hundreds of [customers]'."""
        counting = self.sentence.tokens[head].lower in CONTAINERS
        return [head, *prepositional(self.sentence, head, "of")] if counting else [head]

    def _is_wanted(self, word: str, head: int) -> bool:
        """Is the token a place, a name, a word of a domain, or a pronoun of the persons asked for?"""
        token = self.sentence.tokens[head]
        if word == "place":
            return self.reader.is_place(head)
        if word == "name":
            return token.tag.startswith("NNP") and not self.reader.is_place(head) and not self.reader.is_date(head)
        if word in _OF_PEOPLE and token.tag == "CD":  # 'detained two': a bare number is of people
            below = [self.sentence.tokens[c] for c in self.sentence.children(head)]
            of_them = {j for j in prepositional(self.sentence, head, "of") if self.sentence.tokens[j].tag == "PRP"}
            return not self.reader.is_date(head) and all((t.dep != "prep" or of_them) and t.tag != "$" for t in below)
        if word in ("person", "group"):
            return token.tag.startswith("PRP") and token.lower in PERSONAL
        if word in _PERSONS and token.lower in self.tools.finder.domains["@people"]:
            mention = self.reader.mention(head)  # "members of the cartel" are no civilians
            return word != "civilian" or mention is None or "armed" not in mention.party.traits
        if word in _BEARERS and head in self._arms:  # 'warplanes flattened': arms for whoever bears them
            return True
        return word.startswith("@") and token.lower in self.tools.finder.domains[word]

    def _own_counts(self, of_targets: str | None, action: Action, sources: Sequence[Party],
                    targets: Sequence[Party]) -> list[Count]:
        """The numbers on the parties, in the terms of entry or action: 'killed 12 soldiers' counts 12 killed."""
        found: list[Count] = []
        for what, parties in ((of_targets, targets), (action.source_counts, sources)):
            known = parties if what else ()
            sizes = [(party, size_of(party, self.sentence, self.reader, self.tools.order)) for party in known]
            found += [size.model_copy(update={"what": what, "party": party.model_copy(update={"size": None})})
                      for party, size in sizes if size is not None]
        return found
