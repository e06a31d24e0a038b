"""An article's text with its spans: cut where one begins or ends, each span on a lane of its own underneath."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from eventcode.markup import safe
from eventcode.report.matter import Kind, Span, Story

#: Lines that fit beneath a line of text; spans that find none free share the last.
LANES = 4
#: A longer text is shown in excerpts: its beginning, and this many characters around each span.
LONG, BEGINNING, AROUND = 20_000, 2_000, 300
#: Excerpts of one article together have no more characters than this.
MOST = 100_000

_LETTER: dict[Kind, str] = {"actor": "a", "action": "e", "place": "p", "date": "d", "count": "c", "text": "s"}


class Marked(NamedTuple):
    """A span, the numbers of the records that it is evidence for, and its lane (None: of a whole passage)."""

    span: Span
    records: tuple[int, ...]
    lane: int | None


@dataclass(frozen=True)
class _Cut:
    start: int
    end: int
    marks: tuple[Marked, ...]


def text_html(story: Story, name: str) -> str:
    """The text of a story's article in safe HTML, with its spans as <mark>; `name` begins the ids of their places."""
    text = story.article.text if story.article else ""
    marked = lanes(evidence(story, len(text)))
    pieces = excerpts(len(text), [mark.span for mark in marked])
    made, last = [], 0
    for start, end in pieces:
        made += [_gap(start - last)] if start > last else []
        made += [_cut_html(cut, text, name) for cut in cuts(marked, start, end)]
        last = end
    made += [_gap(len(text) - last)] if last < len(text) else []
    return "".join(made)


def evidence(story: Story, length: int) -> dict[Span, tuple[int, ...]]:
    """Spans of the story, each with the numbers of the records it is evidence for; none for a mere mention."""
    found: dict[Span, dict[int, None]] = {}
    for item in story.items:
        for line in item.lines:
            if line.start is not None and line.end is not None:
                found.setdefault(Span(line.start, line.end, line.kind), {})[item.number] = None
    for span in story.mentions:
        found.setdefault(span, {})
    return {span: tuple(numbers) for span, numbers in found.items() if 0 <= span.start < span.end <= length}


def lanes(spans: Mapping[Span, Sequence[int]]) -> list[Marked]:
    """The spans in the order of the text, those that overlap on different lanes. A passage needs none."""
    made: list[Marked] = []
    ends = [0] * LANES
    for span in sorted(spans, key=lambda one: (one.start, -one.end, one.kind)):
        lane = None
        if span.kind != "text":
            lane = next((n for n, end in enumerate(ends) if end <= span.start), LANES - 1)
            ends[lane] = max(ends[lane], span.end)
        made.append(Marked(span, tuple(spans[span]), lane))
    return made


def excerpts(length: int, spans: Iterable[Span]) -> list[tuple[int, int]]:
    """Which parts of a text are shown: all of it, or of a long one its beginning and what is around its spans."""
    if length <= LONG:
        return [(0, length)]
    made = [(0, BEGINNING)]
    for span in spans:
        start, end = max(0, span.start - AROUND), min(length, min(span.end, span.start + 4 * AROUND) + AROUND)
        if sum(b - a for a, b in made) > MOST:
            break
        if start <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return made


def cuts(marked: Sequence[Marked], start: int, end: int) -> list[_Cut]:
    """The text from `start` to `end` in pieces within which the same spans hold."""
    here = [mark for mark in marked if mark.span.start < end and mark.span.end > start]
    points = sorted({start, end, *(p for mark in here for p in mark.span[:2] if start < p < end)})
    made, active, waiting = [], list[Marked](), 0
    for first, last in pairwise(points):
        while waiting < len(here) and here[waiting].span.start <= first:
            active.append(here[waiting])
            waiting += 1
        active = [mark for mark in active if mark.span.end > first]
        made.append(_Cut(first, last, tuple(active)))
    return made


def _cut_html(cut: _Cut, text: str, name: str) -> str:
    words = safe(text[cut.start:cut.end])
    if not cut.marks:
        return words
    numbers = sorted({number for mark in cut.marks if mark.lane is not None for number in mark.records})
    anchor = f' id={name}-{cut.start}' if any(mark.span.start == cut.start for mark in cut.marks) else ""
    behind = _attribute("data-r", map(str, numbers))
    classes = list(dict.fromkeys(map(_class, cut.marks)))
    if classes == ["s"]:  # there are many of these
        return f"<u{anchor}>{words}</u>"
    return f'<mark{anchor}{_attribute("class", classes)}{behind}>{words}</mark>'


def letter(kind: Kind) -> str:
    """What the style knows a kind by."""
    return _LETTER[kind]


def _attribute(name: str, words: Iterable[str]) -> str:
    """An attribute of words, in quotes where HTML wants them; nothing where there is no word."""
    told = " ".join(words)
    return "" if not told else f' {name}="{told}"' if " " in told else f" {name}={told}"


def _class(mark: Marked) -> str:
    return letter(mark.span.kind) if mark.lane is None else f"{letter(mark.span.kind)}{mark.lane}"


def _gap(length: int) -> str:
    return f'<span class="gap">[{length:,} characters are left out here]</span>'
