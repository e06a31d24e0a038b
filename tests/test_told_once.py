"""Numbers told once, events only referred to, the place an article lends, and editors' notes."""

from __future__ import annotations

import pytest

import eventcode as ec


@pytest.fixture(scope="module")
def coder() -> ec.Coder:
    return ec.load("acled")


def killed(coder: ec.Coder, text: str) -> list[int | None]:
    """The numbers of dead of all events of a text, in order."""
    return [c.best for e in coder.events(text, published="2024-05-15") for c in e.counts if c.what == "killed"]


@pytest.mark.parametrize(("text", "numbers"), [
    ("Gunmen killed Judge Ana Ruiz in Cali on Monday. The judge died at the scene.", [1]),
    ("Gunmen killed a judge in Cali on Monday. Ana Ruiz, 41, was shot dead in her car.", [1]),
    ("Gunmen shot dead two reporters in Soyapango on Monday. Pedro Soto was killed at once.", [2]),
    ("A bomb killed five soldiers, including two officers, near Arauca on Monday.", [5]),
    ("Gunmen killed the senator and party candidate Luis Marin on Monday in Soacha.", [1]),
    ("A bomb killed three guards in Lima on Monday. Another guard was killed in the panic.", [3, 1]),
    ("Hitmen killed Pedro Mora, Senator Luis Vega, and two guards in Cali on Monday.", [1, 1, 2]),
])
def test_a_number_is_told_once(coder: ec.Coder, text: str, numbers: list[int]) -> None:
    assert killed(coder, text) == numbers


def test_parts_stay_with_their_report(coder: ec.Coder) -> None:
    event = coder.events("A bomb killed five soldiers, including two officers, near Arauca on Monday.")[0]
    assert [c.best for r in event.reports for c in r.counts if c.part_of_total] == [2]


@pytest.mark.parametrize(("text", "dead"), [
    ("The bishop condemned the murder of two Dutch nuns.", 2),
    ("Rebels denied any part in the killing of Archbishop Juan Mora.", 1),
    ("A strike followed magistrate Carlos Vega's murder.", 1),
])
def test_an_act_only_referred_to_is_an_event_and_no_record(coder: ec.Coder, text: str, dead: int) -> None:
    event = coder.events(text)[-1]
    assert (event.id, event.role, event.status) == ("r1", "background", "actual")
    assert [(c.what, c.best) for c in event.counts] == [("killed", dead)]
    assert not any(event.id in record.meta.events for record in coder.code(text, published="2024-05-15"))


@pytest.mark.parametrize("text", ["The group called for the killing of foreigners.",
                                  "Rebels threatened to kill three hostages."])
def test_what_is_threatened_is_not_referred_to(coder: ec.Coder, text: str) -> None:
    assert all(event.id.startswith("e") for event in coder.events(text))


@pytest.mark.parametrize(("text", "place"), [
    ("BOGOTA, 9 MAY 90 (EFE) -- Gunmen killed a union leader on Monday. Colombian police have no suspects.",
     ("Colombia", "COL", "country")),
    ("BOGOTA, 9 MAY 90 (EFE) -- Gunmen killed a union leader in the south of this city. Police have no suspects.",
     ("Bogota", "COL", "exact")),
    ("MEDELLIN, 9 MAY 90 (EFE) -- Gunmen killed a union leader on Monday. Police have no suspects.",
     ("Medellin", "COL", "exact")),
    ("Gunmen killed a union leader on Monday.", None),
])
def test_the_article_lends_a_place(coder: ec.Coder, text: str, place: tuple[str, str, str] | None) -> None:
    found = coder.events(text)[0].place
    assert (found and (found.name, found.country, found.precision)) == place
    assert found is None or (found.start is None and found.reason)


def test_editors_notes_are_blanks(coder: ec.Coder) -> None:
    text = ("BOGOTA, 9 MAY 90 -- [TEXT] [BEGIN RECORDING] GUNMEN OF THE ELN [ARMY OF NATIONAL LIBERATION] KILLED "
            "[WORDS INDISTINCT] TWO GUARDS NEAR ARAUCA. [END RECORDING]")
    reading = coder.trace(text).reading
    assert len(reading) == len(text)
    assert "recording" not in reading.casefold()
    assert "indistinct" not in reading.casefold()
    assert "[Army of National Liberation]".casefold() in reading.casefold()
