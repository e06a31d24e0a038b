"""Counts: how many people or things a sentence speaks of, with bounds, qualifier and what happened to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from eventcode.document import Sentence
from eventcode.languages.base import Language
from eventcode.mentions._count_groups import (
    Found,
    chained,
    is_joined,
    is_of_a_whole,
    together,
    with_shared_nouns,
    without_pronouns,
)
from eventcode.mentions._count_lists import Lists
from eventcode.mentions._count_nouns import end_of_compound, is_plural, joins_adjectives, plural
from eventcode.mentions._count_outcome import Outcomes
from eventcode.mentions._count_totals import Totals
from eventcode.mentions.numbers import CountWords, NumberReader, Quantity, Word, phrase, read_count_words, scan
from eventcode.neutral import Count
from eventcode.rules import read_csv

_ARTICLES = frozenset({"a", "an", "another", "one"})
_NOT_NAMES = frozenset({"-", "–", "year", "years", "month", "months", "old"})
_YEAR_CUES = frozenset({"in", "since", "during", "until", "early", "late", "mid"})
_NATION = ("iso3", "name", "aliases", "adjectives", "singular", "plural", "metonyms")
_COMMUNITY = ("id", "name", "aliases", "countries", "traits")
_PRONOUNS = frozenset({"he", "she"})
_INSIDE_SIGNS = frozenset("-–'’\"“”")
_REACH = 7
_THING = "count/one-thing"
_ONE_OF_THEIRS, _DEFINITE = "count/one-of-theirs", "count/one-of-several"
#: What a count says where the words beside it do not tell what happened.
UNTOLD = "quantity"


class CountFinder:
    """Finds the counts of one language. Works on words alone; a parse is used for noun phrases where there is one."""

    def __init__(self, language: Language) -> None:
        self._folder = language.folder

    @cached_property
    def _words(self) -> CountWords:
        return read_count_words(self._folder)

    @cached_property
    def _reader(self) -> NumberReader:
        return NumberReader(self._words)

    @cached_property
    def _outcomes(self) -> Outcomes:
        return Outcomes(self._words)

    @cached_property
    def _totals(self) -> Totals:
        return Totals(self._words)

    @cached_property
    def _lists(self) -> Lists:
        return Lists(self._words, self._reader, self._people)

    @cached_property
    def _people(self) -> frozenset[str]:
        """Nouns for people in the plural."""
        return frozenset(self._words.irregular_persons) | {plural(word) for word in self._words.persons}

    @cached_property
    def _openings(self) -> frozenset[str]:
        """The words that anything counted, or an age, can begin with, beside digits."""
        return self._reader.openings | _ARTICLES | self._words.possessives | {"the", "from", "one", "aged"}

    @cached_property
    def _parts(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(phrase(text)) for text in self._words.parts)

    def find(self, sentence: Sentence) -> list[Count]:
        """Every count of a sentence in text order; `what` is "quantity" where the words next to it do not say.

        A range has its lower end as `best`; "dozens" has 24, "several" 3, "hundreds" 200, with low the same and
        high None; "about 150" has best 150 and no bounds. Ages, dates, money, shares, measures and labels
        ("Article 5", "the 209th Corps") are no counts.
        """
        words = scan(sentence.text)
        tags = {token.start - sentence.start: token.tag for token in sentence.tokens} if sentence.parsed else {}
        listed = self._lists.listed(words, self._candidates(words, tags))
        found = self._families(words, without_pronouns(words, listed))
        made = self._without_speakers(words, [self._judged(words, item) for item in found])
        told = self._retold(words, self._lists.completed(words, chained(words, made)))
        return [_count(sentence, words, item) for item in self._kept(words, told)]

    def _candidates(self, words: Sequence[Word], tags: dict[int, str]) -> list[Found]:
        lower, found, behind = [word.lower for word in words], list[Found](), 0
        openings = self._openings
        for opening in [i for i, word in enumerate(lower) if word in openings or word[0].isdigit()]:
            if opening < behind:
                continue
            i = self._past_ages(lower, self._totals.past_old(lower, opening))
            if i == len(words):
                break
            item = self._number_at(words, lower, i, tags) or self._one_at(words, lower, i)
            if item:
                found.append(item)
            behind = item.last + 1 if item else i + 1
        return with_shared_nouns(words, found)

    def _past_ages(self, lower: list[str], i: int) -> int:
        """Word i, or the word behind "aged between 10 and 15" or "one in three"."""
        if lower[i:i + 2] == ["one", "in"] and i + 2 < len(lower):
            of = self._reader.at(lower, i + 2)
            return of.last + 1 if of else i
        ages = self._reader.at(lower, i + 1) if lower[i] == "aged" and i + 1 < len(lower) else None
        return ages.last + 1 if ages else i

    def _number_at(self, words: Sequence[Word], lower: list[str], i: int, tags: dict[int, str]) -> Found | None:
        quantity = self._reader.at(lower, i)
        strong = quantity and self._manned(lower, quantity)
        if quantity is None or strong or not self._free(words, quantity):
            return strong or None
        end, noun = self._noun(words, quantity.last + 1, tags)
        group = lower[i - 2] if noun is None and i > 1 and lower[i - 1] == "of" else ""
        if group in self._words.groups:  # "a family of seven"
            return Found(i - 2 - (lower[i - 3:i - 2] in (["a"], ["an"])), end, quantity, group, rule="count/group-of")
        if noun in self._words.not_counted or (noun is not None and noun in self._words.measures):
            return None
        item = Found(quantity.first, end, quantity, noun)
        return item if self._sensible(words, item) else None

    def _manned(self, lower: list[str], quantity: Quantity) -> Found | None:
        """"its three-man crew", "a 300-strong mob"."""
        i = quantity.last + 1
        if lower[i:i + 1] != ["-"] or i + 2 >= len(lower) or lower[i + 1] not in self._words.manned:
            return None
        noun = lower[i + 2]
        known = noun in self._words.groups or noun in self._people
        return Found(quantity.first, i + 2, quantity, noun, rule="count/group-of") if known else None

    def _free(self, words: Sequence[Word], quantity: Quantity) -> bool:
        """Is the number no label, measure, age, part of a name or of a longer sign string?"""
        core = self._digits_at(words, quantity)
        before = words[core - 1] if core else None
        after = words[quantity.last + 1] if quantity.last + 1 < len(words) else None
        glued = before is not None and before.end == words[core].start and before.lower.isalnum()
        if before and before.lower in (".", ":") and before.end < words[core].start:  # "PATNA: Two men were shot"
            return core < 2 or words[core - 2].lower not in self._words.labels
        if before and (glued or self._is_label(words, before.lower, core)):
            return False
        if before and before.lower == "of" and core > 1 and words[core - 2].lower in self._words.persons:
            return False  # "a boy of 14"
        if after and after.lower in self._words.measures:
            return False
        joined = after is not None and after.start == words[quantity.last].end
        return not (after and joined and (after.lower.isalnum() or after.lower in "-–'’"))

    def _is_label(self, words: Sequence[Word], before: str, core: int) -> bool:
        """"Article 5", "May 12"; but "in March 1,056 people" has no such day."""
        day = len(words[core].lower) < 3 or (len(words[core].lower) == 4 and words[core].lower.isdigit())
        return before in self._words.labels and (day or before not in self._words.months)

    @staticmethod
    def _digits_at(words: Sequence[Word], quantity: Quantity) -> int:
        """The first word of the number itself, behind "at least"."""
        numbers = (i for i in range(quantity.first, quantity.last + 1) if words[i].lower[:1].isdigit())
        return next(numbers, quantity.first)

    def _sensible(self, words: Sequence[Word], item: Found) -> bool:
        """A bare small word ("one", "some", "no", "both") counts only people, a number like 2016 only with a noun."""
        first, size = words[item.quantity.first].lower, item.quantity.last - item.quantity.first
        people = item.noun is not None and (item.noun.split()[-1] in self._people or item.noun in self._words.persons)
        if item.quantity.qualifier == "none":
            return item.noun is None or item.noun.split()[-1] in self._words.outcome_nouns or people
        if item.quantity.qualifier == "several" or first in ("both", "twin"):
            after = words[item.last + 1].lower if item.last + 1 < len(words) else ""
            return people or (item.noun is None and after in ("were", "was", "have", "had"))
        if size == 0 and len(first) == 4 and first.isdigit() and 1500 <= item.quantity.best <= 2100:
            return people and (item.first == 0 or words[item.first - 1].lower not in _YEAR_CUES)
        return True

    def _one_at(self, words: Sequence[Word], lower: list[str], i: int) -> Found | None:
        """"a soldier", "another police officer", "a 12-year-old boy", "his wife": one person."""
        if lower[i] not in _ARTICLES and lower[i] != "the" and lower[i] not in self._words.possessives:
            return None
        if alone := self._another_at(words, lower, i):
            return alone
        rule = "count/one" if lower[i] in _ARTICLES else _DEFINITE if lower[i] == "the" else _ONE_OF_THEIRS
        for j in range(i + 1, min(len(words), i + 1 + _REACH)):
            together = self._words.collectives.get(lower[j])
            if together and rule == "count/one" and self._closes(words, j) and lower[j + 1:j + 2] != ["of"]:
                number = Quantity(i, i, together, together, together, "exact")
                return Found(i, j, number, "people", rule="count/together")
            if (lower[j] in self._words.persons and self._is_head(words, j)) or (
                    rule == "count/one" and self._is_people_name(words, j)):
                return Found(i, j, Quantity(i, i, 1, 1, 1, "exact"), lower[j], rule=rule)
            if rule == "count/one" and lower[j] in self._words.things and self._closes(words, j):
                return Found(i, j, Quantity(i, i, 1, 1, 1, "exact"), lower[j], rule=_THING)
            if rule != "count/one" and (lower[j] in self._people or self._reader.at(lower, j)):
                return None
            aged = lower[j] == "old" and lower[j - 2:j - 1] in (["year"], ["month"])
            if aged and rule == "count/one" and self._closes(words, j):
                return Found(i, j, Quantity(i, i, 1, 1, 1, "exact"), "person", rule=rule)  # "a 12-year-old"
            if lower[j] not in _NOT_NAMES and (lower[j] in self._words.phrase_ends or not lower[j][0].isalnum()):
                return None
        return None

    def _another_at(self, words: Sequence[Word], lower: list[str], i: int) -> Found | None:
        """"killed one man and wounded another", "another seriously hurt", "a third was wounded": one more."""
        last = i if lower[i] == "another" else i + 1 if lower[i] == "a" and lower[i + 1:i + 2] and \
            lower[i + 1] in self._words.next_ones else None
        if last is None:
            return None
        after = lower[last + 1] if last + 1 < len(lower) else "."
        told = after in self._words.links_right or after in self._words.passive or not after[0].isalnum() \
            or after.endswith("ly")
        return Found(i, last, Quantity(i, i, 1, 1, 1, "exact"), None, rule="count/another") if told else None

    def _is_head(self, words: Sequence[Word], j: int) -> bool:
        """Is this word for a person the noun itself and not one that another noun follows ("a rebel attack")?"""
        after = words[j + 1].lower if j + 1 < len(words) else ""
        if self._is_person(after) and after not in self._words.passive:
            return False
        verb = after in self._words.passive or after in self._words.active
        return words[j].lower not in self._words.adjectival or verb or self._closes(words, j)

    def _noun(self, words: Sequence[Word], start: int, tags: dict[int, str]) -> tuple[int, str | None]:
        """(last word, noun) of the noun phrase behind a number; (the number's own last word, None) if there is none."""
        i = self._skip_of(words, start)
        head = plural = None
        for j in range(i, min(len(words), i + _REACH)):
            word = words[j].lower
            person = word in self._people or (word in self._words.persons and self._is_head(words, j)) or (
                word in self._words.outcome_nouns and self._closes(words, j))  # "1 fatality"
            if person and head is not None and word in self._words.fates:
                break  # "took 23 guards prisoner"
            if person and not (head is not None and word in self._words.passive):
                head = j
            elif head is None and plural is None and joins_adjectives(words, j):
                continue
            elif head is not None or (not words[j].upper and self._ends_phrase(word, tags.get(words[j].start))):
                break  # "10 IS militants" goes on
            elif head is None and plural is None and self._is_people_name(words, j):
                head = j
                break
            elif is_plural(word) and tags.get(words[j].start, "NNS")[:2] == "NN":
                plural = j if plural is None else plural
                if self._closes(words, j):
                    break
        head = plural if head is None else head
        if head is None:
            more = start < len(words) and words[start].lower in self._words.others
            return (start if more else start - 1), None
        before = words[head - 1].lower if head > i else ""
        if words[head + 1:head + 2] and words[head + 1].lower == "-" and words[head + 1].start == words[head].end:
            end = end_of_compound(words, head)  # "passers-by"
            return end, "".join(word.lower for word in words[head:end + 1])
        compound = before in self._words.persons or before in self._people
        return head, f"{before} {words[head].lower}" if compound else words[head].lower

    def _is_people_name(self, words: Sequence[Word], j: int) -> bool:
        """"40 Rohingya", "hundreds of Congolese", "a Palestinian": the name of a people as its noun."""
        if words[j].upper and 2 <= words[j].end - words[j].start <= 6 and words[j].lower.isalpha():
            return j + 1 < len(words) and words[j + 1].lower in ("were", "was", "died", "and")  # "two VDP were killed"
        named = words[j].capital and words[j].lower in self._demonyms
        adjective = j + 2 < len(words) and joins_adjectives(words, j + 1)
        return named and not adjective and (self._closes(words, j) or words[j + 1].lower in self._words.passive)

    @cached_property
    def _demonyms(self) -> frozenset[str]:
        """Names of peoples and communities in one word, singular and plural."""
        nations = read_csv(self._folder / "demonyms.csv", _NATION)
        peoples = read_csv(self._folder / "communities.csv", _COMMUNITY)
        names = [name for _, row in nations for column in ("singular", "plural") for name in row[column].split("|")]
        names += [name for _, row in peoples for name in (row["name"], *row["aliases"].split("|"))]
        return frozenset(name.lower() for name in names if name and " " not in name)

    def _skip_of(self, words: Sequence[Word], i: int) -> int:
        """Past "of", "of the", "more", "other" between number and noun."""
        while i < len(words) and words[i].lower in self._words.noun_links:
            i += 1
        return i

    def _closes(self, words: Sequence[Word], j: int) -> bool:
        """Does no further noun or adjective follow, as far as the next word tells?"""
        return j + 1 >= len(words) or (not self._is_person(words[j + 1].lower) and (
            self._ends_phrase(words[j + 1].lower, None) or words[j + 1].lower.endswith(("ed", "ly", "ing"))))

    def _is_person(self, word: str) -> bool:
        return word in self._people or word in self._words.persons

    def _ends_phrase(self, word: str, tag: str | None) -> bool:
        if tag and tag[0] == "V" and not tag.startswith(("VBN", "VBG")):
            return True
        return word in self._words.phrase_ends or (not word[0].isalnum() and word not in _INSIDE_SIGNS)

    def _families(self, words: Sequence[Word], found: list[Found]) -> list[Found]:
        """"a man and his two sons", "a woman and her child": one group, counted together."""
        made: list[Found] = []
        for item in found:
            link = [word.lower for word in words[made[-1].last + 1:item.first]] if made else []
            if not made or item.first > made[-1].last + 3:
                item = self._with_pronoun(words, item)
            theirs = len(link) == 2 and link[0] == "and" and link[1] in self._words.possessives
            if made and made[-1].rule != _DEFINITE and (theirs or (link == ["and"] and item.rule == _ONE_OF_THEIRS)):
                made[-1] = together(made[-1], item)
                if len(made) > 1 and made[-2].rule == "count/one" and is_joined(words, made[-2], made[-1]) and \
                        words[made[-1].first].lower in self._words.possessives:
                    made[-2:] = [together(made[-2], made[-1])]  # "a dentist, his wife and their two sons"
            else:
                made.append(item)
        return made

    def _with_pronoun(self, words: Sequence[Word], item: Found) -> Found:
        """"she and her three sons"."""
        before = [word.lower for word in words[max(0, item.first - 3):item.first]]
        if len(before) < 3 or before[0] not in _PRONOUNS or before[1] != "and" or \
                before[2] not in self._words.possessives:
            return item
        spot = item.first - 3
        return together(Found(spot, spot, Quantity(spot, spot, 1, 1, 1, "exact")), item)

    def _judged(self, words: Sequence[Word], item: Found) -> Found:
        """The count with what its neighbours say, and whether it is a part of a total."""
        noun = item.noun.split()[-1] if item.noun else None
        people = noun is not None and self._is_person(noun)
        shared = self._is_shared(words, item.first)
        things = not people and noun is not None and not words[item.last].capital
        what = None if shared else self._outcomes.of(words, item.first, item.last, noun, people, things)
        before = [word.lower for word in words[max(0, item.first - 4):item.first]]
        after = [word.lower for word in words[item.quantity.last + 1:item.quantity.last + 3]]
        of_them = after in (["of", "them"], ["of", "whom"])
        part = of_them or any(tuple(before[-len(lead):]) == lead for lead in self._parts)
        what = what or self._words.groups.get(noun or "") or self._totals.crowd(words, item.first)
        return replace(item, what=what, part=item.part or part or is_of_a_whole(words, item))

    def _retold(self, words: Sequence[Word], found: list[Found]) -> list[Found]:
        """The counts, with running totals, what a second source says of the same, and what comes on top marked."""
        lower, made, told = [word.lower for word in words], list[Found](), list[str]()
        for item in found:
            total, runs = self._totals.toll(lower, item.first, told)
            runs = runs or bool(item.what and made and made[-1].toll and is_joined(words, made[-1], item))
            echo = self._totals.echo(lower, item.first, told) if item.noun is None else None
            what = total or item.what or self._named_after(words, item) or echo
            on_top = self._totals.is_more(lower, item.first, item.last) and not set(told) - {what}
            rule = "count/another-figure" if total or (echo and echo == what) else item.rule
            made.append(replace(item, what=what, toll=runs, more=(item.more or on_top) and not runs, rule=rule))
            told += [what] if what not in (None, UNTOLD) and not item.part else []
        return made

    def _is_shared(self, words: Sequence[Word], first: int) -> bool:
        """"half of the 80 migrants drowned": what the sentence tells is told of some of them."""
        before = [word.lower for word in words[max(0, first - 3):first] if word.lower != "the"]
        return len(before) > 1 and before[-1] == "of" and before[-2] in self._words.shares

    def _without_speakers(self, words: Sequence[Word], found: list[Found]) -> list[Found]:
        """"killing 20 fighters, a spokesman said", "two doctors and a witness said": who speaks shares no outcome."""
        made, speaks = list(found), False
        for i in range(len(made) - 1, -1, -1):
            after = words[made[i].last + 1].lower if made[i].last + 1 < len(words) else ""
            linked = speaks and after == "and" and made[i + 1].first == made[i].last + 2
            speaks = after in self._words.speaking or linked
            if speaks:
                made[i] = replace(made[i], what=UNTOLD)
        return made

    def _named_after(self, words: Sequence[Word], item: Found) -> str | None:
        """"43 abducted students": what is known of them, where the sentence tells nothing else."""
        inside = (word.lower for word in words[item.quantity.last + 1:item.last] if item.noun)
        return next((self._words.passive[word] for word in inside if word in self._words.passive), None)

    def _kept(self, words: Sequence[Word], found: list[Found]) -> list[Found]:
        """Without bare numbers of which nothing tells that they count people or things."""
        return [item for i, item in enumerate(found) if self._is_kept(words, item, found[max(0, i - 1):i + 2])]

    @staticmethod
    def _is_kept(words: Sequence[Word], item: Found, beside: list[Found]) -> bool:
        if item.rule == _DEFINITE:  # "killed the judge and two guards"; alone it mostly points back
            return item.what not in (None, UNTOLD) and any(
                is_joined(words, *sorted((item, other), key=lambda found: found.first)) for other in beside
                if other is not item)
        if item.rule == _ONE_OF_THEIRS:
            return item.what not in (None, UNTOLD)
        if item.rule == _THING:
            return item.what == "destroyed"
        return item.noun is not None or item.what is not None or (
            item.first > 0 and words[item.first - 1].lower == "another")


def _count(sentence: Sentence, words: Sequence[Word], item: Found) -> Count:
    start, end = sentence.start + words[item.first].start, sentence.start + words[item.last].end
    quantity = item.quantity
    return Count(start=start, end=end, text=sentence.quote(start, end),
                 what=item.what or UNTOLD, who=item.noun, low=quantity.low, best=quantity.best, high=quantity.high,
                 qualifier=quantity.qualifier, part_of_total=item.part, more=item.more, running_total=item.toll,
                 rules=(item.rule,))
