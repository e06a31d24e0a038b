"""Place names: the plain form shown to people, and the key under which spellings are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_LETTERS = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th",
                          "Þ": "Th", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i", "ə": "e",
                          "Ə": "E", "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "ʹ": "'", "–": "-", "‑": "-"})
_DROPPED = re.compile(r"['.ʾʿ]")
_BREAKS = re.compile(r"[^\w]+|_")

#: What stands before or after the name of an administrative unit and is not part of what people call it.
_UNIT_WORDS = ("province|governorate|oblast|oblast'|region|state|county|parish|prefecture|department|district|"
               "municipality|city|borough|raion|rayon|division|krai|republic|voivodeship|canton|township|woreda|"
               "census area|local government area|viloyati|agency|subdistrict|shahrestan|regency|administrative okrug")
_AFTER = re.compile(rf"\s+(?:{_UNIT_WORDS})$", re.IGNORECASE)
_BEFORE = re.compile(
    r"^(?:province of(?: the)?|province d[eu]|provincia de|departamento de|departamento del|estado de|state of|"
    r"region of|region de|department of|governorate of|muhafazat|mudiriyat|qada'?|qeza-i|wilayat|municipio de|city of|"
    r"county of|republic of|gobolka|mkoa wa|mintaqat|shahrestan-e|ostan-e|departement d[eu]|cercle de|"
    r"wilaya de|kabupaten|kota|canton de|distrito de|autonomous region of)\s+", re.IGNORECASE)
_ENGLISH_AFTER = re.compile(r"^(.+?)\s+(?:Province|Governorate|Oblast|Region|State|Prefecture|Department)$")


def plain(name: str) -> str:
    """The name in plain Latin letters: "Shibirghān" becomes "Shibirghan", capitals and hyphens stay."""
    decomposed = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip("' ")


def key(name: str) -> str:
    """What two spellings of one name share: no case, accents, dots, apostrophes or hyphens. "U.S." is "us"."""
    bare = name if name.isascii() else plain(name)
    return _BREAKS.sub(" ", _DROPPED.sub("", bare)).strip().casefold()


def bare_unit(name: str) -> str:
    """An administrative unit's name without the words for its kind: "Sumy Oblast" becomes "Sumy"."""
    return _AFTER.sub("", _BEFORE.sub("", name)) or name


def english_unit(name: str, aliases: tuple[str, ...]) -> str:
    """How English calls an administrative unit: a plain name as it is, else its English alias, else the plain form."""
    if name.isascii() and not name.endswith(" oblast"):
        return bare_unit(name)
    for alias in aliases:
        found = _ENGLISH_AFTER.match(alias)
        if found and found.group(1).isascii() and not found.group(1).lower().startswith("the "):
            return found.group(1)
    return bare_unit(plain(name))


def spellings(name: str) -> Iterator[str]:
    """Keys to try for a name as written, the likeliest first: as it is, then without or with the Arabic article."""
    whole = key(name)
    yield whole
    first, _, rest = whole.partition(" ")
    if first in ARTICLES and rest:
        yield rest
        yield from (f"{article} {rest}" for article in ("al", "ad", "ar", "as", "az", "ash", "an") if article != first)
    elif first.startswith("saint ") or first == "saint":
        yield f"st {rest}"


#: The Arabic article before its sun and moon letters, as newspapers write it.
ARTICLES = frozenset(("al", "el", "ad", "ar", "as", "at", "az", "ash", "an", "ed", "er", "es", "et", "ez", "esh"))


def is_latin(name: str) -> bool:
    """Is this a name an English text could hold: Latin letters, a capital first, no airport code?"""
    if len(name) < 2 or (not name[0].isupper() and name[0] not in "'‘ʻʿ’"):
        return False
    if name.isupper() and len(name) <= 4:
        return False
    return name.isascii() or all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or 0x2B0 <= ord(c) < 0x370 or c in "‘’–"
                                 for c in name)
