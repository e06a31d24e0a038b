"""Actor names in the codebook's manner: Military Forces of X (years), Protesters (X), Unidentified Armed Group (X)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from eventcode import countries
from eventcode.neutral import Evidence, Party
from eventcode.ontologies.acled import parties, wording
from eventcode.ontologies.acled.tables import described, designation_words, designations, organizer_names, regime, unit

#: Event types in which a state without arms in hand acts as its government and not as its forces.
_POLITICAL = "Strategic developments"

#: Of these, what a government or country does only with its forces.
_BY_FORCES = frozenset({"Disrupted weapons use", "Headquarters or base established",
                        "Non-violent transfer of territory"})

#: What a crowd is called by the type of event: one that uses violence is Rioters throughout.
_CROWDS = {"Riots": parties.RIOTERS, "Protests": parties.PROTESTERS}
_POLICE = frozenset({"police", "intelligence"})
#: Communities that take up arms as such.
COMMUNAL = frozenset({"identity", "agriculture"})
#: Words that tell what kind of community it is, and those for its fighters, which are no part of its name.
_KINDS_OF_COMMUNITY = {"Clan": wording.words("clans"), "Tribal": wording.words("tribes")}
#: Where communities are called tribes; elsewhere a people by its name is an ethnic militia.
_TRIBAL = frozenset({"YEM", "LBY", "IRQ", "SYR", "JOR", "SAU", "AFG", "PAK", "PNG", "EGY"})
_FIGHTERS = wording.words("words-for-fighters")
_INSTITUTIONS = wording.words("institutions")
_UNDER_ONE_STATE = frozenset({"ISR", "PSE"})
_PEOPLE = (parties.CIVILIANS, parties.PROTESTERS, parties.RIOTERS)


@dataclass(frozen=True)
class Actor:
    """One main actor: name, class, associated actors, and the evidence of each."""

    name: str
    inter: str
    evidence: Evidence
    allies: tuple[str, ...] = ()
    allies_evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True)
class Naming:
    """Where and when the event is, and as what it is coded: all that a name depends on beside the party."""

    home: str | None
    day: date | None
    event_type: str
    sub_event: str = ""
    warnings: list[str] = field(default_factory=list)

    def country(self, party: Party | None) -> str:
        """The country that stands in the name, in ACLED's spelling: the party's own, else the event's; of an event of
        which no country is known "unknown country"."""
        code = (party.country if party else None) or self.home
        found = countries.by_iso3(code)
        return (found.acled_name or found.name) if found else "International" if self.home else "unknown country"

    def actor(self, side: tuple[Party, ...], crowd: bool = False, victims: bool = False) -> Actor:
        """The main actor of one side and its allies; `victims` are unarmed whatever they are otherwise."""
        name, label, rule = self._name(side[0], crowd, victims)
        allies = self._allies(side, name, crowd, victims)
        evidence = _evidence(side[0], rule), _evidence(side[-1], "acled/actors/associated")
        return Actor(name, label, evidence[0], tuple(allies), evidence[1])

    def unidentified(self) -> Actor:
        """The armed side that no words name (codebook: unidentified armed groups are political militias)."""
        return Actor(f"Unidentified Armed Group ({self.country(None)})", parties.MILITIA,
                     Evidence(rules=("acled/actors/unidentified",)))

    def police(self) -> Actor:
        """Who breaks up a gathering or arrests protesters where no words say who: the authorities of the place."""
        self.warnings.append("who intervened is not told: taken for the police")
        name = f"Police Forces of {self.country(None)}{self._years(self.home)}"
        return Actor(name, parties.STATE, Evidence(rules=("acled/actors/authorities",)))

    def other_crowd(self) -> Actor:
        """The other of two crowds that fight each other."""
        return Actor(f"Rioters ({self.country(None)})", parties.RIOTERS, Evidence(rules=("acled/actors/rival-groups",)))

    def owners(self) -> Actor:
        """Whose homes and goods are plundered or destroyed, where no words say whose: the people of the place."""
        return Actor(f"Civilians ({self.country(None)})", parties.CIVILIANS, Evidence(rules=("acled/actors/owners",)))

    def _name(self, party: Party, crowd: bool, victims: bool) -> tuple[str, str, str]:
        label = self._inter(party, crowd)
        if victims or label == parties.CIVILIANS:
            return f"Civilians ({self.country(party)})", parties.CIVILIANS, "acled/actors/civilians"
        if label in (parties.RIOTERS, parties.PROTESTERS):
            label = parties.RIOTERS if "rioter" in party.traits else _CROWDS.get(self.event_type, label)
            return f"{label} ({self._country_of_crowd(party)})", label, "acled/actors/crowd"
        return self._organized(party, label)

    def _country_of_crowd(self, party: Party) -> str:
        """A crowd is of the country where it gathers: Serbs who protest in Kosovo are Protesters (Kosovo). Where two
        peoples live under one state's arms it is of its own."""
        apart = {party.country, self.home} <= _UNDER_ONE_STATE
        return self.country(party if apart or self.home is None else None)

    def _inter(self, party: Party, crowd: bool = False) -> str:
        """The class; a community that fights is a militia of its own."""
        label = parties.inter(party, self.home, self.day, crowd)
        unarmed = self.event_type == "Battles" and label == parties.CIVILIANS
        fights = unarmed and not COMMUNAL.isdisjoint(party.traits)
        return parties.IDENTITY if fights else label

    def _organized(self, party: Party, label: str) -> tuple[str, str, str]:
        known = parties.known(party, self.home, self.day)
        if known is not None:
            return known.name, label, "acled/actors/table"
        if party.actor_id is not None and label == parties.EXTERNAL and party.country is None:
            return _named(party), label, "acled/actors/name"
        lent = "peacekeeper" in party.traits and party.country is not None and party.actor_id is None
        if lent or parties.is_armed_state(party) or parties.is_civil_state(party):
            return self._state(party), label, "acled/actors/state-forces"
        if label == parties.IDENTITY:
            people = _community(party, party.country or self.home)
            return f"{people} Militia ({self.country(party)})", label, "acled/actors/identity-militia"
        if party.name or (label == parties.EXTERNAL and described(party.text) is None):
            return _named(party), label, "acled/actors/name"
        called = described(party.text)
        if called is not None:
            return f"{called[0]} ({self.country(party)})", label, "acled/actors/described"
        kind = "Gang" if "criminal" in party.traits else "Armed Group"
        return f"Unidentified {kind} ({self.country(party)})", label, "acled/actors/unidentified"

    def _state(self, party: Party) -> str:
        """Military, police or government of a country with the years of its regime, and its unit where one is named."""
        said = f"{party.text} {party.name or ''} {(party.actor_id or '').replace('-', ' ')}"
        own = unit(said, party.country or self.home)
        if own is not None:
            return f"{own[0]} Forces of {self.country(party)}{self._years(party.country or self.home)} {own[1]}"
        if "military" not in party.traits and (party.sector == "COP" or not _POLICE.isdisjoint(party.traits)):
            kind = "Police Forces"
        elif parties.is_civil_state(party) and self.event_type == _POLITICAL and self.sub_event not in _BY_FORCES:
            kind = "Government"
        else:
            kind = "Military Forces"
        return f"{kind} of {self.country(party)}{self._years(party.country or self.home)}"

    def _years(self, country: str | None) -> str:
        found = regime(country, self.day)
        if found is None:
            when = self.day or "no date"
            self.warnings.append(f"no regime years known for {country or 'an unknown country'}, {when}")
            return ""
        return f" ({found.start}-{found.end or ''})"

    def _allies(self, side: tuple[Party, ...], main: str, crowd: bool, victims: bool) -> list[str]:
        """Allies of the main actor, then what its people are: women, students, journalists."""
        found: list[str] = []
        for i, party in enumerate(side):
            people = victims or crowd or self._inter(party, crowd) in _PEOPLE
            if i and not people and not self._is_own_office(party, side[0]):
                found.append(self._organized(party, self._inter(party))[0])
            if people:
                found += self._identities(party)
        return [name for name in dict.fromkeys(found) if name != main]

    def _is_own_office(self, party: Party, main: Party) -> bool:
        """A ministry or official beside the police or army of the country: no ally of theirs in a fight."""
        one = (party.country or self.home) == (main.country or self.home)
        return parties.is_civil_state(party) and parties.is_armed_state(main) and one

    def _identities(self, party: Party) -> list[str]:
        crowd = parties.is_crowd(party) or self.event_type in _CROWDS
        known, country = designations(), self._country_of_crowd(party) if crowd else self.country(party)
        told = set(party.traits) - ({"education"} if "student" in party.traits else set())  # students do not teach
        told = set() if _is_institution(party) else told
        labels = [*(known[trait] for trait in party.traits if trait in known and trait in told), *_by_words(party)]
        if len(labels) > 1 and "Labor Group" in labels and not _of_a_union(party):
            labels.remove("Labor Group")  # taxi drivers are no labour group beside
        found = [f"{label} ({country})" for label in dict.fromkeys(labels)]
        if parties.is_civil_state(party):
            found.append(f"Government of {self.country(party)}{self._years(party.country or self.home)}")
        elif parties.is_combatant(party, "target") and not parties.is_crowd(party) and not _is_suspect(party):
            found.append(self._organized(party, self._inter(party))[0])
        elif party.actor_id and party.name:
            found.append(organizer_names().get(party.actor_id, party.name))
        return found


def _by_words(party: Party) -> list[str]:
    """What the words of a party say of its people beyond their traits: lawyers, taxi drivers, Muslims."""
    told = [word.strip(",.;'’\"") for word in party.text.split()]
    words = [word.casefold() for word in told]
    alone = [word for word, after in zip(words, [*told[1:], ""], strict=True) if not after[:1].isupper()]
    spans = {*alone, *(" ".join(words[i:i + 2]) for i in range(len(words) - 1))}  # no Muslims in "Muslim Brotherhood"
    return [name for word, name in designation_words().items() if word in spans]


def _of_a_union(party: Party) -> bool:
    return "union" in party.text.casefold() or "organized" in party.traits


def _is_suspect(party: Party) -> bool:
    """A thief or robber without a gang's name: whom a mob kills is nobody's ally."""
    return "criminal" in party.traits and party.actor_id is None


def _is_institution(party: Party) -> bool:
    """A school or hospital: nobody taught or nursed there by the word alone."""
    return party.text.casefold().split()[-1] in _INSTITUTIONS


def _named(party: Party) -> str:
    return party.name or " ".join(party.text.split())


def _community(party: Party, country: str | None) -> str:
    """"Murle Ethnic", "Dir Clan", "Herders Communal": a people, a clan or a tribe by its name, others by what they are.
    """
    words = _named(party).split()
    kind = next((kind for kind, told in _KINDS_OF_COMMUNITY.items()
                 if not told.isdisjoint(word.casefold() for word in words)), None)
    name = [word for word in words if word[:1].isupper() and word.casefold() not in _FIGHTERS] if len(words) > 1 else []
    if name and kind == "Tribal" and country not in _TRIBAL:
        kind = "Ethnic"
    if name:
        return f"{' '.join(name)} {kind or 'Ethnic'}"
    if kind is not None or len(words) > 2:
        return f"Unidentified {kind or 'Communal'}"
    return f"{' '.join(words)[:1].upper()}{' '.join(words)[1:]} Communal"


def _evidence(party: Party, rule: str) -> Evidence:
    return Evidence(start=party.start, end=party.end, text=party.text, rules=(*party.rules, rule))
