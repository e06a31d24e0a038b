"""An article's card: its text with the evidence marked, each record beside it with its why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from eventcode.markup import safe
from eventcode.report.matter import Item, Line, Story
from eventcode.report.spans import text_html
from eventcode.rules import Rule

#: Rejections that are listed below an article.
REJECTIONS = 50


def story_html(story: Story, number: int, rules: Mapping[str, Rule]) -> str:
    """The card of a story; `number` counts from 1 over the page."""
    name, items = f"a{number}", story.items
    records = "".join(_item(item, name, story, rules) for item in items)
    beside = records or '<p class="none">No record of this article.</p>'
    return (f'<article class="story" id="{name}" aria-labelledby="{name}-h" data-n="{len(items)}">'
            f'<header><h3 id="{name}-h" dir="auto">{safe(_heading(story))}</h3>{_about(story)}</header>'
            f'<div class="both"><div class="words">{_text(story, name)}{_rejections(story)}</div>'
            f'<div class="records">{beside}</div></div></article>\n')


def _heading(story: Story) -> str:
    title = story.article.title if story.article and story.article.title else ""
    return title or f"Article {story.id or '(no id)'}"


def _about(story: Story) -> str:
    article, told = story.article, [("id", story.id)]
    if article is not None:
        day = article.published.isoformat() if article.published else ""
        told += [("published", day), ("outlet", article.outlet or ""), ("address", article.url or "")]
    listed = "".join(f"<dt>{name}</dt><dd><bdi>{safe(value)}</bdi></dd>" for name, value in told if value)
    problem = f'<p class="bad">Not coded: <bdi>{safe(story.problem)}</bdi></p>' if story.problem else ""
    return (f"<dl>{listed}</dl>" if listed else "") + problem


def _text(story: Story, name: str) -> str:
    if story.article is None:
        return '<p class="none">The article is not here: only the words behind the records are.</p>'
    return f'<div class="text" lang="{safe(story.article.language)}">{text_html(story, name)}</div>'


def _rejections(story: Story) -> str:
    if not story.rejections:
        return ""
    lines = [f"<li><q><bdi>{safe(_flat(found.text))}</bdi></q>: {safe(found.reason)} ({safe(found.stage)}) "
             f"{_ids(found.rules, {})}</li>" for found in story.rejections[:REJECTIONS]]
    more = len(story.rejections) - REJECTIONS
    lines += [f"<li>and {more} more</li>"] if more > 0 else []
    return (f"<details><summary>Looked at and not coded: {len(story.rejections)}</summary>"
            f"<ul>{''.join(lines)}</ul></details>")


def item_title(item: Item) -> str:
    """A record in a line: type and subtype, or that it has none."""
    told = [part for part in (item.facts.type, item.facts.subtype) if part]
    return ": ".join(told) or "no type"


def _item(item: Item, name: str, story: Story, rules: Mapping[str, Rule]) -> str:
    head = (f'<section class="record" id="r{item.number}" tabindex="-1" aria-labelledby="r{item.number}-h">'
            f'<h4 id="r{item.number}-h"><span class="no">{item.number}</span> {safe(item_title(item))}</h4>')
    return f"{head}{_sum(item)}{_why(item, rules)}{_fields(item, name, story, rules)}{_warnings(item)}</section>"


def _sum(item: Item) -> str:
    """Who, whom, when and where in a line."""
    told = item.facts
    sides = " &rarr; ".join(f"<bdi>{safe(' + '.join(side))}</bdi>" for side in (told.sources, told.targets) if side)
    rest = [told.day, ", ".join(dict.fromkeys(part for part in (told.place, told.country) if part)),
            f"{told.deaths} killed" if told.deaths else ""]
    parts = [sides, *(f"<bdi>{safe(part)}</bdi>" for part in rest if part)]
    return f'<p class="sum">{" &middot; ".join(part for part in parts if part)}</p>'


def _why(item: Item, rules: Mapping[str, Rule]) -> str:
    """The coding rules behind the record, each with its title and the codebook's passage; and what lost."""
    used = dict.fromkeys(rule for line in item.lines for rule in line.rules if rule in rules)
    told = "".join(f"<li>{safe(rules[rule].title)} <small>({safe(rules[rule].codebook)}; {_link(rule, rules)})</small>"
                   "</li>" for rule in used)
    lost = dict.fromkeys((beaten.value, beaten.reason, beaten.rule) for line in item.lines for beaten in line.lost)
    told += "".join(f'<li class="lost">not {safe(value)}: {safe(reason)} <small>({_link(rule, rules)})</small></li>'
                    for value, reason, rule in lost)
    return f'<ul class="why" aria-label="Why">{told}</ul>' if told else ""


def _fields(item: Item, name: str, story: Story, rules: Mapping[str, Rule]) -> str:
    rows = "".join(_row(lines, name, story, rules) for lines in _grouped(item.lines))
    return ('<details open><summary>Fields and evidence</summary><table class="fields"><thead><tr>'
            '<th scope="col">Fields</th><th scope="col">Words</th><th scope="col">Rules</th></tr></thead>'
            f"<tbody>{rows}</tbody></table></details>")


def _grouped(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Fields that stand on the same words and rules, together, in the order of the first."""
    groups: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.start, line.end, line.text, line.rules), []).append(line)
    return iter(groups.values())


def _row(lines: list[Line], name: str, story: Story, rules: Mapping[str, Rule]) -> str:
    first = lines[0]
    fields = "".join(f"<div><b>{safe(line.field)}</b> <bdi>{safe(line.value)}</bdi></div>" for line in lines)
    return (f'<tr class="{first.kind}"><th scope="row">{fields}</th><td>{_words(first, name, story)}</td>'
            f"<td>{_ids(first.rules, rules)}</td></tr>")


def _words(line: Line, name: str, story: Story) -> str:
    if line.start is None:
        return '<span class="none">no words</span>'
    quote = f"<q><bdi>{safe(_flat(line.text, 200))}</bdi></q>"
    where = f"<small>{line.start}&ndash;{line.end}</small>"
    return f'<a href="#{name}-{line.start}">{quote}</a> {where}' if story.article else f"{quote} {where}"


def _ids(ids: Iterable[str], rules: Mapping[str, Rule]) -> str:
    return " ".join(_link(rule, rules) for rule in ids)


def _link(rule: str, rules: Mapping[str, Rule]) -> str:
    told = f"<code>{safe(rule)}</code>"
    return f'<a href="#rule-{safe(rule)}">{told}</a>' if rule in rules else told


def _warnings(item: Item) -> str:
    return "".join(f'<p class="bad">{safe(warning)}</p>' for warning in item.warnings)


def _flat(text: str, width: int = 160) -> str:
    flat = " ".join(text[:4 * width].split())
    return flat if len(flat) <= width and len(text) <= 4 * width else flat[:width - 4].rstrip() + " ..."
