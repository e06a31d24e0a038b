"""One coding in the columns of other datasets and in another codebook: what goes over, and what is lost on the way."""

from pathlib import Path

import eventcode as ec

text = (Path(__file__).parent / "articles" / "nairobi_march.txt").read_text(encoding="utf-8")
records = ec.load("cameo").code(text, id="nairobi_march", published="2024-05-15")

print("As GDELT has it")
gdelt = ec.view(records, "gdelt")
print(gdelt[["SQLDATE", "Actor1Code", "Actor2Code", "EventCode", "QuadClass"]].to_string(index=False))

print("\nThe one-a-day filter marks, and deletes nothing")
marked = ec.one_a_day(ec.to_frame(records), "cameo")
print(marked[["source", "target", "code", "one_a_day"]].to_string(index=False))

print("\nIn PLOVER, and what CAMEO said that PLOVER does not")
moved = ec.convert(records, to="plover")
print(moved.frame["event"].to_string(header=False))
print(moved.losses.loc[moved.losses["column"] == "code", ["row", "value", "kind"]].to_string(index=False))
