"""Who gives which number, one figure by a named policy, and what an event is in its article."""

from __future__ import annotations

from datetime import date

import pytest

import eventcode as ec
from eventcode.figures import POLICIES
from eventcode.neutral import Count, Event, Party

STORY = ("A bomb exploded in a market in Kano on Monday, killing at least 30 people, police said. Residents put the "
         "number of dead at 100. A local militia said 55 people had been killed.")


@pytest.fixture(scope="module")
def coder() -> ec.Coder:
    return ec.load("acled")


def count(best: int, start: int, by: Party | None = None, who: str | None = "people", **more: object) -> Count:
    return Count(start=start, end=start + 1, text="x", what="killed", who=who, low=best, best=best, high=best,
                 attributed_to=by, **more)


def party(*traits: str) -> Party:
    return Party(start=0, end=1, text="x", traits=traits)


def event(*counts: Count) -> Event:
    return Event(id="e1", action="kill", counts=counts)


def test_conflicting_claims_stand_side_by_side(coder: ec.Coder) -> None:
    told = ec.claims(coder.events(STORY, published="2024-05-15"), "killed", published=date(2024, 5, 15))
    assert [(c.best, c.by.text if c.by else None) for c in told] == [
        (30, "police"), (100, "Residents"), (55, "local militia")]
    assert {c.on for c in told} == {date(2024, 5, 15)}


CLAIMS = event(count(40, 1, party("rebel")), count(12, 2, party("police", "state")), count(25, 3))


@pytest.mark.parametrize(("policy", "figure"), [
    ("lowest", (12, 12, 12)), ("highest", (40, 40, 40)), ("recent", (25, 25, 25)), ("official", (12, 12, 12)),
    ("median", (25, 25, 25)), ("acled", (12, 12, 12)), ("ged", (12, 12, 40))])
def test_policies(policy: str, figure: tuple[int, int, int]) -> None:
    found = ec.settle(CLAIMS, "killed", policy)
    assert found is not None
    assert (found.low, found.best, found.high) == figure


def test_every_policy_is_tested_and_others_are_refused() -> None:
    assert set(POLICIES) == {"lowest", "highest", "recent", "official", "median", "acled", "ged"}
    with pytest.raises(ec.InputError, match="no policy 'mean'"):
        ec.settle(CLAIMS, policy="mean")  # type: ignore[arg-type]


def test_different_people_are_added_and_parts_are_not() -> None:
    child = count(1, 9, who="child", part_of_total=True)
    split = event(count(3, 1, who="policemen"), count(1, 5, who="civilian"), child)
    found = ec.settle(split)
    assert found is not None
    assert found.best == 4


def test_what_comes_on_top_is_added_unless_a_total_follows() -> None:
    assert ec.settle(event(count(10, 1), count(5, 2, more=True))).best == 15  # type: ignore[union-attr]
    total = event(count(10, 1), count(5, 2, more=True), count(15, 3, running_total=True))
    assert ec.settle(total, policy="recent").best == 15  # type: ignore[union-attr]


def test_nothing_counted_has_no_figure() -> None:
    assert ec.settle(CLAIMS, "injured") is None
    assert ec.claims(CLAIMS, "injured") == []


def test_the_later_article_is_the_most_recent() -> None:
    found = ec.settle([event(count(8, 50)), event(count(11, 2))], policy="recent")
    assert found is not None
    assert found.best == 11


def test_a_number_of_another_time_is_no_claim(coder: ec.Coder) -> None:
    text = "Police shot dead two men in Mombasa on Saturday. Rights groups counted 118 killings by officers last year."
    assert [c.best for c in ec.claims(coder.events(text, published="2024-05-15"), "killed")] == [2]


ARTICLE = ("Gunmen attacked a bus near Mopti on Friday, killing nine people. The attack came a week after rebels had "
           "burned a school in Konna. Police arrested two suspects on Saturday.")


def test_an_article_has_a_main_event_background_and_consequences(coder: ec.Coder) -> None:
    events = coder.events(ARTICLE, published="2024-05-20")
    assert {e.action: e.role for e in events} == {
        "attack": "main", "destroy_property": "background", "arrest": "consequence"}


def test_a_merge_says_why_and_can_be_undone(coder: ec.Coder) -> None:
    attack = coder.events(ARTICLE, published="2024-05-20")[0]
    whys = [rule for report in attack.reports for rule in report.rules if rule.startswith("events/")]
    assert whys == ["events/harm-of-the-act", "events/named-again"]
    apart = attack.apart()
    assert [one.reports for one in apart] == [(report,) for report in attack.reports]
    assert [one.id for one in apart] == [f"{attack.id}.{n}" for n in (1, 2, 3)]
    assert apart[1].counts == attack.reports[1].counts


def test_another_bomb_is_another_event(coder: ec.Coder) -> None:
    text = "A bomb exploded in Lashkar Gah on Monday, killing two. A second bomb went off an hour later, killing six."
    found = [e for e in coder.events(text, published="2024-05-15") if e.action == "explode"]
    assert [[c.best for c in e.counts] for e in found] == [[2], [6]]


def test_the_named_attack_is_the_one_of_that_place(coder: ec.Coder) -> None:
    text = ("A bomb exploded in Kirkuk on Monday, killing two. Another bomb exploded in Mosul on Tuesday, killing six. "
            "The Kirkuk bombing was the first in a year.")
    found = coder.events(text, published="2024-05-15")
    assert [r.trigger.text for r in found[0].compact().reports][-1] == "bombing"
