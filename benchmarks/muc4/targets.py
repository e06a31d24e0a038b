"""Human and physical targets of an incident, with type, number and effect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from phrases import Phrase, Story
from tables import numeral, singular, type_of, types, words

from eventcode.neutral import Count, Event, EventMention, Party

DEATH = frozenset({"kill", "die", "assassinate", "execute", "massacre"})
INJURY = frozenset({"injure"})
_PERSONAL = words("pronouns")
_GENERAL = words("number_words")
_ANYBODY = words("anybody")
_DONE_TO_PEOPLE = DEATH | {"abduct", "go_missing", "attack", "shoot", "injure", "torture"}
#: Counted nouns that name no people.
_NOBODY = words("counted_not_people")
_FIGHTERS = words("fighters")
_POSITIONS = words("military_places")
_MASSES = words("masses")
#: How the task writes a number that is not told exactly.
_BOUNDED = {"about": "~{}", "at_least": "{} -", "at_most": "- {}"}
_BODIES = words("bodies") | words("offices")
_FORMER = {"GOVERNMENT OFFICIAL": "FORMER GOVERNMENT OFFICIAL", "ACTIVE MILITARY": "FORMER ACTIVE MILITARY"}
_BY_TRAIT = (
    ("police", "LAW ENFORCEMENT"),
    ("military", "ACTIVE MILITARY"),
    ("judiciary", "LEGAL OR JUDICIAL"),
    ("legislature", "GOVERNMENT OFFICIAL"),
    ("government", "GOVERNMENT OFFICIAL"),
    ("party", "POLITICAL FIGURE"),
)


@dataclass
class Human:
    """People hit, or meant to be: by name, by description, or both."""

    name: str | None = None
    description: str | None = None
    lower: tuple[str, ...] = ()  # the description's words
    head: int = 0
    traits: set[str] = field(default_factory=set)
    nation: str | None = None
    number: str | None = None
    plural: bool = False
    effect: str | None = None

    @property
    def is_general(self) -> bool:
        return self.name is None and bool(self.lower) and self.lower[self.head] in _ANYBODY

    @property
    def count(self) -> str:
        return self.number or ("PLURAL" if self.plural else "1")

    @property
    def is_counted(self) -> bool:
        return (
            self.name is None
            and bool(self.number)
            and self.number not in ("1", "PLURAL")
            and len(self.number or "") < 4
        )

    @property
    def is_vague(self) -> bool:
        """ "people", "students", "the population": nobody in particular."""
        return self.name is None and not self.is_counted and (self.plural or bool(set(self.lower) & _MASSES))

    @property
    def is_official(self) -> bool:
        """A state's organ rather than a person."""
        return self.name is None and "group" in self.traits and bool({"state", "government"} & self.traits)

    @property
    def is_fighter(self) -> bool:
        """One of an armed group: no target of terrorism."""
        return self.name is None and bool({"rebel", "criminal"} & self.traits or set(self.lower) & _FIGHTERS)

    @property
    def is_body(self) -> bool:
        """An organization or office by its name: "Liberation Front", "Administrative Department of Security"."""
        return self.name is not None and not _BODIES.isdisjoint(self.name.lower().split())

    @property
    def ref(self) -> str:
        return self.name or self.description or ""

    @property
    def type(self) -> str:
        told = type_of(self.lower, "human_types", self.head) if self.lower else None
        if told is None and self.lower:
            told = next((kind for n in range(len(self.lower)) if (kind := type_of(self.lower, "human_types", n))), None)
        if told is None:
            told = next((kind for trait, kind in _BY_TRAIT if trait in self.traits), "CIVILIAN")
        if {"former", "ex", "retired"} & set(self.lower):
            told = _FORMER.get(told, told)
        return told

    def describe(self, told: Phrase) -> None:
        self.description, self.lower = told.text, told.lower
        self.head = next((n for n, t in enumerate(told.tokens) if t.i == told.head.i), len(told.lower) - 1)

    def is_one_with(self, other: Human) -> bool:
        """The same people told again?"""
        if self.name and other.name:
            mine, yours = self.name.upper().split(), other.name.upper().split()
            return set(mine) <= set(yours) or set(yours) <= set(mine) or (mine[-1] == yours[-1] and len(mine[-1]) > 3)
        if self.name or other.name:
            named, told = (self, other) if self.name else (other, self)
            if told.plural or told.is_general or not told.lower:
                return False
            alike = named.type == told.type and (told.type != "CIVILIAN" or not named.lower)
            return alike or bool(named.lower and named.lower[named.head] == told.lower[told.head])
        return bool(self.lower and other.lower and singular(self.lower[self.head]) == singular(other.lower[other.head]))

    def take(self, other: Human) -> None:
        if other.name and (not self.name or len(other.name) > len(self.name)):
            self.name = other.name
        if other.description and (not self.description or (len(other.lower) > len(self.lower) and not self.name)):
            self.description, self.lower, self.head = other.description, other.lower, other.head
        self.traits |= other.traits
        self.number, self.nation = self.number or other.number, self.nation or other.nation
        self.plural = self.plural or other.plural
        if other.effect and self.effect != "DEATH":
            self.effect = other.effect


def humans(story: Story, event: Event) -> list[Human]:
    """The people that the event's reports say were hit, each group once."""
    found: list[Human] = []
    for report in event.reports:
        for party in report.targets:
            if is_person(story, party):
                for human in _humans(story, report, party):
                    _add(found, human)
        if not report.targets and report.action in _DONE_TO_PEOPLE:
            for human in _hidden(story, report):
                _add(found, human)
        spans = [(party.start, party.end) for party in (*report.targets, *report.sources)]
        for count in report.counts:
            if not any(count.start < end and start < count.end for start, end in spans):
                _add(found, _counted(story, count))
    return _without_echoes(found)


def _hidden(story: Story, report: EventMention) -> Iterator[Human]:
    """The victim that the engine names no party: a possessive ("Romero's murder"), the noun before a participle."""
    phrase = story.patient(report.trigger.start)
    if phrase is None or (phrase.name is None and type_of(phrase.lower[-1:], "human_types", 0) is None):
        return
    if _is_place_or_day(story, phrase):
        return
    yield from (_listed(one, None, report) for one in (phrase, *phrase.listed()) if one.name is not None)


def _is_place_or_day(story: Story, phrase: Phrase) -> bool:
    """"San Salvador's bombing", "today's attack": the owner is where or when it was."""
    told = [(one.start, one.end) for one in (*story.trace.mentions.places, *story.trace.mentions.dates)]
    return any(start is not None and end is not None and start <= phrase.head.start < end for start, end in told)


def _counted(story: Story, count: Count) -> Human | None:
    """ "30 wounded", "10 dead": people whom only a number and what became of them tell."""
    told = {"killed": "DEATH", "injured": "INJURY", "abducted": ""}.get(count.what)
    if told is None or not count.best or count.part_of_total or count.who is None or count.best > 999:
        return None
    phrase = story.phrase(count.start, count.end)
    if (
        phrase is None
        or not phrase.head.lower[0].isalpha()
        or phrase.head.lower in _NOBODY
        or phrase.head.lower in types("physical_types")
    ):
        return None
    made = Human(effect=told or None, plural=count.best > 1)
    _describe(made, phrase)
    made.number = written(count)
    return None if made.is_fighter or made.name else made


def _without_echoes(found: list[Human]) -> list[Human]:
    """ "One person was hurt ... the passerby": a general word beside a telling one of the same number and fate."""
    return [
        one
        for one in found
        if not (
            one.is_general
            and any(
                other is not one and not other.is_general and other.effect == one.effect and other.count == one.count
                for other in found
            )
        )
    ]


def is_person(story: Story, party: Party) -> bool:
    if "country" in party.traits or "parties/place" in party.rules or is_thing(story, party):
        return False
    if {"person", "civilian", "group", "official", "military", "police"} & set(party.traits) or party.size is not None:
        return True
    return bool(party.actor_id is None and party.sector)


def is_thing(story: Story, party: Party) -> bool:
    """ "police station", "the mayor's office": the words of an actor name a building."""
    phrase = story.thing(party.start, party.end)
    if phrase is None or phrase.name is not None:
        return False
    head = next(n for n, t in enumerate(phrase.tokens) if t.i == phrase.head.i)
    return type_of(phrase.lower, "physical_types", head) is not None or bool({phrase.head.lower} & _POSITIONS)


def _add(found: list[Human], human: Human | None) -> None:
    if human is None or human.is_body:
        return
    same = next((known for known in found if known.is_one_with(human)), None)
    if same is None:
        found.append(human)
    else:
        same.take(human)


def _humans(story: Story, report: EventMention, party: Party) -> Iterator[Human]:
    """A party, and the persons that the text lists with it: "the priests A, B and C" are three persons and no group."""
    one = _human(story, report, party)
    phrase = story.phrase(party.start, party.end)
    listed = (
        [_listed(other, one, report) for other in phrase.listed() if other.name is not None]
        if phrase is not None
        else []
    )
    if one is not None and not (one.name is None and one.plural and len(listed) > 1):
        yield one
    yield from listed


def _listed(phrase: Phrase, beside: Human | None, report: EventMention) -> Human:
    """One of a list of persons; it shares the description of the group that the list spells out."""
    made = Human(
        name=phrase.name.text if phrase.name else None, nation=phrase.nation, number="1", effect=effect(report)
    )
    told = phrase.description if phrase.name is not None else None
    if told is not None:
        made.describe(told)
    elif beside is not None and beside.plural and beside.name is None:
        made.description, made.lower, made.head, made.traits = (
            beside.description,
            beside.lower,
            beside.head,
            set(beside.traits),
        )
    phrase.story.people.complete(made)
    return made


def _human(story: Story, report: EventMention, party: Party) -> Human | None:
    span = party.refers_to or party
    phrase = story.phrase(span.start, span.end)
    if phrase is None or phrase.head.lower in _PERSONAL:
        return None
    made = Human(traits=set(party.traits), nation=phrase.nation, plural=phrase.plural, effect=effect(report))
    _describe(made, phrase)
    for other in phrase.appositions():
        if (made.name is None or made.description is None) and not other.plural:
            _describe(made, other)
    story.people.complete(made)
    if (
        made.is_official
        or made.is_fighter
        or _is_armed_group(made, party)
        or _is_bare(story, made)
        or (made.name is None and phrase.acronym is not None)
    ):
        return None
    if not made.ref or (
        made.name is None and not any(word[0].isalpha() and word not in _GENERAL | _NOBODY for word in made.lower)
    ):
        return None
    made.number = number(party, phrase, made)
    return made


def _is_armed_group(human: Human, party: Party) -> bool:
    """A guerrilla organization by its name, who are fighters and no victims of terrorism."""
    return human.name is not None and party.actor_id is not None and \
        "person" not in party.traits and bool({"rebel", "criminal"} & set(party.traits))


def _is_bare(story: Story, human: Human) -> bool:
    """A single capitalised word, in no full name of the article, of which nothing is said: hardly a person."""
    return (
        human.name is not None
        and " " not in human.name
        and human.description is None
        and "official" not in human.traits
    )


def _describe(human: Human, phrase: Phrase) -> None:
    name, told = phrase.name, phrase.description
    if name is not None and human.name is None:
        human.name = name.text
    if told is not None and human.description is None and any(word[0].isalpha() for word in told.lower):
        human.describe(told)


def effect(report: EventMention) -> str | None:
    if report.action in DEATH:
        return "DEATH"
    if report.action in INJURY:
        return "INJURY"
    told = {count.what for count in report.counts if (count.best or 0) > 0}
    if "killed" in told:
        return "DEATH"
    return "INJURY" if "injured" in told else None


def number(party: Party, phrase: Phrase, human: Human) -> str:
    """The MUC number of a fill: "3", "~3", "3 -", or PLURAL."""
    if party.size is not None and party.size.best is not None and not human.name:
        return written(party.size)
    told = numeral(t.lower for t in phrase.tokens if t.tag == "CD" and t.head == phrase.head.i)
    return "1" if not phrase.plural or human.name else told or "PLURAL"


def written(count: Count) -> str:
    if count.qualifier in ("several", "dozens", "scores", "hundreds", "thousands"):
        return "PLURAL"
    if count.qualifier == "range":
        return f"{count.low} - {count.high}"
    return _BOUNDED.get(count.qualifier, "{}").format(count.best)
