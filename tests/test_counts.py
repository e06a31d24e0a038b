"""Counts: how many, of whom, what happened to them, and what is no count at all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventcode.document import Sentence, Token
from eventcode.languages.en import language
from eventcode.mentions.counts import CountFinder
from eventcode.neutral import Count

FINDER = CountFinder(language)


def tokenize(text: str, offset: int) -> list[Token]:
    return [Token(i, m.start() + offset, m.end() + offset, m[0], m[0].lower())
            for i, m in enumerate(re.finditer(r"\w+|[^\w\s]", text))]


def counts(text: str, offset: int = 0) -> list[Count]:
    return FINDER.find(Sentence(0, offset, offset + len(text), text, tokenize))


def facts(text: str) -> list[tuple[str, str, int | None]]:
    return [(count.text, count.what, count.best) for count in counts(text)]


@pytest.mark.parametrize(("text", "expected"), [
    ("A cobbler, his wife and a night watchman were killed.",
     [("A cobbler", "killed", 1), ("his wife", "killed", 1), ("a night watchman", "killed", 1)]),
    ("Raiders killed a nun, her two pupils and a sacristan.",
     [("a nun", "killed", 1), ("two pupils", "killed", 2), ("a sacristan", "killed", 1)]),
    ("None of the six sentries survived.", [("None of the six sentries", "killed", 6)]),
    ("The midwife and the driver of her van did not survive.",
     [("The midwife", "killed", 1), ("the driver", "killed", 1)]),
    ("Six people were killed in the first hamlet, three in the second.",
     [("Six people", "killed", 6), ("three", "killed", 3)]),
    ("The army lost three men and the rebels five.", [("three men", "killed", 3), ("five", "killed", 5)]),
    ("Each side lost one man.", [("one man", "killed", 2)]),
    ("Eight villagers were laid to rest.", [("Eight villagers", "killed", 8)]),
    ("The dead were two tailors and a porter.", [("two tailors", "killed", 2), ("a porter", "killed", 1)]),
    ("None of the six sentries spoke.", [("None of the six sentries", "quantity", 0)]),
    ("A guard and a rifle were moved.", [("A guard", "quantity", 1)]),
])
def test_lists_and_clipped_clauses(text: str, expected: list[tuple[str, str, int]]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Over 100 members of the militia laid down their arms.", [("Over 100 members", "surrendered", 100)]),
    ("At least two dozen civilians were killed and 30 others wounded.",
     [("At least two dozen civilians", "killed", 24), ("30 others", "injured", 30)]),
    ("Three policemen and a civilian were killed in Diyala.",
     [("Three policemen", "killed", 3), ("a civilian", "killed", 1)]),
    ("A mortar shell killed a farmer, injuring two of his sons.",
     [("a farmer", "killed", 1), ("two of his sons", "injured", 2)]),
    ("Gunmen killed at least 8, injuring 14 more.", [("at least 8", "killed", 8), ("14 more", "injured", 14)]),
    ("The death toll rose to 17 on Monday.", [("17", "killed", 17)]),
    ("Clashes left 10 dead and 25 wounded.", [("10 dead", "killed", 10), ("25 wounded", "injured", 25)]),
    ("12 were killed.", [("12", "killed", 12)]),
    ("Nobody was hurt in the blast.", [("Nobody", "injured", 0)]),
    ("No deaths were reported.", [("No deaths", "killed", 0)]),
    ("Dozens were injured as hundreds of protesters fled.",
     [("Dozens", "injured", 24), ("hundreds of protesters", "displaced", 200)]),
    ("Between 10 and 15 rebels died.", [("Between 10 and 15 rebels", "killed", 10)]),
    ("Police arrested 45 demonstrators and several students.",
     [("45 demonstrators", "detained", 45), ("several students", "detained", 3)]),
    ("The gang kidnapped three nuns and a Kenyan doctor.",
     [("three nuns", "abducted", 3), ("a Kenyan doctor", "abducted", 1)]),
    ("Some 2,000 people have been displaced.", [("Some 2,000 people", "displaced", 2000)]),
    ("A man and his two sons were shot dead.", [("A man and his two sons", "killed", 3)]),
    ("A woman and her child drowned.", [("A woman and her child", "killed", 2)]),
    ("One guard was killed and another seriously hurt.", [("One guard", "killed", 1), ("another", "injured", 1)]),
    ("Two clerks were killed and a third was injured.",
     [("Two clerks", "killed", 2), ("a third", "injured", 1)]),
    ("The blast killed a 12-year-old.", [("a 12-year-old", "killed", 1)]),
    ("A boy is dead and a woman is recovering.", [("A boy", "killed", 1), ("a woman", "injured", 1)]),
    ("Four people were shot, one fatally.", [("Four people", "quantity", 4), ("one", "killed", 1)]),
    ("Two gunmen fatally shot a judge.", [("Two gunmen", "quantity", 2), ("a judge", "quantity", 1)]),
    ("Three clerks were rushed to hospital.", [("Three clerks", "injured", 3)]),
    ("Both soldiers died.", [("Both soldiers", "killed", 2)]),
    ("One of the men was injured.", [("One of the men", "injured", 1)]),
    ("12 soldiers killed a guard and five villagers.",
     [("12 soldiers", "quantity", 12), ("a guard", "killed", 1), ("five villagers", "killed", 5)]),
    ("Twelve members of the Sahel brigade were killed.", [("Twelve members", "killed", 12)]),
    ("Raiders burned 40 houses and fired five shells.",
     [("40 houses", "destroyed", 40), ("five shells", "quantity", 5)]),
    ("A 12-year-old boy was abducted.", [("A 12-year-old boy", "abducted", 1)]),
    ("Two U.S. soldiers and three rebel commanders died.",
     [("Two U.S. soldiers", "killed", 2), ("three rebel commanders", "killed", 3)]),
    ("Three rebel attacks hit a police post.", [("Three rebel attacks", "quantity", 3)]),
    ("The bomber killed himself and four police officers.", [("four police officers", "killed", 4)]),
])
def test_counts_of_a_sentence(text: str, expected: list[tuple[str, str, int]]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize("text", [
    "The 34-year-old was aged 34.", "Article 5 was invoked by the 209th Corps.", "It cost $40 or 300 dollars.",
    "Egypt beat Ghana 3-1.", "MH17 crashed at 10:30.", "They walked 12 km for three days.", "Turnout was 30 percent.",
    "It happened on July 25, 2016.", "It happened on 25 July.", "In 2006 rebels attacked.", "Both sides agreed.",
    "The second attack came first.", "No. 5 is missing.", "The M23 and the T-72 met.", "He is one of a kind.",
    "It was a major offensive by a rebel group.", "A student protest ended a general strike.",
])
def test_what_is_no_count(text: str) -> None:
    assert facts(text) == []


def test_a_part_is_marked_and_takes_the_outcome_of_its_total() -> None:
    whole, part, other, hurt = counts("The blast killed 12 people, including two children and a nurse, and wounded 30.")
    assert [c.part_of_total for c in (whole, part, other, hurt)] == [False, True, True, False]
    assert [c.what for c in (whole, part, other, hurt)] == ["killed", "killed", "killed", "injured"]
    assert [c.who for c in (whole, part, other, hurt)] == ["people", "children", "nurse", None]


def test_of_them_marks_a_part() -> None:
    whole, part = counts("About 2,000 people were displaced, 300 of them children.")
    assert (whole.part_of_total, part.part_of_total, part.who, part.what) == (False, True, "children", "displaced")


@pytest.mark.parametrize(("text", "qualifier", "low", "high"), [
    ("As many as 200 fighters fled.", "at_most", None, 200),
    ("More than 200 fighters fled.", "at_least", 200, None),
    ("Scores of fighters fled.", "scores", 40, None),
    ("Several fighters fled.", "several", 3, None),
    ("Thousands of people fled.", "thousands", 2000, None),
    ("Two or three fighters fled.", "range", 2, 3),
    ("No fighters fled.", "none", 0, 0),
])
def test_qualifier_and_bounds(text: str, qualifier: str, low: int | None, high: int | None) -> None:
    (only,) = counts(text)
    assert (only.qualifier, only.low, only.high) == (qualifier, low, high)


@pytest.mark.parametrize(("text", "what"), [
    ("Nine of the 31 hostages were freed on Friday.", "released"),
    ("Sixty detainees escaped through a tunnel.", "escaped"),
    ("The raiders took 12 hostages.", "abducted"),
    ("Militiamen burned 70 huts.", "destroyed"),
    ("A mob burned 3 traders.", "quantity"),
    ("Some 400 families were driven from their homes.", "displaced"),
    ("A third of the 90 sailors drowned.", "killed"),
    ("All of the 90 sailors drowned.", "killed"),
    ("A crowd of 500 gathered at the gates.", "participants"),
])
def test_what_a_number_counts(text: str, what: str) -> None:
    assert [c.what for c in counts(text)][-1] == what


def test_a_parse_keeps_the_verb_out_of_the_noun_phrase() -> None:
    text = "Ten militants storms Awdal."
    tags = ["CD", "NNS", "VBZ", "NNP", "."]
    sentence = Sentence(0, 0, len(text), text, tokenize)
    sentence.set_parse([Token(t.i, t.start, t.end, t.text, t.lower, tag=tag)
                        for t, tag in zip(tokenize(text, 0), tags, strict=True)])
    assert [c.text for c in FINDER.find(sentence)] == ["Ten militants"]


_PIECES = ["12", "two", "dozen", "people", "and", "his", "sons", "a", "soldier", "were", "killed", "including", ",",
           "at least", "of", "them", "3-1", "$", "no", "one", "’", "é", "hundreds", "of thousands",
           "between", "-", "odd", "or more", "+"]


@settings(max_examples=200)
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map(" ".join) | st.text(max_size=60), st.integers(0, 50))
def test_any_text_gives_true_offsets(text: str, offset: int) -> None:
    found = counts(text, offset)
    assert [c.start for c in found] == sorted(c.start for c in found)
    for count in found:
        assert text[count.start - offset:count.end - offset] == count.text != ""
        assert count.best is not None
        assert (count.low or 0) <= count.best <= (count.high if count.high is not None else count.best)


@pytest.mark.parametrize(("text", "expected"), [
    ("The death toll from the siege of Raqqa rose to 17.", [("17", "killed", 17)]),
    ("The number of arrests in Minsk had grown to 164.", [("164", "detained", 164)]),
    ("The toll climbed from 12 to 15 in Multan.", [("15", "killed", 15)]),
    ("Two more people died, bringing the toll to nine.", [("Two more people", "killed", 2), ("nine", "killed", 9)]),
    ("Police saw 1,500 marchers at the rally; organisers spoke of 20,000.", [("1,500 marchers", "quantity", 1500)]),
    ("Officials said 31 people had died; the party counted 90.", [("31 people", "killed", 31), ("90", "killed", 90)]),
    ("A mine blew up a minibus, killing a family of seven.", [("a minibus", "destroyed", 1),
                                                             ("a family of seven", "killed", 7)]),
    ("A 300-strong mob stormed the court.", [("300-strong mob", "participants", 300)]),
    ("Rebels held its three-man crew captive.", [("three-man crew", "abducted", 3)]),
    ("At least 200, and perhaps 400, people were massacred.", [
        ("At least 200, and perhaps 400, people", "killed", 200)]),
    ("Every one of the 29 men was killed.", [("Every one of the 29 men", "killed", 29)]),
    ("Half a million people turned out in Lyon.", [("Half a million people", "participants", 500000)]),
    ("They freed 11 Czech and Polish hostages.", [("11 Czech and Polish hostages", "released", 11)]),
    ("Five Filipino and two Malay sailors were taken hostage.", [("Five Filipino", "abducted", 5),
                                                                ("two Malay sailors", "abducted", 2)]),
    ("Six pupils aged between 10 and 15 were hurt.", [("Six pupils", "injured", 6)]),
    ("In the year to March 1,056 people were killed.", [("1,056 people", "killed", 1056)]),
    ("Many were killed in the crush.", [("Many", "killed", 3)]),
    ("The blast killed the judge, his wife and three escorts.", [
        ("the judge", "killed", 1), ("his wife", "killed", 1), ("three escorts", "killed", 3)]),
    ("The judge spoke to his wife.", []),
    ("Six passers-by were wounded.", [("Six passers-by", "injured", 6)]),
    ("A thousand were killed or wounded.", [("A thousand", "casualties", 1000)]),
    ("The twin blasts shook Homs.", []),
])
def test_totals_groups_and_second_figures(text: str, expected: list[tuple[str, str, int | None]]) -> None:
    assert facts(text) == expected


def test_marks_of_parts_increments_and_totals() -> None:
    def marks(text: str) -> list[tuple[bool, bool, bool]]:
        return [(c.part_of_total, c.more, c.running_total) for c in counts(text)]

    assert marks("Another 15 captives were freed.") == [(False, True, False)]
    assert marks("The toll rose to 17.") == [(False, False, True)]
    assert marks("The opposition put the death toll at 100.") == [(False, False, False)]
    assert marks("Three people, two of them women, were killed.") == [(False, False, False), (True, False, False)]
    assert marks("Eight died and another 90 were wounded.") == [(False, False, False)] * 2


@pytest.mark.parametrize(("text", "expected"), [
    ("Nearly half of the 60 hostages were freed.", [("Nearly half of the 60 hostages", 30, None, None)]),
    ("Most of the 120 detainees were released.", [("Most of the 120 detainees", 61, 61, 120)]),
    ("More than 40 Rohingya drowned.", [("More than 40 Rohingya", 40, 40, None)]),
    ("Two Israelis and a Palestinian were wounded.", [("Two Israelis", 2, 2, 2), ("a Palestinian", 1, 1, 1)]),
    ("She and her three sons were killed.", [("She and her three sons", 4, 4, 4)]),
    ("A score of civilians were killed.", [("A score of civilians", 20, None, None)]),
    ("One in three residents has fled.", []),
])
def test_shares_and_peoples(text: str, expected: list[tuple[str, int | None, int | None, int | None]]) -> None:
    found = counts(text)
    assert [(c.text, *((c.best, c.low) if c.low is None else (c.low, c.best)), c.high) for c in found] == expected
