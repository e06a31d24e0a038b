"""Two rule sets of one's own, each a folder without Python: labour strikes and water disputes."""

from pathlib import Path

import eventcode as ec
from eventcode.testing import walk

here = Path(__file__).parent / "rulesets"
for name, published in (("labour_strikes", "2024-03-17"), ("water_disputes", "2023-07-22")):
    coder = ec.load(here / name)
    codes = coder.ontology.allowed["event"]
    print(f"{name}: {len(codes)} codes, faults in its examples: {walk(here / name, coder=coder)}")
    articles = [ec.Article(path.read_text(encoding="utf-8"), id=path.stem, published=published)
                for path in sorted((here / name / "articles").glob("*.txt"))]
    records = [record for found in coder.pipe(articles) for record in found]
    frame = ec.to_frame(records, coder.ontology)
    shown = frame[["date", "source", "target", "place", "event"]]
    print(shown.to_string(index=False, na_rep="", max_colwidth=24), "\n")
