"""The neutral types: what a text says, before any ontology. Words and offsets, no codes.

All are frozen pydantic models. Offsets are character positions in `Article.text`, end exclusive.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from eventcode.markup import table

Status = Literal["actual", "negated", "intended", "hypothetical", "historical", "ongoing"]
#: The statuses of what took place.
HAPPENED: frozenset[Status] = frozenset({"actual", "ongoing"})
DatePrecision = Literal["day", "week", "month", "year"]
DateBasis = Literal["text", "published", "unknown"]
PlacePrecision = Literal["exact", "near", "district", "province", "country"]
PlaceKind = Literal["settlement", "admin2", "admin1", "country", "region", "feature"]
#: How a sentence ties an act to the story: it came before it, or answers it.
Order = Literal["earlier", "answer"]
#: What an event is in its article.
StoryRole = Literal["main", "background", "consequence", "other"]
Qualifier = Literal[
    "exact", "about", "at_least", "at_most", "range", "several", "dozens", "scores", "hundreds", "thousands", "none"
]

#: What a party is, as far as its words or the actor table tell. A closed list: rules name these words.
Trait = Literal[
    "state",
    "government",
    "military",
    "police",
    "intelligence",
    "legislature",
    "judiciary",
    "armed",
    "organized",
    "rebel",
    "militia",
    "identity",
    "criminal",
    "mercenary",
    "unidentified",
    "civilian",
    "protester",
    "rioter",
    "opposition",
    "party",
    "labor",
    "student",
    "women",
    "children",
    "media",
    "health",
    "education",
    "business",
    "religious",
    "refugee",
    "agriculture",
    "aid_worker",
    "peacekeeper",
    "international",
    "igo",
    "ngo",
    "official",
    "person",
    "group",
    "country",
]
TRAITS: frozenset[str] = frozenset(get_args(Trait))

#: PLOVER's sector words (PLOVER 2.0 draft, table of sectors; CC BY-SA 4.0).
Sector = Literal[
    "COP",
    "GOV",
    "JUD",
    "LEG",
    "MIL",
    "PRM",
    "PTY",
    "REB",
    "SPY",
    "UAF",
    "UNK",
    "AGR",
    "BUS",
    "CRM",
    "CVL",
    "EDU",
    "ELI",
    "JRN",
    "LAB",
    "MED",
    "REF",
    "OPP",
    "PRE",
    "REL",
    "SOC",
]


class Neutral(BaseModel):
    """Base of the neutral types: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def brief(self) -> str:
        """In a line, for people: what it says, without where that comes from."""
        return ", ".join(f"{name} {_brief(value)}" for name, value in self if _brief(value))

    def _repr_html_(self) -> str:
        """For notebooks: its fields, those that say nothing left out."""
        rows = [(name, _brief(value)) for name, value in self if _brief(value)]
        return table((type(self).__name__, ""), rows)


class Span(Neutral):
    """Words of the article: `article.text[start:end] == text`."""

    start: int
    end: int
    text: str

    def brief(self) -> str:
        """The words, and what was made of them."""
        told = self._told()
        return f'"{" ".join(self.text.split())}" [{self.start}:{self.end}]' + (f" ({told})" if told else "")

    def _told(self) -> str:
        return ""


class Evidence(Neutral):
    """Why a value stands: the words, where they are, and the ids of the lexicon entries and rules that gave it.

    A fallback (the publication date, a codebook's default) has no words: then start and end are None and `rules`
    says which rule filled the field.
    """

    start: int | None = None
    end: int | None = None
    text: str = ""
    rules: tuple[str, ...] = ()


class Count(Span):
    """How many. `best` is None only where the text gives no number that its policy could turn into one."""

    what: str = Field(
        description="killed, injured, detained, abducted, missing, displaced, participants, surrendered, "
        "released, destroyed ...; 'quantity' until an action claims it"
    )
    who: str | None = Field(default=None, description="the counted noun as written, lower case: civilians, soldiers")
    low: int | None = None
    best: int | None = None
    high: int | None = None
    qualifier: Qualifier = "exact"
    attributed_to: Party | None = None
    part_of_total: bool = Field(default=False, description="'including two children': a part, never added")
    more: bool = Field(default=False, description="'another 15': on top of those told before")
    running_total: bool = Field(default=False, description="'the toll rose to 17': it takes the place of earlier ones")
    party: Party | None = Field(default=None, description="who they are: role, side, nationality")
    rules: tuple[str, ...] = ()

    def _told(self) -> str:
        bounds = f"{_brief(self.low) or '?'} to {_brief(self.high) or '?'}" if self.low != self.high else ""
        return ", ".join(filter(None, (f"{_brief(self.best)} {self.what}".strip(), bounds, self.who)))


class Party(Span):
    """Who: a mention of one actor, resolved as far as its words allow.

    `name` is the canonical name in the actor table, `actor_id` its id; both None for "12 villagers".
    `country` is ISO 3166 alpha-3 of the country it belongs to (None: unknown or transnational).
    `sector` is one of PLOVER's sector words. `traits` are the words that coding rules ask for.
    """

    name: str | None = None
    actor_id: str | None = None
    country: str | None = None
    sector: Sector | None = None
    traits: tuple[Trait, ...] = ()
    size: Count | None = None
    refers_to: Span | None = Field(default=None, description="the earlier mention that 'the group' or 'they' points to")
    unit: str | None = Field(default=None, description="a named unit within the actor: 209th Corps")
    rules: tuple[str, ...] = ()

    def _told(self) -> str:
        return ", ".join(filter(None, (self.name, self.country, self.sector)))

    @property
    def key(self) -> str:
        """What two mentions of one actor share: the actor's id, else country and sector, else the words."""
        if self.actor_id:
            return self.actor_id
        return f"{self.country or ''}/{self.sector or ''}" if self.sector or self.country else self.text.casefold()


class Place(Neutral):
    """Where. `start` and `end` are None for a place that no words of the article name (a fallback).

    Coordinates are WGS 84 decimal degrees; a province's are the centroid of its towns. A country that
    the text names has its middle, to measure from; as the place of an event it has none (no event took place there).
    """

    start: int | None = None
    end: int | None = None
    text: str = ""
    name: str
    kind: PlaceKind = "settlement"
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: PlacePrecision = "exact"
    reason: str = ""
    geonameid: int | None = None
    rules: tuple[str, ...] = ()

    def brief(self) -> str:
        """Its name, what it lies in, and how exact it is."""
        names = dict.fromkeys(filter(None, (self.name, self.admin2, self.admin1, self.country)))
        return f"{', '.join(names)} ({self.precision})"


class DateMention(Span):
    """A temporal expression. `value` is TIMEX3's ISO form (2018-08-01, 2018-W31, 2018-07, 2018-Q3, PAST_REF, P3D).

    `first` and `last` are the days it spans where it resolves to days; None where it does not.
    """

    value: str
    type: Literal["DATE", "TIME", "DURATION", "SET"] = "DATE"
    first: date | None = None
    last: date | None = None
    precision: DatePrecision | None = None
    relative: bool = Field(default=False, description="resolved against the publication date or another date")
    rules: tuple[str, ...] = ()

    def _told(self) -> str:
        return self.value


class EventDate(Neutral):
    """When: first and last possible day, how exact, and where that comes from."""

    start: date | None = None
    end: date | None = None
    precision: DatePrecision | None = None
    basis: DateBasis = "unknown"
    words: Span | None = None
    rules: tuple[str, ...] = ()

    def brief(self) -> str:
        """The days, how exact they are, and where they come from."""
        if self.start is None:
            return "unknown"
        days = " to ".join(dict.fromkeys(str(day) for day in (self.start, self.end) if day is not None))
        return f"{days} ({self.precision}, {self.basis})"


class ActionMention(Span):
    """Words that report an action: the trigger, its neutral action and the lexicon entry that says so."""

    action: str
    rules: tuple[str, ...] = ()

    def _told(self) -> str:
        return self.action


class Mentions(Neutral):
    """All mentions of one article, in text order. Actors are every party found, whether or not it plays a role."""

    actors: tuple[Party, ...] = ()
    actions: tuple[ActionMention, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[DateMention, ...] = ()
    counts: tuple[Count, ...] = ()

    def _repr_html_(self) -> str:
        """For notebooks: a row per mention."""
        rows = [(name, mention.text, f"{mention.start}:{mention.end}", mention.brief())
                for name, found in self for mention in found]
        return table(("mentions", "words", "where", "what"), rows)


OTHER_WORD = "events/other-word"


class EventMention(Neutral):
    """One sentence's report of an event: who did what to whom, as that sentence says it."""

    action: str
    about: str | None = Field(default=None, description="the action embedded in a speech act or an intent")
    trigger: Span
    words: tuple[Span, ...] = Field(
        default=(), description="what else in the sentence tells the same act: 'the [blast] threw', 'opened [fire]'"
    )
    sentence: Span
    sources: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    place: Place | None = None
    date: EventDate = EventDate()
    counts: tuple[Count, ...] = ()
    status: Status = "actual"
    attributed_to: Party | None = None
    weapons: tuple[str, ...] = ()
    reciprocal: bool = False
    asserted: bool = Field(
        default=True,
        description="False for a bare noun ('the attack ...') that its sentence takes "
        "as known and does not report anew",
    )
    known: bool = Field(default=False, description="'the attack': named as an act that the text tells elsewhere")
    another: bool = Field(default=False, description="'a second bomb': none that was told before")
    order: Order | None = Field(default=None, description="put before the story, or told as an answer to it")
    rules: tuple[str, ...] = ()

    def brief(self) -> str:
        """The action and its words."""
        return f"{self.action} at {self.trigger.brief()}"


class Event(Neutral):
    """One happening with all its reports. Fields hold the merged reading; `reports` keeps each sentence's own."""

    id: str
    action: str
    about: str | None = None
    sources: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    place: Place | None = None
    date: EventDate = EventDate()
    counts: tuple[Count, ...] = ()
    status: Status = "actual"
    attributed_to: Party | None = None
    weapons: tuple[str, ...] = ()
    reciprocal: bool = False
    reports: tuple[EventMention, ...] = ()
    role: StoryRole = Field(default="other", description="what it is in its article: the main event, background to it, "
                            "a consequence of it, or another story beside it")

    def apart(self) -> tuple[Event, ...]:
        """The merge undone: an event of each report, with what that sentence alone says; ids get a number."""
        return tuple(
            Event(id=f"{self.id}.{n}", role=self.role, reports=(report,),
                  **{name: getattr(report, name) for name in EventMention.model_fields if name in Event.model_fields})
            for n, report in enumerate(self.compact().reports, start=1))

    def worded(self) -> Event:
        """The event with its reports once more, behind them, for every other word that tells the same act: "the
        [blast] [killed] six" gives two reports, "[opened] [fire]" two. Rule `events/other-word` marks those."""
        again = [report.model_copy(update={"trigger": word, "words": (), "counts": (), "asserted": False,
                                            "rules": (*report.rules, OTHER_WORD)})
                 for report in self.reports for word in report.words]
        return self.model_copy(update={"reports": (*self.reports, *again)}) if again else self

    def compact(self) -> Event:
        """The event with one report for each trigger: `worded` undone."""
        own = tuple(report for report in self.reports if OTHER_WORD not in report.rules)
        return self if len(own) == len(self.reports) else self.model_copy(update={"reports": own})


class Rejection(Neutral):
    """Something that was looked at and not kept, with the reason; `coder.trace` shows them."""

    stage: Literal["gate", "actions", "event mentions", "events", "records"]
    reason: str
    start: int
    end: int
    text: str
    rules: tuple[str, ...] = ()


def _brief(value: Any) -> str:
    """A field's value in a line; "" where it says nothing."""
    if isinstance(value, tuple):
        return "; ".join(map(_brief, value))
    if isinstance(value, Neutral):
        return value.brief()
    return "" if value is None or value is False else str(value)


Count.model_rebuild()
