"""Codes the PETRARCH validation records with their own dictionaries, for `score.py petrarch --predictions`.

`python tests/dictionaries_score.py [--output FILE] [--errors]` writes one line per record, {"id", "events": [{"source",
"target", "code"}]}, and prints how many records with an expected event are coded exactly (source, target and code of
every event and no other) and how many have the right codes. The records and dictionaries are data for measuring that
do not ship with the project: without them it says so and ends with exit code 2.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from eventcode import dictionaries

DATA = Path(__file__).parents[2] / "shared" / "bench" / "data"
FOLDER = DATA / "petrarch_dictionaries"
#: Records to the verb dictionary and the format that they were written for.
SUITES = {
    "petrarch_unit_dev.jsonl": ("PETR.Validate.verbs.txt", "petrarch1"),
    "up_english_dev.jsonl": ("PETR.Validate.verbs.2.0.txt", "universalpetrarch"),
}
Row = dict[str, Any]
Triple = tuple[str, str, str]


def suite_coder(verbs: str, format: str) -> dictionaries.DictionaryCoder:
    """The coder of the validation suites' dictionaries."""
    return dictionaries.load(verbs=FOLDER / verbs, actors=FOLDER / "PETR.Validate.actors.txt",
                             agents=FOLDER / "PETR.Validate.agents.txt",
                             discards=FOLDER / "PETR.Validate.discards.txt", format=format)


def predictions(name: str) -> list[tuple[Row, list[Row]]]:
    """Each record of a suite with the events coded for it."""
    coder = suite_coder(*SUITES[name])
    rows = [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    found = coder.pipe(dictionaries_article(row) for row in rows)
    return [(row, [{"source": r.source, "target": r.target, "code": r.code} for r in records])
            for row, records in zip(rows, found, strict=True)]


def dictionaries_article(row: Row) -> Any:
    from eventcode import Article

    return Article(row["text"], id=row["id"], published=row["doc_date"])


def triples(events: Iterable[Row]) -> Counter[Triple]:
    return Counter((e["source"] or "---", e["target"] or "---", e["code"]) for e in events)


def shares(scored: list[tuple[Row, list[Row]]]) -> tuple[float, float]:
    """Of the records with an expected event, the share coded exactly, and the share with the right codes."""
    pairs = [(triples(row["gold"]["events"]), triples(events)) for row, events in scored if row["gold"]["events"]]
    exact = sum(gold == got for gold, got in pairs)
    codes = sum(_codes(gold) == _codes(got) for gold, got in pairs)
    return exact / len(pairs), codes / len(pairs)


def _codes(found: Counter[Triple]) -> list[str]:
    return sorted(code for _, _, code in found.elements())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--output", type=Path)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    if not DATA.is_dir():
        print(f"no validation records at {DATA}", file=sys.stderr)
        return 2
    lines: list[str] = []
    for name in SUITES:
        scored = predictions(name)
        exact, codes = shares(scored)
        print(f"{name}: {exact:.1%} exact, {codes:.1%} right codes")
        lines += [json.dumps({"id": row["id"], "events": events}) for row, events in scored]
        for row, events in scored if options.errors else ():
            if triples(events) != triples(row["gold"]["events"]):
                print(f"  {row['id']} {row['text']}\n    expected {sorted(triples(row['gold']['events']))}"
                      f"\n    coded    {sorted(triples(events))}")
    if options.output:
        options.output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
