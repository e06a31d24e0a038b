"""Finds names that may be places in one sentence, on tokens alone, with what speaks for and against each."""

from __future__ import annotations

from eventcode.gazetteer import Candidate, key
from eventcode.gazetteer.names import ARTICLES, spellings
from eventcode.mentions.placenames import LONGEST, NamesOfSentence
from eventcode.mentions.placevotes import QUARTER, SITE, UNLISTED, Found, inside, unlisted_place
from eventcode.mentions.placewords import Known

#: Places of fewer people than this, side by side, make a longer name.
_SMALL = 50_000
_LARGE = 1_000_000

#: Of what size the namesakes abroad are of a place that the text puts within another: a village's, a quarter's.
SMALLER, ANY_SIZE = 500_000, 100_000_000

_DASHES = ("—", "--", "–", "-")

#: What the noun beside a name may say of it; each has its list of nouns in `words.yaml`.
UNITS = ("province", "region", "district", "town")

#: The words between a place and the place that contains it.
JOINTS = frozenset({(",",), ("in",), ("of",), ("(",), ("-",), (",", "in"), ("in", "the"), (",", "outside"),
                    (",", "near"), ("outside",), ("near",), (",", "in", "the"), ("under",)})


class SentenceScan(NamesOfSentence):
    """One pass over a sentence. `finds()` gives the candidates in order, people already set aside."""

    def finds(self) -> list[Found]:
        """Every name that may be a place, longest match first from left to right, never overlapping."""
        found: list[Found] = []
        ends: dict[int, Found] = {}  # last token of a find to the find
        behind = 0  # what was read last
        for i, token in enumerate(self.tokens):
            if i < behind or self.blocked[i] or not (self.capital[i] or token.lower in ARTICLES):
                continue
            last, one = self._at(i)
            if one is not None:
                self._link(one, i, ends)
                found.append(one)
                ends[last] = one
            behind = last + 1
        return found

    # -- matching

    def _at(self, i: int) -> tuple[int, Found | None]:
        """The find that begins at token i and its last token; (end of a person's name or i, None) if none does."""
        if not self._may_begin(i):
            return i, None
        short = self._abbreviation(i) or self._ground_of_country(i)
        if short is not None:
            return i, short
        person = self._person_end(i)
        article = self._is_article(i) or (self.tokens[i].lower in ARTICLES and self._is_capital(i + 1))
        alone = person <= i and not self._is_plain_word(i) and not article
        last, known = self._longest(i, 1 if alone else 2)
        glued = self._glued_end(i, last)
        if glued > last:
            last, known = self._glued(i, glued)
        if i == 0 and known is not None and self._is_behind_word(last):
            return i, None
        feature = self._feature_end(i)
        at_town = known is not None and self.tokens[feature].lower in self.words.cues["site_nouns"]
        if feature > max(last, person) and not at_town:
            return self._make(i, feature, self._feature(i, feature))
        site = self._site_end(i)
        if site > max(last, i - 1) and self._in_town(site):
            return self._make(i, site, Known(self._feature(i, site).candidates, SITE))
        if site > max(last, i - 1) and self._is_of_no_town(i, last, site, known):
            return self._make(i, site, Known((known or self._feature(i, site)).candidates, SITE))
        run = self.run_end(i, 2)
        unknown = person < i or self.lower[i - 1] in self.words.cues["venue"] or self._is_told(i) or \
            self._noun_after(i, run) or self._part_end(i, run) >= i or self._is_told_after(run)
        if unknown if known is None else self._is_longer(i, last):
            last, known = self._unlisted(i)
        if known is None or (person > last and known.candidates[0].population < 20_000):
            return max(person, i), None
        return self._make(i, last, known)

    def _is_behind_word(self, last: int) -> bool:
        """Does a longer name begin behind the preposition that opens the text: no "At Camp" in "At Camp Bastion"?"""
        opens = self.lower[0] in self.words.cues["locative"]
        return opens and last > 0 and self._is_capital(1) and max(self._feature_end(1), self._longest(1, 1)[0]) > last

    def _in_town(self, site: int) -> bool:
        """Does a town follow that the site ending here is in ("Forsyth Park in Savannah")?"""
        inside = self.lower[site + 1] == "in" and site + 2 < len(self.tokens)
        return inside and self._longest(site + 2, 1)[1] is not None

    def _is_of_no_town(self, i: int, last: int, site: int, known: Known | None) -> bool:
        """Is the site not just one of a town ("Mosul prison") or county: "the Versailles Palace"?"""
        if known is None:
            return True
        large = _LARGE if self.lower[i - 1] == "the" else 0 if site == last + 1 else _SMALL
        return known.candidates[0].kind == "settlement" and known.candidates[0].population < large

    def _glued(self, i: int, last: int) -> tuple[int, Known]:
        """The place of such a name: the gazetteer's, else one that no gazetteer has."""
        known = self._known(i, last)
        return last, known if known is not None else Known((unlisted_place(self._name(i, last)),), UNLISTED)

    def _longest(self, i: int, shortest: int) -> tuple[int, Known | None]:
        last = i
        inside = self.words.cues["inside"]
        reach = []
        while last < len(self.tokens) and last - i < LONGEST and not self.blocked[last]:
            if self.capital[last] or (self.tokens[last].text[0].isdigit() and last > i):
                reach.append(last)
            elif self.tokens[last].lower not in inside and last > i:
                break
            last += 1
        for end in reversed(reach):
            if end - i + 1 >= shortest:
                known = self._known(i, end)
                if known is not None:
                    return end, known
        return i, None

    def _known(self, first: int, last: int) -> Known | None:
        written = self._text(first, last)
        folded = key(written)
        if len(folded) < 2 or folded in self.words.cues["stop_phrases"] or "$" in written:
            return None
        known = self.words.known(folded, "" if self.shouted and not self._after_article(first) else written)
        if known is not None and known.rule == "places/overrides":
            return Known(known.candidates + self._namesakes(folded, known.candidates), known.rule)
        candidates = () if first == last and self._is_initials(first) else self.gazetteer.by_key(folded)
        if known is None and self._is_part_of_country(first, last):
            return None
        if known is not None:
            candidates = tuple(c for c in candidates if c.country != known.candidates[0].country)
        if not candidates and known is None and (" " in folded):
            candidates = next((c for c in map(self.gazetteer.by_key, spellings(written)) if c), ())
        if known is not None:
            return Known(known.candidates + candidates, known.rule)
        return Known(candidates, "places/gazetteer") if candidates else None

    def _namesakes(self, folded: str, known: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """The units that share the name of a town of our own tables ("Bakhmut district"), and towns abroad."""
        if known[0].kind != "settlement":
            return ()
        home = {town.country for town in known}
        return tuple(c for c in self.gazetteer.by_key(folded)
                     if (c.kind != "settlement" and c.country == known[0].country)
                     or (c.kind == "settlement" and c.main and c.country not in home))

    def _is_part_of_country(self, first: int, last: int) -> bool:
        """ "South Lebanon" is in Lebanon, whatever town of that name the gazetteer has."""
        return (first < last and self.tokens[first].lower in self.words.cues["directions"]
                and key(self._text(first + 1, last)) in self.words.countries)

    def _is_initials(self, i: int) -> bool:
        """ "P.A." or an adjective such as "Canadian": no name of a town, whatever the gazetteer says."""
        text = self.tokens[i].text
        return (text.count(".") * 2 == len(text)) or self.tokens[i].lower in self.words.adjectives

    def _after_article(self, i: int) -> bool:
        joints = ("the", "in", "by", "from", "of", "with", "and", "to")
        return "." in self.tokens[i].text or self.lower[i - 1] in joints

    def _abbreviation(self, i: int) -> Found | None:
        """ "Ark." after "Lakeview,": short forms of states count after a comma, or anywhere if dotted ("N.C.")."""
        token = self.tokens[i]
        short = self.words.abbreviations
        unit = short.get(token.text) or short.get(f"{token.text}.")
        after_comma = self.lower[i - 1] in (",", "(", "-") and i > 1 and self.capital[i - 2]
        if self.shouted and "." not in token.text:  # "IN", "OR" and "ME" are plain words there
            return None
        if unit is None or not (after_comma or token.text.count(".") > 1):
            return None
        named = self.gazetteer.by_key(key(unit[1]))
        candidates = tuple(c for c in named if c.kind == "admin1" and c.country == unit[0])
        if not candidates:
            return None
        return Found(token.start, token.end, token.text, key(unit[1]), candidates, "places/abbreviations", 3.0)

    def _is_longer(self, i: int, last: int) -> bool:
        """Is the known name only the beginning of an unknown one ("in Tuz Khurmato")?"""
        run = self.run_end(i, 2)
        if last < run and self.is_hamlet(i):
            return True
        told = self._is_told(i) or self._stands_in(i, run)
        if last >= run or not told or self.lower[last + 1] in self.words.cues["city_nouns"]:
            return False
        more = self._longest(last + 1, 1)[1]
        headed = i == last and self.tokens[i].lower in self.words.cues["name_heads"]  # "retook Ayn Issa"
        return more is None or headed or (self.lower[i - 1] == "in" and self._are_hamlets(i, last, more))

    def _are_hamlets(self, first: int, last: int, more: Known) -> bool:
        """Two small places run together ("in Isla Negra") are a third that no gazetteer has."""
        one = self._known(first, last)
        return one is not None and max(one.candidates[0].population, more.candidates[0].population) < _SMALL

    # -- evidence
    def _make(self, first: int, last: int, known: Known) -> tuple[int, Found]:
        end = last
        unit = self._unit_after(last)
        if unit and self.capital[last + 1] and not self.shouted:
            end = last + 1  # "Helmand Province": a capitalised noun belongs to the name
        start_at, end_at = self.tokens[first].start, self.tokens[end].end
        name = key(self._text(first, last))
        found = Found(start_at, end_at, self.sentence.quote(start_at, end_at), name, known.candidates, known.rule)
        beside = {self.lower[last + 1], self.lower[first - 2 if self.lower[first - 1] == "of" else first - 1]}
        found.rules += [] if self.words.cues["quarter_nouns"].isdisjoint(beside) else [QUARTER]
        found.unit = unit or self._unit_before(first) or self._unit_inside(first, last) or self._unit_listed(first)
        found.near, found.part = self._is_near(first), self._part(first)
        found.rules += ["places/anchor"] if self._is_anchor(first) else []
        found.evidence = self._evidence(first, end, found)
        return end, found

    def _evidence(self, first: int, last: int, found: Found) -> float:
        value = 2.0 if found.unit else 0.0
        if known_rule(found):
            value += 0.5
        value += 0.6 * (sum(self.capital[first:last + 1]) > 1) + self._site(last)
        stands = self._stands_in(first, last)
        told = self._is_told(first) or self._noun_after(first, last)
        part = self._part_end(first, last) == last
        found.stands = stands or told or part
        site = self._site_end(first) == last + 1 and found.rule != SITE
        found.stands = found.stands or site or found.rule == SITE
        value += 1.2 * part + 1.2 * site + self._before(first) + self._after(first, last, found) + 0.5 * stands
        value -= 1.5 * (first == last and self.tokens[first].lower in self.clues.surnames)
        value -= 1.5 * (first == last and self.tokens[first].lower in self.clues.small)
        person = first == last and self.tokens[first].lower in self.words.given_names
        speaks = self.lower[last + 1] in self.words.cues["speech"]
        value += -0.8 if person else 0.4 * (_is_unmistakable(found) and not speaks)
        return value - 0.7 * self.shouted

    def _site(self, last: int) -> float:
        """What a lower-case noun behind the name says: "the Jaffna peninsula", "Grozny's streets"."""
        cues, behind = self.words.cues, last + 1 + (self.lower[last + 1] in ("'s", "’s"))
        if self._is_capital(behind):
            return 0.0
        return 1.2 if self.lower[behind] in cues["site_kinds"] else 0.8 * (self.lower[behind] in cues["sited"])

    def _before(self, first: int) -> float:
        cues, before = self.words.cues, self.lower[first - 1]
        if first == 0:
            return -0.4
        if before in cues["locative"] or before in cues["near"]:
            return 1.3
        if before in cues["weak_locative"] or before in cues["directions"] or self._explains(first):
            return 0.7
        if before == "the" and not self.shouted:
            return -0.4
        if before in ("and", "or"):
            return 0.8 * self._is_beside_a_place(first - 1)
        return -1.2 if self.capital[first - 1] and self._is_stranger(first - 1) else 0.0

    def _is_beside_a_place(self, joint: int) -> bool:
        """Does a name stand before "and" that "in", "between" or the like makes a place ("in Gao and Ansongo")?"""
        j = joint - 1
        while j > 0 and self.capital[j] and not self.blocked[j]:
            j -= 1
        return j < joint - 1 and self.lower[j] in self.words.cues["locative"] | self.words.cues["near"]

    def _is_stranger(self, i: int) -> bool:
        """A capitalised word that makes a person or body of its neighbour: no direction, day, adjective or "City"."""
        lower, cues = self.tokens[i].lower, self.words.cues
        if self.shouted or i == 0 or not self.tokens[i].text[0].isalpha():
            return False
        return not (lower in cues["directions"] or lower in cues["calendar"] or lower in self.words.adjectives
                    or lower in cues["locative"] or lower in cues["town_nouns"])

    def _after(self, first: int, last: int, found: Found) -> float:
        cues, after = self.words.cues, self.lower[last + 1]
        if after in cues["worn"]:
            return -3.0
        if last + 1 < len(self.tokens) and self.capital[last + 1] and not self.shouted:
            if after in cues["organisation_nouns"] or after in cues["calendar"] or after in cues["feature_nouns"]:
                return 0.0
            known = after in self.words.adjectives or after in cues["titles"]
            return 0.0 if known else -0.4 if found.candidates[0].kind in ("country", "admin1") else -1.2
        if after in cues["speech"]:
            return -0.7
        files = first == 0 and self.tokens[-1].text in _DASHES  # "SANTIAGO, 14 Sep (Agency) --"
        return 1.8 if files else 1.0 if first == 0 and after in ("(", *_DASHES) else 0.0

    def _unit_after(self, last: int) -> str | None:
        after = self.lower[last + 1]
        if after and self.capital[last + 1] and (self.lower[last + 2] == "of" or self._is_capital(last + 2)):
            return None  # "Ohio State University", "Texas Department of Health"
        for name in UNITS:
            if after in self.words.cues[f"{name}_nouns"]:
                return None if name == "town" and self.capital[last + 1] else name
        return None

    def _unit_before(self, first: int) -> str | None:
        joint, noun = self.lower[first - 1], self.lower[first - 2]
        if joint == ",":
            return "town" if noun == "capital" else None  # "the capital, Suva"
        named = first > 2 and self._is_capital(first - 3) and self.lower[first - 3] not in self.words.adjectives
        named = named and noun not in self.words.cues["city_nouns"]  # "the Niger village of Abadam"
        if joint == "of" and (noun == "capital" or named):  # "the Colombian town of Saravena" names no town before "of"
            return None  # "the capital of Peru" is no town of that name, "the Karrada district of Baghdad" no district
        noun = noun if joint == "of" else joint
        return next((name for name in UNITS if noun in self.words.cues[f"{name}_nouns"]), None)

    def _unit_listed(self, first: int) -> str | None:
        noun = self.listed[first][1] if first in self.listed else ""
        single = (noun[:-1], f"{noun[:-3]}y")
        return next((name for name in UNITS if any(n in self.words.cues[f"{name}_nouns"] for n in single)), None)

    def _unit_inside(self, first: int, last: int) -> str | None:
        lower = self.tokens[last].lower
        if first == last:
            return None
        return ("province" if lower in ("province", "oblast", "governorate", "state") else
                "district" if lower in ("county", "parish", "district") else None)

    def _is_near(self, first: int) -> bool:
        cues, before = self.words.cues, self.lower[first - 1]
        if self._is_on_a_road(first):
            return True
        noun = self.lower[first - 2] if before == "of" else ""
        if noun in cues["town_nouns"] and noun not in cues["vicinity"]:  # "near the Malian town of Gao"
            return any(self.lower[i] in cues["near"] for i in range(first - 3, first - 6, -1))
        return before in cues["near"] or noun in cues["vicinity"]

    def _is_on_a_road(self, first: int) -> bool:
        """ "on the road to Goma", "the highway between Gao and Ansongo": near the towns, in neither."""
        before = [self.lower[j] for j in range(first - 1, max(-1, first - 9), -1)]
        pair = next((n for n, word in enumerate(before) if word in ("between", "linking", "connecting", "from")), 0)
        before = before[pair:] if before[:1] in (["and"], ["to"]) else before
        leads = next((n for n, word in enumerate(before) if word not in ("to", "into", "from", "between", "leading",
                                                                         "linking", "connecting")), 0)
        return leads > 0 and before[leads] in self.words.cues["roads"]

    def _is_anchor(self, first: int) -> bool:
        """Is it only measured from here ("northeast of Baghdad", "12 miles from Goma")?"""
        units, nouns, joint = self.words.cues["distance_units"], self.words.cues["town_nouns"], first - 1
        while self.lower[joint] in nouns or self.lower[joint] == "the":  # "south of the capital Algiers"
            joint -= 1
        if self.lower[joint] == "of" and self.lower[joint - 1] in self.words.cues["compass"]:
            return True
        return self._is_on_a_road(first) or (self.lower[joint] in ("of", "from") and any(
            self.lower[j] in units for j in range(max(0, joint - 5), joint)))

    def _part(self, first: int) -> str:
        before = self.lower[first - 1]
        return before if before in self.words.cues["directions"] and not self.capital[first - 1] else ""

    def _link(self, one: Found, first: int, ends: dict[int, Found]) -> None:
        """Tie "X, Y", "X village in Y", "X (Y)" and "Y's X" together: Y contains X where the gazetteer agrees."""
        end = next((end for end in range(first - 2, first - 9, -1) if end in ends), None)
        if end is None:
            return
        between, before = tuple(token.lower for token in self.tokens[end + 1:first]), ends[end]
        if between[-1] in ("'s", "’s") and (len(between) == 1 or between[0] in self.words.cues["town_nouns"]):
            one.container = before
        elif before.container is None and self._is_beside(between):
            before.container, before.beside = one, True
        elif self._joins(between) and before.container is None:
            before.container, before.within = one, self._within(between, one)
            if "," in between and any(inside(candidate, one) for candidate in before.candidates):
                before.evidence += 1.2
                one.evidence += 0.8

    def _joins(self, between: tuple[str, ...]) -> bool:
        """Do these words lead from a place to what contains it? A noun for its kind may come first ("village in")."""
        cues = self.words.cues
        if between[0] == "(" and between[-1] == "," and ")" not in between and len(between) < 6:
            return True  # "in Phoenix (eThekwini, KwaZulu-Natal)"
        if between[0] == "," and between[1:2] and between[1] in ("a", "an", "the") and between[-1] in ("of", "in"):
            return any(word in cues[f"{name}_nouns"] for word in between for name in (*UNITS, "part"))
        rest = between[1:] if any(between[0] in cues[f"{name}_nouns"] for name in (*UNITS, "part", "many")) else between
        rest = rest[:-1] if rest[-1:] and rest[-1] in self.words.cues["directions"] else rest
        return rest in JOINTS

    def _within(self, between: tuple[str, ...], outer: Found) -> int:
        """How large a town abroad may be that "X (Y", "X village in Y", "the X quarter of Y" or "X, northern Mali"
        does not mean."""
        unit = outer.candidates[0].kind in ("admin1", "admin2")
        if between[0] in self.words.cues["part_nouns"] or (unit and "(" in between):
            return ANY_SIZE  # "in Phoenix (KwaZulu-Natal)"
        kind = any(between[0] in self.words.cues[f"{name}_nouns"] for name in (*UNITS, "hamlet"))
        after = next((t.lower for t in self.tokens if t.start >= outer.end), "")
        country = "," in between and outer.candidates[0].kind == "country" and after not in ("and", "or", "&")
        return SMALLER if kind or country or "(" in between else 0

    def _is_beside(self, between: tuple[str, ...]) -> bool:
        """Do they lead to a place that lies beside it (", 40 km west of Mosul")?"""
        return len(between) > 2 and between[0] == "," and between[-1] == "of" and \
            between[-2] in self.words.cues["vicinity"]


def _is_unmistakable(found: Found) -> bool:
    """Is it the own name of one larger town, and of none abroad?"""
    first = found.candidates[0]
    return bool(first.main) and first.population >= 50_000 and len({c.country for c in found.candidates}) == 1


def known_rule(found: Found) -> bool:
    """Is the name one of the language pack's own tables and not only of the gazetteer?"""
    return found.rule != "places/gazetteer"
