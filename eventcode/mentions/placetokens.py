"""The words of one sentence as a reader of places sees them: names, people, and plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from eventcode.document import Sentence, Token
from eventcode.gazetteer import Gazetteer, key
from eventcode.gazetteer.names import ARTICLES
from eventcode.mentions.placelists import listed_names
from eventcode.mentions.placewords import PlaceWords

#: What stands for the ayin before a name: "‘Ibta".
_AYINS = "‘’'`ʻʿ"

#: How much of a text in capitals makes it a shouted one.
SHOUTED = 0.75
#: A text of so few letters is none.
_FEWEST = 12


#: Marks around a name, and the longest name between them, in tokens.
_QUOTES, _QUOTED = frozenset("\"'“”‘’«»"), 6


#: So many words before the first and behind the last may be looked at: they are empty.
_BEYOND = 16

#: Words of so many letters are capitalised in a title; a town of fewer people needs more than "in" before its name.
_LONG_WORD, _TOWN = 4, 10_000


@dataclass(slots=True)
class ArticleClues:
    """What one article tells about its words: surnames of its people, words it also writes small, its adjectives."""

    surnames: set[str] = field(default_factory=set)
    small: set[str] = field(default_factory=set)
    adjectives: dict[str, int] = field(default_factory=dict)


class WordsOfSentence:
    """Tells names from people, bodies and plain words."""

    def __init__(self, sentence: Sentence, words: PlaceWords, gazetteer: Gazetteer, taken: Sequence[tuple[int, int]],
                 clues: ArticleClues, shouted: bool) -> None:
        self.tokens = _unquoted(sentence, words)
        self.sentence, self.words, self.gazetteer, self.clues = sentence, words, gazetteer, clues
        self.shouted = shouted
        self.lower = [t.lower for t in self.tokens] + [""] * _BEYOND
        self.capital = [t.text.lstrip(_AYINS)[:1].isupper() for t in self.tokens]
        self.blocked = [False] * len(self.tokens)
        if taken:
            self.blocked = [any(start < t.end and t.start < end for start, end in taken) for t in self.tokens]
            self._free_places()
        lists = not self.shouted and not words.cues["many_nouns"].isdisjoint(sentence.vocabulary)
        self.listed = listed_names(self, words.cues["many_nouns"]) if lists else {}

    def _free_places(self) -> None:
        """An actor's name is a place's all the same in "the city of Mayadeen", "Sadr City" and "in South Ossetia"."""
        i = 0
        while i < len(self.tokens):
            last = i
            while self.blocked[i] and last + 1 < len(self.tokens) and self.blocked[last + 1]:
                last += 1
            if self.blocked[i] and self._is_free(i, last):
                self.blocked[i:last + 1] = [False] * (last + 1 - i)
            i = last + 1

    def _is_free(self, first: int, last: int) -> bool:
        name, cues = key(self._text(first, last)), self.words.cues
        nouns = cues["hamlet_nouns"] | cues["many_nouns"] | cues["city_nouns"]
        told = self.lower[first - 1] == "of" and self.lower[first - 2] in nouns
        longer = first == last and self._is_capital(last + 1) and self.lower[last + 1] in cues["city_nouns"]
        return told or longer or name in self.words.overrides or name in self.words.countries

    def meet_people(self) -> None:
        """Note the surnames of the people this sentence names in full, for every sentence of the article."""
        behind = 0  # the name met last
        for i, capital in enumerate(self.capital):
            if capital and i >= behind and not self.blocked[i]:
                behind = self._person_end(i) + 1

    def run_end(self, i: int, more: int) -> int:
        """The end of the run of capitalised words from i, at most `more` further ones; "al-" and hyphens go along."""
        last = j = i
        while j + 1 < len(self.tokens) and more and not self.blocked[j + 1]:
            j += 1
            if self.tokens[j].lower in ARTICLES or self.tokens[j].text == "-":
                continue
            if not self.capital[j]:
                break
            last, more = j, more - 1
        return last

    def names_no_place(self, j: int) -> bool:
        """Is the word one of bodies, people, days or plain things?"""
        token, cues = self.tokens[j], self.words.cues
        if token.lower in ARTICLES or token.text == "-":
            return False
        lists = (self.words.given_names, self.words.adjectives, self.clues.surnames, self.clues.small,
                 cues["organisation_nouns"], cues["calendar"], cues["titles"], cues["district_kinds"])
        return (token.text.isupper() or any(map(str.isdigit, token.text)) or self._is_plain_word(j)
                or any(token.lower in words for words in lists))

    def _person_end(self, i: int) -> int:
        """The last token of the person's name that begins at i ("Gen. John Nicholson"), or i - 1 if none does."""
        if self.shouted:
            return i - 1
        title, given = self.tokens[i].lower in self.words.cues["titles"], self.tokens[i].lower in self.words.given_names
        if not (title or given) or self._is_article(i) or self._is_name_head(i):
            return i - 1
        last = i
        while last + 1 < len(self.tokens) and last - i < 5 and self._goes_on(last + 1):
            last += 1
        while last > i and not self.capital[last]:
            last -= 1
        if last == i:
            return i - 1
        self.clues.surnames.add(self.tokens[last].lower)
        return last

    def _goes_on(self, i: int) -> bool:
        lower, cues = self.tokens[i].lower, self.words.cues
        if self.capital[i]:
            lists = ("calendar", "feature_nouns", "province_nouns", "district_nouns")
            stops = any(lower in cues[name] for name in lists)
            stops = stops or (lower in cues["organisation_nouns"] and lower not in cues["titles"])
            return self.tokens[i].text[0].isalpha() and not stops
        return lower in ("-", "al", "de", "bin", "van", "von", "el", "ibn", "der", "da", "la", "del", "ben") \
            and i + 1 < len(self.tokens) and (self.capital[i + 1] or self.tokens[i + 1].text == "-")

    def _is_plain_word(self, i: int) -> bool:
        lower, cues = self.tokens[i].lower, self.words.cues
        if lower in self.words.common and not self.shouted and (
                self.lower[i - 1] in cues["near"] or (self.lower[i - 1] in cues["venue"] and self._is_explained(i))):
            return False  # "near Sake", "in Sake (Masisi)": a name whatever the word means elsewhere
        if self._is_article(i) or (lower in self.words.common and self._is_in_town(i)):
            return False
        return lower in self.words.common or lower in cues["calendar"]

    def _is_in_town(self, i: int) -> bool:
        """"Shot dead in Tyre on Monday": a word that also names a larger town, alone in capitals among small ones."""
        before, cues = self.tokens[i - 1].text if i else "", self.words.cues
        told = before == "of" and self.lower[i - 2] in cues["hamlet_nouns"] | cues["city_nouns"]
        named = self.tokens[i].text.istitle() and not self._is_capital(i + 1)
        if self.shouted or not named or not (told or before in cues["venue"]) or \
                self.lower[i] in self.clues.small or self.lower[i] in cues["calendar"]:
            return False
        written_small = sum(t.text.islower() and len(t.text) >= _LONG_WORD for t in self.tokens) > 1
        return written_small and any(town.kind == "settlement" and town.main and town.population >= _TOWN
                                     for town in self.gazetteer.by_key(key(self.tokens[i].text)))

    def _is_article(self, i: int) -> bool:
        """Is it the Arabic article of the word behind the hyphen?"""
        return self.tokens[i].lower in ARTICLES and self.lower[i + 1] == "-"

    def _is_name_head(self, i: int) -> bool:
        """Is it an article that begins a place's name ("in Al Jawf", "the Al Kasarah front") and no Al Gore?"""
        before = self.lower[i - 1]
        cues = self.words.cues
        there = before in ("the", "at") or any(before in cues[name] for name in ("venue", "taken", "overrun"))
        return self.tokens[i].lower in ARTICLES and there

    def _is_explained(self, last: int) -> bool:
        """Does a bracket with a name behind the word say where it is?"""
        return self.lower[last + 1] == "(" and self._is_capital(last + 2)

    def _is_capital(self, i: int) -> bool:
        return i < len(self.tokens) and self.capital[i]

    def _name(self, first: int, last: int) -> str:
        return " ".join(self._text(first, last).split())

    def _text(self, first: int, last: int) -> str:
        offset = self.sentence.start
        return self.sentence.text[self.tokens[first].start - offset:self.tokens[last].end - offset]


def is_shouted(text: str) -> bool:
    """Is this written in capitals, so that a capital says nothing?"""
    upper = sum(map(str.isupper, text))
    if upper <= SHOUTED * _FEWEST:
        return False
    letters = upper + sum(map(str.islower, text))
    return letters > _FEWEST and upper > SHOUTED * letters


def clues_of(tokens: Sequence[Token], words: PlaceWords, clues: ArticleClues) -> None:
    """Add what one sentence's tokens tell about the article's words."""
    for token in tokens:
        if token.text.islower():
            clues.small.add(token.lower)
        elif token.lower in words.adjectives:
            country = words.adjectives[token.lower]
            clues.adjectives[country] = clues.adjectives.get(country, 0) + 1


def _unquoted(sentence: Sentence, words: PlaceWords) -> list[Token]:
    """The tokens without the marks around a name that a preposition or a verb of taking ground leads to ('retook
    "Tell Abyad" from'); a lone single mark stands for an ayin."""
    tokens = sentence.tokens
    if _QUOTES.isdisjoint(sentence.text):
        return tokens
    leads = [words.cues[name] for name in ("locative", "weak_locative", "near", "overrun", "taken")]
    dropped: set[int] = set()
    for n in range(1, len(tokens) - 1):
        if tokens[n].text in _QUOTES and tokens[n + 1].text[:1].isupper() and \
                any(tokens[n - 1].lower in words_ for words_ in leads):
            dropped.update(_marks(tokens, n))
    return [token for n, token in enumerate(tokens) if n not in dropped] if dropped else tokens


def _marks(tokens: Sequence[Token], n: int) -> tuple[int, ...]:
    """The mark at n and the one that closes the name behind it; none where more than a name stands between them."""
    for k in range(n + 1, min(n + 1 + _QUOTED, len(tokens))):
        token = tokens[k]
        if token.text in _QUOTES:
            return n, k
        if not (token.text[:1].isupper() or token.lower in ARTICLES or token.text == "-"):
            break
    return () if tokens[n].text in "\"“«" else (n,)
