"""What looks like an actor and is none: verbs, places, first names, the bird, a social party."""

from __future__ import annotations

from eventcode.mentions._actor_parties import Facts
from eventcode.mentions._actor_phrases import Phrase, determined
from eventcode.mentions._actor_tables import Entry
from eventcode.mentions._actor_words import CALENDAR, DETERMINERS, FILLERS, LOCATIVE, VERB_BEFORE, View, word_set

#: Role words that are verbs as well.
_VERBS = word_set("police force forces crowd crowds court courts judge judges guard guards man rebel rebels head "
                   "heads minister ministers pilot pilots doctor doctors nurse host mob mobs gang patrol patrols "
                   "convoy parties press volunteer volunteers cabinet officer partner shepherd champion sheriff "
                   "radical deserters leader brigade garrison column mission group groups team teams board panel "
                   "visitor guest engineer engineers author settlers marshal father mother couple parliament fighter "
                   "captain soldier officers troops reporter staff")
_THEM = word_set("him her them us me it you himself herself itself themselves")
#: Words nearby that make a country's name something else.
_OTHER_SENSES = {
    "turkey": word_set("thanksgiving sandwich sandwiches roast roasted stuffing breast dinner farm farms meat "
                        "poultry"),
    "georgia": word_set("atlanta savannah augusta alabama carolina florida tennessee kemp bulldogs democrat "
                         "democrats republican republicans senator runoff macon"),
    "jordan": word_set("basketball nba bulls nike"),
    "chad": word_set("ballot hanging"),
}
#: Countries that are also given or family names.
_PERSON_NAMES = word_set("jordan chad georgia israel kenya india cuba china ireland england holland france wales")
#: Role words that are family names as well ("Jordan Miller").
_SURNAMES = word_set("miller hunter shepherd farmer king prince bishop pope cardinal singer porter marshal driver "
                     "gunner major priest judge deacon sheriff monk nun abbot emperor constable banker trader "
                     "merchant")
_NO_GIVEN_NAME = word_set("mr mrs ms president the but and minister with if when while after by")
_PARTS_OF_LAND = word_set("province provinces region regions north south east west part parts city cities town "
                          "village border borders district capital coast area areas outskirts northeast northwest "
                          "southeast southwest")
#: Words right before a capital's name that make it the town.
_TOWNS = word_set("capital city town port suburb eastern western northern southern east west north south central inner "
                  "outer downtown greater besieged war-torn")

#: Words of which parties and fronts everywhere make their names.
_PARTY_WORDS = word_set("national new united democratic popular alliance party front movement congress union army "
                        "liberation council coalition force forces action unity change labour labor socialist general "
                        "republican liberal progressive conservative christian social islamic revolutionary free "
                        "patriotic justice development freedom green central resistance")

#: Communities whose name alone is a given name or a common word: they need a noun beside them ("Karen fighters").
_COMMUNITY_WORDS = word_set("karen chin wa shan fur dir twa teke yaka bari gio kono bete maya tiv luo afar hema")


def verb_like(view: View, first: int, last: int, kinds: dict[str, Entry]) -> bool:
    """Is this role word a verb or a family name here: 'to police the border', 'it forces them', 'Ann Miller'?"""
    if first != last or "role" not in kinds or len(kinds) > 1:
        return False
    if view.words[first] in _SURNAMES and view.capital(first) and view.capital(first - 1):
        return first > 0 and not view.capital(first + 1) and not view.caseless
    if view.words[first] not in _VERBS:
        return view.words[first] in ("general", "official") and _adjective_general(view, first)
    token = view.sentence.tokens[view.token[first]]
    if token.pos in ("VERB", "AUX"):
        return True
    before, after = view.word(first - 1), view.word(first + 1)
    if before in VERB_BEFORE or after in _THEM:
        return True
    if before == "to":
        governs = after in DETERMINERS or after in FILLERS
        return view.words[first] == "force" or (governs and not view.words[first].endswith("s"))
    return view.words[first] in ("forces", "heads", "patrols") and after in DETERMINERS


def _adjective_general(view: View, i: int) -> bool:
    """'general' and 'official' before a lower-case noun are adjectives."""
    after = view.word(i + 1)
    pos = view.sentence.tokens[view.token[i]].pos
    if pos:
        return pos == "ADJ"
    return not view.capital(i) and after[:1].isalpha() and not view.capital(i + 1) and after not in (
        "said", "was", "is", "who", "told", "and", "has", "had", "in", "of", "from", "on", "to", "at", "by", "also")


def actor_words(view: View, phrase: Phrase, facts: Facts) -> bool:
    """Does this phrase name a party, or only a place, a general word, or another sense of one?"""
    if not phrase.parts:
        return False
    if len(phrase.parts) == 1 and not phrase.inner and not phrase.named:
        return _lone_word(view, phrase, facts)
    return True


def _lone_word(view: View, phrase: Phrase, facts: Facts) -> bool:
    kind, entry, _ = phrase.parts[0]
    if kind == "role":
        return _lone_role(view, phrase, entry, facts)
    if kind == "country":
        return not (_located(view, phrase) or _other_sense(view, phrase) or _part_of_place(view, phrase))
    if kind == "metonym":
        return not (_located(view, phrase) or _in_a_name(view, phrase) or _a_town(view, phrase)
                    or _part_of_place(view, phrase) or _place_follows(view, phrase))
    if kind == "community":
        return entry.key not in _COMMUNITY_WORDS and not _in_a_name(view, phrase)
    if kind == "actor" and phrase.first == phrase.last and not view.raw[phrase.first].isupper():
        return not _strange_name_before(view, phrase.first)
    if kind == "actor":
        return not _within_longer_name(view, phrase)
    if kind == "leader":
        return phrase.first != phrase.last or not _strange_name_before(view, phrase.first)
    return True


def _within_longer_name(view: View, phrase: Phrase) -> bool:
    """"The [National] Democratic Alliance for Change" is not the Democratic Alliance."""
    words = view.words[phrase.first - 1:phrase.last + 1] if phrase.first else ()
    return bool(words) and view.capital(phrase.first - 1) and _PARTY_WORDS.issuperset(words)


def _lone_role(view: View, phrase: Phrase, entry: Entry, facts: Facts) -> bool:
    if "title_only" in entry.flags:
        return False
    definite = determined(view, phrase.first)
    if "modified" in entry.flags:
        return "anaphor" in entry.flags and definite
    if entry.sector is None:
        return facts.country is not None or entry.person or definite
    return not (entry.key in ("opposition", "resistance") and view.word(phrase.last + 1) == "to")


def _located(view: View, phrase: Phrase) -> bool:
    """'in Iraq', 'across northern Mali'."""
    k = phrase.first - 1
    while view.word(k) in FILLERS or view.word(k) == "the":
        k -= 1
    if view.word(k) == "of":
        return view.word(k - 1) in _PARTS_OF_LAND
    return view.word(k) in LOCATIVE and view.word(phrase.last + 1) != "'s"


def _a_town(view: View, phrase: Phrase) -> bool:
    """'the capital Juba', 'Christian east Beirut', 'the people of Kyiv': a town, not those who govern from it."""
    k = phrase.first - 1
    return view.word(k) in _TOWNS or view.word(k) == "of"


def _part_of_place(view: View, phrase: Phrase) -> bool:
    """'in Mosul, Iraq': a town stands before the comma, and a preposition before the town."""
    k = phrase.first - 2
    if view.word(k + 1) != "," or not view.capital(k):
        return False
    while view.capital(k) and k > 0:
        k -= 1
    return view.word(k) in LOCATIVE or view.word(k) in ("of", "from")


def _place_follows(view: View, phrase: Phrase) -> bool:
    """'Kabul, Afghanistan'; 'Washington, D.C.'"""
    return view.word(phrase.last + 1) == "," and view.word(phrase.last + 2) in ("d.c", "dc")


def _in_a_name(view: View, phrase: Phrase) -> bool:
    """'Paris Saint-Germain', 'Denzel Washington': another capitalised word beside the city's."""
    if view.title_case or view.caseless:
        return False
    after = phrase.last + 1
    return (view.capital(after) and view.word(after) not in CALENDAR and view.word(after).isalpha()) \
        or _strange_name_before(view, phrase.first)


def _strange_name_before(view: View, i: int) -> bool:
    """A capitalised word that is no sentence start, title or calendar word stands before: somebody's given name."""
    word = view.word(i - 1)
    if i < 2 or not view.capital(i - 1) or not word.isalpha() or word in CALENDAR or view.title_case or view.caseless:
        return False
    return view.raw[i - 1][1:].islower() and word not in _NO_GIVEN_NAME


def _other_sense(view: View, phrase: Phrase) -> bool:
    word = view.word(phrase.first)
    if phrase.first != phrase.last:
        return False
    cues = _OTHER_SENSES.get(word)
    if cues is not None and not cues.isdisjoint(view.words):
        return True
    if word not in _PERSON_NAMES or view.title_case or view.caseless:
        return False
    after = phrase.last + 1
    return (view.capital(after) and view.word(after).isalpha() and view.word(after) not in CALENDAR) \
        or _strange_name_before(view, phrase.first)


def dateline(view: View) -> int:
    """The piece after a dateline: 'KABUL, Afghanistan (Agency) - ...'; 0 if there is none."""
    if not view.capital(0) or len(view.words) < 4:
        return 0
    for i in range(1, min(14, len(view.words) - 1)):
        word = view.words[i]
        if word in ("-", "--", "—", "–", "_") and (view.raw[0].isupper() or ")" in view.words[:i]):
            return i + 1
        if word[:1].isalpha() and not view.capital(i):
            return 0
    return 0
