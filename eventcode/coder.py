"""The coder: runs the path from article to records. The only file that knows all of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from eventcode import __version__, plugins
from eventcode.analyzers.base import Analyzer
from eventcode.article import Article, as_article
from eventcode.circumstances import told_when
from eventcode.collector import uncollected
from eventcode.dating import aged
from eventcode.document import Document, Sentence
from eventcode.drafts import ReadingTools, SentenceMentions
from eventcode.errors import InputError
from eventcode.event_mentions import EventMentionReader
from eventcode.events import fuse
from eventcode.explain import SentenceTrace, Trace
from eventcode.languages.base import Language, widened
from eventcode.lexicon import lineages
from eventcode.mentions.actions import ActionFinder
from eventcode.mentions.actors import ActorFinder, ActorMention
from eventcode.mentions.arms import ArmsFinder
from eventcode.mentions.casing import Caser
from eventcode.mentions.counted import Claims, with_parties
from eventcode.mentions.counts import CountFinder
from eventcode.mentions.dates import DateFinder
from eventcode.mentions.editing import Editing
from eventcode.mentions.headlines import hidden_verb, verb_behind
from eventcode.mentions.homes import at_home
from eventcode.mentions.order import OrderReader
from eventcode.mentions.places import PlaceFinder
from eventcode.mentions.prospects import Prospects
from eventcode.mentions.scenes import SceneReader
from eventcode.mentions.stage import settled, stage_of
from eventcode.mentions.status import StatusReader
from eventcode.mentions.weapons import WeaponFinder
from eventcode.neutral import (
    ActionMention,
    DateMention,
    Event,
    EventMention,
    Mentions,
    Party,
    Place,
    Rejection,
)
from eventcode.ontologies.base import Coding, Ontology, Reading
from eventcode.ontologies.facets import builtin_actions
from eventcode.ontologies.own_words import NO_WORDS, OwnWords
from eventcode.records import Record
from eventcode.referred import is_referred, referred_to
from eventcode.relation import RelationReader, RelationWords, UnaskedReader, check_spans, sentences_of
from eventcode.storyline import with_figures
from eventcode.text import readable
from eventcode.workers import Origin, one_by_one, pipe, stream

#: Articles read together by `pipe`: enough to fill the parser's batches, few enough to stay small in memory.
BATCH = 32
#: Sentences that the parser takes at once.
PARSE_BATCH = 64


@dataclass(frozen=True)
class Finders:
    """Everything that reads words of one language, built once and shared by the coders of all ontologies."""

    language: Language
    actions: ActionFinder
    actors: ActorFinder
    places: PlaceFinder
    dates: DateFinder
    counts: CountFinder
    claims: Claims
    reports: EventMentionReader
    relations: RelationWords
    prospects: Prospects
    families: Mapping[str, str]  # action id to its family
    kinds: Mapping[str, tuple[str, ...]]  # action id to itself and what it is a kind of


@dataclass
class _Read:
    """What was read of one article."""

    document: Document
    candidates: frozenset[int]
    actors: Mapping[int, Sequence[ActorMention]]
    mentions: Mentions
    reports: Sequence[EventMention]
    events: Sequence[Event]
    rejections: Sequence[Rejection]
    contents: Sequence[EventMention] = ()
    found: Mapping[int, SentenceMentions] = field(default_factory=dict)
    reference: date | None = None


class Coder:
    """Codes articles in one ontology. Made by `eventcode.load`; hold on to it, loading costs seconds.

    All methods are deterministic: the same text, rule sets and versions give the same records.
    """

    def __init__(self, ontology: Ontology, finders: Finders, analyzer: Analyzer) -> None:
        self.ontology, self.analyzer, self._finders = ontology, analyzer, finders
        self.origin: tuple[str, str, str | None, tuple[Any, ...]] | None = None
        self._coded = ontology.codable(finders.families, finders.kinds)
        self._caser = Caser(finders.language.folder, finders.actors, analyzer.is_word)
        self._editing = Editing(finders.language.folder)

    def code(self, article: Article | str, **fields: Any) -> list[Record]:
        """The records of an article (or of its text, with Article's other fields as keywords).

        Returns [] when nothing happened, never None. Raises InputError or ValidationError on what is no
        article, InputError also on an Article in another language than the coder's.
        """
        return next(self._codings([self._article(article, **fields)])).records

    def pipe(self, articles: Iterable[Any], *, n_process: int = 1, batch_size: int | None = None,
             as_tuples: bool = False) -> Iterator[Any]:
        """Records of a stream of articles, lazily and in order; one list for each article.

        articles: Articles or texts, or pairs of one and a context with `as_tuples` (then pairs come back).
        n_process: worker processes, each with models of its own. batch_size: articles read together; neither changes
        a record. An article that fails gives [] and a UserWarning that names it; the run goes on.
        """
        return pipe(self, self._again, articles, n_process, batch_size or BATCH, as_tuples)

    def stream(self, articles: Iterable[Article | str], *, n_process: int = 1, batch_size: int | None = None,
               ) -> Iterator[tuple[Article | str, list[Record], str | None]]:
        """As `pipe`, but each article with its records and None, or with [] and what went wrong with it."""
        pairs = ((article, article) for article in articles)
        return stream(self, self._again, pairs, n_process, batch_size or BATCH)

    @property
    def _again(self) -> Origin | None:
        return None if self.origin is None else (make_coder, self.origin)

    def code_batch(self, articles: Sequence[Article | str]) -> list[tuple[list[Record], str | None]]:
        """For each article its records and None, or [] and what went wrong."""
        with uncollected():
            try:
                return [(coding.records, None) for coding in self._codings([self._article(a) for a in articles])]
            except Exception:
                return one_by_one(self.code, articles)

    def events(self, article: Article | str, **fields: Any) -> list[Event]:
        """The neutral events of an article, before any ontology, with a report for every word that tells them."""
        read = self._read(self._article(article, **fields))
        unasked = self._coding(read).unasked if self.ontology.codes_relations else []
        return [event.worded() for event in (*read.events, *unasked)]

    def code_events(self, events: Sequence[Event], article: Article | str, **fields: Any) -> list[Record]:
        """The records of events that the caller has made or changed: merged by other rules, taken from mentions.

        Spans of the events are offsets into the article. Event ids must differ from each other.
        """
        own, document = [event.compact() for event in events], self._document(self._article(article, **fields))
        return self._coding(_Read(document, frozenset(), {}, Mentions(), (), own, ())).records

    def mentions(self, article: Article | str, **fields: Any) -> Mentions:
        """Parties, actions, places, dates and counts of the whole article, whether or not an event uses them."""
        document = self._document(self._article(article, **fields))
        self._parse([document])
        return self._read_document(document, everything=True).mentions

    def relation(self, text: Article | str, *, source: tuple[int, int], target: tuple[int, int], force: bool = True,
                 **fields: Any) -> Record | None:
        """What the party at `source` does to the one at `target` in this text (or Article): one record, or None.

        source, target: (start, end) in characters of the text, end exclusive. With `force` the best guess, also on weak
        evidence; without it None where grammar ties no act to both. None too where the ontology has no such code (ACLED
        codes no words). The record's provenance has a rule `relation/...` that says how the act was found.
        Raises InputError on a span that is empty or outside the text, and where both are the same.
        """
        article = self._article(text, **fields)
        check_spans(article.text, source, target)
        document = self._document(article)
        self._parse([document], sentences_of(document, source, target))
        self._mend(sentences_of(document, source, target), (source[1], target[1]))
        read, found = self._read_document(document, everything=True), self._finders
        by_sentence = _by_sentence(document, read.actors, read.mentions.places, read.mentions.dates, found)
        reference = found.dates.reference(document)
        reader = RelationReader(found.reports.tools, found.relations, document, by_sentence, reference)
        events = reader.events(source, target, read.reports, force)
        codes = (self.ontology.code_one(event, self._reading(replace(read, events=(event,)))) for event in events)
        return next((record for record in codes if record is not None), None)

    def trace(self, article: Article | str, **fields: Any) -> Trace:
        """Every stage's output, and every candidate that was rejected, with the reason."""
        read = self._read(self._article(article, **fields), everything=True)
        coding, document = self._coding(read), read.document
        sentences = tuple(SentenceTrace(s.start, s.end, s.words, s.index in read.candidates, s.parsed,
                                        tuple(s.tokens) if s.parsed else ()) for s in document.sentences)
        events = tuple(event.worded() for event in (*read.events, *coding.unasked))
        rejections = (*read.rejections, *coding.rejections)
        return Trace(document.article, self.ontology.name, sentences, read.mentions, tuple(read.reports), events,
                     tuple(coding.records), rejections, document.warnings, document.reading, tuple(read.contents))

    def _coding(self, read: _Read) -> Coding:
        told = [event for event in read.events if not is_referred(event)]
        coding = self.ontology.code(self._reading(replace(read, events=told))) if told else Coding()
        unasked = self._unasked(read, coding) if self.ontology.codes_relations else []
        if not unasked:
            return coding
        told = sorted([*told, *unasked], key=lambda event: event.reports[0].trigger.start)
        return replace(self.ontology.code(self._reading(replace(read, events=told))), unasked=unasked)

    def _unasked(self, read: _Read, coding: Coding) -> list[Event]:
        """What sentences without a record tell of two parties named in them, as far as this ontology codes it."""
        coded = {name for record in coding.records for name in record.meta.events}
        done = {report.sentence.start for event in read.events if event.id in coded for report in event.reports}
        found = self._finders
        left = [s for s in read.document.sentences if s.start not in done and s.index in read.found and s.parsed
                and found.actions.fitting(s)]  # the gate loses nothing
        reader = UnaskedReader(found.reports.tools, found.relations, read.document, read.found, read.reference)
        told = [self.ontology.as_coded(event, self._reading(read)) for event in map(reader.event, left)
                if event is not None]
        return [event.model_copy(update={"id": f"r{n}"}) for n, event in enumerate(filter(None, told), 1)]

    @property
    def versions(self) -> dict[str, str]:
        """Of the library, the language pack and the ontology with their content hashes, and of the analyzer's model."""
        return {**self._tools_versions, **self.ontology.versions}

    @property
    def _tools_versions(self) -> dict[str, str]:
        language = self._finders.language
        return {"eventcode": __version__, f"language {language.code}": language.hash, "analyzer": self.analyzer.version}

    def _reading(self, read: _Read) -> Reading:
        return Reading(read.document.article, tuple(read.events), read.mentions, self._finders.families,
                       self._finders.kinds, self._tools_versions)

    def _read(self, article: Article, everything: bool = False) -> _Read:
        document = self._document(article)
        self._parse([document])
        return self._read_document(document, everything)

    def _codings(self, articles: Sequence[Article]) -> Iterator[Coding]:
        """Of each article; one that words no act that this ontology codes is not even parsed."""
        documents = [self._document(article) for article in articles]
        self._parse([document for document in documents if self._may_have_records(document)])
        for document in documents:
            yield self._coding(self._read_document(document, coded=self._coded))

    def _may_have_records(self, document: Document) -> bool:
        """Are there words for an act that this ontology codes, and for such sides as it asks for? A no is certain."""
        return self._coded is None or self._finders.prospects.any_worded(document, self._coded)

    def _article(self, article: Article | str, **fields: Any) -> Article:
        """What was handed in as an Article; a plain text is in the coder's language, an Article must be."""
        code = self._finders.language.code
        made = as_article(article, **({"language": code, **fields} if isinstance(article, str) else fields))
        if made.language != code:
            name = made.id or "(no id)"
            raise InputError(f"article {name} is in language {made.language!r}, this coder reads {code!r}")
        return made

    def _document(self, article: Article) -> Document:
        language = self._finders.language
        reading, notes = readable(article.text)
        reading = self._caser.read(self._editing.blanked(reading))
        sentences = [Sentence(n, start, end, reading[start:end], self.analyzer.tokenize, words=article.text[start:end])
                     for n, (start, end) in enumerate(language.split(reading))]
        return Document(article, reading, sentences, notes)

    def _parse(self, documents: Sequence[Document], always: Sequence[Sentence] = ()) -> None:
        """Parse the sentences that pass the gate, of all documents together, and these `always`."""
        gate = self._finders.actions.is_candidate
        wanted = [s for document in documents for s in document.sentences if gate(s) or s in always]
        self._set_trees(wanted, [None] * len(wanted))
        found = [(s, hidden_verb(s, self._finders.actions.is_verb)) for s in wanted]
        self._set_mended(found)

    def _mend(self, sentences: Sequence[Sentence], ends: Collection[int]) -> None:
        """Parse again where the word behind a given party is the verb, though the parser took it for a noun."""
        deeds = self._finders.relations.deed_finder(self._finders.actions.actions)
        self._set_mended([(s, verb_behind(s, ends, lambda w: self._finders.actions.is_verb(w) or deeds.is_verb(w)))
                          for s in sentences])

    def _set_mended(self, found: Sequence[tuple[Sentence, int | None]]) -> None:
        headlines = [(s, verb) for s, verb in found if verb is not None]
        self._set_trees([s for s, _ in headlines], [verb for _, verb in headlines])

    def _set_trees(self, sentences: Sequence[Sentence], verbs: Sequence[int | None]) -> None:
        given = [(s.text, s.start, verb) for s, verb in zip(sentences, verbs, strict=True)]
        for sentence, tokens in zip(sentences, self.analyzer.parse(given, PARSE_BATCH), strict=True):
            sentence.set_parse(tokens)

    def _read_document(self, document: Document, everything: bool = False, coded: Collection[str] | None = None,
                       ) -> _Read:
        """With `coded`, nothing of a document that tells none of these actions."""
        candidates = frozenset(s.index for s in document.sentences if s.parsed)
        if not candidates and not everything:
            return _Read(document, candidates, {}, Mentions(), (), (), ())
        found = self._finders
        triggers = found.reports.triggers(document)
        taken = {index: fitting for index, (fitting, _) in triggers.items()}
        told = (trigger.entry.action for fitting in taken.values() for trigger in fitting)
        if not everything and not any(coded is None or action in coded for action in told):
            return _Read(document, candidates, {}, Mentions(), (), (), ())
        on = document.article.published
        seen: dict[str, Party] = {}  # persons named in full, for the sentences after
        actors: Mapping[int, Sequence[ActorMention]]
        actors = {s.index: found.actors.find(s, on, seen) for s in document.sentences}
        if coded is not None and not everything and not found.prospects.any(document, taken, actors, coded):
            return _Read(document, candidates, {}, Mentions(), (), (), ())
        named = [(m.party.start, m.party.end) for s in actors.values() for m in s if _hides_places(m.party)]
        dates = found.dates.find(document, named)
        places = found.places.find(document, named)
        actors = at_home(found.actors, document, actors, document.grouped(places), on)
        stage = stage_of(document, places, actors, found.reports.tools.scenes)
        places = settled(places, stage)
        by_sentence = _by_sentence(document, actors, places, dates, found)
        reference = told_when(document, dates, found.dates.reference(document))
        reports, contents, again, rejections = found.reports.read(document, triggers, by_sentence, reference)
        reports = [aged(report, reference) for report in reports]
        events, merged = fuse(reports, found.actions.actions, again, stage, contents)
        counts = tuple(c for s in document.sentences for c in by_sentence[s.index].counts)
        read = [by_sentence[s.index] for s in document.sentences]
        events = with_figures(events, [(c, r.places) for r in read if not _of_a_time(r.dates) for c in r.counts])
        events += referred_to(events, reports, contents, found.actions.actions, stage)
        mentions = Mentions(
            actors=tuple(p for s in document.sentences for m in actors[s.index] for p in (m.party, *m.names)),
            places=places, dates=dates,
            actions=tuple(ActionMention(**r.trigger.model_dump(), action=r.action, rules=r.rules) for r in reports),
            counts=counts)
        return _Read(document, candidates, actors, mentions, reports, events, [*rejections, *merged], contents,
                     by_sentence, reference)


def _hides_places(party: Party) -> bool:
    """Is nothing within this name a place? "Bank of England"; but the University of Dhaka is in Dhaka."""
    return party.actor_id is not None and "country" not in party.traits and party.sector != "EDU"


def _of_a_time(dates: Sequence[DateMention]) -> bool:
    """Does the sentence name a month or a year? "118 killings last year" are those of many acts."""
    return any(date.precision in ("month", "year") for date in dates)


def _by_sentence(document: Document, actors: Mapping[int, Sequence[ActorMention]], places: Sequence[Place],
                 dates: Sequence[DateMention], found: Finders) -> dict[int, SentenceMentions]:
    where, when = document.grouped(places), document.grouped(dates)
    return {s.index: SentenceMentions(actors[s.index], where.get(s.index, ()), when.get(s.index, ()),
                                      found.claims.told(with_parties(found.counts.find(s), actors[s.index], s),
                                                        actors[s.index], s))
            for s in document.sentences}


@cache
def _finders(language: str) -> Finders:
    return _make_finders(plugins.language(language), ())


@lru_cache(maxsize=8)
def _own_finders(language: str, ontology: Ontology) -> Finders:
    return _make_finders(plugins.language(language), (), ontology.own)


def _finders_of(ontology: Ontology, language: str, extra: Sequence[Any]) -> Finders:
    """The finders of a language, with the words that the ontology brings and the caller's actor tables."""
    if extra:
        return _make_finders(plugins.language(language), extra, ontology.own)
    return _own_finders(language, ontology) if ontology.own else _finders(language)


def _make_finders(pack: Language, extra: Sequence[Any], own: OwnWords = NO_WORDS) -> Finders:
    language = widened(pack, own.entries) if own.entries else pack
    actions = ActionFinder(language, {**builtin_actions(), **own.actions})
    dates, actors = DateFinder(language), ActorFinder(language, (*own.actors, *extra))
    tools = ReadingTools(actions, StatusReader(language), WeaponFinder(language), dates.chooser.choose,
                         OrderReader(language), SceneReader(language), ArmsFinder(language))
    return Finders(language, actions, actors, PlaceFinder(language), dates, CountFinder(language),
                   Claims(language.folder, tools.status), EventMentionReader(tools),
                   RelationWords(language, actions.actions), Prospects(actions, actors, tools.weapons, tools.arms),
                   {action.id: action.family for action in actions.actions.values()}, lineages(actions.actions))


def make_coder(name_or_path: str | Path | Ontology, language: str, analyzer: str | Analyzer | None,
               actors: Sequence[Any]) -> Coder:
    """What `eventcode.load` gives; its docstring tells the parameters."""
    ontology = name_or_path if isinstance(name_or_path, Ontology) else plugins.ontology(name_or_path)
    with uncollected():
        finders = _finders_of(ontology, language, actors)
    made = analyzer if analyzer is not None and not isinstance(analyzer, str) else plugins.analyzer(analyzer or "spacy")
    coder = Coder(ontology, finders, made)
    if (analyzer is None or isinstance(analyzer, str)) and not isinstance(name_or_path, Ontology):
        coder.origin = (str(name_or_path), language, analyzer, tuple(actors))
    return coder
