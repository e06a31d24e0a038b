"""Score records against gold: rows of one article are aligned, each field is compared in its own way."""

from pathlib import Path

import pandas as pd

import eventcode as ec

here = Path(__file__).parent
gold = pd.read_csv(here / "gold.csv", parse_dates=["event_date"])
records = [record for found in ec.load("acled").pipe(ec.read_articles(here / "corpus")) for record in found]
coded = ec.to_frame(records).assign(article=[record.meta.article_id for record in records])

fields = {"event_date": "day", "sub_event_type": "exact", "actor1": "text", "actor2": "text", "location": "text",
          "fatalities": "number"}
scores = ec.evaluate(coded, gold, fields=fields, article="article")
print(scores)
print(scores.scores[["field", "gold", "predicted", "precision", "recall"]].round(2).to_string(index=False))

alone = scores.pairs[scores.pairs["gold"].isna()]
print("\nCoded, and not in the gold")
print(coded.loc[alone["pred"], ["article", "sub_event_type", "location"]].to_string(index=False))
