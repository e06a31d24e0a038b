"""eventcode: news articles to standardized conflict-event records, with the evidence behind every cell.

The names below are loaded when first used, so that `import eventcode` is quick and pulls in neither pandas nor spaCy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from eventcode.article import Article as Article
    from eventcode.coder import Coder as Coder
    from eventcode.crosswalks.convert import Conversion as Conversion
    from eventcode.crosswalks.convert import convert as convert
    from eventcode.dataset.agreement import Agreement as Agreement
    from eventcode.dataset.agreement import agreement as agreement
    from eventcode.dataset.annotations import Annotations as Annotations
    from eventcode.dataset.annotations import read_annotations as read_annotations
    from eventcode.dataset.articles import Articles as Articles
    from eventcode.dataset.articles import read_articles as read_articles
    from eventcode.dataset.deduplicate import Deduplicated as Deduplicated
    from eventcode.dataset.deduplicate import deduplicate as deduplicate
    from eventcode.dataset.diff import Diff as Diff
    from eventcode.dataset.diff import diff as diff
    from eventcode.dataset.evaluate import Evaluation as Evaluation
    from eventcode.dataset.evaluate import evaluate as evaluate
    from eventcode.dataset.frame import provenance_frame as provenance_frame
    from eventcode.dataset.frame import to_frame as to_frame
    from eventcode.dataset.one_a_day import one_a_day as one_a_day
    from eventcode.dataset.package import write_package as write_package
    from eventcode.dataset.panel import Panel as Panel
    from eventcode.dataset.panel import panel as panel
    from eventcode.dataset.releases import read_records as read_records
    from eventcode.dataset.write import write as write
    from eventcode.errors import EventcodeError as EventcodeError
    from eventcode.errors import InputError as InputError
    from eventcode.errors import ModelError as ModelError
    from eventcode.errors import PluginError as PluginError
    from eventcode.errors import ProvenanceError as ProvenanceError
    from eventcode.errors import RuleError as RuleError
    from eventcode.explain import Trace as Trace
    from eventcode.figures import Claim as Claim
    from eventcode.figures import claims as claims
    from eventcode.figures import settle as settle
    from eventcode.loading import load as load
    from eventcode.neutral import Count as Count
    from eventcode.neutral import DateMention as DateMention
    from eventcode.neutral import Event as Event
    from eventcode.neutral import EventDate as EventDate
    from eventcode.neutral import EventMention as EventMention
    from eventcode.neutral import Evidence as Evidence
    from eventcode.neutral import Mentions as Mentions
    from eventcode.neutral import Party as Party
    from eventcode.neutral import Place as Place
    from eventcode.records import Record as Record
    from eventcode.report import Report as Report
    from eventcode.report import render as render
    from eventcode.review import Review as Review
    from eventcode.review import read_review as read_review
    from eventcode.runs import Run as Run
    from eventcode.runs import cite as cite
    from eventcode.runs import code_corpus as code_corpus
    from eventcode.runs import methods as methods
    from eventcode.runs import read_run as read_run
    from eventcode.validation import ValidationReport as ValidationReport
    from eventcode.validation import frame_schema as frame_schema
    from eventcode.validation import validate as validate
    from eventcode.views.view import view as view

_EXPORTS = {
    **dict.fromkeys(
        ("EventcodeError", "InputError", "ModelError", "PluginError", "ProvenanceError", "RuleError"),
        "eventcode.errors",
    ),
    **dict.fromkeys(
        ("Count", "DateMention", "Event", "EventDate", "EventMention", "Evidence", "Mentions", "Party", "Place"),
        "eventcode.neutral",
    ),
    **dict.fromkeys(("Articles", "read_articles"), "eventcode.dataset.articles"),
    **dict.fromkeys(("provenance_frame", "to_frame"), "eventcode.dataset.frame"),
    **dict.fromkeys(("Annotations", "read_annotations"), "eventcode.dataset.annotations"),
    **dict.fromkeys(("Agreement", "agreement"), "eventcode.dataset.agreement"),
    **dict.fromkeys(("Diff", "diff"), "eventcode.dataset.diff"),
    **dict.fromkeys(("Evaluation", "evaluate"), "eventcode.dataset.evaluate"),
    **dict.fromkeys(("Deduplicated", "deduplicate"), "eventcode.dataset.deduplicate"),
    **dict.fromkeys(("Panel", "panel"), "eventcode.dataset.panel"),
    **dict.fromkeys(("ValidationReport", "frame_schema", "validate"), "eventcode.validation"),
    **dict.fromkeys(("Conversion", "convert"), "eventcode.crosswalks.convert"),
    **dict.fromkeys(("Claim", "claims", "settle"), "eventcode.figures"),
    **dict.fromkeys(("Report", "render"), "eventcode.report"),
    **dict.fromkeys(("Review", "read_review"), "eventcode.review"),
    **dict.fromkeys(("Run", "cite", "code_corpus", "methods", "read_run"), "eventcode.runs"),
    "Article": "eventcode.article",
    "Coder": "eventcode.coder",
    "Record": "eventcode.records",
    "load": "eventcode.loading",
    "Trace": "eventcode.explain",
    "one_a_day": "eventcode.dataset.one_a_day",
    "view": "eventcode.views.view",
    "read_records": "eventcode.dataset.releases",
    "write": "eventcode.dataset.write",
    "write_package": "eventcode.dataset.package",
}

#: Modules that are reached as `ec.dask.code(...)`; they need an extra, so that `import *` leaves them out.
_MODULES = ("clusters", "dask", "spark")

__all__ = ["__version__", *_EXPORTS]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"eventcode.{name}")
    if name not in _EXPORTS:
        raise AttributeError(f"module 'eventcode' has no attribute {name!r}")
    return getattr(import_module(_EXPORTS[name]), name)


def __dir__() -> list[str]:
    return sorted((*__all__, *_MODULES))
