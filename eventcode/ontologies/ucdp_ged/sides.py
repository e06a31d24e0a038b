"""The sides of a dyad: governments, organized groups, civilians, and how UCDP writes their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from eventcode import countries
from eventcode.neutral import Count, Event, Party
from eventcode.ontologies.counts import party_of
from eventcode.rules import read_csv

FOLDER = Path(__file__).parent
Kind = Literal["government", "group", "civilians", "unknown"]

#: Words that this ontology adds to the facets source and target.
WORDS = frozenset({"government side", "other government", "organized group", "civilian side"})
_ARMED = frozenset({"armed", "organized", "rebel", "militia", "criminal"})
_STATE = frozenset({"military", "police", "intelligence", "government", "legislature", "judiciary", "state"})
_ALLIED = frozenset({"peacekeeper", "igo"})
#: Fights and unrest that are communal violence where communities meet in them.
_COMMUNAL = frozenset({"clash", "offensive", "repel_attack", "capture_territory", "retake_territory", "riot",
                       "mob_violence", "attack", "raid", "kill"})


@dataclass(frozen=True)
class Side:
    """One side of a dyad: what it is, its parties (first the main one), and the civilians hit beside it."""

    kind: Kind
    parties: tuple[Party, ...]
    bystanders: tuple[Party, ...] = ()

    @property
    def lead(self) -> Party:
        return self.parties[0]

    def name(self, home: str | None) -> str:
        """As UCDP writes it: Government of X, the group's name in its spelling, Civilians."""
        if self.kind == "civilians":
            return "Civilians"
        if self.kind == "government":
            return f"Government of {country_name(self.lead.country or home)}"
        known = group_names().get(self.lead.actor_id or "") or self.lead.name or community(self.lead)
        return known or " ".join(self.lead.text.split())

    @property
    def is_allied(self) -> bool:
        """Forces of several states alone: they stand with the government of the country that they fight in."""
        return self.kind == "government" and all(_ALLIED & set(party.traits) for party in self.parties)


@cache
def group_names() -> dict[str, str]:
    """Actor id to the name in UCDP's spelling."""
    rows = read_csv(FOLDER / "codes" / "actor_names.csv", ("actor_id", "name"))
    return {row["actor_id"]: row["name"] for _, row in rows}


@cache
def _country_names() -> dict[str, str]:
    return {row["iso3"]: row["name"] for _, row in read_csv(FOLDER / "codes" / "country_names.csv", ("iso3", "name"))}


def country_name(code: str | None) -> str:
    """The country of an ISO alpha-3 code in UCDP's spelling."""
    found = countries.by_iso3(code)
    return _country_names().get(found.iso3, found.name) if found else "unknown"


def community(party: Party) -> str | None:
    """The people that a party is of, by the words that name it: "Berom" of "Berom farmers"; None for other parties."""
    named = [word for word in party.text.split() if word[:1].isupper()] if "identity" in party.traits else []
    return " ".join(named) or None


def kind(party: Party) -> Kind:
    """What a party is to UCDP. An armed group without a name is unknown: no dyad can be made with it.

    Troops of an alliance or a mission fight on a government's side (GED 25.1, secondary warring parties).
    """
    traits = set(party.traits)
    if traits & {"protester", "rioter"}:
        return "civilians"
    if traits & {"military", "police", "intelligence", "country"} or party.sector in ("MIL", "COP", "SPY"):
        return "government" if "military" in traits or not traits & _ALLIED else "unknown"
    named = party.actor_id is not None or party.name is not None
    if _is_armed(party):
        return "group" if named or community(party) else "unknown"
    if "identity" in traits:
        return "group" if named else "civilians"
    if traits & _STATE and "official" not in traits:
        return "government"
    return "civilians" if traits or party.sector else "unknown"


def _is_armed(party: Party) -> bool:
    return not _ARMED.isdisjoint(party.traits) or party.sector in ("REB", "UAF", "PRM", "CRM")


def is_nameless_group(party: Party) -> bool:
    """Fighters whose group no word names: "four insurgents"."""
    return kind(party) == "unknown" and _is_armed(party)


def split(parties: Iterable[Party], home: str | None) -> list[Side]:
    """One side of an event as sides of dyads: governments act together (the event's own leads), each group by itself;
    civilians are a side only where nobody armed stands beside them."""
    by_kind: dict[Kind, list[Party]] = {}
    for party in parties:
        by_kind.setdefault(kind(party), []).append(party)
    civilians = tuple(by_kind.get("civilians", ()))
    states = sorted(by_kind.get("government", ()), key=lambda party: party.country not in (None, home))
    found = [Side("government", tuple(states), civilians)] if states else []
    found += [Side("group", (party,), civilians) for party in by_kind.get("group", ())]
    if not found and civilians:
        found = [Side("civilians", civilians)]
    return found


def dyads(event: Event, named: Sequence[Party], home: str | None) -> list[tuple[Side, Side]]:
    """Every pair of a source side and a target side. Where no target is named, those counted dead are it."""
    sources, targets = event.sources, event.targets
    if event.reciprocal and not targets and len(sources) > 1:
        sources, targets = sources[:1], sources[1:]
    if event.action in _COMMUNAL and sources and targets and all(community(p) for p in (*sources, *targets)):
        return [(Side("group", (one,)), Side("group", (other,))) for one in sources for other in targets]
    known = split(targets, home)
    if not known:
        known = split((victims(count, named) for count in event.counts if count.what == "killed"), home)[:1]
    return [(source, target) for source in split(sources, home) for target in known]


def victims(count: Count, named: Sequence[Party]) -> Party:
    """The people of a count of dead: the actor whose words it touches, else people of whom nothing else is known."""
    found = party_of(count, named)
    if found is not None and (kind(found) != "unknown" or is_nameless_group(found)):
        return found
    return Party(start=count.start, end=count.end, text=count.text, traits=("civilian",), rules=("ucdp-ged/victims",))


def words(side: Side, other: Side | None = None) -> frozenset[str]:
    """What rules may ask of a side beside its traits; `other` is the side it stands against."""
    if side.kind == "government":
        if side.is_allied and (other is None or other.kind != "group"):
            return frozenset()
        foreign = other is not None and other.kind == "government" and other.lead.country != side.lead.country
        return frozenset({"government side"} | ({"other government"} if foreign else set()))
    return frozenset({"organized group"} if side.kind == "group" else {"civilian side"})
