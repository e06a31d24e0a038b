"""Check a table against a codebook: every fault, with row and column."""

from pathlib import Path

import eventcode as ec

folder = Path(__file__).parent / "articles"
coder = ec.load("acled")
articles = [ec.Article(path.read_text(encoding="utf-8"), id=path.stem, published="2024-05-15")
            for path in sorted(folder.glob("*.txt"))]
df = ec.to_frame(coder.pipe(articles))
print(ec.validate(df, "acled"))

# What goes wrong on the way through a spreadsheet or a careless merge:
df["fatalities"] = df["fatalities"].astype("float64")
df.loc[0, "sub_event_type"] = "Suicide bombing"
df.loc[1, "disorder_type"] = "Demonstrations"
df = df.drop(columns="region").assign(editor="MK")
print(ec.validate(df, "acled"))
