"""What one given party does to another in a text: which of the text's acts ties the two spans, read as one event.

The setting of relation-classification benchmarks. The parties are the caller's, so nothing is asked of them; the act is
looked for from the strongest tie to the weakest, and the event mention's rules say which tie it was (`TIES`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from eventcode.document import Document, Sentence
from eventcode.errors import InputError
from eventcode.event_mentions import EventMentionReader, SentenceMentions
from eventcode.lexicon import Action
from eventcode.mentions.actions import Trigger, embedded, role_heads
from eventcode.mentions.parties import Memory, PartyReader
from eventcode.mentions.slots import governor_verb, is_verb, logical_subject
from eventcode.neutral import Event, EventMention, Party, Span

#: How an act was found to tie the two parties, strongest first.
TIES = ("relation/tree", "relation/path", "relation/governor", "relation/nearest", "relation/unmet-needs",
        "relation/words")
#: Dependencies that lead out of a noun phrase into a clause of its own.
_CLAUSES = frozenset({"relative", "adverbial_clause", "clause", "parataxis", "participle_clause"})
#: Speech that only carries what it reports.
_CARRIERS = frozenset({"statement"})


@dataclass(frozen=True)
class Given:
    """One of the two parties: its words, the token that heads them, and who the actor tables say it is."""

    sentence: Sentence
    tokens: frozenset[int]
    head: int
    party: Party


@dataclass(frozen=True)
class Candidate:
    """A trigger that may be the act: how well each side holds its party (0 not at all, 3 in the very words)."""

    sentence: Sentence
    trigger: Trigger
    action: Action
    source: int
    target: int
    about: str | None
    carried: bool  # the content of another candidate that holds the same source
    tie: int  # index in TIES

    @property
    def i(self) -> int:
        return self.trigger.i


def check_spans(text: str, source: tuple[int, int], target: tuple[int, int]) -> None:
    """InputError where a span lies outside the text, is empty or blank, or both are the same."""
    for name, (start, end) in (("source", source), ("target", target)):
        if not 0 <= start < end <= len(text):
            raise InputError(f"{name}=({start}, {end}) is not a span of this text of {len(text)} characters")
        if not text[start:end].strip():
            raise InputError(f"{name}=({start}, {end}) holds no words")
    if source == target:
        raise InputError(f"source and target are the same span {source}")


def sentences_of(document: Document, *spans: tuple[int, int]) -> list[Sentence]:
    """The sentences that these spans touch, in order."""
    return [s for s in document.sentences if any(s.start < end and start < s.end for start, end in spans)]


class RelationReader:
    """Reads the relation of two given parties in a document whose sentences have been parsed and searched."""

    def __init__(self, reports: EventMentionReader, document: Document, found: Mapping[int, SentenceMentions],
                 reference: date | None) -> None:
        self._reports, self._document, self._found, self._reference = reports, document, found, reference
        self._readers = self._party_readers()

    def _party_readers(self) -> dict[int, PartyReader]:
        """One for each sentence; each knows the parties of the sentences before it."""
        memory, readers = Memory(), {}
        for sentence in self._document.sentences:
            found = self._found[sentence.index]
            reader = PartyReader(self._document, sentence, found.actors, found.counts, found.dates, found.places, memory)
            reader.note_all()
            readers[sentence.index] = reader
        return readers

    def event(self, source: tuple[int, int], target: tuple[int, int], mentions: Sequence[EventMention],
              force: bool = True) -> Event | None:
        """The act that ties the two spans as an event of these two parties, or None.

        `mentions` are the document's event mentions as usually read: one of the same act lends its place, date and
        counts. Without `force` only an act that grammar ties to both parties counts.
        """
        one, two = self.given(*source), self.given(*target)
        candidates = self.candidates(one, two)
        if not force:
            candidates = [c for c in candidates if c.tie <= TIES.index("relation/path")]
        if not candidates:
            return None
        return self._event(min(candidates, key=lambda c: _rank(c, one, two)), one, two, mentions)

    def given(self, start: int, end: int) -> Given:
        """The party that the words from start to end name."""
        touched = sentences_of(self._document, (start, end))
        if not touched:
            raise InputError(f"no sentence holds the span ({start}, {end})")
        sentence = touched[0]
        tokens = [t.i for t in sentence.tokens if t.start < end and start < t.end]
        if not tokens:
            raise InputError(f"the span ({start}, {end}) holds no words")
        inside = frozenset(tokens)
        outward = [i for i in tokens if sentence.tokens[i].head not in inside or sentence.tokens[i].head == i]
        named = [i for i in outward if sentence.tokens[i].pos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM")]
        head = (named or outward or tokens)[0]
        return Given(sentence, inside, head, self._party(sentence, tokens, head, start, end))

    def _party(self, sentence: Sentence, tokens: Sequence[int], head: int, start: int, end: int) -> Party:
        """Who the words are: the actor mention on their head, or any in them; a place's state; else words only."""
        reader = self._readers[sentence.index]
        text = self._document.words(start, end)
        inside = next((m for i in (head, *tokens) if (m := reader.mention(i)) is not None), None)
        known = inside.party if inside is not None else reader.party(head, share=True)
        if known is not None and "parties/words" not in known.rules:
            return known.model_copy(update={"start": start, "end": end, "text": text,
                                            "rules": (*known.rules, "relation/given")})
        place = next((p for p in self._found[sentence.index].places
                      if p.start is not None and p.end is not None and p.start < end and start < p.end and p.country), None)
        if place is not None:
            return Party(start=start, end=end, text=text, country=place.country, rules=("parties/place", "relation/given"))
        return Party(start=start, end=end, text=text, rules=("relation/given",))

    def candidates(self, one: Given, two: Given) -> list[Candidate]:
        """Every act told in the sentences of the two parties, with its tie to them."""
        found: list[Candidate] = []
        for sentence in sentences_of(self._document, (one.party.start, one.party.end), (two.party.start, two.party.end)):
            triggers = [t for t in self._reports.finder.triggers(sentence)[0] if not self._is_name(sentence, t)]
            scene = _Scene(sentence, self._readers[sentence.index], self._reports.finder.actions, one, two)
            found += scene.candidates(triggers)
        return found

    def _is_name(self, sentence: Sentence, trigger: Trigger) -> bool:
        """A word of a proper name ("the National Liberation Army") is no trigger."""
        reader = self._readers[sentence.index]
        mention = reader.mention(trigger.i)
        return not trigger.verb and (reader.is_inside_place(trigger.i) or mention is not None
                                     and mention.party.actor_id is not None
                                     and sentence.tokens[trigger.i].tag.startswith("NNP"))

    def _event(self, chosen: Candidate, one: Given, two: Given, mentions: Sequence[EventMention]) -> Event:
        sentence, trigger = chosen.sentence, chosen.trigger
        token = sentence.tokens[trigger.i]
        twin = next((m for m in mentions if m.trigger.start == token.start and m.action == chosen.action.id), None)
        status, status_rules = self._reports.status.status(sentence, trigger.i, trigger.light)
        status = trigger.entry.status if trigger.entry.status and status == "actual" else status
        dates = self._found[sentence.index].dates
        when = twin.date if twin else self._reports.choose_date(token.start, sentence, dates, self._document, self._reference)
        report = EventMention(
            action=chosen.action.id, about=chosen.about, sources=(one.party,), targets=(two.party,), status=status,
            trigger=Span(start=token.start, end=token.end, text=token.text), sentence=sentence.as_span(),
            place=twin.place if twin else None, date=when, counts=twin.counts if twin else (),
            attributed_to=twin.attributed_to if twin else None,
            weapons=twin.weapons if twin else trigger.entry.weapon, reciprocal=chosen.action.reciprocal,
            rules=(trigger.entry.id, *status_rules, TIES[chosen.tie]))
        return Event(id="e1", action=report.action, about=report.about, sources=report.sources, targets=report.targets,
                     place=report.place, date=report.date, counts=report.counts, status=report.status,
                     attributed_to=report.attributed_to, weapons=report.weapons, reciprocal=report.reciprocal,
                     reports=(report,))


def _rank(c: Candidate, one: Given, two: Given) -> tuple[object, ...]:
    """Strongest tie first; then what is said rather than that it is said, what both sides hold, what stands near."""
    inside = (c.sentence is one.sentence and c.i in one.tokens) or (c.sentence is two.sentence and c.i in two.tokens)
    middle = [g.head for g in (one, two) if g.sentence is c.sentence]
    return (inside, c.tie, c.carried, c.action.family in _CARRIERS and c.about is None, -(c.source + c.target),
            -c.trigger.entry.weight, sum(abs(c.i - m) for m in middle), c.i, c.trigger.entry.id)


class _Scene:
    """One sentence and the two parties, of which at least one is named in it."""

    def __init__(self, sentence: Sentence, reader: PartyReader, actions: Mapping[str, Action], one: Given, two: Given) -> None:
        self.sentence, self.reader, self.actions = sentence, reader, actions
        self.source = one if one.sentence is sentence else None
        self.target = two if two.sentence is sentence else None
        self.path = self._between()
        self.above = list(sentence.ancestors(one.head)) if self.source else []

    def _between(self) -> frozenset[int]:
        """The tokens on the tree's path from one party to the other; none where only one is here."""
        if self.source is None or self.target is None:
            return frozenset()
        up = [self.source.head, *self.sentence.ancestors(self.source.head)]
        down = [self.target.head, *self.sentence.ancestors(self.target.head)]
        top = next((i for i in up if i in down), None)
        if top is None:
            return frozenset()
        return frozenset([*up[:up.index(top) + 1], *down[:down.index(top) + 1]])

    def candidates(self, triggers: Sequence[Trigger]) -> list[Candidate]:
        """One for each trigger word: of the entries whose needs are met the most specific."""
        by_word: dict[int, list[Trigger]] = {}
        for trigger in triggers:
            by_word.setdefault(trigger.i, []).append(trigger)
        made = [self._candidate(self._best(fitting), by_word) for fitting in by_word.values()]
        holders = [c for c in made if c.source and c.about is not None and c.action.family not in _CARRIERS]
        inner = {j for c in holders for _, k in embedded(self.sentence, c.trigger) for j in self.sentence.subtree(k)
                 if j != c.i}
        return [c if c.i not in inner else _as_carried(c) for c in made]

    def _best(self, fitting: list[Trigger]) -> Trigger:
        able = [t for t in fitting if self._meets(t)] or fitting
        beaten = {loser for t in able for loser in t.entry.over}
        left = [t for t in able if t.entry.id not in beaten] or able
        return min(left, key=lambda t: (-t.entry.weight, -sum(self._hold(t)), t.entry.id))

    def _candidate(self, trigger: Trigger, by_word: Mapping[int, Sequence[Trigger]]) -> Candidate:
        source, target = self._hold(trigger)
        action = self.actions[trigger.entry.action]
        return Candidate(self.sentence, trigger, action, source, target, self._about(trigger, by_word), False,
                         self._tie(trigger, source, target))

    def _tie(self, trigger: Trigger, source: int, target: int) -> int:
        if not self._meets(trigger):
            return TIES.index("relation/unmet-needs")
        if source and target:
            return TIES.index("relation/tree")
        spots = {trigger.i} if trigger.light is None else {trigger.i, trigger.light}
        if spots & self.path:
            return TIES.index("relation/path")
        return TIES.index("relation/governor" if source or spots.intersection(self.above[:2]) else "relation/nearest")

    def _about(self, trigger: Trigger, by_word: Mapping[int, Sequence[Trigger]]) -> str | None:
        """The action of the first trigger in the content of this one."""
        for _slot, j in embedded(self.sentence, trigger):
            layer = [j]
            while layer:
                inner = next((k for k in layer if k in by_word and k != trigger.i), None)
                if inner is not None:
                    return self._best(list(by_word[inner])).entry.action
                layer = [c for i in layer for c in self.sentence.children(i)]
        return None

    def _hold(self, trigger: Trigger) -> tuple[int, int]:
        """How well the trigger's source side holds the source, and its target side (or content) the target."""
        heads = {role: [j for _, j in role_heads(self.sentence, trigger, role)] for role in ("source", "target")}
        both = [*heads["source"], *heads["target"]]
        action = self.actions[trigger.entry.action]
        if action.reciprocal:
            heads = {"source": both, "target": both}
        source = self._held(self.source, heads["source"]) or self._by_governor(trigger)
        target = self._held(self.target, heads["target"]) or self._in_content(trigger, heads["source"])
        return source, target

    def _held(self, given: Given | None, heads: Sequence[int]) -> int:
        """3: a role's head is the party's own word; 2: in its noun phrase; 1: in a clause under it; else 0."""
        if given is None:
            return 0
        best = 0
        for head in heads:
            if head in given.tokens:
                return 3
            steps = _climb(self.sentence, given.head, head)
            if steps is not None:
                best = max(best, 1 if _CLAUSES.intersection(self.sentence.tokens[i].dep for i in steps) else 2)
        return best

    def _by_governor(self, trigger: Trigger) -> int:
        """'[X] renewed talks': the subject of the verb whose object the noun is acts in what the noun names."""
        if trigger.verb or self.source is None:
            return 0
        verb = trigger.light if trigger.light is not None else governor_verb(self.sentence, trigger.i)
        if verb is None:
            return 0
        subject = logical_subject(self.sentence, verb)
        return 1 if subject is not None and self._held(self.source, [subject]) >= 2 else 0

    def _in_content(self, trigger: Trigger, sources: Sequence[int]) -> int:
        """1 where the target stands anywhere under the trigger, outside of its source."""
        if self.target is None or self._held(self.target, sources) >= 2:
            return 0
        roots = [trigger.i] if trigger.light is None else [trigger.i, trigger.light]
        return 1 if any(_climb(self.sentence, self.target.head, root) is not None for root in roots) else 0

    def _meets(self, trigger: Trigger) -> bool:
        """Do the words and the given parties meet what the entry asks of its sides?"""
        needs = trigger.entry.needs
        sides = {"source": needs.source, "target": needs.target}
        if any(wanted and not self._side_meets(trigger, role, wanted) for role, wanted in sides.items()):
            return False
        return not needs.either or any(self._side_meets(trigger, role, needs.either) for role in sides)

    def _side_meets(self, trigger: Trigger, role: str, wanted: Sequence[str]) -> bool:
        heads = [j for _, j in role_heads(self.sentence, trigger, role)]
        given = self.source if role == "source" else self.target
        if "place" in wanted and any(self.reader.is_place(j) for j in heads):
            return True
        here = given is not None and self._held(given, heads) >= 2
        if here and given is not None and ("party" in wanted or not given.party.traits):
            return True
        parties = [p for j in heads for p in self.reader.parties(j, share=True)]
        parties += [given.party] if here and given is not None else []
        if "party" in wanted and any("parties/words" not in p.rules for p in parties):
            return True
        return any(trait in wanted for p in parties for trait in p.traits)


def _climb(sentence: Sentence, i: int, root: int) -> list[int] | None:
    """The tokens from i up to, but without, root; None where root does not stand above i."""
    steps = [i]
    for above in sentence.ancestors(i):
        if above == root:
            return steps
        steps.append(above)
    return None


def _as_carried(c: Candidate) -> Candidate:
    return Candidate(c.sentence, c.trigger, c.action, c.source, c.target, c.about, True, c.tie)
