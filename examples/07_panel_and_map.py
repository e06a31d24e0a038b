"""From articles to a country-month panel with honest zeros, and to a GeoJSON file for a map."""

import json
import tempfile
from pathlib import Path

import eventcode as ec

coder = ec.load("acled")
records = ec.to_frame(coder.pipe(ec.read_articles(Path(__file__).parent / "corpus")))
once = ec.deduplicate(records, "acled", days=1, km=10)
print(once)

panel = ec.panel(once.events, "acled", unit="country", period="month", coverage=("2024-01-01", "2024-03-31"))
print(panel.to_frame()[["country", "period", "events", "deaths_best", "coverage"]].to_string(index=False))

with tempfile.TemporaryDirectory() as folder:
    path = ec.write(once.events, Path(folder) / "events.geojson")
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
for feature in features[:3]:
    told = feature["properties"]
    print(feature["geometry"]["coordinates"], told["location"], told["fatalities"], "precision", told["geo_precision"])
