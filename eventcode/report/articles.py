"""An article's card: its text with the evidence marked, each record beside it with its why."""

from __future__ import annotations

from eventcode.markup import safe
from eventcode.report.known import Rules
from eventcode.report.matter import Item, Line, Story
from eventcode.report.spans import letter, text_html

#: Rejections that are listed below an article.
REJECTIONS = 50


def story_html(story: Story, number: int, rules: Rules) -> str:
    """The card of a story; `number` counts from 1 over the page."""
    name, items = f"a{number}", story.items
    records = "".join(item_html(item, name, story, rules) for item in items)
    beside = records or '<p class="none">No record of this article.</p>'
    return (f'<article class="story" id="{name}" aria-labelledby="{name}-h" data-n="{len(items)}">'
            f'<header><h3 id="{name}-h" dir="auto">{safe(heading(story))}</h3>{about_html(story)}</header>'
            f'<div class="both"><div class="words">{_text(story, name)}{_rejections(story, rules)}</div>'
            f'<div class="records">{beside}</div></div></article>\n')


def heading(story: Story) -> str:
    """The title of an article, or its id."""
    title = story.article.title if story.article and story.article.title else ""
    return title or f"Article {story.id or '(no id)'}"


def about_html(story: Story) -> str:
    """What is known of an article beside its text."""
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
    return f'<div class="body" lang="{safe(story.article.language)}">{text_html(story, name)}</div>'


def _rejections(story: Story, rules: Rules) -> str:
    if not story.rejections:
        return ""
    lines = [f"<li><q><bdi>{safe(_flat(found.text))}</bdi></q>: {safe(found.reason)} ({safe(found.stage)}) "
             f"<code>{rules.links(found.rules)}</code></li>" for found in story.rejections[:REJECTIONS]]
    more = len(story.rejections) - REJECTIONS
    lines += [f"<li>and {more} more</li>"] if more > 0 else []
    return (f"<details><summary>Looked at and not coded: {len(story.rejections)}</summary>"
            f"<ul>{''.join(lines)}</ul></details>")


def item_title(item: Item) -> str:
    """A record in a line: type and subtype, or that it has none."""
    told = [part for part in (item.facts.type, item.facts.subtype) if part]
    return ": ".join(told) or "no type"


def item_html(item: Item, name: str, story: Story, rules: Rules) -> str:
    """The card of a record: what it says, why, and its evidence; `name` begins the ids of the words in the text."""
    n = item.number
    head = f"<section class=record id=r{n} aria-labelledby=h{n}><h4 id=h{n}><i>{n}</i> {safe(item_title(item))}</h4>"
    return f"{head}{_sum(item)}{_why(item, rules)}{_fields(item, name, story)}{_warnings(item)}</section>"


def _sum(item: Item) -> str:
    """Who, whom, when and where in a line."""
    told = item.facts
    sides = " → ".join(_isolated(" + ".join(side)) for side in (told.sources, told.targets) if side)
    where = ", ".join(dict.fromkeys(part for part in (told.place, told.country) if part))
    parts = [sides, safe(told.day), _isolated(where),
             f"{told.deaths} killed" if told.deaths else ""]
    return f"<p class=sum>{' · '.join(filter(None, parts))}"


def _isolated(text: str) -> str:
    """Text that does not turn the direction of what stands beside it."""
    return text and (safe(text) if text.isascii() else f"<bdi>{safe(text)}</bdi>")


def _why(item: Item, rules: Rules) -> str:
    """The coding rules behind the record, each with its title and the codebook's passage; and what lost."""
    used = dict.fromkeys(rule for line in item.lines for rule in line.rules if rule in rules)
    told = "".join(f"<li><a href=#{rules.anchor(rule)}>{safe(rules[rule].title)}</a> ({safe(rules[rule].codebook)})"
                   for rule in used)
    lost = dict.fromkeys((beaten.value, beaten.reason, beaten.rule) for line in item.lines for beaten in line.lost)
    told += "".join(f"<li class=lost>not {safe(value)}: {safe(reason)} ({rules.link(rule)})"
                    for value, reason, rule in lost)
    return f"<ul class=why aria-label=Why>{told}</ul>" if told else ""


def _fields(item: Item, name: str, story: Story) -> str:
    """A row for each piece of evidence: the fields that it fills, its words, the rules of all of these fields.

    There are many of these tables: end tags that HTML lets one leave out are left out, and names are short.
    """
    groups: dict[tuple[int | None, int | None], list[Line]] = {}
    for line in item.lines:
        groups.setdefault((line.start, line.end), []).append(line)
    rows = "".join(_row(lines, name, story) for lines in groups.values())
    first = not story.items or item is story.items[0]  # the head of each article's first table stands for all
    head = "<thead><tr><th>Fields<th>Words<th>Rules<tbody>" if first else ""
    return f"<details open><summary>Evidence</summary><table>{head}{rows}</table></details>"


def _row(lines: list[Line], name: str, story: Story) -> str:
    """Rules that only some of the fields come of stand beneath these. The style shows line feeds as such."""
    shared = [rule for rule in lines[0].rules if all(rule in line.rules for line in lines)]
    groups: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        groups.setdefault(tuple(rule for rule in line.rules if rule not in shared), []).append(line)
    fields = "".join(_group(found, own) for own, found in groups.items()).rstrip("\n")
    kind = f" class={letter(lines[0].kind)}" if lines[0].start is not None else ""
    return f"<tr{kind}><th>{fields}<td>{_words(lines[0], name, story)}<td>{safe(' '.join(shared))}"


def _group(lines: list[Line], own: tuple[str, ...]) -> str:
    """Fields, each in a line, and the rules that all of them come of beside those of the row."""
    told = "\n".join(f"<b>{safe(line.field)}</b> {_one_line(safe(line.value))}" for line in lines)
    return told + (f"<i>{safe(' '.join(own))}</i>" if own else "\n")


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def _words(line: Line, name: str, story: Story) -> str:
    if line.start is None:
        return "no words"
    words, where = safe(_flat(line.text, 40)), f"{line.start}-{line.end}"
    return f"<a href=#{name}-{line.start}>{words}</a> {where}" if story.article else f"<q>{words}</q> {where}"


def _warnings(item: Item) -> str:
    return "".join(f'<p class="bad">{safe(warning)}</p>' for warning in item.warnings)


def _flat(text: str, width: int = 160) -> str:
    flat = " ".join(text[:4 * width].split())
    return flat if len(flat) <= width and len(text) <= 4 * width else flat[:width - 4].rstrip() + " ..."
