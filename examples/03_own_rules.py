"""A rule set of one's own: codes and rules in a folder, no Python."""

from pathlib import Path

import eventcode as ec
from eventcode.testing import walk

here = Path(__file__).parent
coder = ec.load(here / "incident_log")
text = (here / "articles" / "nairobi_march.txt").read_text(encoding="utf-8")
for record in coder.code(text, id="nairobi_march", published="2024-05-15"):
    print(record.explain())

print(f"\nfaults in the rules' examples: {walk(here / 'incident_log')}")
