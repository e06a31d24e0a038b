"""Annotations of people: doccano, Label Studio, Prodigy and brat files as one table."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from eventcode.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

Format: TypeAlias = Literal["doccano", "label-studio", "prodigy", "brat"]


class Annotation(NamedTuple):
    """One judgement: a label of a document, of a span of it, or between two spans (by their ids).

    Offsets count characters of `text` (Unicode code points); `words` are what the span covers.
    """

    document: str
    coder: str | None
    kind: Literal["document", "span", "relation"]
    label: str
    id: str | None = None
    start: int | None = None
    end: int | None = None
    words: str | None = None
    source: str | None = None
    target: str | None = None


@dataclass(frozen=True)
class Annotations:
    """What was read: annotations, the text of each document, and faults as (place, reason); nothing goes unsaid.

    `seen`: (document, coder) of everyone who judged a document, also where nothing was marked in it.
    """

    rows: tuple[Annotation, ...]
    texts: dict[str, str]
    seen: tuple[tuple[str, str | None], ...]
    faults: tuple[tuple[str, str], ...]
    format: str

    def to_frame(self) -> pd.DataFrame:
        """A row per annotation, in the columns of Annotation."""
        import pandas as pd

        from eventcode.dataset.columns import text_dtype

        cells = [[getattr(row, name) for row in self.rows] for name in Annotation._fields]
        return pd.DataFrame({name: pd.Series(values, dtype="Int64" if name in ("start", "end") else text_dtype())
                             for name, values in zip(Annotation._fields, cells, strict=True)})

    def labels(self, only: str | None = None) -> pd.DataFrame:
        """Documents by coders, for `agreement`: the label of the document (several: sorted, with semicolons).

        only: a label; then "yes" where the coder gave it to the document or to a span in it, "no" where not. A document
        that a coder has not seen is missing.
        """
        import pandas as pd

        given: dict[tuple[str, str | None], set[str]] = {pair: set() for pair in self.seen}
        for row in self.rows:
            if only is not None or row.kind == "document":
                given[row.document, row.coder].add(row.label)
        told = {pair: "; ".join(sorted(found)) or None if only is None else "yes" if only in found else "no"
                for pair, found in given.items()}
        documents, coders = list(dict.fromkeys(d for d, _ in self.seen)), list(dict.fromkeys(c for _, c in self.seen))
        return pd.DataFrame({coder or "": [told.get((document, coder)) for document in documents] for coder in coders},
                            index=pd.Index(documents, name="document"), dtype="object")

    def __str__(self) -> str:
        coders = len({coder for _, coder in self.seen})
        return (f"{len(self.rows)} annotations of {len(self.texts)} documents by {coders} coders ({self.format}), "
                f"{len(self.faults)} faults")

    def _repr_html_(self) -> str:
        return f"<p>{self}</p>{self.to_frame().head(20).to_html(index=False, border=0)}"


def read_annotations(path: str | Path, format: Format | None = None) -> Annotations:
    """Read what annotators made.

    path: a doccano JSONL export (sequence labelling, relations or classification), a Label Studio JSON export, a
    Prodigy JSONL file (`db-out`), or a brat .ann file or folder of .ann and .txt files. format: which of them, where
    the content does not show it.

    Rejected and ignored answers (Prodigy) and cancelled ones (Label Studio) are no judgements and are told as faults,
    as are lines that cannot be read and spans that do not lie in their text. A discontinuous span of brat is read from
    its first to its last character, and told.

    Raises InputError where the file cannot be read at all or its format is not known.
    """
    source = Path(path)
    try:
        found = format or _guess(source)
        if found not in _READERS:
            raise InputError(f"{source}: {found!r} is none of {', '.join(_READERS)}")
        return _READERS[found](_Reader(source, found))
    except OSError as problem:
        raise InputError(f"{source}: cannot be read: {problem.strerror or problem}") from None
    except UnicodeDecodeError as problem:
        raise InputError(f"{source}: not UTF-8 at byte {problem.start}") from None


def _guess(source: Path) -> str:
    if source.is_dir() or source.suffix == ".ann":
        return "brat"
    head = source.read_bytes()[:100_000].decode("utf-8-sig", errors="replace").lstrip()
    if head.startswith("["):
        return "label-studio"
    first = head.partition("\n")[0]
    if any(f'"{key}"' in first for key in ("_input_hash", "answer", "_task_hash", "spans")):
        return "prodigy"
    if any(f'"{key}"' in first for key in ("label", "labels", "entities", "cats")):
        return "doccano"
    raise InputError(f"{source}: of which tool is this? Give format: {', '.join(_READERS)}")


class _Reader:
    """A file while it is read."""

    def __init__(self, source: Path, format: str) -> None:
        self.source, self.format = source, format
        self.rows: list[Annotation] = []
        self.texts: dict[str, str] = {}
        self.seen: dict[tuple[str, str | None], None] = {}
        self.faults: list[tuple[str, str]] = []

    def done(self) -> Annotations:
        return Annotations(tuple(self.rows), self.texts, tuple(self.seen), tuple(self.faults), self.format)

    def judge(self, document: str, text: str, coder: Any) -> tuple[str, str | None]:
        """Somebody has seen a document."""
        self.texts.setdefault(document, text)
        key = document, None if coder is None else str(coder)
        self.seen[key] = None
        return key

    def span(self, key: tuple[str, str | None], where: str, label: Any, start: Any, end: Any,
             identity: Any = None) -> None:
        text = self.texts[key[0]]
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
            reason = f"span {start}-{end} of {label} does not lie in the text of {len(text)} characters"
            self.faults.append((where, reason))
            return
        told = None if identity is None else str(identity)
        self.rows.append(Annotation(*key, "span", str(label), told, start, end, text[start:end]))

    def whole(self, key: tuple[str, str | None], label: Any) -> None:
        self.rows.append(Annotation(*key, "document", str(label)))

    def relation(self, key: tuple[str, str | None], label: Any, source: Any, target: Any) -> None:
        self.rows.append(Annotation(*key, "relation", str(label), source=str(source), target=str(target)))

    def lines(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """(place, object) of each line of JSON; the others are faults."""
        for number, line in enumerate(self.source.read_bytes().decode("utf-8-sig").split("\n"), 1):
            if not line.strip():
                continue
            where = f"line {number}"
            try:
                found = json.loads(line)
            except ValueError as problem:
                self.faults.append((where, f"not JSON: {problem}"))
                continue
            if isinstance(found, dict) and isinstance(found.get("text", found.get("data")), str):
                yield where, found
            else:
                self.faults.append((where, "no object with a text"))


def _doccano(file: _Reader) -> Annotations:
    for where, one in file.lines():
        text = str(one["text"] if "text" in one else one["data"])
        key = file.judge(str(one.get("id", where)), text, one.get("annotator", one.get("username")))
        for label in one.get("label") or one.get("labels") or one.get("cats") or ():
            if isinstance(label, (list, tuple)) and len(label) == 3:
                file.span(key, where, label[2], label[0], label[1])
            elif isinstance(label, (str, int)):
                file.whole(key, label)
            else:
                file.faults.append((where, f"{label!r} is no label"))
        for entity in one.get("entities") or ():
            file.span(key, where, entity.get("label"), entity.get("start_offset"), entity.get("end_offset"),
                      entity.get("id"))
        for link in one.get("relations") or ():
            file.relation(key, link.get("type"), link.get("from_id"), link.get("to_id"))
    return file.done()


def _prodigy(file: _Reader) -> Annotations:
    for where, one in file.lines():
        if one.get("answer", "accept") != "accept":
            file.faults.append((where, f"answered {one['answer']!r}: no judgement"))
            continue
        identity = (one.get("meta") or {}).get("id", one.get("_input_hash", where))
        key = file.judge(str(identity), one["text"], one.get("_annotator_id", one.get("_session_id")))
        for label in one.get("accept") or ([one["label"]] if one.get("label") is not None else ()):
            file.whole(key, label)
        for span in one.get("spans") or ():
            file.span(key, where, span.get("label"), span.get("start"), span.get("end"),
                      _place(span) if one.get("relations") else None)
        for link in one.get("relations") or ():
            file.relation(key, link.get("label"), _place(link.get("head_span") or {}),
                          _place(link.get("child_span") or {}))
    return file.done()


def _place(span: dict[str, Any]) -> str:
    """A Prodigy span has no id: its place stands for it."""
    return f"{span.get('start')}-{span.get('end')}"


def _label_studio(file: _Reader) -> Annotations:
    try:
        tasks = json.loads(file.source.read_bytes().decode("utf-8-sig"))
    except ValueError as problem:
        raise InputError(f"{file.source}: not JSON: {problem}") from None
    for number, task in enumerate(tasks if isinstance(tasks, list) else [tasks]):
        where = f"task {number}"
        texts = [value for value in (task.get("data") or {}).values() if isinstance(value, str)] \
            if isinstance(task, dict) else []
        if not texts:
            file.faults.append((where, "no task with a text in data"))
            continue
        text = task["data"].get("text", texts[0])
        for made in task.get("annotations") or task.get("completions") or ():
            if made.get("was_cancelled"):
                file.faults.append((where, "cancelled: no judgement"))
                continue
            key = file.judge(str(task.get("id", number)), text, _who(made.get("completed_by")))
            for result in made.get("result") or ():
                _result(file, key, where, result)
    return file.done()


def _who(told: Any) -> Any:
    return told.get("email", told.get("id")) if isinstance(told, dict) else told


def _result(file: _Reader, key: tuple[str, str | None], where: str, result: dict[str, Any]) -> None:
    value, kind = result.get("value") or {}, result.get("type")
    if kind == "choices":
        for label in value.get("choices") or ():
            file.whole(key, label)
    elif kind in ("labels", "hypertextlabels"):
        for label in value.get("labels", value.get(kind)) or ():
            file.span(key, where, label, value.get("start"), value.get("end"), result.get("id"))
    elif kind == "relation":
        for label in result.get("labels") or ("related",):
            file.relation(key, label, result.get("from_id"), result.get("to_id"))
    else:
        file.faults.append((where, f"a result of type {kind!r} is not read"))


_TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) ((?:\d+ \d+)(?:;\d+ \d+)*)\t(.*)")
_RELATION = re.compile(r"(R\d+)\t(\S+) Arg1:(\S+) Arg2:(\S+)\s*")
_EVENT = re.compile(r"(E\d+)\t(\S+?):(T\d+)((?: \S+:\S+)*)\s*")


def _brat(file: _Reader) -> Annotations:
    """The coder is the folder's name, so that two folders of the same documents can be compared."""
    files = sorted(file.source.glob("*.ann")) if file.source.is_dir() else [file.source]
    if not files:
        raise InputError(f"{file.source}: there is no .ann file")
    for path in files:
        text = path.with_suffix(".txt")
        if not text.is_file():
            file.faults.append((path.name, f"there is no {text.name}"))
            continue
        key = file.judge(path.stem, text.read_bytes().decode("utf-8"), path.parent.name or None)
        for number, line in enumerate(path.read_bytes().decode("utf-8").splitlines(), 1):
            if line.strip():
                _brat_line(file, key, f"{path.name} line {number}", line)
    return file.done()


def _brat_line(file: _Reader, key: tuple[str, str | None], where: str, line: str) -> None:
    if bound := _TEXT_BOUND.fullmatch(line):
        numbers = [int(word) for word in re.findall(r"\d+", bound[3])]
        if ";" in bound[3]:
            file.faults.append((where, f"{bound[1]} is discontinuous: read from its first to its last character"))
        file.span(key, where, bound[2], numbers[0], numbers[-1], bound[1])
    elif link := _RELATION.fullmatch(line):
        file.relation(key, *link.groups()[1:])
    elif event := _EVENT.fullmatch(line):
        for role, argument in re.findall(r" (\S+?):(\S+)", event[4]):
            file.relation(key, role, event[3], argument)
    else:
        file.faults.append((where, "neither a text-bound annotation nor a relation or event: not read"))


_READERS: dict[str, Callable[[_Reader], Annotations]] = {
    "doccano": _doccano, "label-studio": _label_studio, "prodigy": _prodigy, "brat": _brat}
