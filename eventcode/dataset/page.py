"""A result as a page: headings, sentences and tables, in Markdown or HTML."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventcode.errors import InputError
from eventcode.markup import safe

if TYPE_CHECKING:
    import pandas as pd

_STYLE = ("body{font:15px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}table{border-collapse:collapse}"
          "td,th{padding:.2em .7em;border-bottom:1px solid #ccc;text-align:right}td:first-child,th:first-child"
          "{text-align:left}")


@dataclass(frozen=True)
class Page:
    """A title and parts: (heading, sentence or table)."""

    title: str
    parts: tuple[tuple[str, str | pd.DataFrame], ...]

    def markdown(self) -> str:
        """The page in Markdown, a line end at the end."""
        lines = [f"# {self.title}"]
        for heading, part in self.parts:
            lines += ["", f"## {heading}", "", part if isinstance(part, str) else "\n".join(_table(part))]
        return "\n".join(lines) + "\n"

    def html(self, whole: bool = True) -> str:
        """The page in HTML; `whole`: a document of its own, else its body alone."""
        body = f"<h1>{safe(self.title)}</h1>" + "".join(
            f"<h2>{safe(heading)}</h2>" + (f"<p>{safe(part)}</p>" if isinstance(part, str) else _html(part))
            for heading, part in self.parts)
        head = f"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{safe(self.title)}</title>"
        return f"{head}<style>{_STYLE}</style><body>{body}</body></html>\n" if whole else body

    def save(self, path: str | Path) -> Path:
        """Write the page; the suffix says how: .md or .html. Raises InputError on another or where it cannot."""
        target = Path(path)
        if target.suffix not in (".md", ".html"):
            raise InputError(f"{target}: a report is written as .md or .html")
        try:
            target.write_text(self.markdown() if target.suffix == ".md" else self.html(), encoding="utf-8")
        except OSError as problem:
            raise InputError(f"{target}: cannot be written: {problem.strerror or problem}") from None
        return target


def _table(frame: pd.DataFrame) -> list[str]:
    rows = [[str(name) for name in frame.columns], *([_cell(value).replace("|", "\\|") for value in row]
                                                     for row in frame.itertuples(index=False))]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return [lines[0], "|" + " --- |" * len(frame.columns), *lines[1:]]


def _html(frame: pd.DataFrame) -> str:
    head = "".join(f"<th>{safe(str(name))}</th>" for name in frame.columns)
    rows = "".join("<tr>" + "".join(f"<td>{safe(_cell(value))}</td>" for value in row) + "</tr>"
                   for row in frame.itertuples(index=False))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(value: Any) -> str:
    import pandas as pd

    if isinstance(value, float):
        return "" if value != value else f"{value:.3f}"
    return "" if value is None or value is pd.NA else str(value).replace("\n", " ")
