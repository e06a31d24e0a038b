"""The ACLED-style record: the 31 columns of the codebook, unchanged and in its order."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from eventcode.records import Record

EventType = Literal["Battles", "Protests", "Riots", "Explosions/Remote violence", "Violence against civilians",
                    "Strategic developments"]
SubEventType = Literal[
    "Government regains territory", "Non-state actor overtakes territory", "Armed clash",
    "Excessive force against protesters", "Protest with intervention", "Peaceful protest",
    "Violent demonstration", "Mob violence",
    "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED", "Grenade",
    "Sexual violence", "Attack", "Abduction/forced disappearance",
    "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use", "Headquarters or base established",
    "Looting/property destruction", "Non-violent transfer of territory", "Other",
]
DisorderType = Literal["Political violence", "Demonstrations", "Political violence; Demonstrations",
                       "Strategic developments"]
Inter = Literal["State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters",
                "Civilians", "External/Other forces"]
Region = Literal["Western Africa", "Middle Africa", "Eastern Africa", "Southern Africa", "Northern Africa",
                 "South Asia", "Southeast Asia", "Middle East", "Europe", "Caucasus and Central Asia",
                 "Central America",
                 "South America", "Caribbean", "East Asia", "North America", "Oceania", "Antarctica"]
SourceScale = Literal["Local partner", "Subnational", "National", "Regional", "International", "New media", "Other",
                      "Local partner-National", "Local partner-International", "Local partner-New media",
                      "Local partner-Other", "Local partner-Regional", "Local partner-Subnational",
                      "National-International", "National-Regional", "New media-International", "New media-National",
                      "New media-Regional", "New media-Subnational", "Other-International", "Other-National",
                      "Other-New media", "Other-Regional", "Other-Subnational", "Regional-International",
                      "Subnational-International", "Subnational-National", "Subnational-Regional"]


class AcledRecord(Record):
    """One event coded in the manner of ACLED. Blank text ("") where the codebook leaves a cell blank.

    event_id_cnty and timestamp are None: who publishes a data set gives them. iso is ISO 3166-1 numeric; latitude
    and longitude are WGS 84 degrees with four decimals; fatalities are people, the most conservative figure. The date
    is None only for a text without one whose publication day was not given, which its checks call a fault. iso,
    country, location and geo_precision are blank only for a demonstration of whose place and country no words tell,
    of which its checks warn.
    """

    ontology: ClassVar[str] = "acled"

    event_id_cnty: str | None = Field(default=None, pattern=r"^[A-Z]{3}[0-9]+$")
    event_date: date | None = None
    year: int | None = Field(default=None, ge=1900)
    time_precision: Literal[1, 2, 3] | None = None
    disorder_type: DisorderType
    event_type: EventType
    sub_event_type: SubEventType
    actor1: str = Field(min_length=1)
    assoc_actor_1: str = ""
    inter1: Inter
    actor2: str = ""
    assoc_actor_2: str = ""
    inter2: Inter | Literal[""] = ""
    interaction: str
    civilian_targeting: Literal["Civilians targeted", ""] = ""
    iso: int | None = Field(default=None, ge=0, le=999)
    region: Region | None = None
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    admin3: str = ""
    location: str = ""
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    geo_precision: Literal[1, 2, 3] | None = None
    source: str | None = None
    source_scale: SourceScale | None = None
    notes: str = ""
    fatalities: int = Field(ge=0)
    tags: str = ""
    timestamp: int | None = None
