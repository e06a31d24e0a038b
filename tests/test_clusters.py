"""Parts of a table of articles to rows, without a cluster: any cut, faults told, workers that lack something."""

from __future__ import annotations

import dataclasses
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from cluster_articles import READING, articles, check

import eventcode.dask
import eventcode.spark
from eventcode import clusters, plugins
from eventcode.analyzers import spacy
from eventcode.clusters import partition
from eventcode.clusters.partition import Job, code_partition, job
from eventcode.errors import EventcodeError, InputError, ModelError

LOADING = {"language": "en", "analyzer": None, "actors": ()}


def of(ontology: str = "acled", **changes: Any) -> Job:
    return job(list(articles().columns), ontology, True, LOADING, {**READING, **changes})


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that has loaded nothing yet."""
    monkeypatch.setattr(partition, "_coders", {})


@pytest.mark.parametrize(("ontology", "size"), [("acled", 48), ("acled", 7), ("acled", 1), ("plover", 5),
                                                ("cameo", 11)])
def test_any_cut_gives_the_rows_of_one_process(ontology: str, size: int) -> None:
    todo, table = pickle.loads(pickle.dumps(of(ontology))), articles()
    parts = [code_partition(table.iloc[first:first + size], todo) for first in range(0, len(table), size)]
    check(pd.concat(parts[::-1], ignore_index=True), ontology)


def test_a_part_keeps_the_order_of_its_rows() -> None:
    coded = code_partition(articles().iloc[10:30], of())
    assert coded["article_id"].dropna().is_monotonic_increasing
    assert coded["article_id"].isna().tolist().index(True) in (0, 1)  # row 11 of the table, with faults in their places


def test_columns_and_dtypes_do_not_depend_on_the_rows() -> None:
    nothing, some = code_partition(articles().head(0), of()), code_partition(articles().head(12), of())
    assert nothing.empty
    assert dict(nothing.dtypes) == dict(some.dtypes)
    assert list(some.columns)[:5] == ["article_id", "result", "record", "problem", "flags"]
    assert some.columns[-1] == "evidence"


def test_doubts_about_an_article_stand_beside_its_records() -> None:
    coded = code_partition(articles().head(10), of())
    doubtful = coded[coded["flags"].notna()]
    assert set(doubtful["article_id"]) == {"n000", "n009"}
    assert set(doubtful["flags"]) == {"date-unreadable"}


def test_the_day_of_the_call_is_the_same_on_all_workers() -> None:
    """What is a day in the future must not depend on when a part is coded."""
    todo = job(["id", "text"], "acled", False, LOADING, {})
    assert todo.reading["today"] is not None


def test_evidence_only_where_it_was_asked_for() -> None:
    coded = code_partition(articles().head(3), dataclasses.replace(of(), evidence=False))
    assert "evidence" not in coded.columns
    with pytest.raises(InputError, match="without evidence=True"):
        clusters.evidence(coded, "acled")


@pytest.mark.parametrize(("header", "ontology", "message"), [
    (["text", "published"], "acled", "every article needs an id"),
    (["id", "views"], "acled", "no column of text"),
    (["id", "text"], Path("examples"), "ontology.yaml"),
])
def test_a_table_that_cannot_be_coded_is_refused_at_once(header: list[str], ontology: str, message: str) -> None:
    with pytest.raises(EventcodeError, match=message):
        job(header, ontology, False, LOADING, {})


def test_a_column_that_is_not_there_is_refused_at_once() -> None:
    with pytest.raises(InputError, match="there is no column body"):
        job(["id", "text"], "acled", False, LOADING, {"columns": {"text": "body"}})


def test_an_ontology_must_have_a_name_that_workers_know() -> None:
    with pytest.raises(InputError, match="workers load it themselves"):
        job(["id", "text"], plugins.ontology("acled"), False, LOADING, {})  # type: ignore[arg-type]


@pytest.mark.usefixtures("fresh")
def test_a_worker_without_a_model_stops_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were it told of each article, a job would end with nothing coded and no error."""
    def missing() -> Path:
        raise ModelError("no English model: install it with: pip install x")

    monkeypatch.setattr(spacy, "find_model", missing)
    monkeypatch.setattr(plugins, "analyzer", lambda _: spacy.SpacyAnalyzer())
    with pytest.raises(ModelError, match=r"the worker on .* has no model: .*pip install"):
        code_partition(articles().head(2), of())


@pytest.mark.usefixtures("fresh")
def test_a_worker_that_cannot_load_says_which_and_why() -> None:
    todo = dataclasses.replace(of(), ontology="rules/only/on/the/driver")
    with pytest.raises(EventcodeError, match=r"the worker on .* cannot code: .*rules/only/on/the/driver"):
        code_partition(articles().head(2), todo)


@pytest.mark.usefixtures("fresh")
def test_a_worker_with_other_rules_stops_the_job() -> None:
    todo = of()
    other = dataclasses.replace(todo, versions={**todo.versions, "ontology acled": "0.9+0000"})
    with pytest.raises(EventcodeError, match=r"has ontology acled 1.*and not 0\.9\+0000: install the same"):
        code_partition(articles().head(2), other)


@pytest.mark.usefixtures("fresh")
def test_a_worker_loads_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[str] = []
    load = partition.load
    monkeypatch.setattr(partition, "load", lambda name, **options: loads.append(name) or load(name, **options))
    for ontology in ("acled", "cameo", "acled", "cameo"):
        code_partition(articles().head(2), of(ontology))
    assert loads == ["acled", "cameo"]


def test_other_frames_are_refused_by_what_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eventcode.dask, "need", lambda *_: None)
    monkeypatch.setattr(eventcode.spark, "need", lambda *_: None)
    with pytest.raises(InputError, match="needs a Dask data frame, not pandas"):
        eventcode.dask.code(articles(), "acled")
    with pytest.raises(InputError, match="needs a Spark data frame, not pandas"):
        eventcode.spark.code(articles(), "acled")


@pytest.mark.parametrize(("way", "package"), [(eventcode.dask, "dask"), (eventcode.spark, "pyspark")])
def test_a_missing_package_is_named_with_its_extra(way: Any, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr("eventcode.dataset.extras.import_module", absent)
    extra = way.__name__.rpartition(".")[2]
    with pytest.raises(InputError, match=rf"needs {package}: pip install 'eventcode\[{extra}\]'"):
        way.code(articles(), "acled")


def test_rows_of_something_else_are_refused() -> None:
    with pytest.raises(InputError, match="there is no article_id"):
        clusters.records(articles(), "acled")
    with pytest.raises(InputError, match="not of cameo"):
        clusters.records(code_partition(articles().head(2), of()), "cameo")


def test_the_ways_in_are_reached_from_the_package() -> None:
    script = "import eventcode as ec, sys; ec.spark.code; ec.dask.code; print({'dask', 'pyspark'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
