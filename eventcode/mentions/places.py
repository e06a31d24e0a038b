"""Places of an article: names found on tokens, resolved with the gazetteer and the article's own company of places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from eventcode.document import Document, Sentence
from eventcode.gazetteer import Candidate, Gazetteer
from eventcode.languages.base import Language
from eventcode.mentions.placescan import SentenceScan
from eventcode.mentions.placetokens import ArticleClues, clues_of, is_shouted
from eventcode.mentions.placevotes import SITE, UNLISTED, Found, resolve
from eventcode.mentions.placewords import PlaceWords, read_place_words
from eventcode.neutral import Place, PlaceKind, PlacePrecision

_PRECISION: dict[str, PlacePrecision] = {"settlement": "exact", "feature": "near", "admin2": "district",
                                         "admin1": "province", "region": "province", "country": "country"}


class PlaceFinder:
    """Finds and locates the places that an article names. One per language; nothing is read before the first use.

    A country has precision `country` and its middle as coordinates, to measure from; a province's or district's are
    the centroid of its towns.
    Adjectives ("Afghan") are no places but speak for their country where a name is ambiguous.
    """

    def __init__(self, language: Language, gazetteer: Gazetteer | None = None) -> None:
        """`gazetteer` is for tests; without it the machine's own is opened (and built) when first needed."""
        self._folder = language.folder
        self._gazetteer = gazetteer

    def find(self, document: Document, taken: Sequence[tuple[int, int]] = (),
             sentences: Iterable[int] | None = None) -> tuple[Place, ...]:
        """The places of these sentences (all by default), in text order.

        `taken` are spans of the article that are something else (actors such as "Bank of England").
        """
        wanted = document.sentences if sentences is None else [document.sentences[i] for i in sorted(set(sentences))]
        candidates = [s for s in wanted if any(map(str.isupper, s.text))]
        if not candidates:
            return ()
        words = read_place_words(self._folder)
        clues, shouted = ArticleClues(), {s.index for s in wanted if is_shouted(s.text)}
        for sentence in wanted:
            if sentence.index not in shouted:
                clues_of(sentence.tokens, words, clues)
        scans = [self._scan(sentence, words, here, clues, sentence.index in shouted)
                 for sentence, here in _taken_in(candidates, taken)]
        for scan in scans:
            scan.meet_people()
        found = [one for scan in scans for one in scan.finds()]
        return tuple(map(_place, resolve(found, clues.adjectives))) if found else ()

    def _scan(self, sentence: Sentence, words: PlaceWords, taken: Sequence[tuple[int, int]],
              clues: ArticleClues, shouted: bool) -> SentenceScan:
        if self._gazetteer is None:
            self._gazetteer = Gazetteer.open()
        return SentenceScan(sentence, words, self._gazetteer, taken, clues, shouted)


def _taken_in(sentences: Sequence[Sentence],
              taken: Sequence[tuple[int, int]]) -> Iterator[tuple[Sentence, Sequence[tuple[int, int]]]]:
    """Each sentence, in text order, with the spans that reach into it."""
    spans, at = sorted(taken), 0
    for sentence in sentences:
        while at < len(spans) and spans[at][1] <= sentence.start:
            at += 1
        behind = bisect_left(spans, (sentence.end, 0), lo=at)
        yield sentence, [span for span in spans[at:behind] if span[1] > sentence.start]


def _place(found: Found) -> Place:
    chosen = _located(found)
    return Place(start=found.start, end=found.end, text=found.text, name=chosen.name, kind=_kind(chosen),
                 country=chosen.country or None, admin1=chosen.admin1, admin2=chosen.admin2,
                 latitude=chosen.latitude, longitude=chosen.longitude, precision=_precision(found, chosen),
                 reason=_reason(found, chosen), geonameid=chosen.geonameid,
                 rules=tuple(dict.fromkeys((found.rule, *found.rules))))


def _located(found: Found) -> Candidate:
    """The chosen candidate. What no gazetteer has takes country and province of the place it is named with, and a
    feature in a town its coordinates too."""
    chosen = found.chosen or found.candidates[0]
    outer = _located(found.container) if found.container else None
    if chosen.country or chosen.latitude is not None or outer is None or not outer.country:
        return chosen
    if found.beside:
        return replace(chosen, country=outer.country)
    if found.rule == SITE and outer.kind == "settlement":
        return outer
    here = replace(chosen, country=outer.country, admin1=outer.admin1, admin2=outer.admin2)
    if chosen.kind == "feature" and outer.kind == "settlement":
        return replace(here, latitude=outer.latitude, longitude=outer.longitude)
    return here


def _kind(chosen: Candidate) -> PlaceKind:
    kinds: dict[str, PlaceKind] = {"settlement": "settlement", "admin1": "admin1", "admin2": "admin2",
                                   "country": "country", "feature": "feature"}
    return kinds.get(chosen.kind, "region")


def _precision(found: Found, chosen: Candidate) -> PlacePrecision:
    if chosen.kind == "region" and chosen.latitude is None:
        return "country"
    return "near" if found.near and chosen.kind == "settlement" else _PRECISION[chosen.kind]


def _reason(found: Found, chosen: Candidate) -> str:
    about = {"settlement": "a town", "admin1": "a province", "admin2": "a district", "country": "a country",
             "region": "a region", "feature": "a feature"}[chosen.kind]
    if chosen.geonameid and chosen.kind == "settlement" and chosen.population:
        about += f" of {chosen.population:,}"
    if found.rule == UNLISTED:
        about += " that is in no gazetteer"
    if found.rule == SITE:
        about = f"a site in {chosen.name}" if chosen.kind == "settlement" else "a site"
    parts = [about, *found.reasons]
    if chosen.kind == "feature" and chosen.latitude is not None and found.container:
        parts.append(f"coordinates of {found.container.text}, with which it is named")
    if found.near:
        parts.append("the text says near")
    if found.part:
        parts.append(f"{found.part} part")
    return "; ".join(dict.fromkeys(part for part in parts if part))
