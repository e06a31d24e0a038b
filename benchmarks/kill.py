"""Kills a run of 2,000 articles twenty times at random points, resumes it, and compares it with an unbroken one.

    python benchmarks/kill.py [--size 2000] [--kills 20] [--processes 1]

The articles are those of tests/raw_corpus.py, broken ones among them. Exit code 1 where a byte differs.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from raw_corpus import make  # noqa: E402  (a module of the tests)

import eventcode as ec  # noqa: E402

TABLES = ("records.csv", "evidence.csv", "failed.csv", "rejects.csv", "flags.csv")
RUN = ("import sys, eventcode as ec\n"
       "ec.code_corpus(sys.argv[1], 'acled', sys.argv[2], part_size=50, n_process=int(sys.argv[3]), "
       "resume=len(sys.argv) > 4)\n")


def killed(corpus: Path, folder: Path, processes: int, seconds: float) -> bool:
    """Run or resume for so many seconds, then kill. True where the run ended before."""
    again = ["resume"] if (folder / "run.json").exists() else []
    running = subprocess.Popen([sys.executable, "-c", RUN, str(corpus), str(folder), str(processes), *again])
    try:
        running.wait(seconds)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
        return False
    return True


def main() -> int:
    """Print what was done, and whether the two runs are the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--processes", type=int, default=1)
    told = parser.parse_args()
    chance = random.Random(20)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        (home / "corpus").mkdir()
        broken = make(home / "corpus", told.size)
        began = time.perf_counter()
        whole = ec.code_corpus(home / "corpus", "acled", home / "whole", part_size=50)
        took = time.perf_counter() - began
        print(f"{whole}\nunbroken: {took:.1f} s, {len(broken)} broken articles")
        kills = 0
        while kills < told.kills and not killed(home / "corpus", home / "run", told.processes,
                                                3 + chance.random() * 2 * took / told.kills):
            kills += 1
        made = ec.code_corpus(home / "corpus", "acled", home / "run", part_size=50, resume=True)
        same = [table for table in TABLES
                if (made.folder / table).read_bytes() == (whole.folder / table).read_bytes()]
        print(f"killed {kills} times; the same bytes: {', '.join(same)}")
    return 0 if len(same) == len(TABLES) and kills == told.kills else 1


if __name__ == "__main__":
    sys.exit(main())
