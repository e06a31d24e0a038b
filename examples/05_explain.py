"""Defend a cell: the words, offsets and rules behind each value, and why a sentence was not coded."""

from pathlib import Path

import eventcode as ec

article = ec.Article((Path(__file__).parent / "articles" / "baidoa_bombing.txt").read_text(encoding="utf-8"),
                     id="baidoa_bombing", published="2024-05-15")
trace = ec.load("acled").trace(article)

print(trace.records[0].explain())
print()
print("Why is the elders' meeting not a record?")
print(trace.why("elders plan to meet"))
print()
print("And this sentence?")
print(trace.why("Most of the dead"))

# The same as a table: one row per filled field, to be kept beside the data.
provenance = ec.provenance_frame(trace.records)
print()
print(f"{len(provenance)} filled fields, {provenance['start'].notna().sum()} of them with words of the article behind")
for line in provenance.dropna(subset="start").itertuples():
    assert article.text[line.start:line.end] == line.text  # offsets are true to the text as received
