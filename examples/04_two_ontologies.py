"""One text in two ontologies by the same lexicon; then one of the tables in other columns and in other codes."""

from pathlib import Path

import eventcode as ec

article = ec.Article((Path(__file__).parent / "articles" / "nairobi_march.txt").read_text(encoding="utf-8"),
                     id="nairobi_march", published="2024-05-15")
shown = {"acled": ["event_date", "sub_event_type", "actor1", "actor2", "location"],
         "cameo": ["date", "code", "title", "source", "target"]}

coded = {name: ec.load(name).code(article) for name in shown}
for name, columns in shown.items():
    print(f"{name}: {len(coded[name])} records")
    for record in coded[name]:
        values = record.values()
        print("  ", *(f"{column}={values[column]}" for column in columns), sep="  ")

print("\nThe CAMEO records as GDELT has them")
gdelt = ec.view(coded["cameo"], "gdelt")
print(gdelt[["SQLDATE", "Actor1Code", "Actor2Code", "EventCode", "QuadClass"]].to_string(index=False))

print("\nIn PLOVER, and what CAMEO said that PLOVER does not")
moved = ec.convert(coded["cameo"], to="plover")
print(moved.frame["event"].to_string(header=False))
print(moved.losses.loc[moved.losses["column"] == "code", ["row", "value", "kind"]].to_string(index=False))
