"""Where an act took place and whether its sentence tells it or only refers to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from eventcode.document import Document, Sentence
from eventcode.mentions.actions import Trigger
from eventcode.mentions.roles import opening_doer
from eventcode.mentions.scenes import SceneReader
from eventcode.mentions.slots import is_verb
from eventcode.mentions.status import StatusReader
from eventcode.neutral import DateMention, Party, Place

#: An event dated longer ago than this many days is history, not news.
NEWS_DAYS = 300
#: A note, as data sets keep them, opens with its full date, is no longer than this, and is told of within these days.
_NOTE_LENGTH, _OPENING, _FOLLOWED = 1000, 25, 60

_PLACE_RANK = {"exact": 0, "near": 0, "district": 2, "province": 3, "country": 4}
#: What a place is ranked by, the smallest first; see `place_of`.
_Order = tuple[int, int, bool, bool, int, bool, int, int]
#: How far above a place name the preposition may stand that makes it a place of action.
_REACH = 4
#: Words before a noun that is told of anew.
_NEW = frozenset({"a", "an", "his", "her", "its", "their", "another"})
_DONE_TO = ("object", "subject_passive")


@dataclass(frozen=True)
class _Act:
    """An act whose place is looked for: its trigger i, the words that tell it (trigger and light verb), its parties."""

    sentence: Sentence
    i: int
    own: set[int]
    sources: Sequence[Party]
    targets: Sequence[Party]
    scenes: SceneReader


def place_of(
    sentence: Sentence,
    places: Sequence[Place],
    i: int,
    light: int | None,
    sources: Sequence[Party],
    targets: Sequence[Party],
    scenes: SceneReader,
    voiced: bool = False,
    speaker: int | None = None,
) -> Place | None:
    """The place that belongs to trigger i: what it was done to, then what stands under it, then near it.

    `voiced` is for protests and statements: what they are about has a place of its own, which is not theirs. Where
    those are whose word it is (`speaker`, their head: "officials in Nairobi said") tells nothing of the act.

    Of places with the same tie that of the nearest clause is taken, then the most exact, then one that does not open
    the sentence, then the nearest; a town that distance is only measured from comes last. A country that is only part
    of a party's name is none, nor is a capital that stands for its government.
    """
    own = {i} if light is None else {i, light}
    act = _Act(sentence, i, own, sources, targets, scenes)
    containers = _containers(sentence, places, scenes)
    ranked: list[tuple[_Order, Place]] = []
    for place in places:
        j = _head(sentence, place, scenes)
        if j is None or (speaker is not None and scenes.is_under(sentence, j, i, speaker)):
            continue
        if _is_elsewhere(act, place, j) or (voiced and _is_topic(sentence, place, j, own, scenes)) or \
                scenes.is_apart(sentence, j, i, own):
            continue
        clauses = _clauses_between(act, j)
        tier = _tier(act, place, j, clauses)
        if voiced and _is_addressed(sentence, place, j, targets):
            continue
        if not _says_nothing(sentence, place, j, (tier, clauses), (*sources, *targets), scenes):
            owns = place.start in containers or sentence.tokens[j].dep == "possessive"
            ranked.append(((tier, clauses, "places/anchor" in place.rules, owns, _PLACE_RANK[place.precision],
                            _opens(sentence, j, i), abs(j - i), place.start or 0), place))
    inner = {place.start for _, place in ranked}
    outer = {outer for outer, within in containers.items() if within in inner}
    ranked = [(order, place) for order, place in ranked if place.start not in outer] or ranked
    ranked = _without_other_acts(act, ranked)
    if not ranked:
        return _meant(sentence, places, scenes.refers_back(sentence, i))
    return _without_middle(_finer(min(ranked, key=lambda r: r[0]), ranked))


def _without_other_acts(act: _Act, ranked: list[tuple[_Order, Place]]) -> list[tuple[_Order, Place]]:
    """Without the places of what came before the act, where another is told as its own: right under it ("deployed to
    Gao after an attack on Ansongo") or under its subject ("an attack in Gao killed nine after one in Ansongo")."""
    heads = {place.start: _head(act.sentence, place, act.scenes) for _, place in ranked}
    before = {start for start, j in heads.items() if act.scenes.is_of_another_act(act.sentence, j, act.own)}
    if not any(start not in before and (act.scenes.is_said_of(act.sentence, j, act.own)
                                        or act.scenes.is_of_subject(act.sentence, j, act.own))
               for start, j in heads.items()):
        return ranked
    return [(order, place) for order, place in ranked if place.start not in before]


def _finer(best: tuple[_Order, Place], ranked: Sequence[tuple[_Order, Place]]) -> Place:
    """Of "across Iraq, gunmen shot a guard walking near his home in Mosul" the town: a country or a frame that opens
    the sentence yields to a more exact place in it that the clause right under the act tells."""
    opens, place = best[0][5], best[1]
    if not opens and place.precision != "country":
        return place
    inner = [(other, found) for other, found in ranked if other[0] <= 2 and other[1] <= 1 and not other[2]
             and _PLACE_RANK[found.precision] <= _PLACE_RANK["district"] < _PLACE_RANK[place.precision]
             and found.country in (place.country, None)]
    return min(inner, key=lambda r: r[0])[1] if inner else place


def _is_addressed(sentence: Sentence, place: Place, j: int, targets: Sequence[Party]) -> bool:
    """Is it the country that a protest or a statement is meant for: "accused Rwanda", "condemned Israel"?"""
    whole = sentence.tokens[j].dep in (*_DONE_TO, "prep_object")  # not "marched on a Hong Kong hotel"
    return whole and place.precision == "country" and any(p.start == place.start for p in targets)


def _says_nothing(sentence: Sentence, place: Place, j: int, tie: tuple[int, int], parties: Sequence[Party],
                  scenes: SceneReader) -> bool:
    """Is it only whose people act, a country of a clause far off, a country in a party's name, or a government?"""
    tier, clauses = tie
    if _is_of_people(sentence, place, j, tier, scenes) or (place.kind == "country" and clauses > 1):
        return True
    seat = any((p.start, p.end, p.sector) == (place.start, place.end, "GOV") for p in parties)
    return tier == 3 and (seat or place.precision == "country")


def _meant(sentence: Sentence, places: Sequence[Place], back: int | None) -> Place | None:
    """The place told last before a word that refers to it ("there", "in the town")."""
    if back is None:
        return None
    told = [p for p in places if p.kind != "country" and p.end is not None and p.end <= sentence.tokens[back].start]
    return told[-1] if told else None


def _containers(sentence: Sentence, places: Sequence[Place], scenes: SceneReader) -> dict[int | None, int | None]:
    """Where the places begin that only say where another is, and where that one begins: "Anbar" of "Rawa in western
    Anbar", "Kano" of "the Kano suburb of Sharada", "Chicago" of "a Chicago neighborhood, Englewood"."""
    found: dict[int | None, int | None] = {}
    for place, behind in pairwise(sorted(places, key=lambda p: p.start or 0)):
        tokens = [t for t in sentence.tokens if (place.end or 0) <= t.start < (behind.start or 0)]
        between = [t.lower for t in tokens]
        if between[-1:] == ["("] and scenes.all_are(between[:-1], "kinds") and place.country == behind.country:
            found[behind.start] = place.start  # "Sacaba (Cochabamba)"
            continue
        if "places/anchor" in behind.rules and between and scenes.all_are(between, "fill", "kinds"):
            found[behind.start] = place.start  # "in Anbar province, west of Baghdad"
            continue
        if "places/anchor" in place.rules and between and "," in between and scenes.all_are(between, "fill"):
            found[place.start] = behind.start  # "15 miles east of Ghazni, in Deh Yak district"
            continue
        if not between or _lie_apart(place, behind):
            continue
        if (_tells_kind(between, scenes) and not any(map(is_verb, tokens))) or _is_beside(place, between, scenes):
            found[behind.start] = place.start
        elif between[-1] == "," and scenes.has(between[0], "kinds") and _is_one_in(sentence, place, scenes):
            found[place.start] = behind.start
        elif scenes.all_are(between, "fill", "kinds") and not scenes.none_is(between, "joints"):
            noun = between[0] if "of" in between[-2:] else ""
            within = "in" in between and place.precision != "country"
            outer = behind if within else _larger(place, behind, noun, scenes)
            found[outer.start] = place.start if outer is behind else behind.start
    return found


def _is_one_in(sentence: Sentence, place: Place, scenes: SceneReader) -> bool:
    """"A Chicago neighborhood, Englewood": is the noun behind the name one of several that the place has?"""
    before = [t.lower for t in sentence.tokens if t.end <= (place.start or 0)][-1:]
    return bool(before) and scenes.has(before[0], "one_of")


def _tells_kind(between: Sequence[str], scenes: SceneReader) -> bool:
    """", a mostly Shiite neighborhood of": what stands behind contains what stands before."""
    told = between[0] == "," and between[1:2] and between[1] in ("a", "an", "the") and \
        not scenes.none_is(between, "kinds")
    return bool(told) and "," not in between[1:] and any(word in ("of", "in") for word in between[-2:])


def _is_beside(place: Place, between: Sequence[str], scenes: SceneReader) -> bool:
    """"The village of Sake near" Goma: what stands behind only says where about the first is."""
    if scenes.none_is(between, "beside") or not scenes.all_are(between, "fill", "kinds", "beside"):
        return False
    return "places/anchor" not in place.rules and _PLACE_RANK[place.precision] < _PLACE_RANK["province"]


def _opens(sentence: Sentence, j: int, i: int) -> bool:
    """Does the place open the clause ("In Gaza, soldiers shot ..."), a frame for what is told more exactly?"""
    above = next((a for a in [j, *sentence.ancestors(j)] if is_verb(sentence.tokens[a])), j)
    return j < i and above > j


def _is_of_people(sentence: Sentence, place: Place, j: int, tier: int, scenes: SceneReader) -> bool:
    """Does it only say whose people they are that act or suffer ("New York resident", "a Tacoma man")?"""
    token = sentence.tokens[j]
    above = sentence.tokens[token.head]
    named = tier == 3 and token.dep in ("compound", "adjective")
    doer = above.dep in ("subject", "compound", "conjunct") and not scenes.acts_at_home(above.lower)
    sufferer = above.dep in (*_DONE_TO, "prep_object") and scenes.has(above.lower, "persons")
    return named and place.kind != "feature" and (doer or sufferer)


def _lie_apart(one: Place, two: Place) -> bool:
    """Are they in different countries, or two towns of different provinces?"""
    if one.country and two.country and one.country != two.country:
        return True
    towns = one.kind == two.kind == "settlement"
    return towns and bool(one.admin1 and two.admin1) and one.admin1 != two.admin1


def _larger(place: Place, behind: Place, noun: str, scenes: SceneReader) -> Place:
    """Which of "the Kano suburb of Sharada" and "the Sharada area of Kano" contains the other: the one a gazetteer
    has, else the less exact one, else what the noun says."""
    if noun and (place.latitude is None) != (behind.latitude is None):
        return behind if place.latitude is None else place
    one, two = _PLACE_RANK[place.precision], _PLACE_RANK[behind.precision]
    if scenes.has(noun, "regional"):
        return behind
    if one != two:
        return place if one > two else behind
    return place if scenes.has(noun, "towns") else behind


def _is_elsewhere(act: _Act, place: Place, j: int) -> bool:
    """Is it where another act leads to ("was captured and shipped to Guantanamo"), or who says it ("Bamako said")?"""
    sentence, own, scenes = act.sentence, act.own, act.scenes
    if sentence.tokens[j].dep == "subject" and sentence.tokens[j].head not in own:
        return True
    for above in (a for a in [j, *sentence.ancestors(j)] if sentence.tokens[a].dep == "prep"):
        head, joint = sentence.tokens[above].head, sentence.tokens[above].lower
        if scenes.has(sentence.tokens[head].lower, "journeys"):
            return joint in ("to", "into", "from")  # "a bus on its way to Quetta from Karachi was hit"
        return joint in ("to", "into") and is_verb(sentence.tokens[head]) and head not in own \
            and not ("places/anchor" in place.rules and scenes.has(sentence.tokens[head].lower, "lying")) \
            and not any(_goes_on(sentence, c) for c in own.intersection(sentence.children(head)))
    return False


def _goes_on(sentence: Sentence, verb: int) -> bool:
    """Is this clause no "after gunmen attacked a convoy", which came before what its sentence tells?"""
    return not any(sentence.tokens[c].lower == "after" for c in sentence.children(verb))


def _is_topic(sentence: Sentence, place: Place, j: int, own: set[int], scenes: SceneReader) -> bool:
    """Does it stand under what a protest is against or a statement about, or in what they demand?"""
    for above in [j, *sentence.ancestors(j)]:
        if above in own:
            return False
        token = sentence.tokens[above]
        if token.dep == "object" and token.head in own and above != j and scenes.has(token.lower, "deeds"):
            return True  # "condemned the attack on a hospital in Kunduz"
        if token.dep == "prep" and scenes.has(token.lower, "topic") and own.intersection(sentence.ancestors(above)):
            return place.precision == "country" or not scenes.is_loose(sentence, j, above)
        if is_verb(token) and token.head in own and _tells_content(sentence, above, scenes):
            return True
    return False


def _tells_content(sentence: Sentence, verb: int, scenes: SceneReader) -> bool:
    """Is this clause what is demanded or said: "to demand the release of", "denouncing the war in"?"""
    token = sentence.tokens[verb]
    if token.dep in ("clause", "infinitive") or scenes.has(token.lower, "voicing"):
        return True
    return token.dep == "adverbial_clause" and any(sentence.tokens[c].lower == "to" for c in sentence.children(verb))


def _without_middle(place: Place) -> Place:
    """The place of an event: a country stays a country and is no point in its middle."""
    if place.precision != "country" or place.latitude is None:
        return place
    return place.model_copy(update={"latitude": None, "longitude": None})


def _head(sentence: Sentence, place: Place, scenes: SceneReader) -> int | None:
    """The word of the place's name that the others hang on: "Jerusalem" of "East Jerusalem"."""
    if place.start is None or place.end is None:
        return None
    name = [t.i for t in sentence.tokens if t.start < place.end and place.start < t.end]
    head = next((i for i in name if sentence.tokens[i].head not in name), name[0] if name else None)
    above = None if head is None else sentence.tokens[head].head
    if head is None or above is None or sentence.tokens[head].dep != "compound":
        return head
    if scenes.has(sentence.tokens[above].lower, "units"):
        return None  # "the Donbas battalion" fights anywhere
    return above if scenes.has(sentence.tokens[above].lower, "kinds") else head


def _clauses_between(act: _Act, j: int) -> int:
    """How many verbs stand in the tree between word j and the act, its own words left out."""
    sentence, scenes = act.sentence, act.scenes
    from_place, from_act = [j, *sentence.ancestors(j)], [act.i, *sentence.ancestors(act.i)]
    shared = next((a for a in from_place if a in from_act), None)
    path = from_place + from_act
    if shared is not None:
        path = from_place[: from_place.index(shared)] + from_act[: from_act.index(shared) + 1]
    return sum(is_verb(sentence.tokens[a]) and sentence.tokens[a].dep != "prep" and
               not scenes.only_lies(sentence, a) for a in path if a not in act.own)


def _tier(act: _Act, place: Place, j: int, clauses: int) -> int:
    """How a place with head j is tied to the act, `clauses` away from it: 0 what the act was done to, 1 said of its
    own clause, 2 of another clause, 3 only part of a party.

    A country that something was done to says less of where than a town: 'signed with Iran in Moscow'.
    """
    sentence, scenes = act.sentence, act.scenes
    done_to = [p for p in act.targets if p.start == place.start]
    country = place.precision == "country"
    if sentence.tokens[j].dep == "possessive":
        noun = sentence.tokens[sentence.tokens[j].head].lower
        ground = scenes.has(noun, "kinds") or scenes.has_ground(noun, owned=True)
        told = done_to or not country or (ground and _is_locative(sentence, j, scenes))
        return 3 if not told else 2 if clauses or country else 1
    if done_to or (not clauses and sentence.tokens[j].dep in _DONE_TO) or _is_right_behind(act, place):
        part = country and any(p.end > (place.end or 0) for p in done_to)  # "two US sailors were killed"
        return 3 if part else 2 if country else 0
    inside = any(p.start <= (place.start or 0) < p.end for p in (*act.sources, *act.targets))
    token = sentence.tokens[j]
    above = sentence.tokens[token.head]
    compound = token.dep in ("compound", "adjective")
    if compound and above.dep in (*_DONE_TO, "prep_object") and (
            scenes.has_ground(above.lower) or (not country and scenes.has_site(above.lower))):
        return 2 if clauses or country else 1
    if token.dep == "object" and not country and clauses and not inside:
        return 2  # "stormed the town, killing 15"
    if inside or not _is_locative(sentence, j, scenes) or (country and compound):
        return 3
    return 2 if clauses else 1


def _is_right_behind(act: _Act, place: Place) -> bool:
    """"Patrolled Bari and ...": the name right behind an active verb is what was done to, whatever the tree says."""
    first = next((t for t in act.sentence.tokens if t.start == place.start), None)
    part = any((p.start or 0) <= (place.start or 0) < (place.end or 0) < (p.end or 0) for p in act.targets)
    return first is not None and first.i == act.i + 1 and is_verb(act.sentence.tokens[act.i]) and not part


def _is_locative(sentence: Sentence, j: int, scenes: SceneReader) -> bool:
    """Does a preposition of place stand over this name (possibly over the noun it modifies)?"""
    for above in [j, *sentence.ancestors(j)][:_REACH]:
        token = sentence.tokens[above]
        if token.dep in ("prep", "agent"):
            over = sentence.tokens[token.head]  # "Downey of Texas", "Olsen, 18, of Norway", "a judge from Dujail"
            named = over.pos == "PROPN" or over.text.isdigit()
            office = scenes.has(over.lower, "offices")  # "the mayor of Srebrenica was arrested in Bern"
            origin = token.lower == "from" if over.pos == "NOUN" and not office else \
                (named or office) and token.lower in ("of", "from")
            if origin and scenes.is_at(sentence, token.head):  # "at the University of Dhaka"
                return True
            return not origin and token.lower not in ("by", "against", "with")
        if is_verb(token):
            return False
    return False


def is_asserted(sentence: Sentence, trigger: Trigger, status: StatusReader) -> bool:
    """Is this told here, or only referred to? A verb tells; a noun does under a light verb, or as what happened."""
    i = trigger.i
    token = sentence.tokens[i]
    if trigger.verb and token.dep == "adjective":
        return False  # 'the occupied valley', 'the captured town'
    if trigger.verb or trigger.light is not None or token.dep == "root" or status.happens(sentence, i):
        return True
    if token.dep == "attribute" and any(sentence.tokens[c].dep == "expl" for c in sentence.children(token.head)):
        return True  # 'there was condemnation from the league'
    article = next((c for c in sentence.children(i) if sentence.tokens[c].dep in ("determiner", "possessive")), None)
    new = token.tag == "NNS" if article is None else sentence.tokens[article].lower in _NEW
    if new and any(opening_doer(sentence, trigger)):
        return True  # 'in a rare visit to Iturup, the minister toured', 'they agreed on it during talks'
    harmed = [c for c in sentence.children(i) if sentence.tokens[c].dep in ("relative", "participle_clause")]
    above = next((a for a in sentence.ancestors(i) if is_verb(sentence.tokens[a])), None)
    if above is not None and token.dep in ("prep_object", "subject"):
        harmed.append(above)
    return any(sentence.tokens[c].lower in status.harm for c in harmed)


def told_when(document: Document, dates: Sequence[DateMention], reference: date | None) -> date | None:
    """The day from which a text looks back: `reference`, its publication; of a short note that opens with a date long
    before ("On 4 June 2022, ..."), the weeks after that date, for whoever keeps the note does not make it history."""
    if reference is None or len(document.article.text) > _NOTE_LENGTH or not document.sentences:
        return reference
    begin = document.sentences[0].start
    opening = next((d for d in dates if d.start <= begin + _OPENING and d.precision in ("day", "week")
                    and not d.relative and d.last is not None and str(d.last.year) in d.text), None)
    if opening is None or opening.last is None or (reference - opening.last).days <= NEWS_DAYS:
        return reference
    return opening.last + timedelta(days=_FOLLOWED)
