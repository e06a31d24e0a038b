"""How fast the gazetteer is built, opened and asked, and how much memory its build takes.

    python benchmarks/places.py [--lookups N]

The gazetteer is built anew in a temporary folder, so that the machine's own cache stays as it is. The build's seconds
are of the processor, for the clock also tells what else the machine does. Names are drawn from the gazetteer itself,
half of them written as news may (no accents, an article before), with one in ten that no place bears; each is asked for
once, so that nothing is answered from memory.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from eventcode.gazetteer import Gazetteer

#: The most seconds and bytes of the first build, seconds of a later opening, and the least look-ups a second.
MOST_BUILD, MOST_MEMORY, MOST_OPEN, LEAST_LOOKUPS = 60.0, 1_000_000_000, 0.2, 5_000.0
_OPEN = "import time; from eventcode.gazetteer import Gazetteer; t = time.perf_counter(); " \
        "Gazetteer.open().lookup('Goma'); print(time.perf_counter() - t)"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lookups", type=int, default=20_000)
    count = parser.parse_args().lookups
    with tempfile.TemporaryDirectory() as folder:
        os.environ["EVENTCODE_CACHE"] = folder
        clock = opening()
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        build, memory = used.ru_utime + used.ru_stime, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        again = min(opening() for _ in range(3))
        gazetteer = Gazetteer.open()
        size = gazetteer.path.stat().st_size
        speed = lookups(gazetteer, names(gazetteer.path, count))
    print(f"first build {build:.1f} s of the processor ({clock:.1f} s by the clock), {memory / 1e6:.0f} MB of memory, "
          f"{size / 1e6:.0f} MB on disk")
    print(f"later opening with one look-up {again:.3f} s")
    print(f"{speed:,.0f} look-ups a second")
    good = build <= MOST_BUILD and memory <= MOST_MEMORY and again <= MOST_OPEN and speed >= LEAST_LOOKUPS
    return 0 if good else 1


def opening() -> float:
    """Seconds that a process of its own takes to open the gazetteer (and build it, if it is the first)."""
    done = subprocess.run([sys.executable, "-c", _OPEN], check=True, capture_output=True, text=True)
    return float(done.stdout)


def names(path: Path, count: int, seed: int = 7) -> list[str]:
    """Names to ask for: `count` of the gazetteer's own towns and units, some respelled, some made up."""
    draw = random.Random(seed)
    database = sqlite3.connect(path)
    known = [row[0] for row in database.execute("SELECT DISTINCT name FROM unit ORDER BY name")]
    database.close()
    chosen = draw.sample(known, min(count, len(known)))
    return [f"Qx{name}" if n % 10 == 0 else f"al-{name}" if n % 10 == 1 else name.upper() if n % 2 else name
            for n, name in enumerate(chosen)]


def lookups(gazetteer: Gazetteer, asked: list[str]) -> float:
    """Look-ups a second."""
    start = time.perf_counter()
    for name in asked:
        gazetteer.lookup(name)
    return len(asked) / (time.perf_counter() - start)


if __name__ == "__main__":
    raise SystemExit(main())
