"""One text in four ontologies: the lexicon reads it once, each codebook says what it counts as."""

from pathlib import Path

import eventcode as ec

article = ec.Article((Path(__file__).parent / "articles" / "nairobi_march.txt").read_text(encoding="utf-8"),
                     id="nairobi_march", published="2024-05-15")
shown = {
    "acled": ["event_date", "sub_event_type", "actor1", "actor2", "location"],
    "cameo": ["date", "code", "title", "source", "target"],
    "plover": ["date", "event", "mode", "quad_code"],
    "ucdp-ged": ["date_start", "type_of_violence", "side_a", "side_b", "best"],
}

for name, columns in shown.items():
    records = ec.load(name).code(article)
    print(f"{name}: {len(records)} records")
    for record in records:
        values = record.values()
        print("  ", *(f"{column}={values[column]}" for column in columns), sep="  ")
