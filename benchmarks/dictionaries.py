"""How fast the field's old dictionaries load and code, and how much memory they take.

    python benchmarks/dictionaries.py [--verbs FILE --actors FILE ... --agents FILE --format NAME] [--text FILE]

Without files, dictionaries nearly of the public ones' size are made up: 4,300 verb patterns and 30,000 actor lines. The
text is a file of sentences, one a line; without it sentences are made of the dictionary's own words. Seconds are of the
processor, for one process; coding counts parsed sentences with a verb of the dictionary.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from eventcode.article import Article
from eventcode.dictionaries import DictionaryCoder, load
from eventcode.document import Sentence

#: Loading may take so many seconds, coding must reach so many sentences a second.
MOST_SECONDS, LEAST_SENTENCES = 3.0, 1_000.0
SENTENCES = 2_000
DAY = date(2014, 6, 20)
VERBS = [verb + end for verb in ("ATTACK", "BLAME", "VISIT", "SUPPORT", "DETAIN", "PRAISE")
         for end in ("", "E", "Y", "O", "A", "AN", "ER", "IZE")]
NOUNS = [noun + end for noun in ("soldier", "minister", "farmer", "convoy", "bridge", "treaty")
         for end in ("", "o", "a", "u", "i")]
_SYLLABLES = ("ba", "do", "ka", "lu", "mi", "no", "ra", "se", "ti", "vo", "wen", "zor")


def made_up(folder: Path, seed: int = 3) -> dict[str, object]:
    """Dictionary files of the public ones' size in PETRARCH-2's format; arguments of `load`."""
    draw = random.Random(seed)
    names = [name(draw) for _ in range(12_000)]
    verbs = ["&GOODS", *(f"+{draw.choice(names).upper()}" for _ in range(60))]
    for verb in VERBS:
        verbs += ["", f"--- {verb} [{draw.randrange(10, 200):03}] ---", verb]
        verbs += [f"- * {{{draw.choice(names).upper()} {noun.upper()}}} (TO {draw.choice(NOUNS).upper()}) [190]"
                  for noun in draw.choices(NOUNS, k=60)]
        verbs += [f"- * {noun.upper()} [{draw.randrange(10, 200):03}]" for noun in NOUNS]
        verbs += ["- * &GOODS [071]"]
    actors = []
    for number, one in enumerate(names[:10_000]):
        code = f"{one[:3].upper()}GOV"
        actors += [f"{one.upper()}_{draw.choice(names).upper()}", f"+{one.upper()}",
                   f"\t[{code} {draw.randrange(60, 99)}0101-{number % 9}50101]" if number % 2 else f"\t[{code}]"]
    agents = [f"{noun.upper()} [~MIL]" for noun in NOUNS]
    files = {"verbs": verbs, "actors": actors, "agents": agents}
    for kind, lines in files.items():
        (folder / f"{kind}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return {kind: folder / f"{kind}.txt" for kind in files}


def name(draw: random.Random) -> str:
    """A made-up word."""
    return "".join(draw.choices(_SYLLABLES, k=4)).capitalize()


def sentences(coder: DictionaryCoder, given: Path | None) -> list[Sentence]:
    """Parsed sentences that hold a verb of the dictionary."""
    if given is not None:
        lines = given.read_text(encoding="utf-8").splitlines()
    else:
        draw = random.Random(5)
        known = [phrase.text for phrase in coder.sentences.actors.actors.all[:2_000:2]]
        spoken = [phrase.replace("_", " ").title() for phrase in known]
        lines = [f"The {draw.choice(NOUNS)}s of {draw.choice(spoken)} attacked a new {draw.choice(NOUNS)} near "
                 f"{draw.choice(spoken)} on Tuesday, and officials in {draw.choice(spoken)} blamed "
                 f"the {draw.choice(NOUNS)}." for _ in range(SENTENCES)]
    return list(coder.parsed(Article(line) for line in lines))[:SENTENCES]


def main() -> int:
    """Print the measurements; 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for option in ("verbs", "actors", "agents", "discards", "issues"):
        parser.add_argument(f"--{option}", type=Path, nargs="+")
    parser.add_argument("--format", default="petrarch2")
    parser.add_argument("--text", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = {kind: getattr(options, kind) for kind in ("verbs", "actors", "agents", "discards", "issues")}
        given = files if options.verbs else made_up(Path(folder))
        before, began = memory(), time.process_time()
        coder = load(format=options.format, **given)
        loading = time.process_time() - began
    print(f"loaded in {loading:.2f} s, {memory() - before:.0f} MB more: "
          + ", ".join(f"{number:,} {kind}" for kind, number in coder.counts.items() if number))
    parsed = sentences(coder, options.text)
    began = time.process_time()
    events = sum(len(coder.sentences.code(sentence, DAY).events) for sentence in parsed)
    speed = len(parsed) / (time.process_time() - began)
    print(f"coded {len(parsed):,} parsed sentences at {speed:,.0f} a second: {events:,} events")
    return 0 if loading <= MOST_SECONDS and speed >= LEAST_SENTENCES else 1


def memory() -> float:
    """Peak resident memory of this process in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 if sys.platform != "darwin" else 1024) / 1024


if __name__ == "__main__":
    sys.exit(main())
