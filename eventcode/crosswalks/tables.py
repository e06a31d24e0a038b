"""The crosswalk tables, read once on first use and checked against the code lists of both ontologies.

`kind` of a row, from the source's view: `exact`; `broader`, the target's code holds more than the source's;
`narrower`, it holds less; `partial`, neither holds the other; `none`, there is no counterpart, and `note` says why.
Exact and broader targets are certain, the others are the best guess. `basis`: `published` (CAMEO to PLOVER, of
2021), `repaired` (its words replaced by those of 2.0), `proposed` (our own), `root` (a root as its code x0).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from eventcode.errors import RuleError
from eventcode.ontologies.acled import tables as acled
from eventcode.ontologies.cameo import tables as cameo
from eventcode.ontologies.plover import tables as plover
from eventcode.rules import read_csv

FOLDER = Path(__file__).parent / "tables"
KINDS = frozenset({"exact", "broader", "narrower", "partial", "none"})
CERTAIN = frozenset({"exact", "broader"})


class ToPlover(NamedTuple):
    """A code's PLOVER event, mode and contexts; event None where there is none. `swap`: the sides change places.

    `also`: the other codes of the source ontology that land on the same event, mode and contexts.
    """

    event: str | None
    mode: str | None
    contexts: tuple[str, ...]
    kind: str
    swap: bool = False
    note: str = ""
    also: tuple[str, ...] = ()


class ToCameo(NamedTuple):
    """The CAMEO code; None where there is none. `candidates`: the codes that the source's columns leave open."""

    code: str | None
    kind: str
    candidates: tuple[str, ...] = ()
    note: str = ""
    also: tuple[str, ...] = ()


class Walk(NamedTuple):
    """What an ACLED sub-event type becomes. `doer`: which side acts (protesters, others); "" for actor1."""

    doer: str
    plover: ToPlover
    cameo: ToCameo


class Word(NamedTuple):
    """A role or class in another codebook's word; None where there is none."""

    word: str | None
    kind: str
    note: str = ""


@cache
def cameo_to_plover() -> dict[str, ToPlover]:
    """Every CAMEO code, roots included, to PLOVER."""
    rows = {row["cameo"]: ToPlover(row["event"] or None, row["mode"] or None, _split(row["context"]), row["kind"],
                                   row["swap"] == "yes", row["note"])
            for row in _rows("cameo_plover", "cameo event mode context kind swap basis note", _cameo_plover_fault)}
    _complete("cameo_plover", set(cameo.codes()) - set(rows))
    groups: dict[object, list[str]] = {}
    for code, row in rows.items():
        groups.setdefault((row.event, row.mode, row.contexts), []).append(code)
    return {code: row._replace(also=_others(code, groups[row.event, row.mode, row.contexts]) if row.event else ())
            for code, row in rows.items()}


@cache
def plover_to_cameo() -> dict[tuple[str, str | None, bool], ToCameo]:
    """(event, mode, whether both sides are armed) to CAMEO; every event and mode has a row for sides of any kind."""
    columns = "event mode sides cameo kind candidates basis note"
    rows = {(row["event"], row["mode"] or None, row["sides"] == "armed"):
            ToCameo(row["cameo"], row["kind"], _split(row["candidates"]), row["note"])
            for row in _rows("plover_cameo", columns, _plover_cameo_fault)}
    wanted = [(event, None) for event in plover.events()] + list(plover.modes())
    _complete("plover_cameo", {"/".join(filter(None, key)) for key in wanted if (*key, False) not in rows})
    groups: dict[object, list[str]] = {}
    for (event, mode, _), row in rows.items():
        groups.setdefault(row.code, []).append(f"{event} {mode}" if mode else event)
    return {key: row._replace(also=_others(" ".join(filter(None, key[:2])), groups[row.code]))
            for key, row in rows.items()}


@cache
def acled_walks() -> dict[str, Walk]:
    """Every ACLED sub-event type to PLOVER and CAMEO."""
    columns = "sub_event_type doer event mode plover_kind cameo cameo_kind candidates basis note"
    rows = list(_rows("acled", columns, _acled_fault))
    _complete("acled", set(acled.sub_events()) - {row["sub_event_type"] for row in rows})
    return {row["sub_event_type"]: Walk(
        row["doer"],
        ToPlover(row["event"] or None, row["mode"] or None, (), row["plover_kind"], note=row["note"],
                 also=_same(rows, row, "event", "mode")),
        ToCameo(row["cameo"] or None, row["cameo_kind"], _split(row["candidates"]), row["note"],
                _same(rows, row, "cameo"))) for row in rows}


@cache
def ucdp_to_plover() -> dict[str, ToPlover]:
    """Every type of violence of UCDP GED ("1" to "3") to PLOVER."""
    rows = list(_rows("ucdp_ged", "type_of_violence event mode kind basis note", _event_fault))
    return {row["type_of_violence"]: ToPlover(row["event"], row["mode"] or None, (), row["kind"], note=row["note"])
            for row in rows}


@cache
def resolutions(ontology: str) -> dict[str, Word]:
    """Code of a place's precision (ACLED geo_precision, GED where_prec) to PLOVER's resolution as text."""
    rows = _rows("precision", "ontology column code resolution kind note", _resolution_fault)
    return {row["code"]: Word(row["resolution"] or None, row["kind"], row["note"])
            for row in rows if row["ontology"] == ontology}


@cache
def sectors_of_roles() -> dict[str, Word]:
    """Every CAMEO role to PLOVER's sector."""
    rows = {row["role"]: Word(row["sector"] or None, row["kind"], row["note"])
            for row in _rows("roles_sectors", "role sector kind note", _sector_fault)}
    _complete("roles_sectors", set(cameo.titles("roles")) - set(rows))
    return rows


@cache
def sectors_of_classes() -> dict[tuple[str, str], Word]:
    """(ACLED class, how the actor's name begins or "") to PLOVER's sector, the longer beginnings first."""
    rows = {(row["inter"], row["name"]): Word(row["sector"] or None, row["kind"], row["note"])
            for row in _rows("acled_classes", "inter name sector kind note", _sector_fault)}
    _complete("acled_classes", {name for name in acled.inter_numbers() if (name, "") not in rows})
    return rows


@cache
def iso3_of_cameo() -> dict[str, str]:
    """CAMEO's country code to ISO 3166 alpha-3; regions have none."""
    return {code: iso3 for iso3, code in cameo.country_codes().items()}


def _rows(name: str, columns: str, fault: Callable[[dict[str, str]], list[str]]) -> Iterator[dict[str, str]]:
    """The rows of a table. Raises RuleError with file and line for a code that its ontology does not have."""
    path = FOLDER / f"{name}.csv"
    for line, row in read_csv(path, columns.split()):
        strange = fault(row)
        strange += [row[kind] for kind in row if kind.endswith("kind") and row[kind] not in KINDS]
        if strange:
            raise RuleError(f"unknown: {', '.join(strange)}", path=path, line=line)
        yield row


def _complete(name: str, missing: set[str]) -> None:
    if missing:
        raise RuleError(f"no row for {', '.join(sorted(missing))}", path=FOLDER / f"{name}.csv")


def _event_fault(row: dict[str, str]) -> list[str]:
    event, mode = row["event"], row["mode"]
    strange = [event] if event and event not in plover.events() else []
    return strange + ([f"{event} {mode}"] if mode and (event, mode) not in plover.modes() else [])


def _codes_fault(*codes: str) -> list[str]:
    return [code for code in codes if code and code not in cameo.codes()]


def _cameo_plover_fault(row: dict[str, str]) -> list[str]:
    contexts = [name for name in _split(row["context"]) if name not in plover.contexts()]
    return _codes_fault(row["cameo"]) + _event_fault(row) + contexts


def _plover_cameo_fault(row: dict[str, str]) -> list[str]:
    return _event_fault(row) + _codes_fault(row["cameo"], *_split(row["candidates"]))


def _acled_fault(row: dict[str, str]) -> list[str]:
    strange = [] if row["sub_event_type"] in acled.sub_events() else [row["sub_event_type"]]
    return strange + _plover_cameo_fault(row)


def _sector_fault(row: dict[str, str]) -> list[str]:
    return [row["sector"]] if row["sector"] and row["sector"] not in plover.sectors() else []


def _resolution_fault(row: dict[str, str]) -> list[str]:
    return [row["resolution"]] if row["resolution"] not in ("", "1", "2", "3", "4", "5") else []


def _same(rows: list[dict[str, str]], row: dict[str, str], *columns: str) -> tuple[str, ...]:
    name = row["sub_event_type"]
    return _others(name, [other["sub_event_type"] for other in rows if all(other[c] == row[c] for c in columns)])


def _others(own: str, group: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in group if name != own))


def _split(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("; ")))
