"""Where English sentences end: rules over the text, offsets kept, linear in its length."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Titles and short forms after which a full stop does not end a sentence when a word follows.
_ABBREVIATIONS = _words("""
mr mrs ms messrs dr prof rev hon st sr gen lt col maj capt cmdr cpl sgt pvt adm brig insp supt det sen rep gov pres
amb atty fr ft mt no nos vol art sec fig op ed eds dept univ assn bros inc ltd co corp vs approx est etc al cf eg ie
jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun
ariz calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa tenn tex va vt
wash wis wyo ala ark
""")

#: A run of stops is tried once, at its first one, and never backed out of: that keeps "....." linear.
_END = re.compile(r"""(?<![.!?…])[.!?…]++["'”’)\]»]*+(?=\s)|\n++""")
_LAST_WORD = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+)*)\.$")
_OPENERS = "\"'“‘([«-–—•*"
#: "KABUL, Aug 2 (Reuters) - ", "JUBA, South Sudan — ", "(AFP) -": who files from where is no part of the sentence.
_DATELINE = re.compile(
    r"(?:^|\n)[ \t]*+(?:(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]{1,30}(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ.'’-]{1,30}){0,3})"
    r"(?:, ?[^\n,()–—]{2,35}){0,3}? ?(?:\([^()\n]{2,40}\) ?)?|"
    r"[A-ZÀ-Þ][\w.'’]{1,25}(?: [A-ZÀ-Þ][\w.'’]{1,25}){0,2},(?: [A-ZÀ-Þ][\w.'’ ]{1,25},)? "
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}(?:, \d{4})? ?"
    r"(?:\([^()\n]{2,40}\) ?)?|\([A-Z][^()\n]{1,30}\) ?)(?:--|[-–—])(?=\s)")
#: "Looting: On 5 May 2020, ...", "Movement of forces: Around 3 June, ...": the heading of a dated note.
_HEADING = re.compile(r"(?:^|\n)[ \t]*+[A-Z][a-z]{2,20}(?:[ /-][A-Za-z]{1,20}){0,7}:(?= (?:On|Around|Between|From|"
                      r"During|In|By|Circa|Late|Early|As (?:of|reported on)) [^.:\n]{0,24}?\d)")
#: Without a full stop for this many characters a "sentence" is cut at a blank: tables, code, hostile input.
MAX_SENTENCE = 1500


def split(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences of a text, in order, without surrounding blanks.

    A blank line always ends a sentence. A single line break does unless the text is hard-wrapped.
    """
    wrapped = _is_wrapped(text)
    found: list[tuple[int, int]] = []
    begin = 0
    datelines = {match.end() for pattern in (_DATELINE, _HEADING) for match in pattern.finditer(text)}
    for match in _END.finditer(text):
        if _ends_here(text, begin, match, wrapped):
            found += _pieces(text, begin, match.end())
            begin = match.end()
    found += _pieces(text, begin, len(text))
    return _cut(found, sorted(datelines)) if datelines else found


def _cut(pieces: list[tuple[int, int]], ends: list[int]) -> list[tuple[int, int]]:
    """A dateline is a piece of its own; what ended inside it ("Aug. 2") is joined to it."""
    found: list[tuple[int, int]] = []
    for start, end in pieces:
        at = bisect_right(ends, start)
        cut = ends[at] if at < len(ends) else end
        if cut < end:
            found += [(start, cut), (cut + 1, end)] if cut + 1 < end else [(start, end)]
        else:
            found.append((start, end))
    return found


def _is_wrapped(text: str) -> bool:
    """Lines of a fixed width, as on old wires: short ones, most of them ending in the middle of a sentence."""
    lines = [line.rstrip() for line in text[:20000].split("\n") if line.strip()]
    if len(lines) < 4 or max(map(len, lines)) > 100:
        return False
    return sum(line[-1] in ".!?\"”:" for line in lines) < len(lines) / 2


def _ends_here(text: str, begin: int, match: re.Match[str], wrapped: bool) -> bool:
    mark = match.group()
    if mark[0] == "\n":
        return len(mark) > 1 or not wrapped
    following = _next_word(text, match.end())
    if not following:
        return True
    if mark[0] != ".":
        return not following[0].islower()
    if len(mark) == 1 and _is_abbreviation(text, begin, match.end(), following):
        return False
    return not following[0].islower()


def _next_word(text: str, position: int) -> str:
    i = position
    while i < len(text) and (text[i].isspace() or text[i] in _OPENERS):
        if text[i] == "\n" and text[i:i + 2] == "\n\n":
            return ""
        i += 1
    return text[i:i + 20]


def _is_abbreviation(text: str, begin: int, end: int, following: str) -> bool:
    last = _LAST_WORD.search(text, max(begin, end - 20), end)
    if last is None:
        return False
    word = last.group(1)
    if word.casefold() in _ABBREVIATIONS:
        return True
    if len(word) == 1 and word.isupper():
        return word != "I"
    # "U.S." or "a.m." may end a sentence: it does before a word that usually begins one.
    return "." in word and following.split(" ")[0].rstrip(",") not in _BEGINNERS


_BEGINNERS = _words("""
The A An In On At It He She They We But And This That These Those However Meanwhile There Since After Before According
Earlier Later His Her Their Its Our I You Some Many Several Two Three No When While If As For With By From
""")


def _pieces(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without its blanks, cut where it is endless."""
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    while end - begin > MAX_SENTENCE:
        cut = text.rfind(" ", begin + 1, begin + MAX_SENTENCE)
        cut = cut if cut > begin else begin + MAX_SENTENCE
        yield begin, cut
        begin = cut + (text[cut] == " ")
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        yield begin, end
