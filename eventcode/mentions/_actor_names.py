"""Names of organizations that no table has, by the noun that they end in: 'the Blue Hill Movement'."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from eventcode.mentions._actor_phrases import Element
from eventcode.mentions._actor_tables import Entry
from eventcode.mentions._actor_words import CALENDAR, DETERMINERS, LOCATIVE, VERB_BEFORE, View, word_set

_NAMED = frozenset({"actor", "leader", "unit", "metonym"})
_LONGEST = 6
_STARTS = DETERMINERS | LOCATIVE | VERB_BEFORE | word_set(
    "after before when while as if but and or for with by from of to on since although because also however then now "
    "meanwhile last next new former not yet so")
#: Nouns of people whose possessive is part of a name: 'People's Alliance', 'Workers' Party'.
_PEOPLES = word_set("people peoples women men workers citizens farmers peasants students children teachers patriots")


def find_names(view: View, elements: dict[int, Element], endings: Mapping[tuple[str, ...], Entry],
               last_words: frozenset[str]) -> None:
    """Add names of organizations as elements: capitalised words up to one of `endings`, one of them at least unknown.

    "of" or "for" and capitalised words behind it belong to the name. A country among its words is its country.
    `last_words` are those of all endings.
    """
    if last_words.isdisjoint(view.words) or view.caseless or view.title_case:
        return
    for i, word in enumerate(view.words):
        key = _ending(view, i, endings) if word in last_words and view.capital(i) else None
        if key is not None:
            covered = {k: one for one in elements.values() for k in range(one.first, one.last + 1)}
            begin = i - len(key) + 1
            first, last = _start(view, covered, begin), _end(view, covered, i)
            telling = len(key) > 1 and first < begin  # "the Zimbabwe Teachers Association"
            unknown = any(k not in covered and k != i and view.raw[k][:1].isupper() for k in range(first, last + 1))
            if _named(covered.get(i)) or not (unknown or telling):
                continue
            _take(elements, covered, first, last, endings[key])


def _take(elements: dict[int, Element], covered: Mapping[int, Element], first: int, last: int, ending: Entry) -> None:
    within = dict.fromkeys(k for k in range(first, last + 1) if k in covered)
    countries = [country for k in within for kind in ("adjective", "country")
                 if (entry := covered[k].kinds.get(kind)) is not None and (country := entry.country)]
    for k in within:
        elements.pop(covered[k].first, None)
    elements[first] = Element(first, last, {"actor": replace(ending, country=countries[0] if countries else None)})


def _ending(view: View, head: int, endings: Mapping[tuple[str, ...], Entry]) -> tuple[str, ...] | None:
    """The longest of `endings` whose last word is piece `head`."""
    keys = (tuple(view.words[head - n + 1:head + 1]) for n in (4, 3, 2, 1) if n <= head + 1)
    return next((key for key in keys if key in endings and view.capital(head - len(key) + 1)), None)


def _start(view: View, covered: Mapping[int, Element], i: int) -> int:
    """Where the capitalised words begin that end at piece i."""
    k = i
    while k > 0 and i - k < _LONGEST:
        owned = view.words[k - 1] in ("'s", "'") and view.word(k - 2) in _PEOPLES and view.capital(k - 2)
        if not owned and not _part(view, covered, k - 1):
            break
        k -= 2 if owned else 1
    return k


def _end(view: View, covered: Mapping[int, Element], i: int) -> int:
    """Where the name ends: behind 'of' or 'for' and capitalised words, 'the' and 'and' among them."""
    if view.word(i + 1) not in ("of", "for"):
        return i
    k = last = i + 1
    while k + 1 < len(view.words) and k - i < _LONGEST:
        k += 1
        if _part(view, covered, k):
            last = k
        elif view.words[k] not in ("the", "and"):
            break
    return last if last > i + 1 else i


def _part(view: View, covered: Mapping[int, Element], k: int) -> bool:
    word, element = view.words[k], covered.get(k)
    if not view.capital(k) or not word[:1].isalpha() or word in CALENDAR or word in _STARTS or _named(element):
        return False
    role = element.get("role") if element is not None else None
    return role is None or not (role.flags & {"title", "title_only"})


def _named(element: Element | None) -> bool:
    return element is not None and not _NAMED.isdisjoint(element.kinds)
