"""Event mentions: for one sentence, each trigger with its parties, place, date, counts, status and attribution."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from eventcode import circumstances
from eventcode.document import Document, Sentence
from eventcode.lexicon import Action
from eventcode.mentions.actions import ActionFinder, Refusal, Trigger, embedded, role_heads
from eventcode.mentions.actors import ActorMention
from eventcode.mentions.parties import Memory, PartyReader
from eventcode.mentions.slots import governor_verb
from eventcode.mentions.status import StatusReader
from eventcode.mentions.weapons import WeaponFinder
from eventcode.neutral import Count, DateMention, EventDate, EventMention, Party, Place, Rejection, Span

#: Slots of a noun in which only a known party is a party: "suicide attack", "yesterday's attack" have none.
_ONLY_KNOWN = frozenset({"possessive", "compound", "adjective"})
#: Prepositions that say where; a place under them is no party.
_WHERE = frozenset(
    {"in", "at", "near", "outside", "inside", "around", "across", "throughout", "along", "towards", "toward"}
)
#: Speech that takes what it embeds as its content; the rest only reports it.
_SWALLOWS = frozenset({"appeal", "demand", "threat", "agreement", "rejection", "legal action", "investigation"})
_SWALLOWING_ACTIONS = frozenset({"accuse", "apologize"})

DateChooser = Callable[[int, Sentence, Sequence[DateMention], Document, date | None], EventDate]


@dataclass(frozen=True)
class SentenceMentions:
    """What the finders found in one sentence."""

    actors: Sequence[ActorMention]
    places: Sequence[Place]
    dates: Sequence[DateMention]
    counts: Sequence[Count]


@dataclass
class Draft:
    """A trigger on its way to an event mention."""

    trigger: Trigger
    action: Action
    sources: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    about: str | None = None
    swallowed_by: str | None = None
    weapons: list[str] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    also: list[str] = field(default_factory=list)  # other entries that say the same

    @property
    def i(self) -> int:
        return self.trigger.i


class EventMentionReader:
    """Reads the event mentions of a document's parsed sentences, in order."""

    def __init__(
        self, finder: ActionFinder, status: StatusReader, weapons: WeaponFinder, choose_date: DateChooser
    ) -> None:
        self._finder, self._status, self._weapons, self._choose_date = finder, status, weapons, choose_date

    def triggers(self, document: Document) -> dict[int, tuple[list[Trigger], list[Refusal]]]:
        """By index of each parsed sentence: the triggers on its tree, and the words that were refused."""
        return {s.index: self._finder.triggers(s) for s in document.sentences if s.parsed}

    def read(
        self,
        document: Document,
        triggers: Mapping[int, tuple[list[Trigger], list[Refusal]]],
        found: Mapping[int, SentenceMentions],
        reference: date | None,
    ) -> tuple[list[EventMention], list[Rejection]]:
        """Event mentions of every parsed sentence, and the triggers that were not taken, with the reason."""
        memory, mentions, rejections = Memory(), [], []
        for sentence in document.sentences:
            one = _SentenceReader(self, document, sentence, found[sentence.index], memory, reference)
            mentions += one.event_mentions(*triggers.get(sentence.index, ([], [])))
            rejections += one.rejections
        return mentions, rejections

    @property
    def finder(self) -> ActionFinder:
        return self._finder

    @property
    def status(self) -> StatusReader:
        return self._status

    @property
    def weapons(self) -> WeaponFinder:
        return self._weapons

    @property
    def choose_date(self) -> DateChooser:
        return self._choose_date


class _SentenceReader:
    def __init__(
        self,
        parent: EventMentionReader,
        document: Document,
        sentence: Sentence,
        found: SentenceMentions,
        memory: Memory,
        reference: date | None,
    ) -> None:
        self.parent, self.document, self.sentence, self.found, self.reference = (
            parent,
            document,
            sentence,
            found,
            reference,
        )
        self.memory = memory
        self.reader = PartyReader(document, sentence, found.actors, found.counts, found.dates, found.places, memory)
        self.weapon_hits = parent.weapons.find(sentence) if sentence.parsed else []
        self._weapon_tokens = {j for hit in self.weapon_hits for j in range(hit.first, hit.last + 1)}
        self._acts: set[int] = set()
        self.rejections: list[Rejection] = []

    def event_mentions(self, triggers: Sequence[Trigger], refused: Sequence[Refusal]) -> list[EventMention]:
        """The sentence's event mentions; its parties go to the memory either way."""
        triggers = [trigger for trigger in triggers if not self._is_name(trigger)]
        self._acts = {trigger.i for trigger in triggers if not trigger.verb}
        for refusal in refused:
            self._reject(refusal.i, refusal.reason, refusal.entry.id)
        drafts = self._drafts(triggers)
        self._embed(drafts)
        kept = self._without_repeats([d for d in drafts if not d.swallowed_by])
        for draft in drafts:
            if draft.swallowed_by:
                self._reject(draft.i, f"content of {draft.swallowed_by}", draft.trigger.entry.id)
        self._share_weapons(kept)
        self._share_counts(kept)
        made = [self._mention(draft) for draft in kept]
        two_sided = next((d for d in kept if d.action.reciprocal and d.sources and d.targets), None)
        if two_sided is not None:
            self.memory.sides = (*two_sided.sources, *two_sided.targets)
        self.reader.note_all()
        return made

    def _is_name(self, trigger: Trigger) -> bool:
        """'the National Liberation Army' liberates nothing: a word of a proper name is no trigger."""
        mention = self.reader.mention(trigger.i)
        return not trigger.verb and (
            self.reader.is_inside_place(trigger.i)
            or (
                mention is not None
                and mention.party.actor_id is not None
                and self.sentence.tokens[trigger.i].tag.startswith("NNP")
            )
        )

    def _reject(self, i: int, reason: str, rule: str) -> None:
        token = self.sentence.tokens[i]
        self.rejections.append(
            Rejection(stage="actions", reason=reason, start=token.start, end=token.end, text=token.text, rules=(rule,))
        )

    def _drafts(self, triggers: Sequence[Trigger]) -> list[Draft]:
        """One draft for each trigger word: the most specific of the entries whose needs are met."""
        by_word: dict[int, list[Draft]] = {}
        for trigger in triggers:
            draft = self._fill(trigger)
            if draft is not None:
                by_word.setdefault(trigger.i, []).append(draft)
        return [self._best(by_word[i]) for i in sorted(by_word)]

    def _best(self, drafts: list[Draft]) -> Draft:
        beaten = {loser for draft in drafts for loser in draft.trigger.entry.over}
        left = [d for d in drafts if d.trigger.entry.id not in beaten] or drafts
        best = min(left, key=lambda d: (-d.trigger.entry.weight, -len(d.sources) - len(d.targets), d.trigger.entry.id))
        for draft in drafts:
            if draft.action.id != best.action.id:
                self._reject(draft.i, f"{best.trigger.entry.id} is more specific", draft.trigger.entry.id)
            elif draft is not best:
                best.also.append(draft.trigger.entry.id)
        return best

    def _fill(self, trigger: Trigger) -> Draft | None:
        entry = trigger.entry
        action = self.parent.finder.actions[entry.action]
        heads = {role: role_heads(self.sentence, trigger, role) for role in ("source", "target")}
        sources = tuple(
            p for p in self._parties(heads["source"], trigger, ()) if p.traits or p.rules != ("parties/words",)
        )
        sides = {"source": sources, "target": self._parties(heads["target"], trigger, sources)}
        if action.reciprocal or any(slot == "between" for role in heads.values() for slot, _ in role):
            sides = _split_reciprocal(sides)
        for role, wanted in (("source", entry.needs.source), ("target", entry.needs.target)):
            if wanted and not self._meets(wanted, sides[role], heads[role]):
                self._reject(trigger.i, f"its {role} is not {' or '.join(wanted)}", entry.id)
                return None
        either = entry.needs.either
        if either and not any(self._meets(either, sides[role], heads[role]) for role in sides):
            self._reject(trigger.i, f"neither side is {' or '.join(either)}", entry.id)
            return None
        targets = tuple(p for p in sides["target"] if not any(p.start == s.start for s in sides["source"]))
        return Draft(
            trigger,
            action,
            sides["source"],
            targets,
            weapons=list(entry.weapon),
            counts=self._own_counts(action, sides["source"], targets),
        )

    def _parties(
        self, heads: Sequence[tuple[str, int]], trigger: Trigger, others: Sequence[Party]
    ) -> tuple[Party, ...]:
        """The parties of a role; a pronoun among them is none of the `others`, who fill the other role."""
        self.reader.not_meant = {party.key for party in others}
        found: list[Party] = []
        for slot, head in heads:
            if head in self._weapon_tokens and slot in ("subject", "by"):
                found += self._wielder(head)
                continue
            if head in self._weapon_tokens or (head in self._acts and self.reader.mention(head) is None):
                continue
            if slot in _ONLY_KNOWN:
                found += self.reader.parties(head) if self._is_known(head, slot) else ()
            elif self.reader.is_place(head) and self.reader.mention(head) is None:
                found += () if slot in _WHERE or slot in ("to", "from") else self._place_party(head)
            else:
                found += self.reader.parties(head, share=True)
        return tuple(found)

    def _is_known(self, head: int, slot: str) -> bool:
        """Is this modifier a party? 'Israeli attack' has one, 'military operation' and 'suicide attack' have none."""
        mention = self.reader.mention(head)
        if mention is None:
            return self.sentence.tokens[head].tag == "PRP$"
        return slot != "adjective" or mention.party.country is not None or mention.party.actor_id is not None

    def _wielder(self, head: int) -> tuple[Party, ...]:
        """Whose weapon it is: 'Israeli tanks', 'the rebels' mortars'."""
        for c in self.sentence.children(head):
            if self.sentence.tokens[c].dep in _ONLY_KNOWN and self.reader.mention(c) is not None:
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
        if "place" in wanted and any(self.reader.is_place(head) for _, head in heads):
            return True
        known = [p for p in parties if "parties/words" not in p.rules and "parties/place" not in p.rules]
        if "party" in wanted and known:
            return True
        return any(trait in wanted for party in parties for trait in party.traits)

    def _own_counts(self, action: Action, sources: Sequence[Party], targets: Sequence[Party]) -> list[Count]:
        """The numbers on the parties, in the action's terms: 'killed 12 soldiers' counts 12 killed."""
        found: list[Count] = []
        for what, parties in ((action.counts, targets), (action.source_counts, sources)):
            sizes = [self._size(party) for party in parties] if what else []
            found += [size.model_copy(update={"what": what}) for size in sizes if size is not None]
        return found

    def _size(self, party: Party) -> Count | None:
        """The number that stands on a party; one for a single person ("the murder of the mayor")."""
        if party.size is not None or "person" not in party.traits or "group" in party.traits:
            return party.size
        tags = [
            t.tag
            for t in self.sentence.tokens
            if party.start <= t.start < party.end and t.pos in ("NOUN", "PROPN", "ADP")
        ]
        core = tags[: tags.index("IN")] if "IN" in tags else tags
        if not core or any(tag not in ("NN", "NNP") for tag in core):
            return None
        return Count(
            start=party.start,
            end=party.end,
            text=party.text,
            what="quantity",
            who=party.text.lower(),
            low=1,
            best=1,
            high=1,
            rules=("counts/one-person",),
        )

    def _embed(self, drafts: list[Draft]) -> None:
        """Give speech acts the action they are about, and take it out of what is reported where they swallow it."""
        at = {draft.i: draft for draft in drafts}
        for draft in drafts:
            for _slot, j in embedded(self.sentence, draft.trigger):
                inner = next((at[k] for k in self._below(j) if k in at and at[k] is not draft), None)
                if inner is None:
                    continue
                draft.about = inner.action.id
                if draft.action.family in _SWALLOWS or draft.action.id in _SWALLOWING_ACTIONS:
                    inner.swallowed_by = draft.action.id
                if not draft.targets:
                    draft.targets = self._target_of_content(draft, inner)
                break
            if not draft.targets and (draft.action.speech or draft.action.family in _SWALLOWS):
                draft.targets = self._named_in_content(draft)

    def _target_of_content(self, draft: Draft, inner: Draft) -> tuple[Party, ...]:
        """'condemned the attack by X' is aimed at X; 'demanded the release of Y by X' too; else whom the act is on."""
        own = {party.start for party in draft.sources}
        for side in (inner.sources, inner.targets):
            found = tuple(p for p in side if p.start not in own and p.key not in {s.key for s in draft.sources})
            if found:
                return found
        return ()

    def _named_in_content(self, draft: Draft) -> tuple[Party, ...]:
        """'agreed to extend the mandate of the force in Lebanon': whom the content names, where nobody is addressed."""
        own = {party.key for party in draft.sources}
        for _slot, j in embedded(self.sentence, draft.trigger):
            for k in sorted(self._below(j)):
                mention = self.reader.mention(k)
                if mention is not None and mention.head == k and (mention.party.country or mention.party.actor_id):
                    party = self.reader.party(k)
                    if (
                        party is not None
                        and party.key not in own
                        and all(party.start != s.start for s in draft.sources)
                    ):
                        return (party,)
        return ()

    def _below(self, j: int) -> list[int]:
        """Token j and what hangs on it, nearest first, breadth first."""
        found, layer = [], [j]
        while layer and len(found) < 60:
            found += layer
            layer = [c for i in layer for c in self.sentence.children(i)]
        return found

    def _without_repeats(self, drafts: list[Draft]) -> list[Draft]:
        """'carried out an attack' is one attack, whichever word told it."""
        kept: list[Draft] = []
        for draft in drafts:
            twin = next((k for k in kept if k.action.id == draft.action.id and self._linked(k.i, draft.i)), None)
            if twin is None:
                kept.append(draft)
                continue
            if draft.trigger.verb and not twin.trigger.verb:
                twin.trigger = draft.trigger
            twin.also += [draft.trigger.entry.id, *draft.also]
            twin.sources, twin.targets = twin.sources or draft.sources, twin.targets or draft.targets
            twin.weapons += [w for w in draft.weapons if w not in twin.weapons]
            twin.counts += [c for c in draft.counts if all(c.start != known.start for known in twin.counts)]
        return kept

    def _linked(self, a: int, b: int) -> bool:
        """Does one of two triggers govern the other directly, as object or subject?"""
        return governor_verb(self.sentence, a) == b or governor_verb(self.sentence, b) == a

    def _share_weapons(self, drafts: Sequence[Draft]) -> None:
        """Each weapon in the sentence goes to the nearest physical act."""
        physical = [d for d in drafts if d.action.material] or [d for d in drafts if d.action.family != "statement"]
        for hit in self.weapon_hits:
            if physical:
                nearest = min(physical, key=lambda d: (self._distance(d.i, hit.last), d.i))
                nearest.weapons += [w for w in hit.values if w not in nearest.weapons]

    def _share_counts(self, drafts: Sequence[Draft]) -> None:
        """Counts that say themselves what they count ('left 5 dead') go to the nearest act that may have caused it."""
        claimed = [(c.start, c.end) for d in drafts for c in d.counts]
        able = [d for d in drafts if d.action.material or d.action.counts]
        for count in self.found.counts:
            if count.what == "quantity" or not able or any(s < count.end and count.start < e for s, e in claimed):
                continue
            middle = next((t.i for t in self.sentence.tokens if t.start >= count.start), 0)
            min(able, key=lambda d: (abs(d.i - middle), d.i)).counts.append(count)

    def _distance(self, a: int, b: int) -> int:
        """Steps between two tokens on the tree."""
        up = {i: n for n, i in enumerate([a, *self.sentence.ancestors(a)])}
        for n, i in enumerate([b, *self.sentence.ancestors(b)]):
            if i in up:
                return n + up[i]
        return len(self.sentence.tokens)

    def _mention(self, draft: Draft) -> EventMention:
        token = self.sentence.tokens[draft.i]
        entry = draft.trigger.entry
        status, status_rules = self.parent.status.status(self.sentence, draft.i, draft.trigger.light)
        attributed = self._attribution(draft)
        counts = tuple(c.model_copy(update={"attributed_to": attributed}) for c in draft.counts)
        return EventMention(
            action=draft.action.id,
            about=draft.about,
            trigger=Span(start=token.start, end=token.end, text=token.text),
            sentence=self.sentence.as_span(),
            sources=draft.sources,
            targets=draft.targets,
            place=circumstances.place_of(
                self.sentence, self.found.places, draft.i, draft.trigger.light, draft.sources, draft.targets
            ),
            date=self._date(draft, status),
            counts=counts,
            status=entry.status if entry.status and status == "actual" else status,
            attributed_to=attributed,
            weapons=tuple(draft.weapons),
            reciprocal=draft.action.reciprocal,
            asserted=circumstances.is_asserted(self.sentence, draft.trigger, self.parent.status),
            rules=(entry.id, *sorted(set(draft.also) - {entry.id}), *status_rules),
        )

    def _date(self, draft: Draft, status: str) -> EventDate:
        """The act's own date; else the story's day; else when it was told of, and at last the publication."""
        start = self.sentence.tokens[draft.i].start
        own = [d for d in self.found.dates if not self.parent.status.tells_when_said(self.sentence, d.start, draft.i)]
        chosen = self.parent.choose_date(start, self.sentence, own, self.document, self.reference)
        told = draft.action.speech or status not in ("actual", "ongoing")
        if chosen.basis == "text":
            if not told and chosen.precision == "day" and "event-date/offset" not in chosen.rules:
                self.memory.day = self.memory.day or chosen
            return chosen
        if (
            self.memory.day is not None
            and not told
            and circumstances.is_asserted(self.sentence, draft.trigger, self.parent.status)
        ):
            return self.memory.day.model_copy(update={"rules": (*self.memory.day.rules, "event-date/story-day")})
        return self.parent.choose_date(start, self.sentence, self.found.dates, self.document, self.reference)

    def _attribution(self, draft: Draft) -> Party | None:
        """Who says so; the speaker of a speech act is its source, not a witness to it."""
        head = self.parent.status.speaker(self.sentence, draft.i)
        if head is None:
            return None
        self.reader.not_meant = ()
        found = self.reader.parties(head)
        return (
            found[0] if found and all(found[0].start != s.start for s in draft.sources if draft.action.speech) else None
        )


def _split_reciprocal(sides: dict[str, tuple[Party, ...]]) -> dict[str, tuple[Party, ...]]:
    """'X and Y met', 'clashes between X and Y': the first on one side, the others on the other."""
    source, target = sides["source"], sides["target"]
    if {p.start for p in source} == {p.start for p in target}:
        target = ()
    if not target and len(source) > 1:
        return {"source": source[:1], "target": source[1:]}
    if not source and len(target) > 1:
        return {"source": target[:1], "target": target[1:]}
    return {"source": source, "target": target}
