"""The time line: records per day, week, month or year, as bars and as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from eventcode.markup import safe, table, wide_html
from eventcode.report.land import WIDTH, behind
from eventcode.report.matter import Item

#: Heights in units of the map: of the bars, of what is above and beneath them.
HEIGHT, HEAD, FOOT = 160.0, 26.0, 22.0
#: More bars than this, and the next wider period is taken.
BARS = 70


class Period(NamedTuple):
    """A length of time: its name, the first day of that which a day lies in, and the first day of the next."""

    name: str
    first: Callable[[date], date]
    after: Callable[[date], date]


PERIODS = (
    Period("day", lambda day: day, lambda day: day + timedelta(days=1)),
    Period("week", lambda day: day - timedelta(days=day.weekday()), lambda day: day + timedelta(days=7)),
    Period("month", lambda day: day.replace(day=1), lambda day: (day + timedelta(days=31)).replace(day=1)),
    Period("year", lambda day: day.replace(month=1, day=1), lambda day: day.replace(year=day.year + 1)),
)


def days_html(items: Iterable[Item]) -> str:
    """Bars of records over time, or a sentence where no record has a day."""
    dated = [(day, item) for item in items if (day := _day(item.facts.day)) is not None]
    if not dated:
        return '<p class="none">No record has a day.</p>'
    period, bars = _bars(dated)
    most = max(len(found) for _, found in bars)
    wide = WIDTH / len(bars)
    drawn = "".join(_bar(n, first, found, wide, most, period) for n, (first, found) in enumerate(bars))
    spoken = f"{len(dated)} records by {period.name}, {_name(bars[0][0], period)} to {_name(bars[-1][0], period)}, " \
             f"at most {most} in one; the table below has the numbers."
    rows = [(_name(first, period), len(found), sum(item.facts.deaths or 0 for item in found))
            for first, found in bars if found]
    return (f'<figure class="chart"><svg id="bars" viewBox="0 0 {WIDTH:.0f} {HEIGHT + FOOT:.0f}" role="img" '
            f'aria-label="{spoken}"><path class="grid" d="M0 {HEIGHT}h{WIDTH:.0f}"/>{drawn}{_ends(bars, period)}'
            f'<text x="3" y="2" dominant-baseline="hanging">{most} per {period.name}</text></svg>'
            "</figure><details><summary>As a table</summary>"
            f'{wide_html(table((period.name, "records", "killed"), rows), "Time line")}</details>')


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _bars(dated: Sequence[tuple[date, Item]]) -> tuple[Period, list[tuple[date, list[Item]]]]:
    """The narrowest period that gives no more than BARS, and each of them with its records, empty ones too."""
    first, last = min(day for day, _ in dated), max(day for day, _ in dated)
    for period in PERIODS:
        starts = [period.first(first)]
        while len(starts) <= BARS and period.after(starts[-1]) <= last:
            starts.append(period.after(starts[-1]))
        if len(starts) <= BARS:
            break
    found: dict[date, list[Item]] = {start: [] for start in starts}
    for day, item in dated:
        found.setdefault(period.first(day), []).append(item)
    return period, sorted(found.items())


def _bar(n: int, first: date, items: Sequence[Item], wide: float, most: int, period: Period) -> str:
    if not items:
        return ""
    high = len(items) / most * (HEIGHT - HEAD)
    told = f"{_name(first, period)}: {len(items)} record{'s' * (len(items) != 1)}"
    box = (f'x="{n * wide + wide * 0.1:.1f}" y="{HEIGHT - high:.1f}" width="{min(40.0, wide * 0.8):.1f}" '
           f'height="{high:.1f}"')
    return f'<rect class="bar" {box} {behind(items)}><title>{safe(told)}</title></rect>'


def _name(first: date, period: Period) -> str:
    week = f"week of {first.isoformat()}"
    return {"day": first.isoformat(), "week": week, "month": first.isoformat()[:7]}.get(period.name, str(first.year))


def _ends(bars: Sequence[tuple[date, object]], period: Period) -> str:
    """The names of the first and the last bar, beneath them."""
    low = f'y="{HEIGHT + 16:.0f}"'
    last = f'<text x="{WIDTH - 3:.0f}" {low} text-anchor="end">{_name(bars[-1][0], period)}</text>'
    return f'<text x="3" {low}>{_name(bars[0][0], period)}</text>' + (last if len(bars) > 1 else "")
