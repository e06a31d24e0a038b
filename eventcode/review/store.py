"""Decisions on disk: each a row of review.sqlite in the run's folder, on the disk before it is answered, never changed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, Literal, get_args

from eventcode.errors import InputError
from eventcode.runs import Run

FILE = "review.sqlite"

#: accept, reject, correct: of a record. add: an event that the run lacks. complete: nothing (more) is missing in an
#: article. note: a remark on any step. undo: takes one of these back.
Kind = Literal["accept", "reject", "correct", "add", "complete", "note", "undo"]
KINDS = frozenset(get_args(Kind))

_TABLES = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS decisions (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, coder TEXT NOT NULL, step TEXT NOT NULL, kind TEXT NOT NULL,
  cells TEXT, start INTEGER, "end" INTEGER, note TEXT, undoes INTEGER REFERENCES decisions(id));
CREATE TRIGGER IF NOT EXISTS never_changed BEFORE UPDATE ON decisions
  BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END;
CREATE TRIGGER IF NOT EXISTS never_deleted BEFORE DELETE ON decisions
  BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END;
"""
_COLUMNS = 'id, at, coder, step, kind, cells, start, "end", note, undoes'


@dataclass(frozen=True)
class Decision:
    """One row of the history. `cells`: the whole row as the coder wants it (correct, add); days as ISO 8601 text.

    `start`, `end`: the words of an added event, offsets in the article's text. `undoes`: the decision taken back.
    """

    id: int
    at: str
    coder: str
    step: str
    kind: Kind
    cells: Mapping[str, Any] | None = None
    start: int | None = None
    end: int | None = None
    note: str | None = None
    undoes: int | None = None


class Store:
    """The decisions of a run. Several processes may have it open; threads share the connection one after the other."""

    def __init__(self, path: Path, run: str) -> None:
        """Open or make the file. run: what tells this run from others.

        Raises InputError where the file cannot be opened, or was made for another run.
        """
        self.path, self._lock = path, Lock()
        try:
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.executescript(_TABLES)
        except sqlite3.Error as problem:
            raise InputError(f"{path}: cannot be opened: {problem}") from None
        self._same_run(run)

    def _same_run(self, run: str) -> None:
        self._db.execute("INSERT OR IGNORE INTO about VALUES ('run', ?)", (run,))
        (known,) = self._db.execute("SELECT value FROM about WHERE name = 'run'").fetchone()
        if known != run:
            self._db.close()
            raise InputError(f"{self.path}: these decisions are of other records than this run's")

    def close(self) -> None:
        """Close the file. Nothing waits to be written."""
        self._db.close()

    def all(self, coder: str | None = None) -> list[Decision]:
        """The history, of everyone or of one coder, oldest first."""
        asked, given = ("WHERE coder = ?", (coder,)) if coder is not None else ("", ())
        with self._locked():
            rows = self._db.execute(f"SELECT {_COLUMNS} FROM decisions {asked} ORDER BY id", given).fetchall()
        made = [Decision(*row) for row in rows]
        return [replace(one, cells=json.loads(row[5])) if row[5] else one for one, row in zip(made, rows, strict=True)]

    def add(self, coder: str, step: str, kind: Kind, *, cells: Mapping[str, Any] | None = None,
            span: tuple[int, int] | None = None, note: str | None = None, undoes: int | None = None) -> int:
        """One more row, on the disk when this returns; its id."""
        start, end = span or (None, None)
        told = None if cells is None else json.dumps(dict(cells), ensure_ascii=True, default=str)
        row = (datetime.now(UTC).isoformat(timespec="milliseconds"), coder, step, kind, told, start, end, note, undoes)
        with self._locked():
            made = self._db.execute('INSERT INTO decisions (at, coder, step, kind, cells, start, "end", note, undoes) '
                                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            return int(made.lastrowid or 0)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except sqlite3.Error as problem:
                raise InputError(f"{self.path}: {problem}") from None


@dataclass(frozen=True)
class State:
    """Where a step stands: the decision that holds (None: none yet), the note, and the words of an added event."""

    decision: Decision | None = None
    note: str = ""
    span: tuple[int, int] | None = None

    @property
    def decision_kind(self) -> str:
        """What was decided; "" where nothing is."""
        return self.decision.kind if self.decision is not None else ""


def standing(history: Sequence[Decision]) -> dict[str, State]:
    """Step to its state, of one coder's history: the last decision that was not taken back holds."""
    gone = {decision.undoes for decision in history if decision.kind == "undo"}
    found: dict[str, State] = {}
    for one in history:
        if one.id in gone or one.kind == "undo":
            continue
        known = found.get(one.step, State())
        if one.kind == "note":
            found[one.step] = State(known.decision, one.note or "", known.span)
        else:
            span = (one.start, one.end) if one.start is not None and one.end is not None else known.span
            found[one.step] = State(one, known.note, span)
    return found


def last(history: Sequence[Decision]) -> Decision | None:
    """The decision that an undo takes back next: the last that was not taken back."""
    gone = {decision.undoes for decision in history if decision.kind == "undo"}
    return next((one for one in reversed(history) if one.kind != "undo" and one.id not in gone), None)


def fingerprint(run: Run) -> str:
    """What tells a run from others: a digest of its records and evidence."""
    made = sha256()
    for name in ("records.csv", "evidence.csv"):
        made.update((run.folder / name).read_bytes())
    return made.hexdigest()
