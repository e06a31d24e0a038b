"""The codebook's consistency rules over one row. A row may come from a file: cells are text, numbers or missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from eventcode.countries import by_name
from eventcode.ontologies.acled.tables import inter_numbers, interaction, sub_events
from eventcode.ontologies.base import Check

Row = Mapping[str, Any]
_ACTORS = ("actor1", "actor2", "assoc_actor_1", "assoc_actor_2")


def text(row: Row, column: str) -> str:
    """The cell as text; missing cells (None, NaN) are ""."""
    value = row.get(column)
    return "" if value is None or value != value else str(value).strip()


def number(row: Row, column: str) -> float | None:
    """The cell as a number; None where it is missing or no number."""
    try:
        return float(text(row, column))
    except ValueError:
        return None


def _year(row: Row) -> str | None:
    told, day = text(row, "year"), _day(row.get("event_date"))
    if not told or day is None or number(row, "year") == day.year:
        return None
    return f"year is {told}, event_date is {day}"


def _day(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    for pattern in ("%Y-%m-%d", "%d %B %Y"):
        try:
            return datetime.strptime(str(value)[:10] if pattern == "%Y-%m-%d" else str(value), pattern).date()
        except ValueError:
            continue
    return None


def _dated(row: Row) -> str | None:
    return None if text(row, "event_date") else "event_date is missing: give the article's publication day"


def _placed(row: Row) -> str | None:
    return None if "country" not in row or text(row, "country") else "country is missing: no words tell where it was"


def _belongs(row: Row) -> str | None:
    known = sub_events().get(text(row, "sub_event_type"))
    if known is None or known.event_type == text(row, "event_type"):
        return None
    return f"{known.name} belongs to {known.event_type}, not to {text(row, 'event_type') or 'nothing'}"


def _disorder(row: Row) -> str | None:
    known = sub_events().get(text(row, "sub_event_type"))
    if known is None or known.disorder_type == text(row, "disorder_type"):
        return None
    return f"{known.name} goes with {known.disorder_type}, not with {text(row, 'disorder_type') or 'nothing'}"


def _interaction(row: Row) -> str | None:
    inter1, inter2 = text(row, "inter1"), text(row, "inter2")
    if inter1 not in inter_numbers() or (inter2 and inter2 not in inter_numbers()):
        return None
    wanted = interaction(inter1, inter2)
    told = text(row, "interaction").replace(" - ", "-").replace("–", "-")
    return None if told == wanted else f"{inter1} and {inter2 or 'nobody'} make {wanted}, not {told or 'nothing'}"


def _both_or_none(row: Row) -> str | None:
    if bool(text(row, "actor2")) == bool(text(row, "inter2")):
        return None
    return "actor2 and inter2 must both be filled or both be blank"


def _one_sided(row: Row) -> str | None:
    known = sub_events().get(text(row, "sub_event_type"))
    if known is None or known.one_sided or text(row, "actor2"):
        return None
    return f"{known.name} needs an actor2"


def _no_civilians(row: Row) -> str | None:
    if text(row, "event_type") != "Battles":
        return None
    columns = [column for column in _ACTORS if "Civilians (" in text(row, column)]
    return f"civilians are no actors of Battles: {', '.join(columns)}" if columns else None


def _targeting(row: Row) -> str | None:
    known = sub_events().get(text(row, "sub_event_type"))
    told = text(row, "civilian_targeting")
    if known is None or known.targeting == "depends" or (known.targeting == "always") == (told == "Civilians targeted"):
        return None
    return f"{known.name} {known.targeting} targets civilians, the row says {told or 'nothing'}"


def _fatalities(row: Row) -> str | None:
    told = number(row, "fatalities")
    return "fatalities must be a whole number from 0 up" if told is None or told < 0 or told != int(told) else None


def follows(row: Row) -> dict[str, Any]:
    """What the day, the sub-event type, the actors' classes and the country fix."""
    made: dict[str, Any] = {}
    day, known, country = _day(row.get("event_date")), sub_events().get(text(row, "sub_event_type")), by_name(
        text(row, "country"))
    if day is not None:
        made["year"] = day.year
    if known is not None:
        made |= {"event_type": known.event_type, "disorder_type": known.disorder_type}
        if known.targeting != "depends":
            made["civilian_targeting"] = "Civilians targeted" if known.targeting == "always" else None
    inter1, inter2 = text(row, "inter1"), text(row, "inter2") if text(row, "actor2") else ""
    if not inter2:
        made["inter2"] = None
    if inter1 in inter_numbers() and (not inter2 or inter2 in inter_numbers()):
        made["interaction"] = interaction(inter1, inter2)
    if country is not None and country.iso_numeric:
        made |= {"iso": int(country.iso_numeric), "region": country.acled_region}
    return made


def _in_range(column: str, limit: int) -> Check:
    def fault(row: Row) -> str | None:
        told = number(row, column)
        return f"{column} must lie between -{limit} and {limit}" if told is not None and abs(told) > limit else None

    return Check(f"acled/{column}-range", (column,), fault, advice="Look the place up: latitudes end at 90 degrees, "
                 "longitudes at 180.", suspect=lambda cells: cells[column].abs() > limit)


def _decimals(column: str) -> Check:
    def fault(row: Row) -> str | None:
        told = number(row, column)
        long = told is not None and abs(told - round(told, 4)) > 1e-9
        return f"{column} has more than four decimals" if long else None

    return Check(f"acled/{column}-decimals", (column,), fault, "warning", advice="Round to four decimals.",
                 suspect=lambda cells: (cells[column] - cells[column].round(4)).abs() > 1e-10)


def _one_to_three(column: str) -> Check:
    def fault(row: Row) -> str | None:
        return None if not text(row, column) or number(row, column) in (1, 2, 3) else f"{column} must be 1, 2 or 3"

    return Check(f"acled/{column}", (column,), fault, advice="Recode it: 1 is the most exact, 3 the least.")


def _battles(cells: Mapping[str, Any]) -> Any:
    return cells["event_type"] == "Battles"


CHECKS = (
    Check("acled/date", ("event_date",), _dated, advice="Give the day of the event, or the publication day with "
          "time_precision 2 or 3.", suspect=lambda cells: cells["event_date"].isna()),
    Check("acled/country", ("country",), _placed, "warning", advice="Fill in the country and the location, or drop the "
          "row: the codebook asks for a place within a country.", suspect=lambda cells: cells["country"].isna()),
    Check("acled/year", ("year", "event_date"), _year, advice="Recompute year from event_date."),
    Check("acled/sub-event-type", ("event_type", "sub_event_type"), _belongs,
          advice="Take event_type from sub_event_type, or choose a sub-event type of this event type."),
    Check("acled/disorder-type", ("disorder_type", "sub_event_type"), _disorder,
          advice="Take disorder_type from sub_event_type."),
    Check("acled/interaction", ("interaction", "inter1", "inter2"), _interaction,
          advice="Recompute interaction from inter1 and inter2, the lower class first."),
    Check("acled/actor2", ("actor2", "inter2"), _both_or_none,
          advice="Fill the blank one, or blank both for a one-sided event."),
    Check("acled/one-sided", ("actor2", "sub_event_type"), _one_sided,
          advice="Name the other side (Unidentified Armed Group where it is unknown), or choose a one-sided type."),
    Check("acled/battles-civilians", ("event_type", *_ACTORS), _no_civilians, suspect=_battles,
          advice="Recode as Violence against civilians, or drop the civilians from the actors of the battle."),
    Check("acled/civilian-targeting", ("civilian_targeting", "sub_event_type"), _targeting,
          advice="Fill or blank civilian_targeting as the sub-event type asks."),
    Check("acled/fatalities", ("fatalities",), _fatalities,
          advice="Write a whole number; 0 where no deaths are mentioned."),
    _in_range("latitude", 90), _in_range("longitude", 180), _decimals("latitude"), _decimals("longitude"),
    _one_to_three("time_precision"), _one_to_three("geo_precision"),
)
