"""Who is named in a sentence: countries, groups, bodies, leaders, units, communities and people by their role.

Works on tokens alone. Words come from the actor tables of a language; `_actor_phrases` puts them together to noun
phrases and `_actor_parties` says what a phrase means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from eventcode.document import Sentence
from eventcode.languages.base import Language
from eventcode.mentions._actor_choice import Countries, readings
from eventcode.mentions._actor_guards import actor_words, dateline, verb_like
from eventcode.mentions._actor_names import find_names
from eventcode.mentions._actor_parties import Composer, Facts
from eventcode.mentions._actor_phrases import Element, Phrase, PhraseReader, determined
from eventcode.mentions._actor_tables import ActorTables, Entry
from eventcode.mentions._actor_words import (
    AFTER_NOUN,
    COMMON,
    DETERMINERS,
    FILLERS,
    View,
    pieces,
    word_set,
    written_as,
)
from eventcode.neutral import Party


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A party and its tokens in the sentence.

    `first` and `last` are the tokens of `party.text`: the noun phrase without its determiner and count ("members of
    the Islamic State", not "the 100 members ..."). `head` is the token that governs the phrase: the last of its core,
    before "of ...". In "U.S. and Afghan forces" both parties have the head "forces", which for the first of them lies
    beyond `last`. `anaphor`: a definite general noun ("the group") that points back. `plural`: more than one person.
    `names` are actors named within a phrase that means somebody else: the party in "supporters of the party".
    """

    party: Party
    first: int
    last: int
    head: int
    anaphor: bool = False
    plural: bool = False
    names: tuple[Party, ...] = ()


class ActorFinder:
    """Finds the parties of sentences.

    `extra` are actor tables laid over the built-in ones: paths of CSV files or data frames with the columns of
    `actors/*.csv` (id, name, aliases, country, sector, traits, start, end, note; `parent` and `checked` may be
    there). A row replaces the built-in rows of its id, and its names win over the same names in earlier tables.
    Raises RuleError that names file, line and row of a fault.
    """

    def __init__(self, language: Language, extra: Sequence[Any] = ()) -> None:
        self._folder, self._extra = language.folder, tuple(extra)
        self._loaded: ActorTables | None = None
        if self._extra:
            _ = self.tables  # a fault in a user's table shows now, not at the first article

    @property
    def tables(self) -> ActorTables:
        """The tables, read on first use."""
        if self._loaded is None:
            self._loaded = ActorTables(self._folder, self._extra)
        return self._loaded

    def may_name_more(self, sentence: Sentence) -> bool:
        """Has the sentence a name that means an actor only where its country is told of ("MAS", "Labour Party")?"""
        unsure = self.tables.unsure
        if unsure.keys().isdisjoint(sentence.vocabulary):
            return False
        words = [token.lower for token in sentence.tokens]
        return any(tuple(words[i:i + len(name)]) == name
                   for i, word in enumerate(words) if word in unsure for name in unsure[word])

    def find(self, sentence: Sentence, on: date | None = None, seen: dict[str, Party] | None = None,
             countries: Countries = ()) -> list[ActorMention]:
        """The parties of a sentence, in text order.

        `on` is the day by which rows with dates are chosen; without it the row that covers most days. `seen` holds
        the surnames of persons named in full so far in the article: hand the same dict to every sentence, and
        "Mwangi" alone is known after "General Peter Mwangi". `countries` (ISO 3166 alpha-3), those nearest to
        the sentence first, tell actors of one name apart; a name they do not decide has no `actor_id`.
        """
        view = View.of(sentence)
        elements = self._elements(view, on, countries)
        find_names(view, elements, self.tables.organizations, self.tables.organization_nouns)
        seen = {} if seen is None else seen
        if not elements and not seen:
            return []
        return _Scan(view, elements, Composer(self.tables, on), seen).mentions()

    def unknown_name(self, text: str) -> bool:
        """Is there a name in these words of a party that no table has? "Kenyan soldiers" and "Hamas" hold none."""
        split = [piece for word in text.split() for piece in pieces(word.strip("\"'“”‘’`.,;:()[]"))]
        words = [folded for folded, _, _ in split]
        known = {k for hit in self.tables.trie.find(words) for k in range(hit.first, hit.last + 1)}
        return any(raw[:1].isupper() and k not in known and words[k] not in DETERMINERS and words[k] not in FILLERS
                   for k, (_, raw, _) in enumerate(split))

    def _elements(self, view: View, on: date | None, countries: Countries) -> dict[int, Element]:
        """Dictionary words by the piece they begin at."""
        first, words, found = self.tables.first, view.words, {}
        i = 0
        while i < len(words):
            if words[i] in first:
                element = self._element_at(view, i, on, countries, view.caseless)
                if element is not None:
                    if element.kinds and not (i and view.glued[i] and words[i - 1] in _TOWARDS):
                        found[i] = element
                    i = element.last
            i += 1
        return found

    def _element_at(self, view: View, i: int, on: date | None, countries: Countries,
                    caseless: bool) -> Element | None:
        """The longest entry at piece i that is written as its table asks; one without kinds is a phrase to skip."""
        words = view.words
        while (hit := self.tables.trie.longest_at(words, i)) is not None:
            written = [entry for entry in hit.values if _written(entry, view, i, caseless)]
            if caseless and hit.last == i:  # a bare surname without its capital: only while in office
                written = [e for e in written if e.kind != "leader" or (on is not None and e.valid(on))]
            kinds = readings(written, on, countries)
            if "none" in kinds:
                return Element(i, hit.last, {})
            cut = self._actor_within(view, i, hit.last) if "role" in kinds and hit.last > i else None
            if cut is None and kinds and not verb_like(view, i, hit.last, kinds):
                return Element(i, hit.last, kinds)
            if hit.last == i:
                return None
            words = words[:cut or hit.last]
        return None

    def _actor_within(self, view: View, i: int, last: int) -> int | None:
        """Where a longer name begins inside a role of several words: 'opposition [Movement for Democratic Change]'."""
        for k in range(i + 1, last + 1):
            hit = self.tables.trie.longest_at(view.words, k) if view.capital(k) else None
            if hit is not None and hit.last > last and any(
                    entry.kind == "actor" and _written(entry, view, k, False) for entry in hit.values):
                return k
        return None


def _written(entry: Entry, view: View, i: int, caseless: bool) -> bool:
    if caseless:
        return not (entry.demand and entry.demand[0] and len(entry.demand) == 1 and view.words[i] in COMMON
                    and (entry.demand[0] == 2 or view.raw[i].islower()))
    return all(written_as(view.raw[i + k], demand) for k, demand in enumerate(entry.demand) if demand)


class _Scan:
    """One sentence: phrases from left to right, then mentions."""

    def __init__(self, view: View, elements: dict[int, Element], composer: Composer, seen: dict[str, Party]) -> None:
        self.view, self.elements, self.composer, self.seen = view, elements, composer, seen
        self.reader = PhraseReader(view, elements)
        self._found: list[ActorMention] = []
        self._open: tuple[Facts, Phrase] | None = None  # a named person whose country an apposition may tell

    def mentions(self) -> list[ActorMention]:
        """All mentions of the sentence."""
        words, i = len(self.view.words), dateline(self.view)
        self.reader.find_units()
        while i < words:
            if i in self.elements:
                i = self._coordinated(i)
            else:
                if self.seen and self.view.capital(i):
                    self._known_surname(i)
                i += 1
        return self._found

    def _coordinated(self, i: int) -> int:
        """Emit the phrase at piece i, with adjectives coordinated before it; the piece to go on from."""
        lead: list[Element] = []
        while (element := self.elements.get(i)) is not None and "adjective" in element.kinds:
            following = self._next_adjective(element)
            if following is None:
                break
            lead.append(element)
            i = following
        phrase = self.reader.read(i)
        if not phrase.parts:
            return max(i, self.elements[i].last if i in self.elements else i) + 1
        singles = [self._single(element) for element in lead]
        shared = phrase.role is not None and not phrase.named
        if not shared:
            for single in singles:
                self._emit(single, [])
        self._emit(phrase, singles if shared else [])
        return max(part.last for part in (phrase, *phrase.lead)) + 1

    def _next_adjective(self, element: Element) -> int | None:
        """The piece where a coordinated description goes on: 'U.S. [and] Afghan forces', 'Saudi-[Emirati] talks'."""
        k = element.last + 1
        if self.view.word(k) in ("and", "or", ",", "/"):
            k += 1
            if self.view.word(k) in ("and", "or"):
                k += 1
        elif not (k < len(self.view.glued) and self.view.glued[k]):
            return None
        following = self.elements.get(k)
        named = "country" in element.kinds and determined(self.view, element.first, _THE)  # "the U.S. and ..."
        if following is None or named:
            return None
        return k if "adjective" in following.kinds or self._weak_after(following) else None

    def _weak_after(self, element: Element) -> bool:
        """'Afghan and coalition forces': a describing noun, then the shared one."""
        role, following = element.get("role"), self.elements.get(element.last + 1)
        if role is None or following is None:
            return False
        return not role.person and not role.plural and "role" in following.kinds

    @staticmethod
    def _single(element: Element) -> Phrase:
        phrase = Phrase()
        phrase.add("adjective", element.kinds["adjective"], element)
        return phrase

    def _emit(self, phrase: Phrase, lead: list[Phrase]) -> None:
        """Make mentions of a phrase and of those that share its head, if they name anybody."""
        facts = self.composer.facts(phrase)
        self._apposition(facts, phrase)
        for single in lead:
            shared = self._shared(facts, phrase, single)
            self._keep(shared, single, phrase)
        if actor_words(self.view, phrase, facts):
            self._people(facts, phrase)
            self._keep(facts, phrase, phrase)
        for other in phrase.lead:
            self._keep(self._shared(facts, phrase, other), other, phrase)
        self._open = (facts, phrase) if phrase.named else None

    def _shared(self, facts: Facts, phrase: Phrase, single: Phrase) -> Facts:
        """The facts of a coordinated country, with the role it shares."""
        roles = [part for part in phrase.parts if part[0] == "role"]
        return self.composer.facts(Phrase(parts=[*single.parts, *roles[-1:]])) if roles else facts

    def _apposition(self, facts: Facts, phrase: Phrase) -> None:
        """'Gen. A. Name, the top U.S. commander': what follows the comma tells the country of the person before it."""
        if self._open is None or not facts.country or not phrase.role or not phrase.role.person or phrase.role.plural:
            return
        named, before = self._open
        between = [self.view.word(i) for i in range(before.last + 1, phrase.first)]
        small = all(word in FILLERS or word in ("the", "a", "an") for word in between[1:])
        if named.country is None and between[:1] == [","] and small:
            last = self._found[-1]
            update = {"country": facts.country, "rules": tuple(dict.fromkeys((*last.party.rules, *facts.rules)))}
            self._found[-1] = ActorMention(last.party.model_copy(update=update), last.first, last.last, last.head,
                                           last.anaphor, last.plural)

    def _people(self, facts: Facts, phrase: Phrase) -> None:
        """A lone demonym: '12 Afghans' and 'an Afghan' are people, 'the Afghans' stands for the country."""
        if len(phrase.parts) != 1 or phrase.inner or phrase.parts[0][0] not in ("adjective", "people"):
            return
        kind, _, element = phrase.parts[0]
        people = element.get("people")
        before = self.view.word(phrase.first - 1)
        if kind == "people" and (before == "the" or self._with_a_people(element)):
            facts.sector, facts.traits = None, ["country", "group"]
        elif kind == "people":
            facts.add("person")
            facts.name = None
        elif people is not None and self._counted(people, before, self.view.word(phrase.last + 1)):
            facts.sector, facts.traits, facts.name = "CVL", ["civilian", "person"], None

    def _with_a_people(self, element: Element) -> bool:
        """'Israelis and Palestinians', one of the two, at the start of a clause: the nations, not some of them."""
        other = self.elements.get(element.last + 2)
        first = element
        if self.view.word(element.last + 1) != "and" or other is None:
            first = next((e for e in self.elements.values() if e.last + 2 == element.first), element)
            other = element if self.view.word(element.first - 1) == "and" else None
        both = other is not None and all("people" in e.kinds and e.kinds["people"].plural for e in (first, other))
        return both and first is not other and self.view.word(first.first - 1) in _CLAUSE_STARTS

    @staticmethod
    def _counted(people: Entry, before: str, after: str) -> bool:
        if people.plural:
            return before.isdigit() or before in _NUMBERS
        return before in ("a", "an", "one") and after in AFTER_NOUN

    def _keep(self, facts: Facts, phrase: Phrase, governing: Phrase) -> None:
        view = self.view
        first, last = view.token[phrase.first], view.token[phrase.last]
        head = view.token[governing.head]
        start, end = view.sentence.span(first, last)
        text = view.sentence.quote(start, end)
        actor = facts.actor.key if facts.actor else ""
        party = Party(start=start, end=end, text=text, name=facts.name or None, country=facts.country,
                      sector=facts.sector, actor_id=actor or None, traits=cast("Any", tuple(facts.traits)),
                      unit=self._unit_of(phrase), rules=tuple(facts.rules))
        named = (*phrase.parts, *(part for inner in phrase.inner for part in inner.parts))  # "supporters of the party"
        names = tuple(self._name(part) for part in named if _names_another(part[:2], facts))
        self._found.append(ActorMention(party, first, last, head, _anaphor(view, phrase), _plural(governing), names))
        if phrase.named or any(kind == "leader" for kind, _, _ in phrase.parts):
            self._remember(phrase, party)
        self._abbreviated(phrase, party)

    def _abbreviated(self, phrase: Phrase, party: Party) -> None:
        """"The Azawad Liberation Army (ALA)": the letters stand for it in the sentences after."""
        view, k = self.view, phrase.last + 1
        if view.word(k) != "(" or view.word(k + 2) != ")":
            return
        letters = view.raw[k + 1]
        initials = {word[0] for word in party.text.split() if word[:1].isupper()}
        if 2 <= len(letters) <= 8 and letters.isupper() and letters[0] in initials and len(initials) > 1:
            self.seen[letters] = party

    def _name(self, part: tuple[str, Entry, Element]) -> Party:
        """The actor named by one part of a phrase."""
        _, entry, element = part
        start, end = self.view.sentence.span(self.view.token[element.first], self.view.token[element.last])
        return Party(start=start, end=end, text=self.view.sentence.quote(start, end), name=entry.name,
                     country=entry.country, sector=entry.sector, actor_id=entry.key,
                     traits=cast("Any", (*entry.traits, "group")), rules=(entry.rule, "parties/within"))

    @staticmethod
    def _unit_of(phrase: Phrase) -> str | None:
        unit = phrase.entry("unit") or next((e for inner in phrase.inner if (e := inner.entry("unit"))), None)
        return unit.name if unit else None

    def _remember(self, phrase: Phrase, party: Party) -> None:
        surname = self.view.word(phrase.last)
        if len(surname) > 3 and surname not in COMMON:
            self.seen[surname] = party

    def _known_surname(self, i: int) -> None:
        party = self.seen.get(self.view.words[i]) or self.seen.get(self.view.raw[i])
        if party is None:
            return
        token = self.view.token[i]
        start, end = self.view.sentence.span(token, token)
        text = self.view.sentence.quote(start, end)
        rules = tuple(dict.fromkeys((*party.rules, "actors/surname")))
        named = party.model_copy(update={"start": start, "end": end, "text": text, "rules": rules})
        self._found.append(ActorMention(named, token, token, token))


_THE = frozenset({"the"})
#: 'anti-Syrian', 'pro-Russian': what somebody thinks of a country, not whose they are.
_TOWARDS = frozenset({"anti", "pro", "non"})
_CLAUSE_STARTS = frozenset({"", ",", "that", "both", "between", "as", "while", "when", "after", "before", '"', "“"})
_NUMBERS = word_set("two three four five six seven eight nine ten eleven twelve dozens hundreds thousands many "
                     "several some dozen hundred thousand")


def _anaphor(view: View, phrase: Phrase) -> bool:
    """'the group', 'the terror group', 'these militants': nothing but a general noun, and definite."""
    if phrase.named or phrase.place is not None or any(kind != "role" for kind, _, _ in phrase.parts):
        return False
    if phrase.inner:  # members of the group
        return all("weak" in entry.flags for _, entry, _ in phrase.parts) and _anaphor(view, phrase.inner[0])
    return all("anaphor" in entry.flags for _, entry, _ in phrase.parts) and determined(view, phrase.first)


def _names_another(part: tuple[str, Entry], facts: Facts) -> bool:
    """Does the phrase name an actor whose sector its own head does not keep: 'Hamas supporters'?"""
    kind, entry = part
    return kind == "actor" and bool(entry.key) and (facts.actor is None or facts.sector != entry.sector)


def _plural(phrase: Phrase) -> bool:
    if phrase.named or not phrase.parts:
        return False
    kind, entry, _ = phrase.parts[-1]
    return entry.plural and kind in ("role", "people", "community")
