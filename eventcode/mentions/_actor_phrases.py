"""Noun phrases that name actors, read from left to right: 'U.S. Army Lt. Col. A. Name', 'members of the Taliban'."""

from __future__ import annotations

from dataclasses import dataclass, field

from eventcode.mentions._actor_tables import Entry
from eventcode.mentions._actor_words import (
    CALENDAR,
    DEFINITE,
    DETERMINERS,
    DROPPING,
    FILLERS,
    KEEPING,
    PARTICLES,
    PREFIXES,
    View,
    word_set,
)

_NAME_LENGTH = 5
_TITLES = frozenset({"title", "title_only"})
UNIT_NOUNS = word_set("corps division brigade regiment battalion army fleet squadron wing command company")
_FORMER = frozenset({"former", "ex", "ousted", "deposed", "late"})
_FOLLOWING = frozenset({"supporter", "government-supporter", "sympathizer", "sympathiser", "bodyguard"})
_GROUP_SECTORS = frozenset({"REB", "PTY", "OPP", "PRM", "CRM", "SOC", None})
_BOUND = DROPPING | KEEPING
NUMBERED_UNIT = ("state", "military", "armed", "organized", "group")
_QUOTES = frozenset({'"', "“", "”", "`", "``", "''"})
#: So many phrases may stand one inside the other; a chain of more ("soldiers of soldiers of ...") is no language.
_DEEPEST = 8
#: Prepositions that may bind the group or country a role belongs to, and which roles they need.
#: Bodies whose members are told one by one.
_ALLIANCES = frozenset({"coalition", "alliance", "bloc"})
_BINDING = frozenset({"of", "from", "for", "with", "in"})
_FOR = word_set("spokesman spokeswoman spokesperson lawyer negotiator fighter representative attorney official")


@dataclass(slots=True)
class Element:
    """One dictionary word or name in a sentence: pieces first..last, and what it may be, by kind."""

    first: int
    last: int
    kinds: dict[str, Entry]

    def get(self, kind: str) -> Entry | None:
        """The reading of that kind, if it has one."""
        return self.kinds.get(kind)


@dataclass(slots=True)
class Phrase:
    """A noun phrase: its elements with the reading chosen for each, and the span of its pieces."""

    parts: list[tuple[str, Entry, Element]] = field(default_factory=list)
    first: int = -1
    last: int = -1
    head: int = -1
    inner: list[Phrase] = field(default_factory=list)
    named: bool = False
    former: bool = False
    place: Entry | None = None
    lead: list[Phrase] = field(default_factory=list)

    @property
    def role(self) -> Entry | None:
        """The last role word of the phrase itself."""
        return next((entry for kind, entry, _ in reversed(self.parts) if kind == "role"), None)

    def entry(self, *kinds: str) -> Entry | None:
        """The first part of one of these kinds."""
        return next((entry for kind, entry, _ in self.parts if kind in kinds), None)

    def add(self, kind: str, entry: Entry, element: Element) -> None:
        """Take one more element at the end."""
        self.parts.append((kind, entry, element))
        if self.first < 0:
            self.first = element.first
        self.last = self.head = element.last


#: Which reading of a word fits after which, without and with a possessive between them; the first that fits is taken.
_FOLLOWERS: dict[str, tuple[str, ...]] = {
    "": ("actor", "leader", "unit", "adjective", "country", "metonym", "community", "people", "role"),
    "adjective": ("actor", "unit", "community", "role"),
    "country": ("actor", "unit", "community", "role"),
    "metonym": ("role",),
    "actor": ("actor", "unit", "role"),
    "community": ("actor", "unit", "community", "role"),
    "people": (),
    "unit": ("role",),
    "leader": ("role",),
    "role": ("actor", "leader", "unit", "role"),
}
_OWNED: dict[str, tuple[str, ...]] = {
    "country": ("actor", "unit", "community", "role"),
    "adjective": ("actor", "unit", "community", "role"),
    "metonym": ("role",),
    "actor": ("actor", "unit", "adjective", "role"),
    "community": ("role",),
    "leader": ("role",),
    "role": ("unit", "role"),
}


class PhraseReader:
    """Reads phrases out of the elements of one sentence."""

    def __init__(self, view: View, elements: dict[int, Element]) -> None:
        self.view, self.elements = view, elements
        self._depth = 0
        self._headline = view.title_case and not view.caseless

    def read(self, i: int) -> Phrase:
        """The phrase whose first element stands at piece i."""
        phrase, owned = Phrase(), False
        phrase.former = self._former(i)
        while (element := self.elements.get(i)) is not None:
            if self.view.word(element.last + 1) in DROPPING and self._glued(element.last + 1) and not phrase.parts:
                i = self._after_fillers(element.last + 2, 3)
                continue
            chosen = self._choose(phrase, element, owned)
            if chosen is None:
                break
            phrase.add(chosen, element.kinds[chosen], element)
            joint = self._joint(element.last + 1, chosen)
            if joint is None:
                break
            i, owned = joint
        if phrase.parts and self._depth < _DEEPEST:
            self._depth += 1
            self._finish(phrase)
            self._depth -= 1
        return phrase

    def _former(self, i: int) -> bool:
        """Does 'former' or the like stand before piece i, other adjectives between them?"""
        for k in range(i - 1, i - 4, -1):
            if self.view.word(k) in _FORMER:
                return True
            if self.view.word(k) not in FILLERS:
                return False
        return False

    def _glued(self, i: int) -> bool:
        return 0 <= i < len(self.view.glued) and self.view.glued[i]

    def _choose(self, phrase: Phrase, element: Element, owned: bool) -> str | None:
        if not phrase.parts:
            return next((kind for kind in _FOLLOWERS[""] if kind in element.kinds), None)
        before, entry, _ = phrase.parts[-1]
        table = _OWNED if owned else _FOLLOWERS
        for kind in table.get(before, ()):
            if kind in element.kinds and self._fits(phrase, before, entry, kind, element.kinds[kind], owned):
                return kind
        return None

    def _fits(self, phrase: Phrase, before: str, entry: Entry, kind: str, new: Entry, owned: bool) -> bool:
        """May `new`, read as `kind`, stand right after `entry`, read as `before`?"""
        if kind == "actor":
            return _actor_fits(phrase, before, entry, new)
        if before == "role" and kind == "role":
            return not (entry.person and owned) and _compounds(entry, new)
        if kind == "leader":
            return not entry.plural and bool(entry.flags & _TITLES)
        if before == "leader":
            return "weak" in new.flags or new.sector in ("GOV", "MIL") or new.key in _FOLLOWING
        if kind == "unit":
            return before != "role" or entry.sector == "MIL"
        return True

    def _joint(self, i: int, kind: str) -> tuple[int, bool] | None:
        """(next element's piece, owned) past a possessive and adjectives, if a phrase may go on there."""
        word, owned = self.view.word(i), False
        if word == "'s" or (word == "'" and self.view.word(i - 1).endswith("s")):
            i, owned = i + 1, True
        if kind == "actor" and self.view.word(i) == "(":
            i = self._past_bracket(i)
        if i in self.elements:
            return i, owned
        if self.view.word(i) in KEEPING and self._glued(i):
            i += 1
        if kind == "role" and self.view.word(i + 1) == "as" and self.view.word(i) == "known":
            return (i + 2, False) if i + 2 in self.elements else None
        if kind in ("adjective", "country", "actor", "community", "leader") or owned:
            k = self._after_fillers(i, 3)
            if k in self.elements:
                return k, owned
        return None

    def _past_bracket(self, i: int) -> int:
        """Behind what stands in the bracket at piece i: 'the Wildlife Service (KWS) [rangers]'."""
        for k in range(i + 1, i + _NAME_LENGTH + 2):
            if self.view.word(k) == ")":
                return k + 1
        return i

    def _after_fillers(self, i: int, most: int) -> int:
        """The piece after adjectives such as 'former' or 'Kurdish-led' (their nation is not the actor's)."""
        view = self.view
        for _ in range(most):
            if view.word(i) in FILLERS and i not in self.elements:
                i += 1
            elif self._glued(i + 1) and (view.word(i) in PREFIXES or view.word(i + 1) in _BOUND):
                i += 2
            else:
                break
        return i

    def _finish(self, phrase: Phrase) -> None:
        """What may follow the last element: a person's name, a second title, 'of the Taliban', 'in Mali'."""
        role = phrase.role
        at_end = bool(role) and phrase.parts[-1][0] == "role"
        if role is None or not at_end:
            return
        titled = not role.plural and bool(role.flags & _TITLES)
        if titled and not self._second_title(phrase):
            self._name(phrase)
        if phrase.named:
            self._of_country(phrase)
        else:
            self._bind(phrase, role)

    def _of_country(self, phrase: Phrase) -> None:
        """'King Name of Morocco'."""
        element = self.elements.get(phrase.last + 2)
        if self.view.word(phrase.last + 1) == "of" and element is not None and "country" in element.kinds:
            phrase.place, phrase.last = element.kinds["country"], element.last

    def _second_title(self, phrase: Phrase) -> bool:
        """'mission spokesman Kenyan Army Maj. A. Name': the inner phrase has the name."""
        element = self.elements.get(phrase.last + 1)
        if element is None or element.kinds.keys().isdisjoint(("adjective", "actor")):
            return False
        inner = self.read(element.first)
        if not inner.named:
            return False
        phrase.parts += inner.parts
        phrase.last, phrase.head, phrase.named = inner.last, inner.head, True
        return True

    def _name(self, phrase: Phrase) -> None:
        """Take the capitalised words after a title as a person's name."""
        kind, entry, element = phrase.parts[-1]
        if kind == "leader" or self._headline or self.view.caseless:
            return
        if "title_only" in entry.flags and not self.view.capital(element.first):
            return  # "oil major Yukos"
        i, last = phrase.last + 1, phrase.last
        while i - phrase.last <= _NAME_LENGTH and i < len(self.view.words):
            word = self.view.word(i)
            if self.view.capital(i) and word not in CALENDAR and word[:1].isalpha() and self._free(i):
                last = i
            elif last == phrase.last or not (word in PARTICLES or word in _QUOTES):
                break
            i += 1
        if last > phrase.last:
            phrase.last = phrase.head = last
            phrase.named = True

    def _free(self, i: int) -> bool:
        element = self.elements.get(i)
        return element is None or not ({"actor", "adjective", "unit"} & element.kinds.keys())

    def _bind(self, phrase: Phrase, role: Entry) -> None:
        """'members of the Taliban', 'soldiers from Kenya', 'police in Mali' (the place lends only its country)."""
        preposition = self.view.word(phrase.last + 1)
        if preposition not in _BINDING:
            return
        i = phrase.last + 2
        while self.view.word(i) in DETERMINERS or self.view.word(i).isdigit():
            i += 1
        i = self._after_fillers(i, 3)
        if i not in self.elements and preposition == "of":
            i = self._past_number(i) or self._past_strange_name(i)
        if i not in self.elements:
            if preposition == "of" and "civilian" in role.traits and role.person:
                self._of_town(phrase, i)
            return
        inner = self.read(i)
        if inner.parts and _binds(preposition, phrase, role, inner):
            self._take(phrase, preposition, inner)

    def _past_number(self, i: int) -> int | None:
        """'fighters of the 10th Front of the [FARC]': a numbered part of a group, to the group."""
        end = i + 3 if self.view.word(i)[:1].isdigit() and self.view.word(i + 2) == "of" else i
        end += self.view.word(end) in DETERMINERS
        return end if end > i and end in self.elements and "actor" in self.elements[end].kinds else None

    def _past_strange_name(self, i: int) -> int:
        """'leaders of the Azure Dawn (Unity) [opposition coalition]': behind a name that no table has, to its noun."""
        k = i
        while k - i < _NAME_LENGTH and k not in self.elements and self.view.capital(k) and self.view.word(k).isalpha():
            k += 1
        k = self._past_bracket(k) if self.view.word(k) == "(" else k
        role = self.elements[k].get("role") if k in self.elements else None
        known = role is not None and not role.person and not role.plural and role.sector in _GROUP_SECTORS
        return k if known and k > i else i

    def _of_town(self, phrase: Phrase, i: int) -> None:
        """'residents of Goma': the town belongs to the phrase and says nothing more here."""
        while i not in self.elements and self.view.capital(i) and self.view.word(i) not in CALENDAR:
            phrase.last = i
            i += 1

    def _take(self, phrase: Phrase, preposition: str, inner: Phrase) -> None:
        country = inner.entry("country", "metonym") if len(inner.parts) == 1 else None
        if preposition == "in":
            phrase.place = country
            return
        phrase.inner.append(inner)
        phrase.last = inner.last
        if country and phrase.role is not None and (phrase.role.plural or phrase.role.name in _ALLIANCES):
            phrase.lead += self._more_countries(inner.last + 1)

    def _more_countries(self, i: int) -> list[Phrase]:
        """'the foreign ministers of India and Pakistan', 'a coalition of A, B and C': a list that ends with "and"."""
        found: list[Phrase] = []
        while self.view.word(i) in ("and", ","):
            last = "and" in (self.view.word(i), self.view.word(i + 1))
            following = self.elements.get(i + 1 + (self.view.word(i) == "," and last))
            if following is None or "country" not in following.kinds:
                return found[:1]
            other = self.read(following.first)
            if len(other.parts) != 1:
                return found[:1]
            found.append(other)
            if last:
                return found
            i = other.last + 1
        return found[:1]

    def find_units(self) -> None:
        """Add numbered military units as elements: 209th "Shaheen" Corps."""
        if UNIT_NOUNS.isdisjoint(self.view.words) or self.view.caseless:
            return
        for i, word in enumerate(self.view.words):
            if word in UNIT_NOUNS and self.view.capital(i):
                first = self._unit_start(i)
                if first is not None:
                    name = f"{self.view.raw[first]} {self.view.raw[i]}"  # a nickname in quotes is no part of it
                    for k in range(first, i + 1):
                        self.elements.pop(k, None)
                    unit = Entry("unit", "units/numbered", name, sector="MIL", traits=NUMBERED_UNIT)
                    self.elements[first] = Element(first, i, {"unit": unit})

    def _unit_start(self, i: int) -> int | None:
        """Where the ordinal of a unit whose noun stands at i is, a few words before it."""
        for k in range(i - 1, max(-1, i - 5), -1):
            word = self.view.word(k)
            if word[:1].isdigit() and word[-2:] in ("st", "nd", "rd", "th"):
                return k
            if not (self.view.capital(k) or word in _QUOTES):
                return None
        return None


def _actor_fits(phrase: Phrase, before: str, entry: Entry, new: Entry) -> bool:
    """'Lebanese Hezbollah' and 'rebel group M23' are one actor; 'Israeli Hamas' is two words for two."""
    if before in ("adjective", "country"):
        return new.country is None or new.country == entry.country
    if before == "actor":
        return new.parent == entry.key
    if before == "community":
        return "armed" in new.traits or "party" in new.traits
    describes = entry.sector in _GROUP_SECTORS and (not entry.person or not entry.plural)
    return describes and "state" not in new.traits and "igo" not in new.traits


def _compounds(entry: Entry, new: Entry) -> bool:
    """'army units', 'security forces spokesman': the first is singular or a body."""
    return not entry.plural or (not entry.person and "weak" in new.flags)


def _binds(preposition: str, phrase: Phrase, role: Entry, inner: Phrase) -> bool:
    kinds = {kind for kind, _, _ in inner.parts}
    own = phrase.entry("adjective", "country", "actor", "metonym")
    if preposition == "in":
        stateless = own is None or (own.kind == "actor" and own.country is None and "armed" in own.traits)
        return stateless and kinds == {"country"}
    if preposition == "for":
        return role.key.rpartition("-")[2] in _FOR and bool(kinds & {"actor", "role"})
    if preposition == "with":
        return role.person and "actor" in kinds and role.sector in ("REB", "UAF", "MIL", None)
    if preposition == "from":
        return own is None and bool(kinds & {"actor", "country", "community", "unit", "adjective"})
    if "community" in kinds or "people" in kinds:
        return "weak" in role.flags or not role.person
    return own is None or "country" not in kinds


def determined(view: View, i: int, words: frozenset[str] = DEFINITE) -> bool:
    """Does a determiner of these stand before piece i, adjectives between them allowed?"""
    k = i - 1
    while view.word(k) in FILLERS and i - k < 4:
        k -= 1
    return view.word(k) in words
