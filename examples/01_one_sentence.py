"""One sentence in, one row out: the codebook's columns, or a look at what was read before any codebook."""

import eventcode as ec

sentence = "Islamic State fighters attacked a police checkpoint near Kirkuk on Monday, killing four officers."

coder = ec.load("acled")
records = coder.code(sentence, published="2019-03-15")
frame = ec.to_frame(records)
print(f"{len(frame)} record, {len(frame.columns)} columns")
for row in frame.to_dict("records"):
    print(row["event_date"].date(), row["sub_event_type"], "|", row["actor1"], "->", row["actor2"], "|",
          row["location"], "| fatalities", row["fatalities"])

for event in coder.events(sentence, published="2019-03-15"):
    print(event.action, event.status, [party.text for party in event.sources], "->",
          [party.text for party in event.targets], event.place.name, event.date.start,
          [(count.what, count.best) for count in event.counts])
