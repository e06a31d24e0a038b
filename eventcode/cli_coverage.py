"""The command `eventcode rules coverage`: codes that no rule of an ontology gives, and why."""

from __future__ import annotations

import json
from typing import Annotated

import typer


def rules_coverage(
        name: Annotated[str, typer.Argument(metavar="NAME", show_default=False, help=
                        "An ontology's name, or the path of a rule-set folder.")],
        actions: Annotated[bool, typer.Option("--actions", help="List neutral actions without a rule too.")] = False,
        as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of lines.")] = False) -> int:
    """List the codes of an ontology that no rule gives, with the reason where its folder has one.

    \b
    eventcode rules coverage cameo
    eventcode rules coverage my_rules/ --json

    Only columns to which rules give codes are looked at. Reasons stand in codes/unreached.csv (code, reason) and
    codes/uncoded_actions.csv (action, reason) of the ontology's folder.
    """
    from eventcode.ontologies.coverage import coverage
    from eventcode.plugins import ontology

    found = coverage(ontology(name))
    found = found if actions else found._replace(actions=())
    if as_json:
        told = {**found._asdict(), "codes": [one._asdict() for one in found.codes],
                "actions": [one._asdict() for one in found.actions]}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print("\n".join(found.lines()))
    return 0
