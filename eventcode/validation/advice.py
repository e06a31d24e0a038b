"""What to do about an issue: a sentence for each check."""

from __future__ import annotations

_GENERAL = {
    "form": "Mend the row in the file: most often a delimiter or quote inside a text is not quoted.",
    "column-repeated": "Keep one of the columns and drop or rename the others.",
    "column-unknown": "Rename the column if it is misspelt, else drop it before validation.",
    "column-missing": "Add the column; where nothing is known, leave its cells empty.",
    "column-order": "Reorder the columns: frame[list(columns of the schema)].",
    "dtype": "Convert the column, or read the file with eventcode.read_records, which gives every column its dtype.",
    "required": "Fill the cell: the codebook wants a value in every row.",
    "codes": "Replace the value by one of the codebook's codes; if leading zeros were lost, read the column as text.",
    "type": "Correct the value: it is not of the column's kind or outside its range.",
    "leading-zeros": "Read the file again with this column as text (dtype=str): zeros once lost cannot be told from "
                     "codes that have none.",
    "id-repeated": "Keep one row of each id, or give the rows ids of their own if they are different events.",
    "day-impossible": "Look the day up in the source: a year of one or two digits is usually a century lost in "
                      "reading (25 for 2025).",
    "day-unreadable": "Write the day as YYYYMMDD, with a month from 01 to 12.",
    "day-early": "Make sure that the day is right: the codebook's series begins later.",
    "day-future": "Look the day up in the source: day and month are often exchanged.",
    "point-zero": "Empty both cells: 0, 0 stands for an unknown place in no codebook.",
    "point-half": "Fill both coordinates or neither.",
    "point-exchanged": "Exchange latitude and longitude.",
    "point-sign": "Turn the sign of the coordinate.",
    "point-outside": "Look up the place and the country: one of them is wrong, or the event was at sea.",
}


def advice(check: str) -> str:
    """The sentence of a check that every table is put to; "" for a schema's own check, which brings its own."""
    return _GENERAL.get(check, "")
