"""The page of an ontology: its README, columns, codes with the rules that give them, and checks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from eventcode.dataset.columns import Column, columns
from eventcode.dataset.hxl import about as column_words
from eventcode.ontologies.base import Ontology
from eventcode.ontologies.coverage import Uncoded, coverage
from eventcode.rules import Rule

#: Characters of a title that a heading takes; a longer one stands below it.
LONGEST = 50
HEAD = "Generated from the rules by `python docs/generate.py`; do not edit."


def ontology_page(ontology: Ontology) -> str:
    """The page in Markdown."""
    about = ontology.description
    reached = coverage(ontology)
    by = max((column for column in reached.given if all(column in rule.codes for rule in ontology.rules)),
             key=lambda column: reached.given[column][0])
    parts = [f"# {about.title}\n\n{HEAD}", f"Codebook: {about.codebook}.", f"Terms: {about.terms}",
             _load_line(ontology), *_readme(ontology), "## Columns", _columns(ontology),
             f"## Codes and rules: `{by}`", _HOW, *_codes(ontology, by),
             *_unreached(reached.codes, reached.given), *_checks(ontology)]
    return "\n\n".join(parts) + "\n"


_HOW = ("Under each code stand the rules that give it: what they ask of an event, the passage of the codebook, a "
        "sentence that they code, and one that looks alike and that they do not code. The words in a rule are neutral "
        "actions and facts of an event, not words of English: which words tell of an action stands in the lexicon, "
        "`eventcode/languages/en/actions/`. The tests run all examples (`eventcode rules test`).")


def _load_line(ontology: Ontology) -> str:
    return f"```python\ncoder = ec.load(\"{ontology.name}\")\n```"


def _readme(ontology: Ontology) -> Iterator[str]:
    """The README of the ontology's folder, one level of headings lower, without its title."""
    text = (ontology.folder / "README.md").read_text(encoding="utf-8").partition("\n")[2].strip()
    fenced = False
    lines = []
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        lines.append(f"#{line}" if line.startswith("#") and not fenced else line)
    yield "\n".join(["## About this ontology", "", *lines])


def _columns(ontology: Ontology) -> str:
    rows = [(f"`{name}`", _kind(column), column_words(ontology.name, name)[1])
            for name, column in columns(ontology).items()]
    return table(("column", "holds", "means"), rows)


def _kind(column: Column) -> str:
    kind = "lists or entities" if column.kind == "nested" else column.kind
    kind += f", one of {len(column.allowed)} codes" if column.allowed and column.kind != "nested" else ""
    return kind if column.required else f"{kind}; may be empty"


def _codes(ontology: Ontology, by: str) -> Iterator[str]:
    """A section per code that rules give, in the order of the codes' table."""
    named = ontology.titles[by]
    for code, title in named.items():
        rules = [rule for rule in ontology.rules if rule.codes[by] == code]
        if rules:
            short = title != code and len(title) <= LONGEST
            yield f"### {code}: {title}" if short else f"### {code}"
            yield from [] if short or title == code else [escaped(title)]
            yield from (_rule(rule, by) for rule in rules)


def _rule(rule: Rule, by: str) -> str:
    others = ", ".join(f"`{column}` {code}" for column, code in rule.codes.items() if column != by)
    lines = [f"**{escaped(rule.title)}** (`{rule.id}`{f'; gives {others}' if others else ''})", "",
             f"* When {_asked(rule.when)}" + (f"; unless {_asked(rule.unless)}" if rule.unless else "") + ".",
             f"* Codebook: {escaped(rule.codebook)}."]
    lines += [f"* Goes before {', '.join(f'`{one}`' for one in rule.over)}."] if rule.over else []
    expected = ", ".join(f"`{column}` {value}" for column, value in rule.examples[0].expect.items())
    lines += [f"* Coded: \"{escaped(_flat(rule.examples[0].text))}\"" + (f" ({escaped(expected)})" if expected else ""),
              f"* Not by this rule: \"{escaped(_flat(rule.counterexamples[0].text))}\""]
    return "\n".join(lines)


def _asked(facets: Mapping[str, Iterable[str]]) -> str:
    return ", and ".join(f"{facet} is {' or '.join(f'`{word}`' for word in words)}" for facet, words in facets.items())


def _flat(text: str) -> str:
    return " ".join(text.split())


def _unreached(missing: Iterable[Uncoded], given: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    """The codes that no rule gives, with the reason."""
    rows = [(f"`{one.column}`", one.code, one.title, one.reason or "no reason on record") for one in missing]
    if rows:
        counts = "; ".join(f"{some} of {all_} codes of `{column}`" for column, (some, all_) in given.items())
        yield f"## Codes without a rule\n\nRules give {counts}."
        yield table(("column", "code", "title", "why"), rows)


def _checks(ontology: Ontology) -> Iterator[str]:
    """What `ec.validate` checks within a row, beside types and codes."""
    rows = [(f"`{one.id}`", ", ".join(f"`{column}`" for column in one.columns), one.severity, one.advice)
            for one in ontology.checks]
    if rows:
        yield "## Checks within a row\n\nBeside columns, types and codes, `ec.validate` looks at these."
        yield table(("check", "columns", "fault is", "what to do"), rows)


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    lines = [f"| {' | '.join(map(_cell, row))} |" for row in [list(header), *rows]]
    return "\n".join([lines[0], "|" + " --- |" * len(list(header)), *lines[1:]])


def _cell(text: str) -> str:
    """A cell whose bars do not end it: as entities, which code in backticks would show as they are written."""
    coded = re.sub(r"`([^`]*\|[^`]*)`", lambda code: f"<code>{escape(code[1])}</code>", text)
    return coded.replace("|", "&#124;")


def escaped(text: str) -> str:
    """Text whose stars, brackets and angles Markdown must not read; code in backticks stays."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else re.sub(r"([*\[\]])", r"\\\1", part).replace("<", "&lt;")
                   for part in parts)
