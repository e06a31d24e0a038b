"""The actor tables: seconds to load them, and how much text they are matched against in a second.

    python benchmarks/actors.py [TEXT]     # a file of plain text; without one, news sentences are made up

Prints the best of a few rounds in one process, and beside it what the whole finder of parties takes (phrases, guards
and composition too). Exit code 1 where loading takes half a second or more, or matching reads less than 5 MB a second.
"""

from __future__ import annotations

import gc
import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from eventcode.document import Sentence, Token
from eventcode.languages.en import language
from eventcode.mentions._actor_tables import ActorTables
from eventcode.mentions._actor_words import pieces
from eventcode.mentions.actors import ActorFinder

MOST_SECONDS = 0.5
LEAST_MB = 5.0
ROUNDS = 5
_TOKEN = re.compile(r"[^\s,.]+|[,.]")
_SIZE = 2_000_000
_FINDER_SIZE = 200_000
_FRAMES = ("{} said on Monday that talks with {} over the dam had ended without result, a spokesman told reporters.",
           "Heavy rain kept most shops in the old town closed, and the buses that usually run to the coast stood idle.",
           "Three members of {} were wounded when a patrol came under fire near the northern border, {} said.",
           "Prices of bread and cooking oil rose again last month, although the harvest had been better than expected.",
           "Supporters of {} marched through the capital to demand that {} release the results of the inquiry.")


def best(work: Callable[[], object]) -> float:
    """Seconds of CPU of the fastest of a few rounds."""
    took = []
    for _ in range(ROUNDS):
        gc.collect()
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return min(took)


def made_up(tables: ActorTables) -> str:
    """Sentences with names of the tables in every second gap, to a size of 2 MB."""
    draw = random.Random(7)
    names = [rows[0].name for rows in tables.actors.values()]
    lines, size = [], 0
    while size < _SIZE:
        frame = draw.choice(_FRAMES)
        lines.append(frame.format(*(draw.choice(names) for _ in range(frame.count("{}")))))
        size += len(lines[-1]) + 1
    return "\n".join(lines)


def match(tables: ActorTables, words: list[str]) -> int:
    """How many names of the tables stand in these words: folded and looked up, longest first."""
    return len(tables.trie.find([folded for word in words for folded, _, _ in pieces(word)]))


def sentences(text: str) -> list[Sentence]:
    """The lines of a text as sentences, with their tokens."""
    found = [Sentence(i, 0, len(line), line, tokenize) for i, line in enumerate(text[:_FINDER_SIZE].splitlines())]
    for sentence in found:
        _ = sentence.tokens
    return found


def tokenize(text: str, _: int) -> list[Token]:
    """Tokens between blanks, punctuation apart."""
    return [Token(i, m.start(), m.end(), m[0], m[0].lower()) for i, m in enumerate(_TOKEN.finditer(text))]


def main() -> int:
    """Print the measurements; 1 where a limit is missed."""
    loading = best(lambda: ActorTables(language.folder))
    tables = ActorTables(language.folder)
    print(f"loaded {len(tables.trie):,} names in {loading:.2f} s")
    text = Path(sys.argv[1]).read_text(encoding="utf-8") if sys.argv[1:] else made_up(tables)
    words, megabytes = text.split(), len(text.encode()) / 1e6
    speed = megabytes / best(lambda: match(tables, words))
    print(f"matched {megabytes:.1f} MB at {speed:.1f} MB a second: {match(tables, words):,} names")
    finder, read = ActorFinder(language), sentences(text)
    size = sum(len(sentence.text.encode()) for sentence in read) / 1e6
    taken = best(lambda: [finder.find(sentence) for sentence in read])
    print(f"read the parties of {size:.1f} MB at {size / taken:.1f} MB a second")
    return 0 if loading < MOST_SECONDS and speed >= LEAST_MB else 1


if __name__ == "__main__":
    sys.exit(main())
