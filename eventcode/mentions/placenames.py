"""The words of one sentence as a reader of places sees them: names, people, and places that no gazetteer has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from eventcode.document import Sentence, Token
from eventcode.gazetteer import Candidate, Gazetteer, key
from eventcode.gazetteer.names import ARTICLES
from eventcode.mentions.placelists import listed_names
from eventcode.mentions.placevotes import UNLISTED, unlisted_place
from eventcode.mentions.placewords import Known, PlaceWords

#: What stands for the ayin before a name: "‘Ibta".
_AYINS = "‘’'`ʻʿ"

#: The longest name in tokens.
LONGEST = 6

#: How much of a text in capitals makes it a shouted one.
SHOUTED = 0.75
#: A text of so few letters is none.
_FEWEST = 12


@dataclass(slots=True)
class ArticleClues:
    """What one article tells about its words: surnames of its people, words it also writes small, its adjectives."""

    surnames: set[str] = field(default_factory=set)
    small: set[str] = field(default_factory=set)
    adjectives: dict[str, int] = field(default_factory=dict)


class NamesOfSentence:
    """Tells names from people, bodies and plain words, and finds the places among them that no gazetteer has."""

    def __init__(self, sentence: Sentence, words: PlaceWords, gazetteer: Gazetteer, taken: Sequence[tuple[int, int]],
                 clues: ArticleClues, shouted: bool) -> None:
        self.tokens = sentence.tokens
        self.sentence, self.words, self.gazetteer, self.clues = sentence, words, gazetteer, clues
        self.shouted = shouted
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
        told = self._lower(first - 1) == "of" and self._lower(first - 2) in nouns
        longer = first == last and self._is_capital(last + 1) and self._lower(last + 1) in cues["city_nouns"]
        return told or longer or name in self.words.overrides or name in self.words.countries

    def meet_people(self) -> None:
        """Note the surnames of the people this sentence names in full, for every sentence of the article."""
        behind = 0  # the name met last
        for i, capital in enumerate(self.capital):
            if capital and i >= behind and not self.blocked[i]:
                behind = self._person_end(i) + 1

    def _site_end(self, i: int) -> int:
        """The last token of the name of a site that begins at i ("the Heart Hospital"), where a word before it says
        that something is there; or -1."""
        cues, before = self.words.cues, i - 1 - (self._lower(i - 1) == "the")
        there = self._lower(before) in cues["at_sites"] or self._lower(before) in cues["overrun"]
        there = there or (before < i - 1 and self._lower(before) == "of")
        if self.shouted or not there or self.tokens[i].lower in self.words.adjectives:
            return -1
        last = self.run_end(i, 4)
        if self.tokens[i].lower in cues["site_heads"] and last > i:
            return last
        end = next((j for j in range(last, i, -1) if self._lower(j) in cues["site_names"]), -1)
        end = self._small_site_end(i, last) if end < 0 else end
        named = end > i and not self._is_capital(end + 1) and (
            not self._is_plain_word(i) or (before < i - 1 and self._lower(end) in cues["public_sites"]))
        return end if named else -1

    def _small_site_end(self, i: int, last: int) -> int:
        """The noun in lower case behind a name that says which site it is ("the Waleed border crossing"), or -1."""
        cues = self.words.cues
        if self._noun_after(i, last) or any(self.names_no_place(j) and self._lower(j) not in self.words.given_names
                                            for j in range(i, last + 1)):
            return -1
        if self._lower(last + 1) in cues["small_sites"]:
            return last + 1
        kin = self._lower(last + 1) in cues["site_kin"] and self._lower(last + 2) in cues["small_sites"]
        return last + 2 if kin else -1

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

    def _may_begin(self, i: int) -> bool:
        if self.capital[i]:
            return self.tokens[i].text[0].isalpha() or self.tokens[i].text[1:2].isupper()
        return (self.tokens[i].lower in ARTICLES and i + 2 < len(self.tokens) and self.tokens[i + 1].text == "-"
                and self.capital[i + 2])

    def _feature(self, first: int, last: int) -> Known:
        """A feature has a name and no coordinates of its own: no gazetteer of them is installed."""
        feature = Candidate("feature", self._name(first, last), "", None, None, None, None, 0, None)
        street = self.tokens[last].lower in self.words.cues["streets"]
        return Known((feature,), "places/streets" if street else "places/features")

    def _feature_end(self, i: int) -> int:
        """The last token of a feature's name that begins at i ("Haifa Street", "Lake Chad", "Highway 4"), or i."""
        cues, last = self.words.cues, i
        head = self.tokens[i].lower in cues["feature_heads"]
        plain = not self._is_on_street(i) and (
            self._is_plain_word(i) or self.tokens[i].lower in cues["organisation_nouns"])
        if self.shouted or (plain and not head) or self.tokens[i].lower in self.words.adjectives:
            return i
        for j in range(i + 1, min(i + LONGEST, len(self.tokens))):
            joined = self.tokens[j].text == "-" and self.tokens[j - 1].lower in ARTICLES
            if self.blocked[j] or not (joined or self.capital[j] or self.tokens[j].text.isdigit()):
                break
            numbered = self.tokens[j].text.isdigit() and self.tokens[j - 1].lower in cues["roads"]
            if numbered or (self.tokens[j].lower in cues["feature_nouns"] and self.capital[j]):
                last = j
        if last == i and head and i + 1 < len(self.tokens):
            return self.run_end(i, 1)
        return last

    def _is_on_street(self, i: int) -> bool:
        """"Along Atlantic Avenue": a street is there whatever its name means elsewhere."""
        cues = self.words.cues
        street = self._is_capital(i + 1) and self._lower(i + 1) in cues["streets"]
        return street and self._lower(i - 1) in cues["at_sites"]

    def _glued_end(self, i: int) -> int:
        """The last token of a name tied by hyphens and small words, as "Dasht-e-Barchi", or -1."""
        ties = [j for j in range(i + 1, min(i + 5, len(self.tokens))) if self.tokens[j].text == "-"
                and self.tokens[j - 1].end == self.tokens[j].start]
        tied = ties[:2] == [i + 1, i + 3] and self._is_capital(i + 4) and not self.capital[i + 2]
        return i + 4 if tied and len(self.tokens[i + 2].text) <= 3 and self.tokens[i].lower not in ARTICLES else -1

    def _unlisted(self, i: int) -> tuple[int, Known | None]:
        """A village or quarter no gazetteer has: "village of Zabarmari", "the Waer district". It has no coordinates."""
        nouns = self.words.cues["hamlet_nouns"] | self.words.cues["city_nouns"]
        named = self._is_told(i) and self._lower(i - 2) in nouns  # "the town of Man"
        lower = self.tokens[i].lower
        head = lower in self.words.cues["name_heads"] and self._is_capital(i + 1)
        plain = (lower in self.words.peoples or self._is_plain_word(i)) and not (named or head)
        if self.shouted or lower in self.words.adjectives or plain:
            return i, None
        last = self.run_end(i, 2)
        if self._is_titled(i, last):
            return last - 1, Known((unlisted_place(self._name(i, last - 1)),), UNLISTED)
        part = self._part_end(i, last)
        after = part >= i or self._noun_after(i, last)
        last = part if part >= i else last
        if not (after or self._is_told(i) or self._stands_in(i, last)):
            return i, None
        return last, Known((unlisted_place(self._name(i, last)),), UNLISTED)

    def _is_titled(self, first: int, last: int) -> bool:
        """Does the name end in a capitalised "Village" or "Town", where a preposition says that it is a place?"""
        if first == last or self.tokens[last].lower not in self.words.cues["hamlet_nouns"]:
            return False
        return self._lower(first - 1) in self.words.cues["locative"] | self.words.cues["weak_locative"] and \
            not any(self._is_plain_word(j) for j in range(first, last))

    def _is_told(self, i: int) -> bool:
        """Does a noun before the word at i say that a place begins there: "city of", or "towns of" and a list?"""
        if self._lower(i - 1) in self.words.cues["hamlet_nouns"] and not self.capital[i - 1]:
            return self._lower(i - 2) in self.words.cues["venue"] | {"at"}  # "laid at village Lassipora"
        return i in self.listed or (self._lower(i - 1) == "of" and self._is_kind_of_place(i - 2))

    def _noun_after(self, first: int, last: int) -> bool:
        """Does a lower-case noun behind an unknown name say what kind of place it is ("Zabarmari village")?"""
        after = self._lower(last + 1)
        if self._is_capital(last + 1) or after not in self.words.cues["site_kinds"]:
            return after in self.words.cues["hamlet_nouns"] and not self._is_capital(last + 1)
        alone = not self._is_capital(first - 1) or first == 1
        return alone and not any(self.names_no_place(j) for j in range(first, last + 1))

    def _is_kind_of_place(self, i: int) -> bool:
        """Is it a noun for towns, districts, provinces or their parts ("city", "township", "area")?"""
        cues, noun = self.words.cues, self._lower(i)
        return any(noun in cues[name] for name in ("town_nouns", "district_nouns", "province_nouns", "part_nouns",
                                                   "region_nouns", "site_kinds"))

    def _stands_in(self, first: int, last: int) -> bool:
        """Does "in", "near" or "shelled" stand before this unknown name, or ", a village" or ", south of Mosul" behind
        it, and nothing speak against?"""
        cues = self.words.cues
        if self._lower(last + 1) in cues["worn"]:
            return False  # "in Donzo attire"
        if self._text(first, last).lower() in self.words.adjectives:
            return False  # "patrolled Costa Rican waters"
        near = first - 1 - (self._lower(first - 1) in cues["directions"])  # "in central Maree"
        before = self._lower(near) in cues["venue"] or self._is_overrun(first, last) or (
            self._lower(near) in ("at", "of") and self._is_headed(first)) or (
            self._lower(near) == "at" and self._is_in_a_unit(last))
        if not (before or self._is_told_after(last)) or self._is_capital(last + 1) or \
                self._lower(last + 1) in ("'s", "’s", "&"):
            return False
        if before and self._lower(last + 1) == "(" and self._is_told_after(last):
            return not any(self._lower(j) in cues["organisation_nouns"] for j in range(first, last + 1))
        if first < last and self.tokens[first].lower in cues["name_heads"]:
            return not any(self._is_plain_word(j) or self._lower(j) in cues["organisation_nouns"]
                           for j in range(first + 1, last + 1))
        return not any(self.names_no_place(j) for j in range(first, last + 1))

    def _is_in_a_unit(self, last: int) -> bool:
        """Does "in Villupuram district" follow?"""
        if self._lower(last + 1) != "in" or not self._is_capital(last + 2):
            return False
        noun = self._lower(self.run_end(last + 2, 2) + 1)
        return noun in self.words.cues["district_nouns"] or noun in self.words.cues["province_nouns"]

    def _is_headed(self, i: int) -> bool:
        """Does a name of a village or height begin here: "Khirbet al-Joz", "Al-Malaah"?"""
        head = self.tokens[i].lower in self.words.cues["name_heads"] and self._is_capital(i + 1)
        return head or self._is_article(i)

    def _is_overrun(self, first: int, last: int) -> bool:
        """Does a verb or noun of taking ground stand before it: "shelled X", "the siege of X", "captured X from"?"""
        cues, before = self.words.cues, self._lower(first - 1)
        if before in cues["overrun"]:
            return True
        if before in cues["taken"] and self._lower(last + 1) == "from":
            return True
        return before in ("of", "on", "for", "into") and self._lower(first - 2) in cues["onslaught"]

    def _is_told_after(self, last: int) -> bool:
        """Does ", a town ...", ", 40 km west of Mosul", "north of Mosul", "(Kaduna" or ", Kaduna state" follow?"""
        if self._lower(last + 1) in self.words.cues["compass"]:
            return self._lower(last + 2) == "of" and self._is_capital(last + 3)
        if self._lower(last + 1) == "(" and self._is_capital(last + 2):
            return self._is_region(last + 2)
        if self._lower(last + 1) != ",":
            return False
        if self._is_capital(last + 2) and not self._is_capital(last + 4) and any(
                self._lower(last + 3) in self.words.cues[name] for name in ("province_nouns", "district_nouns")):
            return True
        if self._lower(last + 2) in ("a", "an", "the"):
            return any(self._is_kind_of_place(j) for j in range(last + 3, last + 6))
        return any(self._lower(j) in self.words.cues["vicinity"] and self._lower(j + 1) == "of"
                   and self._is_capital(j + 2) for j in range(last + 2, last + 7))

    def _is_region(self, i: int) -> bool:
        """Does the name of a province or district begin at i, or a name with a noun for one behind it?"""
        last = self.run_end(i, 2)
        nouns = self.words.cues["province_nouns"] | self.words.cues["district_nouns"] | self.words.cues["region_nouns"]
        if self._lower(last + 1) in nouns or self._lower(last) in nouns:
            return True
        known = self.words.known(key(self._text(i, last)), self._text(i, last))
        found = known.candidates if known is not None else self.gazetteer.by_key(key(self._text(i, last)))
        located = any(self._lower(j) in ("at", "in", "near", "on", "of") for j in (i - 3, i - 4))
        return bool(found) and (located or found[0].kind in ("admin1", "admin2", "country"))

    def names_no_place(self, j: int) -> bool:
        """Is the word one of bodies, people, days or plain things?"""
        token, cues = self.tokens[j], self.words.cues
        if token.lower in ARTICLES or token.text == "-":
            return False
        lists = (self.words.given_names, self.words.adjectives, self.clues.surnames, self.clues.small,
                 cues["organisation_nouns"], cues["calendar"], cues["titles"], cues["district_kinds"])
        return (token.text.isupper() or any(map(str.isdigit, token.text)) or self._is_plain_word(j)
                or any(token.lower in words for words in lists))

    def _part_end(self, i: int, last: int) -> int:
        """The end of the name of a part of a town before its noun ("the Waer district", "Hanano District"), or -1."""
        end = next((j - 1 for j in range(i + 1, last + 2) if self._lower(j) in self.words.cues["part_nouns"]), -1)
        if end < i or any(self._is_kind(j) for j in range(i, end + 1)):
            return -1
        longer = self._is_capital(end + 2) and self._lower(end + 2) not in self.words.cues["calendar"]
        return -1 if self._is_capital(end + 1) and longer else end

    def _is_kind(self, j: int) -> bool:
        """Does the word say what kind of district it is ("Water District") or whose office, and name none?"""
        word, cues = self._lower(j), self.words.cues
        kind = word in cues["district_kinds"] or word in cues["organisation_nouns"]
        return kind or (self._is_plain_word(j) and word not in cues["name_heads"]) or any(map(str.isdigit, word))

    def _person_end(self, i: int) -> int:
        """The last token of the person's name that begins at i ("Gen. John Nicholson"), or i - 1 if none does."""
        if self.shouted:
            return i - 1
        title, given = self.tokens[i].lower in self.words.cues["titles"], self.tokens[i].lower in self.words.given_names
        if not (title or given) or self._is_article(i):
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
        if lower in self.words.common and self._lower(i - 1) in cues["near"] and not self.shouted:
            return False  # "near Sake": a capital behind "near" is a name whatever the word means elsewhere
        if self._is_article(i):
            return False
        return lower in self.words.common or lower in cues["calendar"]

    def _is_article(self, i: int) -> bool:
        """Is it the Arabic article of the word behind the hyphen?"""
        return self.tokens[i].lower in ARTICLES and self._lower(i + 1) == "-"

    def _is_capital(self, i: int) -> bool:
        return i < len(self.tokens) and self.capital[i]

    def _lower(self, i: int) -> str:
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

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
