"""`render`: a run, traces or records as one HTML page that needs no network, and little of a browser."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from string import Template
from typing import Any

from eventcode import __version__
from eventcode.article import Article
from eventcode.dataset.write import atomically
from eventcode.errors import InputError
from eventcode.explain import Trace
from eventcode.markup import safe, table, wide_html
from eventcode.records import Record
from eventcode.report import lists
from eventcode.report.articles import story_html
from eventcode.report.days import days_html
from eventcode.report.gather import of_records, of_run, of_traces
from eventcode.report.land import map_html
from eventcode.report.matter import Item, Matter, Story, Table
from eventcode.runs import Run, read_run

#: Articles that a page shows, if the caller does not say.
LIMIT = 500
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Report:
    """A page. `html`: the whole of it; `save` writes it; in a notebook it shows itself."""

    html: str

    def save(self, path: str | Path) -> Path:
        """Write the page, whole or not at all. Raises InputError where it cannot be written."""
        target = Path(path)

        def make(unfinished: Path) -> None:
            unfinished.write_text(self.html, encoding="utf-8", newline="\n")

        try:
            atomically(target, make)
        except OSError as problem:
            raise InputError(f"{target}: cannot be written: {problem.strerror or problem}") from None
        return target

    def _repr_html_(self) -> str:
        """In a frame of its own, so that the notebook's styles and the page's leave each other alone."""
        return (f'<iframe sandbox="allow-scripts" title="eventcode report" width="100%" height="720" '
                f'srcdoc="{safe(self.html)}"></iframe>')


def render(data: Run | Trace | Record | str | Path | Iterable[Any], *,
           articles: Iterable[Article] | Mapping[str, Article] | None = None, title: str | None = None,
           limit: int = LIMIT) -> Report:
    """A page of articles with their evidence marked, records and why, map, time line, tables, versions.

    data: a run of `code_corpus` or its folder; a trace of `coder.trace` or several (they also show what was found
    beside the records, and why something was not coded); a record, records, or lists of them as `coder.pipe` gives.
    articles: for records, the articles that they were coded from (by their ids); without them the words of the evidence
    stand alone. title: the page's heading. limit: how many articles the page shows; those with records go first where
    they are more, and map, time line and tables count all.

    Everything that comes from articles stands on the page as text. It loads nothing, and reads without JavaScript.

    Raises InputError on anything else, and where an article is not the text that its records were coded from.
    """
    return Report(_page(_matter(data, articles, title), limit))


def _matter(data: Any, articles: Iterable[Article] | Mapping[str, Article] | None, title: str | None) -> Matter:
    if isinstance(data, (str, Path)):
        data = read_run(data)
    if isinstance(data, (Run, Trace)) and articles is not None:
        raise InputError("articles are given with records only: a run and a trace have their own")
    if isinstance(data, Run):
        return of_run(data, title)
    parts = [data] if isinstance(data, (Trace, Record)) else list(data) if isinstance(data, Iterable) else None
    if parts is None:
        raise InputError(f"render takes a run, traces or records, not {type(data).__name__}")
    traces = [part for part in parts if isinstance(part, Trace)]
    if traces and len(traces) == len(parts):
        return of_traces(traces, title)
    return of_records(parts, articles, title)


def _page(matter: Matter, limit: int) -> str:
    items = list(matter.items())
    chosen = _chosen(matter.stories, limit)
    cards = "".join(story_html(story, number, matter.rules) for number, story in enumerate(chosen, start=1))
    css, script = file_of("page.css"), file_of("page.js")
    return Template(file_of("page.html")).substitute(
        title=safe(matter.title), ontologies=safe(", ".join(matter.ontologies)), eventcode=safe(__version__),
        css=css, css_hash=digest_of(css), script=script, script_hash=digest_of(script), data=_data(items),
        counts=_counts(matter), shown=_shown(len(chosen), len(matter.stories)), map=map_html(items),
        days=days_html(items), types=lists.by_type(items), actors=lists.by_actor(items), places=lists.by_place(items),
        type_options=_options(item.facts.type for item in items),
        country_options=_options(item.facts.country for item in items),
        actor_options=_options(name for item in items for name in item.facts.actors),
        records=len(items), cards=cards, quality="".join(map(lists.told, matter.quality)) + _doubts(items),
        rules=lists.rules_html(matter),
        versions=wide_html(table(("what", "version"), list(matter.versions.items())), "Versions"),
        files=lists.told(matter.files) if matter.files else "")


def _chosen(stories: tuple[Story, ...], limit: int) -> list[Story]:
    """The stories that are shown, in their order: if need be only some, those with records before the others."""
    if len(stories) <= limit:
        return list(stories)
    order = sorted(range(len(stories)), key=lambda n: (not stories[n].items, n))
    return [stories[n] for n in sorted(order[:limit])]


def _shown(shown: int, all_of_them: int) -> str:
    if shown == all_of_them:
        return ""
    return (f'<p class="bad">{shown:,} of {all_of_them:,} articles are shown here; map, time line and tables count '
            "all.</p>")


def _counts(matter: Matter) -> str:
    deaths = [item.facts.deaths for item in matter.items() if item.facts.deaths is not None]
    told = {**matter.counts, **({"people killed": sum(deaths)} if deaths else {})}
    return "".join(f"<div><dt>{safe(name)}</dt><dd>{number:,}</dd></div>" for name, number in told.items())


def _doubts(items: Iterable[Item]) -> str:
    """Warnings of the records themselves."""
    rows = [(f"record {item.number}", warning) for item in items for warning in item.warnings]
    return lists.told(Table("Warnings", "What the coder doubts of its own records.", ("record", "warning"), rows))


def _options(names: Iterable[str]) -> str:
    """Choices of a filter, most frequent first."""
    counted = sorted(Counter(name for name in names if name).items(), key=lambda pair: (-pair[1], pair[0]))
    return "".join(f'<option value="{safe(name)}">{safe(name)} ({number})</option>' for name, number in counted)


def _data(items: Iterable[Item]) -> str:
    """What the filters ask of each record.

    `rows`: number, type, country, day, actors, killed; types, countries and actors by their place in `names`.
    """
    names: dict[str, int] = {}
    rows = [[item.number, _place(told.type, names), _place(told.country, names), told.day,
             [_place(name, names) for name in told.actors], told.deaths or 0]
            for item in items for told in [item.facts]]
    return as_data({"names": list(names), "rows": rows})


def as_data(told: Any) -> str:
    """JSON that no reader of HTML takes for markup."""
    made = json.dumps(told, ensure_ascii=True, separators=(",", ":"), default=str)
    return made.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")  # ASCII has no U+2028


def _place(name: str, names: dict[str, int]) -> int:
    return names.setdefault(name, len(names))


def digest_of(content: str) -> str:
    """What a Content-Security-Policy knows a script or style by."""
    return base64.b64encode(sha256(content.encode()).digest()).decode()


@cache
def file_of(name: str) -> str:
    """A part of the page: style, script or frame."""
    return (_HERE / name).read_text(encoding="utf-8")
