"""Names of places that no gazetteer has: villages and quarters, features and sites, as the words around them tell."""

from __future__ import annotations

from collections.abc import Sequence

from eventcode import countries
from eventcode.gazetteer import Candidate, key
from eventcode.gazetteer.names import ARTICLES
from eventcode.mentions.placetokens import WordsOfSentence
from eventcode.mentions.placevotes import UNLISTED, Found, unlisted_place
from eventcode.mentions.placewords import Known

#: The longest name in tokens.
LONGEST = 6

#: The rule behind a country that only the adjective of its border or coast names.
GROUND = "places/country-ground"


class NamesOfSentence(WordsOfSentence):
    """Finds the places of a sentence that no gazetteer has."""

    def _site_end(self, i: int) -> int:
        """The last token of the name of a site that begins at i ("the Heart Hospital"), where a word before it says
        that something is there; or -1."""
        cues, before = self.words.cues, i - 1 - (self.lower[i - 1] == "the")
        there = self.lower[before] in cues["at_sites"] or self.lower[before] in cues["overrun"]
        there = there or (before < i - 1 and self.lower[before] == "of")
        if self.shouted or not there or self.tokens[i].lower in self.words.adjectives:
            return -1
        last = self.run_end(i, 4)
        if self.tokens[i].lower in cues["site_heads"] and last > i:
            return last
        end = next((j for j in range(last, i, -1) if self.lower[j] in cues["site_names"]
                    or (self.lower[i] in cues["aged"] and self.lower[j] in cues["city_nouns"])), -1)
        end = self._small_site_end(i, last) if end < 0 else end
        old = self.lower[i] in cues["aged"] and self.lower[end] in cues["city_nouns"]  # "the Old City"
        public = before < i - 1 and (old or self.lower[end] in cues["public_sites"])
        named = end > i and not self._is_capital(end + 1) and (public or not self._is_plain_word(i))
        return end if named else -1

    def _ground_of_country(self, i: int) -> Found | None:
        """ "On the Afghan border", "off the Libyan coast", "into Syrian airspace": the adjective tells the country."""
        token, cues = self.tokens[i], self.words.cues
        before = i - 1 - (self.lower[i - 1] == "the")
        country = countries.by_iso3(self.words.adjectives.get(token.lower, ""))
        if country is None or self.shouted or self.lower[i + 1] not in cues["country_grounds"] or \
                self._is_capital(i + 1) or self.lower[before] not in cues["on_grounds"]:
            return None
        name = key(country.name)
        return Found(token.start, token.end, token.text, name, self.words.countries[name].candidates, GROUND, 3.0)

    def _small_site_end(self, i: int, last: int) -> int:
        """The noun in lower case behind a name that says which site it is ("the Waleed border crossing"), or -1."""
        cues = self.words.cues
        if self._noun_after(i, last) or any(self.names_no_place(j) and self.lower[j] not in self.words.given_names
                                            for j in range(i, last + 1)):
            return -1
        if self.lower[last + 1] in cues["small_sites"]:
            return last + 1
        kin = self.lower[last + 1] in cues["site_kin"] and self.lower[last + 2] in cues["small_sites"]
        return last + 2 if kin else -1

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
        if self.lower[i] in cues["numbered"] and i + 1 < len(self.tokens) and self.tokens[i + 1].text.isdigit():
            return i + 1  # "Hill 212"
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
        street = self._is_capital(i + 1) and self.lower[i + 1] in cues["streets"]
        return street and self.lower[i - 1] in cues["at_sites"]

    def _glued_end(self, i: int, known: int) -> int:
        """The last token of a name tied by hyphens and small words, as "Dasht-e-Barchi", or by one hyphen where a noun
        tells one place ("the village of Beu-Manyama") of which only the part up to the token `known` is known; or -1.
        """
        if self._is_told(i) and self.lower[known + 1] == "-" and self._is_capital(known + 2) and \
                self.tokens[known].end + 1 == self.tokens[known + 2].start and known + 2 >= self.run_end(known + 2, 1):
            return known + 2
        ties = [j for j in range(i + 1, min(i + 5, len(self.tokens))) if self.tokens[j].text == "-"
                and self.tokens[j - 1].end == self.tokens[j].start]
        tied = ties[:2] == [i + 1, i + 3] and self._is_capital(i + 4) and not self.capital[i + 2]
        return i + 4 if tied and len(self.tokens[i + 2].text) <= 3 and self.tokens[i].lower not in ARTICLES else -1

    def _unlisted(self, i: int) -> tuple[int, Known | None]:
        """A village or quarter no gazetteer has: "village of Zabarmari", "the Waer district". It has no coordinates."""
        nouns = self.words.cues["hamlet_nouns"] | self.words.cues["city_nouns"]
        named = self._is_told(i) and self.lower[i - 2] in nouns  # "the town of Man"
        lower = self.tokens[i].lower
        head = lower in self.words.cues["name_heads"] and self._is_capital(i + 1)
        plain = (lower in self.words.peoples or self._is_plain_word(i)) and not (named or head or self.is_hamlet(i))
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
        return self.lower[first - 1] in self.words.cues["locative"] | self.words.cues["weak_locative"] and \
            not any(self._is_plain_word(j) for j in range(first, last))

    def _is_told(self, i: int) -> bool:
        """Does a noun before the word at i say that a place begins there: "city of", or "towns of" and a list?"""
        if self.lower[i - 1] in self.words.cues["hamlet_nouns"] and not self.capital[i - 1]:
            return self.lower[i - 2] in self.words.cues["venue"] | {"at"}  # "laid at village Lassipora"
        return i in self.listed or (self.lower[i - 1] == "of" and self._is_kind_of_place(i - 2))

    def _noun_after(self, first: int, last: int) -> bool:
        """Does a lower-case noun behind an unknown name say what kind of place it is ("Zabarmari village")?"""
        after = self.lower[last + 1]
        if self._is_capital(last + 1) or after not in self.words.cues["site_kinds"]:
            return after in self.words.cues["hamlet_nouns"] and not self._is_capital(last + 1)
        alone = not self._is_capital(first - 1) or first == 1
        return alone and not any(self.names_no_place(j) for j in range(first, last + 1))

    def is_hamlet(self, i: int) -> bool:
        """Do two or more capitals behind a preposition name a village that the words behind them place: "in Nan Neint
        village (Pinlaung", whatever each word means elsewhere?"""
        cues, last = self.words.cues, self.run_end(i, 3)
        there = self.lower[i - 1] in cues["locative"] | cues["weak_locative"] | cues["near"]
        placed = self.lower[last + 2] in ("(", ",", "of", "in")
        return there and i < last and placed and self.lower[last + 1] in cues["hamlet_nouns"]

    def _is_kind_of_place(self, i: int) -> bool:
        """Is it a noun for towns, districts, provinces or their parts ("city", "township", "area")?"""
        cues, noun = self.words.cues, self.lower[i]
        return any(noun in cues[name] for name in ("town_nouns", "district_nouns", "province_nouns", "part_nouns",
                                                   "region_nouns", "site_kinds"))

    def _stands_in(self, first: int, last: int) -> bool:
        """Does "in", "near" or "shelled" stand before this unknown name, or ", a village" or ", south of Mosul" behind
        it, and nothing speak against?"""
        cues = self.words.cues
        if self.lower[last + 1] in cues["worn"]:
            return False  # "in Donzo attire"
        if self._text(first, last).lower() in self.words.adjectives:
            return False  # "patrolled Costa Rican waters"
        near = first - 1 - (self.lower[first - 1] in cues["directions"])  # "in central Maree"
        before = self.lower[near] in cues["venue"] or self._is_overrun(first, last) or (
            self.lower[near] in ("at", "of") and self._is_headed(first)) or (
            self.lower[near] == "at" and self._is_in_a_unit(last))
        if not (before or self._is_told_after(last)) or self._is_capital(last + 1) or \
                self.lower[last + 1] in ("'s", "’s", "&"):
            return False
        if before and self.lower[last + 1] == "(" and self._is_told_after(last):
            return not any(self.lower[j] in cues["organisation_nouns"] for j in range(first, last + 1))
        if first < last and self.tokens[first].lower in cues["name_heads"]:
            return not any(self._is_plain_word(j) or self.lower[j] in cues["organisation_nouns"]
                           for j in range(first + 1, last + 1))
        return not any(self.names_no_place(j) for j in range(first, last + 1))

    def _is_in_a_unit(self, last: int) -> bool:
        """Does "in Villupuram district" or ", Lower Juba" follow?"""
        if self.lower[last + 1] == "," and self._is_capital(last + 2):
            known = self._region_at(last + 2)
            return bool(known) and known[0].kind in ("admin1", "admin2")
        if self.lower[last + 1] != "in" or not self._is_capital(last + 2):
            return False
        noun = self.lower[self.run_end(last + 2, 2) + 1]
        return noun in self.words.cues["district_nouns"] or noun in self.words.cues["province_nouns"]

    def _is_headed(self, i: int) -> bool:
        """Does a name of a village or height begin here: "Khirbet al-Joz", "Al-Malaah"?"""
        head = self.tokens[i].lower in self.words.cues["name_heads"] and self._is_capital(i + 1)
        return head or self._is_article(i)

    def _is_overrun(self, first: int, last: int) -> bool:
        """Does a verb or noun of taking ground stand before it: "shelled X", "the siege of X", "captured X from"?"""
        cues, before = self.words.cues, self.lower[first - 1]
        if before in cues["overrun"]:
            return True
        if before in cues["taken"] and self.lower[last + 1] == "from":
            return True
        return before in ("of", "on", "for", "into") and self.lower[first - 2] in cues["onslaught"]

    def _is_told_after(self, last: int) -> bool:
        """Does ", a town ...", ", 40 km west of Mosul", "north of Mosul", "(Kaduna" or ", Kaduna state" follow?"""
        if self.lower[last + 1] in self.words.cues["compass"]:
            return self.lower[last + 2] == "of" and self._is_capital(last + 3)
        if self.lower[last + 1] == "(" and self._is_capital(last + 2):
            return self._is_region(last + 2)
        if self.lower[last + 1] != ",":
            return False
        if self._is_capital(last + 2) and not self._is_capital(last + 4) and any(
                self.lower[last + 3] in self.words.cues[name] for name in ("province_nouns", "district_nouns")):
            return True
        if self.lower[last + 2] in ("a", "an", "the"):
            return any(self._is_kind_of_place(j) for j in range(last + 3, last + 6))
        return any(self.lower[j] in self.words.cues["vicinity"] and self.lower[j + 1] == "of"
                   and self._is_capital(j + 2) for j in range(last + 2, last + 7))

    def _is_region(self, i: int) -> bool:
        """Does the name of a province or district begin at i, or a name with a noun for one behind it?"""
        last = self.run_end(i, 2)
        nouns = self.words.cues["province_nouns"] | self.words.cues["district_nouns"] | self.words.cues["region_nouns"]
        if self.lower[last + 1] in nouns or self.lower[last] in nouns:
            return True
        found = self._region_at(i)
        located = any(self.lower[j] in ("at", "in", "near", "on", "of") for j in (i - 3, i - 4))
        return bool(found) and (located or found[0].kind in ("admin1", "admin2", "country"))

    def _region_at(self, i: int) -> Sequence[Candidate]:
        """What the name that begins at i is known for."""
        written = self._text(i, self.run_end(i, 2))
        known = self.words.known(key(written), written)
        return known.candidates if known is not None else self.gazetteer.by_key(key(written))

    def _part_end(self, i: int, last: int) -> int:
        """The end of the name of a part of a town before its noun ("the Waer district", "Hanano District"), or -1."""
        end = next((j - 1 for j in range(i + 1, last + 2) if self.lower[j] in self.words.cues["part_nouns"]), -1)
        if end < i or any(self._is_kind(j) for j in range(i, end + 1)):
            return -1
        longer = self._is_capital(end + 2) and self.lower[end + 2] not in self.words.cues["calendar"]
        return -1 if self._is_capital(end + 1) and longer else end

    def _is_kind(self, j: int) -> bool:
        """Does the word say what kind of district it is ("Water District") or whose office, and name none?"""
        word, cues = self.lower[j], self.words.cues
        kind = word in cues["district_kinds"] or word in cues["organisation_nouns"]
        return kind or (self._is_plain_word(j) and word not in cues["name_heads"]) or any(map(str.isdigit, word))

    def _explains(self, first: int) -> bool:
        """Does the name stand in a bracket behind another one that "in", "on the" or the like makes a place, a noun
        between them or not: "at Kulbus (Darfur)", "on the Sirwah front (Marib)"?"""
        if self.lower[first - 1] != "(":
            return False
        cues, j = self.words.cues, first - 2
        j -= not self._is_capital(j)
        while j > 0 and (self._is_capital(j) or self.tokens[j].text == "-" or self.tokens[j].lower in ARTICLES):
            j -= 1
        j -= self.lower[j] == "the"
        leads = cues["locative"] | cues["near"] | {"on", "of"}
        return 0 <= j < first - 3 + self._is_capital(first - 2) and self.lower[j] in leads
