"""PLOVER's location object from a neutral place."""

from __future__ import annotations

from typing import Literal

from eventcode.countries import by_iso3
from eventcode.neutral import Place
from eventcode.ontologies.plover.record import Location

#: Kind of place to GeoNames feature class and code, where the kind alone settles them.
_FEATURES = {"country": ("A", "PCLI"), "admin1": ("A", "ADM1"), "admin2": ("A", "ADM2"), "settlement": ("P", None)}

_RESOLUTION: dict[str, Literal[1, 2, 3, 4, 5]] = {"country": 1, "province": 2, "district": 3, "near": 4, "exact": 4}


def location(place: Place) -> Location:
    """The location of a place; what its precision does not say stays None. A settlement has resolution 4 (town)."""
    country = by_iso3(place.country)
    feature_class, feature_code = _FEATURES.get(place.kind, (None, None))
    return Location(
        extracted_place=place.text or None, resolved_place=place.name, geonameid=place.geonameid,
        lat=place.latitude, lon=place.longitude, city=place.name if place.kind == "settlement" else None,
        district=place.admin2, province=place.admin1, country=country.name if country else None,
        country_code=place.country, feature_class=feature_class, feature_code=feature_code,
        resolution=_RESOLUTION[place.precision])
