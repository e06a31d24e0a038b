"""The tables of a page: records by type, actor and place; quality; rules; versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from eventcode.markup import safe, table
from eventcode.report.land import TOLD, behind
from eventcode.report.matter import Facts, Item, Matter, Table

#: Rows that a table shows; how many there are beyond is told.
ROWS = 200


def by_type(items: Sequence[Item]) -> str:
    """Records and killed of each type and subtype."""
    return _grouped(("type", "subtype"), items, lambda told: [(told.type or "(none)", told.subtype)])


def by_actor(items: Sequence[Item]) -> str:
    """Records and killed of each actor, and how often it acts and is acted on."""
    acts = Counter(name for item in items for name in set(item.facts.sources))
    suffers = Counter(name for item in items for name in set(item.facts.targets))
    return _grouped(("actor", "first", "second"), items,
                    lambda told: [(name, acts[name], suffers[name]) for name in told.actors])


def by_place(items: Sequence[Item]) -> str:
    """Records and killed of each place, with what is known of its precision."""
    return _grouped(("place", "province", "country", "precision"), items,
                    lambda told: [(told.place or "(none)", told.province, told.country, _precision(told))])


def _precision(told: Facts) -> str:
    return TOLD["country"] if told.latitude is None and told.country and not told.precision else TOLD[told.precision]


def _grouped(head: Sequence[str], items: Iterable[Item], keys: Callable[[Facts], Iterable[tuple[object, ...]]]) -> str:
    """A row per key with the numbers of its records and killed, most records first."""
    groups: dict[tuple[object, ...], list[Item]] = {}
    for item in items:
        for key in keys(item.facts):
            groups.setdefault(key, []).append(item)
    ranked = sorted(groups.items(), key=lambda group: (-len(group[1]), str(group[0])))
    top = "".join(f'<th scope="col">{safe(name)}</th>' for name in (*head, "records", "killed"))
    rows = "".join(_row(key, found) for key, found in ranked[:ROWS])
    return f'<table class="counts"><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table>{_more(len(ranked))}'


def _row(key: Sequence[object], items: Sequence[Item]) -> str:
    cells = "".join(f"<td><bdi>{safe(part)}</bdi></td>" for part in key[1:])
    killed = [item.facts.deaths for item in items if item.facts.deaths is not None]
    return (f'<tr {behind(items)}><th scope="row"><bdi>{safe(key[0])}</bdi></th>{cells}<td class="n">{len(items)}</td>'
            f'<td class="k">{sum(killed) if killed else ""}</td></tr>')


def _more(rows: int) -> str:
    return f'<p class="none">and {rows - ROWS:,} more</p>' if rows > ROWS else ""


def told(part: Table) -> str:
    """A table of a run with its heading, or that it is empty."""
    if not part.rows:
        return f'<h3>{safe(part.heading)}</h3><p class="none">None.</p>'
    return (f"<h3>{safe(part.heading)}</h3><p>{safe(part.about)}</p>"
            f'<div class="wide">{table(part.head, part.rows[:ROWS])}</div>{_more(len(part.rows))}')


def rules_html(matter: Matter) -> str:
    """The coding rules that the records name, each with title, passage of the codebook and number of records."""
    used: dict[str, list[Item]] = {}
    for item in matter.items():
        for name in dict.fromkeys(rule for line in item.lines for rule in line.rules if rule in matter.rules):
            used.setdefault(name, []).append(item)
    if not used:
        return '<p class="none">No coding rule is known here for these records.</p>'
    top = "".join(f'<th scope="col">{name}</th>' for name in ("rule", "title", "codebook", "records"))
    rows = "".join(f'<tr id="rule-{safe(name)}" {behind(items)}><th scope="row"><code>{safe(name)}</code></th>'
                   f"<td>{safe(matter.rules[name].title)}</td><td>{safe(matter.rules[name].codebook)}</td>"
                   f'<td class="n">{len(items)}</td></tr>' for name, items in sorted(used.items()))
    return f'<div class="wide"><table class="counts"><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table></div>'
