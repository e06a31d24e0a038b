"""Event mentions: for one sentence, each trigger with its parties, place, date, counts, status and attribution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from eventcode import circumstances
from eventcode.contents import CONTENT_OF, ContentReader
from eventcode.deaths import DeathReader
from eventcode.document import Document
from eventcode.drafts import Draft, ReadingTools, SentenceMentions
from eventcode.lexicon import Action, lineage
from eventcode.mentions.actions import Refusal, Trigger
from eventcode.mentions.counted import said_by
from eventcode.mentions.memory import Memory
from eventcode.mentions.readings import only_things
from eventcode.mentions.roles import company
from eventcode.mentions.slots import child, governor_verb, prepositional, verb_slot
from eventcode.mentions.telling import worded_status
from eventcode.mentions.topics import Topics
from eventcode.naming import HARM, TELLS_OF
from eventcode.neutral import Count, EventMention, Party, Rejection, Span, Status
from eventcode.sameness import same_action

_BEFALLS = HARM | {"displace"}  # what an act of force does to people
_MEANS = ("on", "as", "by", "in", "into", "under", "of", "with")  # what a verb's own act may stand under
_CAUSING = ("in", "from", "by", "during", "of", "after")
_PLEDGES = ("threat", "agreement")  # what is threatened or promised for a place concerns it


class EventMentionReader:
    """Reads the event mentions of a document's parsed sentences, in order."""

    def __init__(self, tools: ReadingTools) -> None:
        self.tools = tools
        self._topics = Topics(tools.finder.language.folder)
        self._deaths = DeathReader(tools.arms)

    def triggers(self, document: Document) -> dict[int, tuple[list[Trigger], list[Refusal]]]:
        """By index of each parsed sentence: the triggers on its tree, and the words that were refused."""
        found = {s.index: self.tools.finder.triggers(s) for s in document.sentences if s.parsed}
        return self._topics.sift(document, found)

    def read(
        self,
        document: Document,
        triggers: Mapping[int, tuple[list[Trigger], list[Refusal]]],
        found: Mapping[int, SentenceMentions],
        reference: date | None,
    ) -> tuple[list[EventMention], list[EventMention], list[EventMention], list[Rejection]]:
        """Event mentions of every parsed sentence; acts that another act is about ("accused of the murder of X"), which
        are no mentions of their own; bare nouns ("the attack") that may tell again what the text told before; and the
        triggers that were not taken, with the reason.
        """
        signs = self._deaths.signs(document, triggers, found)
        memory = Memory(armed=signs is not None)
        mentions: list[EventMention] = []
        contents: list[EventMention] = []
        again: list[EventMention] = []
        rejections: list[Rejection] = []
        for sentence in document.sentences:
            one = _SentenceReader(self.tools, document, sentence, found[sentence.index], memory, reference)
            mentions += one.event_mentions(*triggers.get(sentence.index, ([], [])))
            contents += one.contents
            again += one.again
            rejections += one.rejections
        return self._deaths.explained(mentions, signs, self.tools.finder.actions), contents, again, rejections


class _SentenceReader(ContentReader):
    """Makes the event mentions of one sentence from its drafts."""

    contents: Sequence[EventMention] = ()
    again: Sequence[EventMention] = ()

    def event_mentions(self, triggers: Sequence[Trigger], refused: Sequence[Refusal]) -> list[EventMention]:
        """The sentence's event mentions; its parties go to the memory either way."""
        triggers = [trigger for trigger in triggers if not self._is_name(trigger) and not self._is_made_up(trigger)]
        self._acts = {trigger.i for trigger in triggers if not trigger.verb}
        for refusal in refused:
            self._reject(refusal.i, refusal.reason, refusal.entry.id)
        if not triggers:
            self.again = self.namings()
            self.reader.note_all()
            self.note_scene_day()
            return []
        drafts = self._drafts(triggers)
        self._with_their_dead(drafts)
        self.embed(drafts)
        self.take_demands([draft for draft in drafts if not draft.unmet])
        bare = [draft for draft in drafts if draft.unmet]
        drafts = self._on_their_own([draft for draft in drafts if not draft.unmet])
        kept = self._without_repeats([d for d in drafts if not d.swallowed])
        for draft in drafts:
            if draft.swallowed:
                self._reject(draft.i, draft.swallowed, draft.trigger.entry.id)
        self._share_weapons(kept)
        self._share_counts(kept, [draft for draft in drafts if draft.swallowed])
        made = [self._mention(draft) for draft in kept]
        day = self.memory.day
        self.contents = [self._mention(draft) for draft in drafts if draft.swallowed.startswith(CONTENT_OF)]
        self.again = self._named_again(made, bare)
        self.memory.day = day
        if not made:
            self.note_scene_day()
        two_sided = next((d for d in kept if d.action.reciprocal and d.sources and d.targets), None)
        if two_sided is not None:
            self.memory.sides = (*two_sided.sources, *two_sided.targets)
        self.reader.note_all()
        self.memory.told.update(d.action.family for d, m in zip(kept, made, strict=True) if m.status == "actual")
        return made

    def _named_again(self, made: Sequence[EventMention], bare: Sequence[Draft]) -> list[EventMention]:
        """Nouns by which the sentence names known acts and that are no mentions of their own; what another act is
        about ("blamed for the massacre") among them."""
        drafted = [m for m in (self._mention(draft) for draft in bare if not draft.trigger.verb) if m.known]
        contents = [m.model_copy(update={"status": "actual"}) for m in self.contents if m.known and not m.asserted]
        found = {m.trigger.start: m for m in (*contents, *drafted)}
        taken = {m.trigger.start for m in made}
        for naming in self.namings():
            found.setdefault(naming.trigger.start, naming)
        return [found[start] for start in sorted(found) if start not in taken]

    def _is_made_up(self, trigger: Trigger) -> bool:
        made_up = self.tools.status.is_made_up(self.sentence, trigger.i)
        if made_up:
            self._reject(trigger.i, "told by a story or a lesson", trigger.entry.id)
        topic = not trigger.verb and trigger.light is None and self.tools.status.is_topic(self.sentence, trigger.i)
        if topic:
            self._reject(trigger.i, "only says what something is about", trigger.entry.id)
        return made_up or topic

    def _on_their_own(self, drafts: list[Draft]) -> list[Draft]:
        """'lifted the siege' besieges nobody: without the nouns by which another trigger words another action."""
        kept: list[Draft] = []
        for draft in drafts:
            owner = next((d for d in drafts if draft.i in company(self.sentence, d.trigger)), None)
            if owner is None or owner.about == draft.action.id or self._one_act(owner, draft) or (
                draft.action.material and owner.action.id in _BEFALLS
            ):
                kept.append(draft)
            else:
                owner.words.append(draft.i)
                self._reject(draft.i, f"part of the words of {owner.trigger.entry.id}", draft.trigger.entry.id)
        return kept

    def _one_act(self, one: Draft, other: Draft) -> bool:
        """May two triggers tell one act? An attack and its dead stay two, until events fuse."""
        if one.action.id == other.action.id:
            return True
        harm = {one.action.id, other.action.id} & HARM
        return not harm and same_action(one.action.id, other.action.id, self.tools.finder.actions)

    def _with_their_dead(self, drafts: list[Draft]) -> None:
        """'died in an attack': the dead tell of a bare noun that it is an act."""
        at = {draft.i: draft for draft in drafts if draft.unmet and draft.action.material}
        harms = [d for d in drafts if (d.action.id in HARM or d.trigger.entry.counts) and not d.unmet]
        for harm in harms:
            for cause in (at[j] for p in _CAUSING for j in prepositional(self.sentence, harm.i, p) if j in at):
                cause.unmet, cause.targets = "", cause.targets or harm.targets

    def _without_repeats(self, drafts: list[Draft]) -> list[Draft]:
        """'carried out an attack' is one attack, whichever word told it; the narrower action tells more."""
        kept: list[Draft] = []
        for draft in drafts:
            twin = next((k for k in kept if self._one_act(k, draft) and self._linked(k.i, draft.i)
                         and not self._are_two(k, draft)), None)
            if twin is None:
                kept.append(draft)
                continue
            twin.also += [twin.trigger.entry.id, draft.trigger.entry.id, *draft.also]
            twin.words += [twin.i, draft.i, *draft.words]
            if self._is_narrower(draft, twin):
                twin.action = draft.action
            if draft.trigger.verb and (not twin.trigger.verb or self._opens(twin.i, draft.i)):
                twin.trigger = draft.trigger
            twin.about = twin.about or draft.about
            twin.sources = twin.sources or draft.sources
            twin.targets = self._targets_of_both(twin, draft)
            twin.weapons += [w for w in draft.weapons if w not in twin.weapons]
            twin.counts += [c for c in draft.counts if all(c.start != known.start for known in twin.counts)]
        return kept

    def _targets_of_both(self, one: Draft, other: Draft) -> tuple[Party, ...]:
        """Whom two words for one act are aimed at: people before things, and both where two verbs of a crowd have
        each their own ('beat shopkeepers and stoned the police')."""
        if only_things(one.targets) or not other.targets:
            return other.targets or one.targets
        apart = one.action.id == "riot" and self.sentence.tokens[other.i].dep == "conjunct"
        known = {party.key for party in one.targets}
        return one.targets + tuple(p for p in other.targets if p.key not in known and not only_things((p,))) * apart

    def _is_narrower(self, one: Draft, other: Draft) -> bool:
        """Is the first a kind of the second, more than the bare attack that the second is, or the violence of a crowd
        that by the second only gathers?"""
        line, others = (lineage(draft.action.id, self.tools.finder.actions) for draft in (one, other))
        more = other.action.id == "attack" or ("riot" in line and "protest" in others)
        return one.action.id != other.action.id and (other.action.id in line or more)

    def _linked(self, a: int, b: int) -> bool:
        """Does one of two triggers govern the other directly: as object, subject or content ('forced to flee')?"""
        tokens = self.sentence.tokens
        if tokens[b].head == a and tokens[b].dep in ("infinitive", "clause", "participle_clause"):
            return True
        if self._opens(a, b):
            return True
        return any(one == self._governor(other) for one, other in ((a, b), (b, a)))

    def _opens(self, a: int, b: int) -> bool:
        """'[chanting] slogans, students [marched]': does a participle open the clause of the second verb?"""
        first = self.sentence.tokens[a]
        opens = first.head == b and first.dep == "adverbial_clause" and first.tag == "VBG" and a < b
        return opens and child(self.sentence, a, "subject") is None

    def _governor(self, i: int) -> int | None:
        """The verb that token i stands under as its object, subject or means: '[went] on strike', '[hit] by fire'."""
        token, preposition = self.sentence.tokens[i], self.sentence.tokens[self.sentence.tokens[i].head]
        if token.dep == "prep_object" and preposition.dep in ("prep", "agent") and preposition.lower in _MEANS:
            return preposition.head
        return governor_verb(self.sentence, i)

    def _are_two(self, one: Draft, other: Draft) -> bool:
        """'bombed and strafed the port' is one act, 'raided the port, shot two guards' are two; so are 'rebels shelled
        the port and the army fired back'."""
        verbs = one.trigger.verb and other.trigger.verb and self.sentence.tokens[other.i].dep == "conjunct"
        if verbs and child(self.sentence, other.i, "subject") is not None and one.sources and other.sources:
            return {party.key for party in one.sources}.isdisjoint(party.key for party in other.sources)
        objects = [verb_slot(self.sentence, d.i, "object") for d in (one, other)]
        return verbs and one.action.id != other.action.id and bool(objects[1]) and objects[0] != objects[1]

    def _share_weapons(self, drafts: Sequence[Draft]) -> None:
        """Each weapon in the sentence goes to the nearest physical act."""
        physical = [d for d in drafts if d.action.material] or [d for d in drafts if d.action.family != "statement"]
        for hit in self.weapon_hits:
            if physical:
                nearest = min(physical, key=lambda d: (self._distance(d.i, hit.last), d.i))
                nearest.weapons += [w for w in hit.values if w not in nearest.weapons]

    def _share_counts(self, drafts: Sequence[Draft], contents: Sequence[Draft]) -> None:
        """Counts that say themselves what they count ('left 5 dead') go to the nearest act that may have caused it, be
        it only what another act is about ('accused of 40 murders')."""
        claimed = [(c.start, c.end) for d in drafts for c in d.counts]
        physical = [d for d in drafts if d.action.material or d.action.counts]
        for count in self.found.counts:
            about = [d for d in contents if d.action.counts == count.what]
            able = [d for d in (*physical, *about) if d.action.counts in (None, count.what)] or physical
            able = [d for d in able if not _is_doer(count, d)]
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

    def _further_words(self, draft: Draft) -> list[int]:
        """The tokens beside the trigger's that tell the act too: its light verb and company, and words joined to it."""
        light = [draft.trigger.light] if draft.trigger.light is not None else []
        tokens, nouns = self.sentence.tokens, self.tools.finder.nouns
        beside = [i for i in company(self.sentence, draft.trigger) if tokens[i].lower in nouns]
        return sorted(i for i in {*draft.words, *light, *beside} if i != draft.i)

    def _words_at(self, i: int) -> Span:
        token = self.sentence.tokens[i]
        return Span(start=token.start, end=token.end, text=self.sentence.quote(token.start, token.end))

    def _mention(self, draft: Draft) -> EventMention:
        entry = draft.trigger.entry
        tie = self.tools.order.tie(self.sentence, draft.i, draft.trigger.verb or draft.trigger.light is not None)
        naming = self.naming_rules(draft, tie.known)
        status, status_rules = self.tools.status.status(self.sentence, draft.i, draft.trigger.light)
        speaker = self.tools.status.speaker(self.sentence, draft.i)
        attributed = self._attribution(draft, speaker)
        counts = tuple(said_by(self.tools.order.of_whom(self.sentence, count), attributed) for count in draft.counts)
        return EventMention(
            action=draft.action.id,
            about=draft.about,
            trigger=self._words_at(draft.i),
            words=tuple(map(self._words_at, self._further_words(draft))),
            sentence=self.sentence.as_span(),
            sources=draft.sources or self._those_who_say(draft, attributed),
            targets=draft.targets,
            place=circumstances.place_of(
                self.sentence, self.found.places, draft.i, draft.trigger.light, draft.sources, draft.targets,
                self.tools.scenes,
                voiced=self._is_voiced(draft.action),
                speaker=speaker,
            ),
            date=self.date_of(draft, status),
            counts=counts,
            status=self._told_by(draft, status, status_rules),
            attributed_to=attributed,
            weapons=tuple(draft.weapons),
            reciprocal=draft.action.reciprocal or draft.joint,
            asserted=circumstances.is_asserted(self.sentence, draft.trigger, self.tools.status),
            known=tie.known or TELLS_OF in naming or self.is_named(draft),
            another=tie.another,
            order=tie.order,
            rules=(entry.id, *sorted(set(draft.also) - {entry.id}), *status_rules, *naming),
        )

    def _told_by(self, draft: Draft, cued: Status, cues: Sequence[str]) -> Status:
        """To be considering something is to consider it: a thought that is told has been had. People who have been
        killed since some day are a toll of many acts, told as background."""
        if cued == "ongoing" and draft.action.id == "consider":
            return "actual"
        if cued == "ongoing" and draft.action.id in HARM and not self.tools.status.spans.isdisjoint(cues):
            return "actual" if any(self.is_recent(d) for d in self.found.dates) else "historical"
        return worded_status(draft.trigger.entry.status, cued)

    @staticmethod
    def _those_who_say(draft: Draft, speaker: Party | None) -> tuple[Party, ...]:
        """'nine men were held, police said': police tell of arrests of their own."""
        own = draft.action.id == "arrest" and speaker is not None and "police" in speaker.traits
        return (speaker.model_copy(update={"rules": (*speaker.rules, "parties/tells-of-own-arrest")}),) \
            if own and speaker is not None and all(speaker.key != p.key for p in draft.targets) else ()

    @staticmethod
    def _is_voiced(action: Action) -> bool:
        """Is this a protest or a statement, with a topic that has a place of its own?"""
        return action.family == "protest" or (action.speech and action.family not in _PLEDGES)

    def _attribution(self, draft: Draft, speaker: int | None) -> Party | None:
        """Who says so; the speaker of a speech act is its source, not a witness to it."""
        if speaker is None:
            return None
        self.reader.not_meant = ()
        found = self.reader.parties(speaker)
        return (
            found[0] if found and not (draft.action.speech and any(_same(found[0], s) for s in draft.sources)) else None
        )


def _is_doer(count: Count, draft: Draft) -> bool:
    """'a gunman killed the mayor': is who is counted as hurt the one who hurt others? A bare number never is."""
    doers = [party for party in draft.sources if not party.text[:1].isdigit()]
    return count.what == (draft.action.counts or ("killed" if draft.action.id == "shoot" else "")) and any(
        p.start < count.end and count.start < p.end for p in doers)


def _same(speaker: Party, source: Party) -> bool:
    """Is the source of a speech act its speaker, by these words or by "I" and "we"?"""
    return speaker.start in (source.start, source.refers_to.start if source.refers_to else source.start)
