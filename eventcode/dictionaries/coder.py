"""A coder made of a researcher's old dictionaries, with the surface of `eventcode.Coder`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from eventcode import __version__
from eventcode.analyzers.base import Analyzer
from eventcode.article import Article, as_article
from eventcode.dictionaries.coding import SentenceCoder, SentenceCoding
from eventcode.dictionaries.lists import Listed
from eventcode.dictionaries.reading import Dictionary
from eventcode.dictionaries.record import DictionaryRecord, make_record
from eventcode.dictionaries.rescue import mistaken_verb
from eventcode.document import Document, Sentence
from eventcode.errors import InputError
from eventcode.languages.base import Language
from eventcode.records import RecordMeta
from eventcode.rules import content_hash
from eventcode.text import readable
from eventcode.workers import batches, one_by_one, pipe

#: Articles read together by `pipe`, and sentences that the parser takes at once.
BATCH, PARSE_BATCH = 32, 64


@dataclass(frozen=True, slots=True)
class SentenceReport:
    """What became of one sentence: the verbs looked at with their outcome, or why it was not looked at."""

    start: int
    end: int
    text: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        head = f"[{self.start}:{self.end}] {' '.join(self.text.split())}"
        return "\n".join([head, *(f"    {line}" for line in self.lines)])


@dataclass(frozen=True, slots=True)
class DictionaryTrace:
    """What a dictionary coder made of an article, sentence by sentence; `str()` of it is for people."""

    article: Article
    sentences: tuple[SentenceReport, ...]
    records: tuple[DictionaryRecord, ...]
    warnings: tuple[str, ...] = ()

    def __str__(self) -> str:
        head = f"article {self.article.id or '(no id)'}: {len(self.records)} dictionary records"
        return "\n".join([head, *(f"! {w}" for w in self.warnings), *map(str, self.sentences)])


@dataclass
class _Read:
    """One article as coded: per sentence its coding, or the reason for none."""

    document: Document
    codings: dict[int, SentenceCoding] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    issues: dict[int, list[Listed]] = field(default_factory=dict)


class DictionaryCoder:
    """Codes articles with dictionaries. Made by `eventcode.dictionaries.load`; hold on to it.

    `findings`: what of the files could not be honoured; `counts`: entries of each kind. All methods are deterministic.
    """

    def __init__(self, coder: SentenceCoder, dictionary: Dictionary, language: Language, analyzer: Analyzer) -> None:
        self.sentences, self.discards, self.issues = coder, dictionary.discards, dictionary.issues
        self.language, self.analyzer = language, analyzer
        self.findings = dictionary.findings
        self.origin: dict[str, Any] | None = None
        self.counts = dictionary.counts()
        self.versions = {"eventcode": __version__, "analyzer": analyzer.version,
                         "dictionaries": content_hash(dictionary.files)}

    def code(self, article: Article | str, **fields: Any) -> list[DictionaryRecord]:
        """The records of an article (or of its text, with Article's other fields as keywords); [] for none.

        Raises InputError or ValidationError on what is no article, or in another language than the coder's.
        """
        return self._records(next(self._read([self._article(article, **fields)])))

    def pipe(self, articles: Iterable[Any], *, n_process: int = 1, batch_size: int | None = None,
             as_tuples: bool = False) -> Iterator[Any]:
        """Records of a stream of articles, lazily and in order; pairs of (article, context) with `as_tuples`.

        n_process: worker processes, each with dictionaries of its own. An article that fails gives [] and a
        UserWarning that names it; the run goes on.
        """
        from eventcode.dictionaries.loading import load_again

        origin = None if self.origin is None else (load_again, (self.origin,))
        return pipe(self, origin, articles, n_process, batch_size or BATCH, as_tuples)

    def code_batch(self, articles: Sequence[Article | str]) -> list[tuple[list[DictionaryRecord], str | None]]:
        """For each article its records and None, or [] and what went wrong."""
        try:
            return [(self._records(read), None) for read in self._read([self._article(a) for a in articles])]
        except Exception:
            return one_by_one(self.code, articles)

    def trace(self, article: Article | str, **fields: Any) -> DictionaryTrace:
        """Every verb that was looked at and what came of it, sentence by sentence."""
        read = next(self._read([self._article(article, **fields)]))
        reports = tuple(SentenceReport(s.start, s.end, s.words, tuple(_lines(read, s)))
                        for s in read.document.sentences)
        return DictionaryTrace(read.document.article, reports, tuple(self._records(read)), read.document.warnings)

    def parsed(self, articles: Iterable[Article | str]) -> Iterator[Sentence]:
        """The sentences that would be coded, parsed: `sentences.code(sentence, day)` codes one of them."""
        for batch in batches(articles, BATCH):
            reads = [_Read(self._document(self._article(article))) for article in batch]
            wanted = [sentence for read in reads for sentence in self._wanted(read)]
            self._parse(wanted)
            yield from wanted

    def _article(self, article: Article | str, **fields: Any) -> Article:
        code = self.language.code
        made = as_article(article, **({"language": code, **fields} if isinstance(article, str) else fields))
        if made.language != code:
            raise InputError(f"article {made.id or '(no id)'} is in language {made.language!r}, "
                             f"this coder reads {code!r}")
        return made

    def _read(self, articles: Sequence[Article]) -> Iterator[_Read]:
        reads = [_Read(self._document(article)) for article in articles]
        wanted = [(read, s) for read in reads for s in self._wanted(read)]
        self._parse([s for _, s in wanted])
        for read in reads:
            self._code(read, [s for other, s in wanted if other is read])
            yield read

    def _parse(self, sentences: Sequence[Sentence]) -> None:
        """Set the trees; a main verb that the parser took for a noun is read again as a verb."""
        self._set_trees(sentences, [None] * len(sentences))
        found = [(s, mistaken_verb(s, self.sentences.is_form)) for s in sentences]
        again = [(s, verb) for s, verb in found if verb is not None]
        self._set_trees([s for s, _ in again], [verb for _, verb in again])

    def _set_trees(self, sentences: Sequence[Sentence], verbs: Sequence[int | None]) -> None:
        given = [(s.text, s.start, verb) for s, verb in zip(sentences, verbs, strict=True)]
        for sentence, tokens in zip(sentences, self.analyzer.parse(given, PARSE_BATCH), strict=True):
            sentence.set_parse(tokens)

    def _document(self, article: Article) -> Document:
        reading, notes = readable(article.text)
        sentences = [Sentence(n, start, end, self.sentences.actors.in_plain_case(reading[start:end]),
                              self.analyzer.tokenize, words=article.text[start:end])
                     for n, (start, end) in enumerate(self.language.split(reading))]
        return Document(article, reading, sentences, notes)

    def _wanted(self, read: _Read) -> list[Sentence]:
        """The sentences to parse: those with a verb of the dictionary that no discard phrase drops."""
        wanted: list[Sentence] = []
        for sentence in read.document.sentences:
            discard = next(self.discards.find(sentence.text), None) if self.discards.entries else None
            if discard is not None:
                read.reasons[sentence.index] = f"discarded: {discard.phrase} ({discard.place})"
                if discard.scope == "article":
                    read.reasons = dict.fromkeys((s.index for s in read.document.sentences),
                                                 f"article discarded: {discard.phrase} ({discard.place})")
                    return []
            elif self.sentences.is_candidate(sentence.text):
                wanted.append(sentence)
            else:
                read.reasons[sentence.index] = "no verb of the dictionary"
        return wanted

    def _code(self, read: _Read, wanted: Sequence[Sentence]) -> None:
        day = read.document.article.published
        for sentence in wanted:
            coding = self.sentences.code(sentence, day)
            read.codings[sentence.index] = coding
            if coding.discarded:
                read.reasons[sentence.index] = f"discarded: {coding.discarded}"
        if self.issues.entries and any(coding.events for coding in read.codings.values()):
            read.issues = self._issues(read.document)

    def _issues(self, document: Document) -> dict[int, list[Listed]]:
        found = {s.index: list(self.issues.find(s.text)) for s in document.sentences}
        if any(issue.scope == "article" for issues in found.values() for issue in issues):
            return {}
        return {index: issues for index, issues in found.items() if not any(issue.scope for issue in issues)}

    def _records(self, read: _Read) -> list[DictionaryRecord]:
        article = read.document.article
        meta = RecordMeta(article_id=article.id, ontology=DictionaryRecord.ontology, versions=self.versions)
        return [make_record(event, coding.text, read.issues.get(index, ()), article.published, meta)
                for index, coding in sorted(read.codings.items()) for event in coding.events]


def _lines(read: _Read, sentence: Sentence) -> Iterator[str]:
    if sentence.index in read.reasons:
        yield f"not coded: {read.reasons[sentence.index]}"
    coding = read.codings.get(sentence.index)
    if coding is None:
        return
    for look in coding.looked:
        words = " ".join(coding.text.words[i].lower() for i in sorted(set(look.words)))
        yield f"{words}: {look.outcome}" + (f"  by {look.place}" if look.place else "")
    for phrase in coding.phrases:
        for party in phrase.coded:
            if party.known:
                words = " ".join(coding.text.words[i].lower() for i in phrase.words)
                yield f"actor {party.code}: {words}  by {', '.join(map(str, party.places))}"
