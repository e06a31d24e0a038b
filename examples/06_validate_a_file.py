"""Validate a file that somebody else made: every fault with row, column and what to do about it."""

from pathlib import Path

import eventcode as ec

# A made-up export in ACLED's columns, with semicolons and days in words.
frame = ec.read_records(Path(__file__).parent / "foreign_export.csv", "acled")
print(f"{len(frame)} rows, days as {frame['event_date'].dtype}")

report = ec.validate(frame, "acled")
print(report)
print("\nWhat to do")
for issue in report.issues:
    print(f"{issue.column}, row {issue.row}: {issue.advice}")
