"""Every stage of each golden article, as data. Run this file to write all `stages.json` anew; then read the diff.

    python tests/golden_stages.py [ARTICLE ...]        (or: python -m tests.golden_stages)
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import eventcode as ec

FOLDER = Path(__file__).parent / "golden"
ONTOLOGIES = ("acled", "ucdp-ged", "cameo", "plover")
STAGES = ("sentences", "mentions", "event_mentions", "events", *ONTOLOGIES)


def names() -> list[str]:
    """The golden articles, by folder."""
    return sorted(path.parent.name for path in FOLDER.glob("*/article.txt"))


def article(name: str) -> ec.Article:
    """One golden article as a user would make it."""
    about = json.loads((FOLDER / name / "article.json").read_text("utf-8"))
    return ec.Article((FOLDER / name / "article.txt").read_bytes().decode("utf-8"), **about)


def stages(one: ec.Article) -> dict[str, Any]:
    """Stage to what it made of the article. Versions and hashes stay out: they change with every rule."""
    coders = {name: ec.load(name) for name in ONTOLOGIES}
    traces = {name: made.trace(one) for name, made in coders.items()}
    first = traces["acled"]
    neutral: dict[str, Any] = {
        "sentences": [_sentence(sentence) for sentence in first.sentences],
        "mentions": _plain(first.mentions),
        "event_mentions": [_plain(mention) for mention in first.event_mentions],
        "events": [_plain(event) for event in first.events],
    }
    return neutral | {name: [_record(record) for record in traces[name].records] for name in ONTOLOGIES}


def _sentence(sentence: Any) -> dict[str, Any]:
    """A sentence and its tree, a token a word: 'troops/NNS subject>3'."""
    made = {key: value for key, value in asdict(sentence).items() if key != "tokens"}
    return made | {"tree": [f"{t.text}/{t.tag} {t.dep}>{t.head}" for t in sentence.tokens]}


def _plain(model: Any) -> Any:
    """A neutral type as data; what is not said is left out, so that a diff shows what changed."""
    return model.model_dump(mode="json", exclude_defaults=True)


def _record(record: Any) -> dict[str, Any]:
    return {
        "values": {key: value for key, value in record.model_dump(mode="json", include=set(record.columns())).items()
                   if value not in (None, "", [])},
        "provenance": {key: _plain(evidence) for key, evidence in record.provenance.items()},
        "events": list(record.meta.events),
        "warnings": list(record.meta.warnings),
    }


def as_text(made: dict[str, Any]) -> str:
    """The bytes of a `stages.json`: stable order, one fact a line."""
    return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main(chosen: list[str]) -> None:
    """Write `stages.json` of the chosen articles, all of them by default."""
    for name in chosen or names():
        (FOLDER / name / "stages.json").write_text(as_text(stages(article(name))), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
