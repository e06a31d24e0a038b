"""Regular English forms as the dictionaries' documentation makes them: plurals of nouns, forms of verbs.

These are the programs' own simple rules, not a lexicon's: a dictionary was written against them.
"""

from __future__ import annotations

import re

_VOWELS = "AEIOU"
_DOUBLES = re.compile(rf"(?:^|[^{_VOWELS}])[{_VOWELS}][^{_VOWELS}WXY]$")


def plural(noun: str) -> str:
    """S; IES for a final Y, ES for a final S ("Y -> IES, S -> ES": no exception for vowels)."""
    if noun.endswith("Y"):
        return noun[:-1] + "IES"
    return noun + ("ES" if noun.endswith("S") else "S")


def verb_forms(verb: str) -> tuple[str, ...]:
    """The verb itself and its forms in -S, -ED and -ING; a final consonant also doubled ("PLANNED", "ADMITTED")."""
    forms = [verb, third_person(verb)]
    if verb.endswith("E"):
        forms += [verb + "D", verb[:-1] + "ING"]
    elif verb.endswith("Y") and verb[-2:-1] not in (*_VOWELS, ""):
        forms += [verb[:-1] + "IED", verb + "ING"]
    else:
        forms += [verb + "ED", verb + "ING"]
    if _DOUBLES.search(verb):
        forms += [verb + verb[-1] + "ED", verb + verb[-1] + "ING"]
    return tuple(dict.fromkeys(forms))


def third_person(verb: str) -> str:
    """TAKES, PASSES, REACHES, DENIES."""
    if verb.endswith("Y") and verb[-2:-1] not in (*_VOWELS, ""):
        return verb[:-1] + "IES"
    return verb + ("ES" if verb.endswith(("S", "X", "Z", "CH", "SH", "O")) else "S")
