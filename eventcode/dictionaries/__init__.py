"""Coding with the field's old dictionaries: TABARI, PETRARCH-1, PETRARCH-2 and UniversalPetrarch.

    from eventcode import dictionaries

    coder = dictionaries.load(verbs="CAMEO.2.0.txt", actors=["Phoenix.Countries.actors.txt"],
                              agents="Phoenix.agents.txt", format="petrarch2")
    records = coder.code(text, published="2014-06-20")
"""

from eventcode.dictionaries.coder import DictionaryCoder, DictionaryTrace
from eventcode.dictionaries.convert import Converted, convert
from eventcode.dictionaries.files import Finding
from eventcode.dictionaries.lint import lint
from eventcode.dictionaries.loading import load
from eventcode.dictionaries.record import DictionaryRecord, Issue
from eventcode.dictionaries.sentence import Commas
from eventcode.dictionaries.table import to_frame

__all__ = ["Commas", "Converted", "DictionaryCoder", "DictionaryRecord", "DictionaryTrace", "Finding", "Issue",
           "convert", "lint", "load", "to_frame"]
