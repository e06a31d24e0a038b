"""Code one article in one ontology: text in, a data frame with the codebook's columns out."""

from pathlib import Path

import eventcode as ec

text = (Path(__file__).parent / "articles" / "baidoa_bombing.txt").read_text(encoding="utf-8")

coder = ec.load("acled")
records = coder.code(text, id="baidoa_bombing", published="2024-05-15")
df = ec.to_frame(records)

print(f"{len(df)} records, {len(df.columns)} columns")
for row in df.to_dict("records"):
    print(row["event_date"].date(), row["sub_event_type"], "|", row["actor1"], "->", row["actor2"], "|",
          row["location"], "| fatalities", row["fatalities"])
