"""A folder of articles in, a CSV of records and a CSV of the evidence out."""

import tempfile
from pathlib import Path

import eventcode as ec

articles = ec.read_articles(Path(__file__).parent / "corpus")
coder = ec.load("acled")
records = [record for found in coder.pipe(articles) for record in found]
print(f"{articles.report.read} articles, {len(articles.flags)} of them doubtful, {len(records)} records")

with tempfile.TemporaryDirectory() as folder:
    table = ec.write(ec.to_frame(records), Path(folder) / "events.csv")
    evidence = ec.write(ec.provenance_frame(records), Path(folder) / "evidence.csv")
    for path in (table, evidence):
        lines = path.read_text(encoding="utf-8").splitlines()
        print(f"{path.name}: {len(lines) - 1} rows")
        print("\n".join(line[:110] for line in lines[:3]))
