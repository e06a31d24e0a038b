"""How the codes of two verbs combine (PETRARCH-2, UniversalPetrarch): WANT + HELP, REFUSE + MEET, not + AGREE.

Every code has a number whose hexadecimal digits are its features (internal_codes.csv, the ontology that PETRARCH-2
holds in its program and UniversalPetrarch in a file; MIT). Adding numbers adds features: 020 (appeal, 0x2000) and 070
(aid, 0x40) give 0x2040, code 023 (appeal for aid). Negation takes away 0xFFFF.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from eventcode.dictionaries.files import Findings, lines
from eventcode.rules import read_csv

_NEGATION = 0xFFFF
#: Numbers from here on are acts of speech and of intent, which take another act as their content.
_TOP = 0x1000
_TERM = re.compile(r"([+-]?)\s*0x([0-9A-Fa-f]+)|([+-]?)\s*(0)(?![0-9xA-Fa-f])")


class CodeNumbers:
    """Codes and their numbers, both ways; of several codes of one number the shortest, then the lowest, is given."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._numbers = dict(numbers)
        self._codes: dict[int, str] = {}
        for code in sorted(numbers, key=lambda code: (len(code), code)):
            self._codes.setdefault(numbers[code], code)

    def __len__(self) -> int:
        return len(self._numbers)

    def combine(self, upper: str, lower: str) -> str | None:
        """The code of a verb whose content is another verb's act; None where the two make no code."""
        one, other = self._numbers.get(upper), self._numbers.get(lower)
        if one is None or other is None:
            return None
        if other < 0:
            return self._codes.get(one + other)
        if (one >= _TOP and other >= _TOP) or other >= one >= 0:
            return lower
        return self._codes.get(one + other)

    def negate(self, code: str) -> str | None:
        """The code of not doing it (refusing, rejecting); None where there is none."""
        number = self._numbers.get(code)
        return None if number is None else self._codes.get(number - _NEGATION)

    def is_content(self, code: str) -> bool:
        """Can this code be the content of another's ("A says that B does it": `a (b . Q) P`)?"""
        number = self._numbers.get(code)
        return number is not None and number // _TOP == 0

    def knows(self, code: str) -> bool:
        return code in self._numbers


@cache
def standard() -> CodeNumbers:
    """The numbers of CAMEO's codes as PETRARCH-2 has them."""
    rows = read_csv(Path(__file__).with_name("internal_codes.csv"), ("code", "value"))
    return CodeNumbers({row["code"]: int(row["value"], 16) for _, row in rows})


def read_numbers(path: Path, findings: Findings) -> CodeNumbers:
    """An ontology file of UniversalPetrarch: `CODE:0xHEX`, sums and differences allowed (`121:-0xFFFF+0x0070`)."""
    numbers: dict[str, int] = {}
    for line in lines(path, findings, "universalpetrarch"):
        code, colon, sum_ = line.text.partition(":")
        terms = list(_TERM.finditer(sum_))
        if not colon or not terms or _TERM.sub("", sum_).strip():
            findings.error(line, "no code with its number: CODE:0xHEX")
            continue
        numbers[code.strip()] = sum(_value(term) for term in terms)
    numbers.pop("---", None)
    return CodeNumbers(numbers)


def _value(term: re.Match[str]) -> int:
    value = int(term[2], 16) if term[2] else 0
    return -value if (term[1] or term[3]) == "-" else value
