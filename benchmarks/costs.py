"""What a corpus costs, from the stored rates of speed.py: the table in docs/howto/clusters.md.

    python benchmarks/costs.py            # writes it anew from the latest of results/
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "howto" / "clusters.md"
BEGIN, END = "<!-- costs: written by python benchmarks/costs.py -->", "<!-- end of costs -->"
#: Words of an article: a news agency's report.
WORDS = 350
CORPORA = (("1 million", 1_000_000), ("10 million", 10_000_000), ("100 million", 100_000_000))
CORES = (4, 16, 64, 256)
NEWS = {"general": "general news", "conflict": "conflict news"}


def table(about: dict[str, Any] | None) -> str:
    """Core-hours and time on so many cores, of each ontology and kind of news; a sentence where nothing is stored."""
    if about is None:
        return "No release has stored its rates yet: `python benchmarks/speed.py --store` on an idle machine does it."
    metrics, machine = about["metrics"], about["machine"]
    rows = ["| articles | news | ontology | core-hours | " + " | ".join(f"{n} cores" for n in CORES) + " |",
            "| --- | --- | --- | ---: |" + " ---: |" * len(CORES)]
    for name, size in CORPORA:
        for kind, title in NEWS.items():
            for ontology in ("acled", "cameo"):
                hours = size * WORDS / metrics[f"{kind}: {ontology}, words/s"] / 3600
                cells = [name, title, ontology, f"{hours:,.0f}", *(time_of(hours / n) for n in CORES)]
                rows.append(f"| {' | '.join(cells)} |")
    gain = metrics["conflict: acled, 2 processes, times 1"]
    said = (f"Articles of {WORDS} words at the rates of eventcode {about['eventcode']} in one process, measured on "
            f"{about['day']} ({machine['cpu']}, Python {machine['python']}): "
            + ", ".join(f"{title} {metrics[f'{kind}: acled, words/s']:,.0f} (acled) and "
                        f"{metrics[f'{kind}: cameo, words/s']:,.0f} (cameo) words a second"
                        for kind, title in NEWS.items())
            + f". Two processes were {gain:.2f} times as fast as one; the columns of cores take each as a whole one.")
    return "\n".join([*rows, "", said])


def time_of(hours: float) -> str:
    """Hours as people say them."""
    if hours < 1:
        return f"{hours * 60:.0f} min"
    return f"{hours:.1f} h" if hours < 48 else f"{hours / 24:.1f} days"


def page(text: str, about: dict[str, Any] | None) -> str:
    """The page with the table that follows from these figures."""
    return re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: f"{BEGIN}\n\n{table(about)}\n\n{END}", text,
                  flags=re.DOTALL)


def write(about: dict[str, Any] | None) -> None:
    """Write the table into the page."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), about), encoding="utf-8")


def latest() -> dict[str, Any] | None:
    """The figures of the latest release that stored any."""
    found = sorted((ROOT / "benchmarks" / "results").glob("*.*.*.json"),
                   key=lambda path: [int(number) for number in re.findall(r"\d+", path.stem)])
    return json.loads(found[-1].read_text(encoding="utf-8")) if found else None


if __name__ == "__main__":
    write(latest())
