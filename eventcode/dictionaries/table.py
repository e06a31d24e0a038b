"""Records of dictionaries as a data frame."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from eventcode.dictionaries.record import DictionaryRecord
from eventcode.ontologies.base import Coding, Ontology, Reading

if TYPE_CHECKING:
    import pandas as pd

    from eventcode.dataset.frame import Records


class _Columns(Ontology):
    """What the dataset layer asks of a record class: its name and columns. Codes are the dictionary's own."""

    name = DictionaryRecord.ontology
    record = DictionaryRecord
    folder = Path(__file__).parent

    @property
    def allowed(self) -> Mapping[str, frozenset[str]]:
        """No column has a closed list of codes."""
        return {}

    def code(self, reading: Reading) -> Coding:
        """A dictionary codes words, not neutral events: each event is rejected."""
        coding = Coding()
        coding.rejections += [self.reject(event, "a dictionary codes words, not events") for event in reading.events]
        return coding


def to_frame(records: Records) -> pd.DataFrame:
    """What `eventcode.to_frame` does, for the records of a DictionaryCoder; an empty list gives the columns too."""
    from eventcode.dataset.frame import to_frame as frame

    return frame(records, _Columns())
