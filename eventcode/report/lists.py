"""The tables of a page: records by type, actor and place; quality; rules; versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from eventcode.markup import safe, table, wide_html
from eventcode.report.land import TOLD, behind
from eventcode.report.matter import Facts, Item, Matter, Table

#: Rows that a table shows; how many there are beyond is told.
ROWS = 200

Key: TypeAlias = tuple[object, ...]


def by_type(items: Sequence[Item]) -> str:
    """Records and killed of each type and subtype."""
    return _grouped("By type", ("type", "subtype"), items, lambda told: [(told.type or "(none)", told.subtype)])


def by_actor(items: Sequence[Item]) -> str:
    """Records and killed of each actor, and how often it acts and is acted on."""
    acts = Counter(name for item in items for name in dict.fromkeys(item.facts.sources))
    suffers = Counter(name for item in items for name in dict.fromkeys(item.facts.targets))
    return _grouped("By actor", ("actor", "as first", "as second"), items,
                    lambda told: [(name, acts[name], suffers[name]) for name in told.actors])


def by_place(items: Sequence[Item]) -> str:
    """Records and killed of each place, with what is known of its precision."""
    return _grouped("By place", ("place", "province", "country", "known"), items,
                    lambda told: [(told.place or "(none)", told.province, told.country, _precision(told))])


def _precision(told: Facts) -> str:
    return TOLD["country"] if told.latitude is None and told.country and not told.precision else TOLD[told.precision]


def _grouped(name: str, head: Sequence[str], items: Sequence[Item], keys: Callable[[Facts], Iterable[Key]]) -> str:
    """A row per key with the numbers of its records and killed, most records first."""
    groups: dict[Key, list[Item]] = {}
    for item in items:
        for key in keys(item.facts):
            groups.setdefault(key, []).append(item)
    ranked = sorted(groups.items(), key=lambda group: (-len(group[1]), str(group[0])))
    deadly = any(item.facts.deaths is not None for item in items)
    top = "".join(f'<th scope="col">{safe(name)}</th>' for name in (*head, "records", *(["killed"] if deadly else [])))
    rows = "".join(_row(key, found, deadly) for key, found in ranked[:ROWS])
    made = f'<table class="counts"><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table>'
    return f"<details open><summary>{name}</summary>{wide_html(made, name)}{_more(len(ranked))}</details>"


def _row(key: Key, items: Sequence[Item], deadly: bool) -> str:
    cells = "".join(f"<td><bdi>{safe(part)}</bdi></td>" for part in key[1:])
    killed = f'<td class="k">{sum(item.facts.deaths or 0 for item in items)}</td>' if deadly else ""
    return (f'<tr {behind(items)}><th scope="row"><bdi>{safe(key[0])}</bdi></th>{cells}'
            f'<td class="n">{len(items)}</td>{killed}</tr>')


def _more(rows: int) -> str:
    return f'<p class="none">and {rows - ROWS:,} more</p>' if rows > ROWS else ""


def told(part: Table) -> str:
    """A table of a run with its heading, or that it is empty."""
    if not part.rows:
        return f'<h3>{safe(part.heading)}</h3><p class="none">None.</p>'
    return (f"<h3>{safe(part.heading)}</h3><p>{safe(part.about)}</p>"
            f"{wide_html(table(part.head, part.rows[:ROWS]), part.heading)}{_more(len(part.rows))}")


def rules_html(matter: Matter) -> str:
    """The coding rules that the records name, each with title, passage of the codebook and number of records."""
    used: dict[str, list[Item]] = {}
    for item in matter.items():
        for name in dict.fromkeys(rule for line in item.lines for rule in line.rules if rule in matter.rules):
            used.setdefault(name, []).append(item)
    if not used:
        return '<p class="none">No coding rule is known here for these records.</p>'
    top = "".join(f'<th scope="col">{name}</th>' for name in ("rule", "title", "codebook", "records"))
    rows = "".join(f'<tr id="{matter.rules.anchor(name)}" {behind(items)}><th scope="row"><code>{safe(name)}</code>'
                   f"</th><td>{safe(matter.rules[name].title)}</td><td>{safe(matter.rules[name].codebook)}</td>"
                   f'<td class="n">{len(items)}</td></tr>' for name, items in sorted(used.items()))
    return wide_html(f'<table class="counts"><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table>', "Rules")
