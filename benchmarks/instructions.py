"""How much work a fixed small run is, counted and not timed, so that no other load of the machine moves it.

    python benchmarks/instructions.py               # compare with the stored counts; exit code 1 where one has grown
    python benchmarks/instructions.py --store       # after a change that is meant to cost (or that saves) work
    python benchmarks/instructions.py --callgrind   # with valgrind: machine instructions too, parser included

The run codes the articles of examples/ and tests/golden in two ontologies, in one process with a fixed hash seed and
one thread, after a run over other articles that loads all there is to load. Counted are

* steps: instructions of Python's own machine in the files of eventcode (not in pydantic, spaCy, re or dateparser),
* tokens: what was given to the parser, which does most of the work that steps do not show,
* instructions (callgrind): of the processor, everything included, for a few of the articles. They need Linux on x86-64,
  valgrind and three minutes.

Steps differ from one minor version of Python to the next, instructions from one build to the next: counts are stored
by both, and a run is compared with counts of its own kind only. Steps and tokens are the same from run to run;
instructions differ by about a hundredth of a percent.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import mmap
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import news

ROOT = Path(__file__).resolve().parent.parent
STORED = ROOT / "benchmarks" / "results" / "instructions.json"
OWN = str(ROOT / "eventcode") + os.sep
ONTOLOGIES = ("acled", "cameo")
#: How much more work than stored is a fault; one more sentence that is parsed is 1 % of the tokens.
TOLERANCE = 0.05
#: What is coded: few articles for callgrind, which takes fifty times as long as the processor.
FEW = [ROOT / "examples" / "corpus"]
ALL = [*FEW, ROOT / "examples" / "articles", *sorted((ROOT / "tests" / "golden").glob("*/article.txt"))]
FIXED = {"PYTHONHASHSEED": "0", **dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")}

#: A sentence whose parties only the reading of relations ties.
RELATION = "Peru said it will not accept any more refugees from Bolivia."


def run(count: Callable[[Callable[[], Any]], int], files: list[Path]) -> tuple[int, int]:
    """What `count` says of the coding, and the tokens that were parsed for it."""
    import eventcode as ec

    articles = list(ec.read_articles(files))
    others = [*news.articles("short", 20), ec.Article(RELATION)]  # the words of relations load when they are asked
    coders = [ec.load(name) for name in ONTOLOGIES]
    for coder in coders:
        list(coder.pipe(others))
    parsers = [Counting(coder.analyzer) for coder in coders]
    for coder, parser in zip(coders, parsers, strict=True):
        coder.analyzer = parser
    counted = count(lambda: [list(coder.pipe(articles)) for coder in coders])
    return counted, sum(parser.tokens for parser in parsers)


class Counting:
    """An analyzer that counts the tokens it parses."""

    def __init__(self, analyzer: Any) -> None:
        self._analyzer, self.tokens = analyzer, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._analyzer, name)

    def parse(self, sentences: Iterable[Any], *options: Any) -> Iterator[Any]:
        """As the analyzer's."""
        for tokens in self._analyzer.parse(sentences, *options):
            self.tokens += len(tokens)
            yield tokens


def steps(work: Callable[[], Any]) -> int:
    """Bytecode instructions of eventcode's own files."""
    total = 0

    def inside(_frame: FrameType, event: str, _told: Any) -> Any:
        nonlocal total
        total += event == "opcode"
        return inside

    def entered(frame: FrameType, _event: str, _told: Any) -> Any:
        if not frame.f_code.co_filename.startswith(OWN):
            return None
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        return inside

    sys.settrace(entered)
    try:
        work()
    finally:
        sys.settrace(None)
    return total


def instructions(work: Callable[[], Any]) -> int:
    """Nothing by itself: callgrind, which runs this process, counts between the two requests."""
    _request(4)  # CALLGRIND_START_INSTRUMENTATION
    work()
    _request(5)  # CALLGRIND_STOP_INSTRUMENTATION
    return 0


def _request(number: int) -> None:
    """A client request of valgrind.h for x86-64: four rotations that do nothing, and an exchange of rbx with itself."""
    page = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(bytes.fromhex("4889f8 31d2 48c1c703 48c1c70d 48c1c73d 48c1c733 4887db 4889d0 c3"))
    ask = ctypes.CFUNCTYPE(ctypes.c_uint64, ctypes.c_void_p)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
    told = (ctypes.c_uint64 * 6)((ord("C") << 24 | ord("T") << 16) + number)
    ask(ctypes.addressof(told))


def child(what: str) -> None:
    """Run and print the counts, in a process that was started for it."""
    counted, tokens = run(steps, ALL) if what == "steps" else run(instructions, FEW)
    print(json.dumps({what: counted, "tokens": tokens}))


def counts(callgrind: bool = False) -> dict[str, int]:
    """The counts of this machine's Python, each in a process of its own."""
    found: dict[str, int] = json.loads(_child([sys.executable], "steps").stdout)
    if callgrind:
        found["instructions"] = _instructions()
    return found


def _instructions() -> int:
    if shutil.which("valgrind") is None or platform.machine() != "x86_64":
        raise SystemExit("--callgrind needs valgrind, on x86-64")
    command = ["valgrind", "--tool=callgrind", "--instr-atstart=no", "--callgrind-out-file=/dev/null", sys.executable]
    told = re.search(r"Collected : (\d+)", _child(command, "instructions").stderr)
    if told is None:
        raise SystemExit("callgrind told no count")
    return int(told[1])


def _child(command: list[str], what: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run([*command, __file__, "--child", what], capture_output=True, text=True, check=False,
                          env={**os.environ, **FIXED, "PYTHONPATH": path})
    if done.returncode:
        raise SystemExit(f"the run failed:\n{done.stderr[-2000:]}")
    return done


def kinds() -> dict[str, str]:
    """Each count to what it depends on."""
    python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    return {"steps": python, "tokens": "any", "instructions": f"{python}, {platform.python_compiler()}"}


def compared(found: dict[str, int], stored: dict[str, dict[str, int]]) -> list[tuple[str, int, int | None, bool]]:
    """(what, count, the stored count or None, whether it has grown by more than the tolerance)."""
    rows = []
    for what, count in found.items():
        before = stored.get(what, {}).get(kinds()[what])
        rows.append((what, count, before, before is not None and count > before * (1 + TOLERANCE)))
    return rows


def stored() -> dict[str, dict[str, int]]:
    """What to the kind of Python to the count."""
    return json.loads(STORED.read_text(encoding="utf-8")) if STORED.exists() else {}


def store(found: dict[str, int]) -> None:
    """Keep these counts beside those of other Pythons."""
    known = stored()
    for what, count in found.items():
        known.setdefault(what, {})[kinds()[what]] = count
    STORED.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main() -> int:
    """Count, compare, store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", action="store_true")
    parser.add_argument("--callgrind", action="store_true")
    told = parser.parse_args()
    found = counts(told.callgrind)
    rows = compared(found, stored())
    for what, count, before, grown in rows:
        beside = "not stored" if before is None else f"stored {before:,}, {(count / before - 1) * 100:+.2f} %"
        print(f"{what:<13}{count:>16,}   {beside}{'   MORE WORK' if grown else ''}")
    if told.store:
        store(found)
        return 0
    return int(any(grown for *_, grown in rows))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2])
    else:
        sys.exit(main())
