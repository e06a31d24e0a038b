"""Code MUC messages and write templates: `python benchmarks/muc4/run.py MESSAGES.jsonl --out RESPONSES.jsonl`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from incidents import templates
from text import body

import eventcode as ec

HERE = Path(__file__).parent
MESSAGES = HERE.parents[2] / "shared" / "bench" / "data" / "muc4_dev.jsonl"


def main() -> None:
    args = _arguments()
    coder = ec.load(HERE)
    with args.out.open("w", encoding="utf-8") as out:
        for message in _messages(args):
            article = ec.Article(body(message["text"]), id=message["id"], published=message["doc_date"])
            made = templates(coder, coder.trace(article))
            out.write(json.dumps({"id": message["id"], "templates": made}, ensure_ascii=False) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "messages", nargs="?", type=Path, default=MESSAGES, help="JSON lines with id, text, doc_date, split"
    )
    parser.add_argument("--split", default="dev", help="which messages: dev, heldout or all")
    parser.add_argument("--prefix", default="", help="only messages whose id begins so")
    parser.add_argument("--out", type=Path, default=Path("muc4_responses.jsonl"))
    return parser.parse_args()


def _messages(args: argparse.Namespace) -> Iterator[dict[str, Any]]:
    with args.messages.open(encoding="utf-8") as lines:
        for message in map(json.loads, lines):
            if args.split in ("all", message.get("split", args.split)) and message["id"].startswith(args.prefix):
                yield message


if __name__ == "__main__":
    main()
