"""One partition of a table of articles into rows: records, and the articles that gave none because of a fault.

What Spark and Dask call on their workers. Articles are read and coded by the functions that `code_corpus` uses, so that
rows are the same on a cluster and in one process.
"""

from __future__ import annotations

import json
import pickle
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from eventcode import __version__, plugins
from eventcode.dataset.articles import Articles, read_articles
from eventcode.dataset.articles.layouts import as_value
from eventcode.dataset.columns import Kind, columns, resolve, text_dtype
from eventcode.dataset.frame import PROVENANCE, evidence_rows, plain_cells, series
from eventcode.dataset.writing import flat
from eventcode.errors import EventcodeError, InputError, ModelError
from eventcode.loading import load

if TYPE_CHECKING:
    import pandas as pd

    from eventcode.coder import Coder

#: The columns before the codebook's own, and what they hold. `result` is one of RECORD, REJECTED and FAILED.
KEYS: Mapping[str, Kind] = {"article_id": "text", "result": "text", "record": "integer", "problem": "text",
                            "flags": "text"}
#: The column behind them, where it is asked for: a JSON list of what `provenance_frame` has in its rows.
EVIDENCE = "evidence"
#: What a row is: a record; an article that could not be read; one that was read and could not be coded.
RECORD, REJECTED, FAILED = "record", "rejected", "failed"

NO_ID = "no id: the parts of a table have no common numbers that could stand for it"
#: Needs the model and the gazetteer. What is amiss with a worker must stop the job: it is no fault of the articles.
_TRIAL = "Police arrested two men in Nairobi on Monday."
#: Coders that a worker keeps.
_KEPT = 4

_coders: dict[str, Coder] = {}
_lock = Lock()  # a Dask worker has several threads


@dataclass(frozen=True)
class Job:
    """What a worker must know: how to load the coder, how to read its articles, what to write.

    key: the same for jobs whose coder is the same. versions: of the library and the rule sets on the driver.
    id_column: of the table. reading: options of `read_articles`. kinds: of the codebook's columns.
    """

    ontology: str
    loading: Mapping[str, Any]
    key: str
    versions: Mapping[str, str]
    id_column: str
    reading: Mapping[str, Any]
    evidence: bool
    kinds: Mapping[str, Kind]


def job(header: Sequence[str], ontology: str | Path, evidence: bool, loading: Mapping[str, Any],
        reading: Mapping[str, Any]) -> Job:
    """The job of a table with these columns, checked before anything is sent to a worker. Raises InputError,
    PluginError and RuleError."""
    import pandas as pd

    if not isinstance(ontology, (str, Path)):
        raise InputError("on a cluster an ontology is named, or its folder is: workers load it themselves")
    made, language = resolve(ontology), plugins.language(loading["language"])
    given = {"today": date.today(), **reading}
    articles = read_articles(pd.DataFrame([["x"] * len(header)], columns=list(header)), **given)
    if articles.problems:
        raise InputError(articles.problems[0])
    fields = articles.report.files[0].fields
    if "id" not in fields:
        raise InputError("on a cluster every article needs an id: say columns={'id': ...}, one of " + ", ".join(header))
    kinds = {name: column.kind for name, column in columns(made).items()}
    taken = sorted({*KEYS, EVIDENCE} & set(kinds))
    if taken:
        raise InputError(f"{made.name} has columns of its own that are called {', '.join(taken)}")
    key = sha256(pickle.dumps((str(ontology), sorted(loading.items())))).hexdigest()
    versions = {"eventcode": __version__, f"language {language.code}": language.hash, **made.versions}
    return Job(str(ontology), dict(loading), key, versions, fields["id"], given, evidence, kinds)


def kinds_of(job: Job) -> dict[str, Kind]:
    """Column to its kind, of the rows that come out; lists and entities are JSON text."""
    more: dict[str, Kind] = {EVIDENCE: "text"} if job.evidence else {}
    return {**KEYS, **{name: "text" if kind == "nested" else kind for name, kind in job.kinds.items()}, **more}


def code_partition(frame: pd.DataFrame, job: Job) -> pd.DataFrame:
    """The rows of a part of the table, in its order: those of a frame without rows, where it has none.

    Raises ModelError where this worker lacks the model, EventcodeError where it cannot code or has another version of
    anything than the driver.
    """
    if not len(frame):
        return _table([], job)
    with _lock:
        return _table(list(_rows(frame, _coder(job), job)), job)


def _rows(frame: pd.DataFrame, coder: Coder, job: Job) -> Iterator[dict[str, Any]]:
    """One for each record, and for each article with a fault."""
    ids = [_id(cell) for cell in plain_cells(frame, [str(name) for name in frame.columns].index(job.id_column))]
    articles = read_articles(frame, **job.reading)
    coded = iter(list(coder.stream(articles)))
    reasons, flags = _account(articles)
    for row, article_id in enumerate(ids, 1):
        told = {"article_id": article_id, "flags": flags.get(row)}
        article, records, problem = (None, [], reasons[row]) if row in reasons else next(coded)
        if article_id is None:
            problem = NO_ID
        if problem is not None:
            yield {**told, "result": REJECTED if article is None or article_id is None else FAILED, "problem": problem}
            continue
        for number, record in enumerate(records):
            evidence = {EVIDENCE: _evidence(number, record)} if job.evidence else {}
            yield {**told, "result": RECORD, "record": number, **record.values(), **evidence}


def _id(cell: Any) -> str | None:
    value = as_value("id", cell)
    return None if value is None else str(value).strip()


def _account(articles: Articles) -> tuple[dict[int, str], dict[int, str]]:
    """Row to why it could not be read, and to its flags. That an id stands twice is not told: where the other one lies
    in another part nobody would see it."""
    rejects, flags = articles.rejects, articles.flags
    told: dict[int, str] = {}
    for row, flag in zip(flags["row"].tolist(), flags["flag"].tolist(), strict=True):
        if flag != "id-repeated":
            told[row] = f"{told[row]}; {flag}" if row in told else flag
    return dict(zip(rejects["row"].tolist(), rejects["reason"].tolist(), strict=True)), told


def _evidence(number: int, record: Any) -> str:
    names = list(PROVENANCE)
    rows = [dict(zip(names, row, strict=True)) for row in evidence_rows(number, record)]
    return json.dumps([{name: row[name] for name in names[3:]} for row in rows], ensure_ascii=False)


def _table(rows: list[dict[str, Any]], job: Job) -> pd.DataFrame:
    """Rows with the same columns and dtypes whatever they hold."""
    import pandas as pd

    known = columns(resolve(job.ontology))
    more = [EVIDENCE] if job.evidence else []
    made = {name: pd.Series([row.get(name) for row in rows], dtype="Int64" if kind == "integer" else text_dtype())
            for name, kind in KEYS.items()}
    made |= {name: series([row.get(name) for row in rows], column) for name, column in known.items()}
    made |= {name: pd.Series([row.get(name) for row in rows], dtype=text_dtype()) for name in more}
    frame = flat(pd.DataFrame(made))
    return frame.astype({name: text_dtype() for name, kind in job.kinds.items() if kind == "nested"})


def _coder(job: Job) -> Coder:
    """This process's coder for the job, loaded and tried once."""
    if job.key not in _coders:
        if len(_coders) >= _KEPT:
            _coders.clear()
        _coders[job.key] = _loaded(job)
    return _coders[job.key]


def _loaded(job: Job) -> Coder:
    worker = f"the worker on {platform.node() or 'this machine'}"
    try:
        coder = load(job.ontology, **job.loading)
        coder.code(_TRIAL, published="2024-01-03")
    except ModelError as problem:
        raise ModelError(f"{worker} has no model: {problem}") from None
    except (EventcodeError, OSError) as problem:
        raise EventcodeError(f"{worker} cannot code: {type(problem).__name__}: {problem}") from None
    other = [f"{name} {coder.versions.get(name)} and not {version}" for name, version in job.versions.items()
             if coder.versions.get(name) != version]
    if other:
        raise EventcodeError(f"{worker} has {', '.join(other)}: install the same on all machines")
    return coder
