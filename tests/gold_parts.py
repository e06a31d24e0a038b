"""What the scorers of our own gold share: the two parts, counts, and the command line (tests/gold/README.md)."""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

DEVELOPMENT, SET_ASIDE = PARTS = ("development", "set aside")

A = TypeVar("A")
R = TypeVar("R")


@dataclass(frozen=True)
class Share:
    """So many right of those answered and of those marked; shares from 0 to 1, 0 where there is nothing."""

    right: int
    answered: int
    marked: int

    @property
    def precision(self) -> float:
        return self.right / self.answered if self.answered else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.marked if self.marked else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.answered + self.marked) if self.answered + self.marked else 0.0


def read_rows(file: Path, made: Callable[[dict[str, Any]], R], part: str | None = None) -> list[R]:
    """What `made` makes of each line of a gold file, of one part or of both, in the file's order."""
    rows = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    return [made(row) for row in rows if part in (None, row["part"])]


def part_of(name: str) -> str:
    """The part an id belongs to: a fifth is set aside, by the hash of the id alone."""
    return SET_ASIDE if int(hashlib.sha256(name.encode()).hexdigest(), 16) % 5 == 0 else DEVELOPMENT


def only_development(parts: Iterable[str]) -> None:
    """Raise ValueError if errors of the set-aside part are asked for: whoever reads those tunes to them."""
    if any(part != DEVELOPMENT for part in parts):
        raise ValueError("the errors of the set-aside part are not shown")


def run(what: str, arguments: Sequence[str], answers: Callable[[str], Sequence[A]],
        report: Callable[[str, Sequence[A]], str], errors: Callable[[Sequence[A], int], str]) -> None:
    """Print the scores of a part and, of the development part, the first errors on request."""
    parser = argparse.ArgumentParser(description=f"Score {what}.")
    parser.add_argument("--part", choices=PARTS, default=DEVELOPMENT)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show the first N with errors")
    options = parser.parse_args(arguments)
    if options.errors and options.part == SET_ASIDE:
        parser.error("the errors of the set-aside part are not shown")
    given = answers(options.part)
    print(report(options.part, given))
    if options.errors:
        print(errors(given, options.errors))
