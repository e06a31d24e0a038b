"""The role walk: from a trigger to the words that fill its grammatical slots.

Slots are named for the active voice (`eventcode.lexicon.SLOTS`, or a preposition); passives, participles, relative
clauses, control and coordination are turned round here, so that a lexicon entry never thinks of them.
"""

from __future__ import annotations

from eventcode.document import Sentence, Token
from eventcode.mentions.known import once_a_tree
from eventcode.mentions.shared_passive import carrier, may_share
from eventcode.mentions.stand_ins import named_instead

_RELATIVE_PRONOUNS = frozenset({"who", "whom", "which", "that", "whose"})
_HAVE = frozenset({"have", "has", "had", "having", "'ve", "’ve"})
_PASSIVE_AUXILIARIES = frozenset(
    {"be", "been", "being", "is", "are", "was", "were", "am", "get", "gets", "got", "getting"}
)
_FINDING = frozenset({"found", "find", "finds", "finding", "discovered"})
_NOMINAL = frozenset({"subject", "subject_passive", "object", "prep_object"})
#: What is written or said by somebody: who issues it says what it says.
_PAPERS = frozenset({"statement", "declaration", "letter", "communique", "resolution", "note", "petition", "memorandum",
                     "message", "manifesto", "ultimatum", "decree", "report", "appeal"})
PREPOSITIONS = ("prep", "agent", "indirect")
_STATES = frozenset({"on", "fire", "ablaze", "alight", "to", "death", "dead"})
_HANDS = frozenset({"hand", "hands"})


def is_verb(token: Token) -> bool:
    """Verbs, and participles that the tagger calls adjectives; "the wounded" are people, not an act."""
    if token.tag in ("VBN", "JJ") and token.dep in _NOMINAL:
        return False
    return token.pos == "VERB" or (token.pos == "ADJ" and token.lower.endswith(("ed", "ing")))


def is_noun(token: Token) -> bool:
    """Common and proper nouns, and gerunds that stand where a noun does."""
    return token.pos in ("NOUN", "PROPN") or (
        token.tag == "VBG" and token.dep in ("prep_object", "subject", "object", "compound")
    )


def child(sentence: Sentence, i: int, *relations: str) -> int | None:
    """The first child of token i with one of these relations."""
    tokens = sentence.tokens
    for c in sentence.children(i):
        if tokens[c].dep in relations:
            return c
    return None


@once_a_tree
def is_passive(sentence: Sentence, i: int) -> bool:
    """Does the verb i say what happens to its subject?"""
    token = sentence.tokens[i]
    below = [sentence.tokens[c] for c in sentence.children(i)]
    if any(t.dep == "auxiliary_passive" or t.dep == "subject_passive" for t in below):
        return True
    if token.tag not in ("VBN", "VBD") and token.pos != "ADJ":
        return False
    if any(t.dep == "auxiliary" and t.lower in _HAVE for t in below):
        return False
    if token.dep == "clause" and sentence.tokens[token.head].lower in _FINDING and sentence.tokens[token.i + 1:] \
            and not any(t.dep in ("object", "auxiliary", "marker") for t in below):
        return sentence.tokens[token.i + 1].lower == "dead"  # 'found three men shot dead'
    said_on = token.tag == "VBN" or (sentence.tokens[i + 1:] and sentence.tokens[i + 1].lower == "to" and any(
        sentence.tokens[j].lower == "death" for j in prepositional(sentence, i, "to")))
    if may_share(token, below, bool(said_on)):  # "one was killed and two (were) wounded", "dragged out and shot"
        return is_verb(sentence.tokens[head := carrier(sentence, token)]) and is_passive(sentence, head)
    if token.pos == "ADJ" or token.tag == "VBN":
        return (
            token.dep in ("participle_clause", "adjective", "adverbial_clause", "root", "infinitive", "clause")
            and token.lower.endswith("ing") is False
            and not any(t.dep in ("subject", "object") for t in below)
        )
    return token.dep == "participle_clause"


@once_a_tree
def surface_subject(sentence: Sentence, i: int, depth: int = 0) -> int | None:
    """The head of the noun phrase that verb i is said of, through relative clauses, control and coordination."""
    token, tokens = sentence.tokens[i], sentence.tokens
    own = child(sentence, i, "subject", "subject_passive")
    if own is not None:
        return _antecedent(sentence, i) if tokens[own].lower in _RELATIVE_PRONOUNS and token.dep == "relative" else own
    if depth > 6 or token.dep == "root":
        return None
    if token.dep == "participle_clause" and token.tag == "VB":
        return _owner(sentence, token.head, depth)
    if token.dep == "participle_clause" and tokens[token.head].lower in _PAPERS:  # 'issued a statement demanding that'
        return _owner(sentence, token.head, depth) or token.head
    if token.dep in ("relative", "participle_clause", "adjective"):
        return named_instead(sentence, token.head)
    if token.dep == "prep_object":
        return _subject_through_preposition(sentence, i, depth)
    head = token.head
    if not is_verb(tokens[head]) and tokens[head].pos != "AUX":
        return _subject_of_predicate(sentence, head, depth)
    if token.dep == "infinitive":
        controller = child(sentence, head, "object")
        return controller if controller is not None and controller < i else surface_subject(sentence, head, depth + 1)
    coming_of_it = token.dep == "adverbial_clause" and token.tag == "VBG" and tokens[i - 1].text == ","
    if coming_of_it and is_passive(sentence, head):
        return agent(sentence, head)  # 'the camp was attacked by gunmen, killing 12'
    if token.dep in ("conjunct", "adverbial_clause", "clause", "parataxis", "attribute"):
        return surface_subject(sentence, head, depth + 1)
    return None


@once_a_tree
def outer_subjects(sentence: Sentence, i: int) -> list[int]:
    """Subjects of the clauses above a coordinated verb, nearest first: the parser often coordinates it too low.

    'Police broke up a group that tried to march and arrested five' has the police for the last verb too. In 'police
    used batons to beat back the crowd' no thing that they used can be who beats.
    """
    own = child(sentence, i, "subject", "subject_passive")
    head = sentence.tokens[i].head
    if sentence.tokens[i].dep == "infinitive" and own is None and child(sentence, head, "object") is not None:
        outer = logical_subject(sentence, head)
        return [] if outer is None else [outer]
    if sentence.tokens[i].dep != "conjunct" or own is not None or is_passive(sentence, i):
        return []
    found: list[int] = []
    for a in sentence.ancestors(i):
        subject = child(sentence, a, "subject") if is_verb(sentence.tokens[a]) else None
        found += [subject] if subject is not None and sentence.tokens[subject].lower not in _RELATIVE_PRONOUNS else []
        if sentence.tokens[a].dep in ("clause", "parataxis"):  # who says so is none of those who did it
            break
    return found


def _owner(sentence: Sentence, noun: int, depth: int) -> int | None:
    """'their plan to attack', 'a plan by rebels to attack', 'they had a plan to attack': whose plan it is."""
    owner = child(sentence, noun, "possessive") or next(iter(prepositional(sentence, noun, "by")), None)
    verb = governor_verb(sentence, noun)
    if verb is None and sentence.tokens[noun].dep == "prep_object":  # "resorted to force to break up the march"
        verb = sentence.tokens[sentence.tokens[noun].head].head
        verb = verb if is_verb(sentence.tokens[verb]) and not is_passive(sentence, verb) else None
    return owner if owner is not None or verb is None else surface_subject(sentence, verb, depth + 1)


def _antecedent(sentence: Sentence, i: int) -> int:
    return sentence.tokens[i].head


def _subject_through_preposition(sentence: Sentence, i: int, depth: int) -> int | None:
    """'accused X of killing', 'by shelling', 'responsible for bombing': who the gerund is said of."""
    preposition = sentence.tokens[i].head
    governor = sentence.tokens[preposition].head
    if not is_verb(sentence.tokens[governor]):
        return _subject_of_predicate(sentence, governor, depth)
    if sentence.tokens[preposition].lower == "by" and is_passive(sentence, governor):
        return None  # 'families were uprooted by [fighting]': not by them
    if sentence.tokens[preposition].lower in ("of", "from", "for", "into"):
        thing = logical_object(sentence, governor)
        if thing is not None:
            return thing
    return surface_subject(sentence, governor, depth + 1)


def _subject_of_predicate(sentence: Sentence, i: int, depth: int) -> int | None:
    """'was ready to attack', 'stopped short of attacking': the subject above an adjective; a noun's clause has none."""
    token = sentence.tokens[i]
    if token.dep in ("attribute", "adverb") and token.head != i:
        return surface_subject(sentence, token.head, depth + 1)
    return None


@once_a_tree
def logical_subject(sentence: Sentence, i: int) -> int | None:
    """Who does what verb i says: the subject, or the `by` of a passive."""
    if is_passive(sentence, i):
        return agent(sentence, i)
    return surface_subject(sentence, i)


@once_a_tree
def logical_object(sentence: Sentence, i: int) -> int | None:
    """Whom verb i is done to: the object, the passive's subject, or what an object relative clause hangs on."""
    if is_passive(sentence, i):
        return surface_subject(sentence, i)
    own = child(sentence, i, "object")
    if own is None:  # 'broke up the march': the parser takes a noun after a particle for an adverbial
        own = next(
            (
                c
                for c in sentence.children(i)
                if sentence.tokens[c].dep == "npadvmod"
                and c > i
                and sentence.tokens[c].pos == "NOUN"
                and sentence.tokens[c - 1].dep == "determiner"
            ),
            None,
        )
    own = own if own is not None else _numbered_object(sentence, i) or _object_of_state(sentence, i)
    if own is not None and sentence.tokens[own].lower not in _RELATIVE_PRONOUNS:
        return own
    if own is None and (shared := _shared_object(sentence, i)) is not None:
        return shared
    forced = _subject_of_bare_clause(sentence, i)
    if own is None and forced is not None:
        return forced
    token = sentence.tokens[i]
    if token.dep == "relative" and child(sentence, i, "subject") is not None:
        subject = child(sentence, i, "subject")
        if subject is not None and sentence.tokens[subject].lower not in _RELATIVE_PRONOUNS:
            return token.head
    return None


def _numbered_object(sentence: Sentence, i: int) -> int | None:
    """'kidnapped up to [16 advisers]': the parser takes the bound of a number for a preposition."""
    tokens = sentence.tokens
    for c in sentence.children(i):
        if c == i + 1 and tokens[c].lower == "up" and tokens[c + 1:] and tokens[c + 1].lower == "to":
            found = child(sentence, c, "prep_object") or child(sentence, c + 1, "prep_object")
            if found is not None and child(sentence, found, "number") is not None:
                return found
    return None


def _object_of_state(sentence: Sentence, i: int) -> int | None:
    """'shot dead [the chief]', 'set free [the crew]': the parser takes it for the object of the adjective."""
    state = child(sentence, i, "attribute", "adjective")
    return child(sentence, state, "object") if state == i + 1 else None


def _shared_object(sentence: Sentence, i: int) -> int | None:
    """'shot and wounded [a judge]', 'shelled, then stormed [the town]': the next verb's, if nothing parts them."""
    following = child(sentence, i, "conjunct")
    if following is None or not is_verb(sentence.tokens[following]) or is_passive(sentence, following):
        return None
    between = sentence.tokens[i + 1:following]
    if any(t.dep not in ("coordinator", "adverb", "punct") for t in between):
        return None
    return child(sentence, following, "object") or _shared_object(sentence, following)


def _subject_of_bare_clause(sentence: Sentence, i: int) -> int | None:
    """'forced [thousands] to flee': the parser gives the clause a subject that is the upper verb's object too."""
    inner = child(sentence, i, "clause")
    if inner is None or sentence.tokens[inner].tag != "VB":
        return None
    bare = any(sentence.tokens[c].lower == "to" and sentence.tokens[c].dep == "auxiliary"
               for c in sentence.children(inner))
    return child(sentence, inner, "subject") if bare else None


@once_a_tree
def agent(sentence: Sentence, i: int) -> int | None:
    """The noun in 'by ...' under a passive verb."""
    for c in sentence.children(i):
        token = sentence.tokens[c]
        if token.dep == "agent" or (token.dep == "prep" and token.lower == "by"):
            found = child(sentence, c, "prep_object")
            if found is not None and is_noun_like(sentence.tokens[found]):
                return found
    own = next(iter(prepositional(sentence, i, "by")), None)
    own = _shared_agent(sentence, i) if own is None else own
    return _agent_behind_object(sentence, i) if own is None else own


def _agent_behind_object(sentence: Sentence, i: int) -> int | None:
    """'was refused entry to the camp [by guards]': the parser hangs the agent on what a passive verb keeps."""
    kept = child(sentence, i, "object") if child(sentence, i, "subject_passive") is not None else None
    below = [] if kept is None else [kept, *(c for p in sentence.children(kept) for c in sentence.children(p))]
    return next((j for k in below for j in prepositional(sentence, k, "by")), None)


def _shared_agent(sentence: Sentence, i: int) -> int | None:
    """'was beaten and robbed [by soldiers]': said right behind the second participle; no 'shot and taken away by'."""
    second, tokens = child(sentence, i, "conjunct"), sentence.tokens
    if second is None or tokens[i].tag != "VBN" or tokens[second].tag != "VBN" or second + 1 >= len(tokens):
        return None
    behind = next((t for t in tokens[second + 1:] if t.lower not in _STATES), tokens[second])  # 'and set on fire by'
    return agent(sentence, second) if behind.dep == "agent" else None


def is_noun_like(token: Token) -> bool:
    """Anything that can stand for a party: nouns, pronouns, numbers ('12 were killed')."""
    return token.pos in ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ")


def _is_preposition(sentence: Sentence, i: int) -> bool:
    """A preposition, or a particle that the parser has given an object: "called [off] the truce"."""
    dep = sentence.tokens[i].dep
    return dep in PREPOSITIONS or (dep == "particle" and child(sentence, i, "prep_object") is not None)


def prepositional(sentence: Sentence, i: int, preposition: str) -> list[int]:
    """Heads of the phrases that this preposition ties to token i ('on', 'against', also 'from across')."""
    return _phrases(sentence, i).get(preposition, [])


@once_a_tree
def _phrases(sentence: Sentence, i: int) -> dict[str, list[int]]:
    """Heads of the phrases that prepositions tie to token i, by preposition."""
    found: dict[str, list[int]] = {}
    tokens, below = sentence.tokens, sentence.children(i)
    away = [d for c in below if tokens[c].dep in ("adverb", "particle") for d in sentence.children(c)]
    hung = [c for c in (*below, *away) if _is_preposition(sentence, c)]  # 'stay away [from]' too
    # Also those coordinated with it: 'to the army and to the police'.
    for c in [other for first in hung for other in conjuncts(sentence, first)]:
        inner = child(sentence, c, "prep_object")
        if inner is None and (nested := child(sentence, c, "prep")) is not None:
            inner = child(sentence, nested, "prep_object")
        inner = _cut_off(sentence, c) if inner is None else inner
        if inner is not None:
            found.setdefault(tokens[c].lower, []).append(inner)
            if tokens[c].lower == "at" and tokens[inner].lower in _HANDS:  # 'beaten at the hands of [guards]'
                found.setdefault("by", []).extend(prepositional(sentence, inner, "of"))
    return found


def _cut_off(sentence: Sentence, preposition: int) -> int | None:
    """'gave asylum to [five officers] held there': the parser takes the participle for a verb with a subject."""
    for k in range(preposition + 1, min(preposition + 7, len(sentence.tokens))):
        token = sentence.tokens[k]
        if token.dep == "subject" and is_noun(token):
            own = set(sentence.children(k))
            verb = sentence.tokens[token.head]
            whole = own.issuperset(range(preposition + 1, k))
            return k if whole and verb.tag == "VBD" and token.head == k + 1 else None
    return None


@once_a_tree
def governor_verb(sentence: Sentence, i: int) -> int | None:
    """The verb whose object or subject noun i is: 'launched [an attack]', '[an attack] was launched'."""
    token = sentence.tokens[i]
    head = token.head
    if (
        head != i
        and token.dep in ("object", "subject_passive", "subject", "conjunct")
        and is_verb(sentence.tokens[head])
    ):
        return head
    if token.dep == "conjunct" and head != i:
        return governor_verb(sentence, head)
    return None


@once_a_tree
def verb_slot(sentence: Sentence, i: int, slot: str) -> list[int]:
    """Head tokens of what fills a slot of verb i."""
    if slot == "subject":
        found = logical_subject(sentence, i)
    elif slot == "object":
        found = logical_object(sentence, i)
    elif slot == "agent":
        found = agent(sentence, i)
    elif slot == "clause_subject":
        inner = child(sentence, i, "clause")
        found = None if inner is None else surface_subject(sentence, inner)
    elif slot == "indirect":
        found = child(sentence, i, "indirect")
        if found is not None and sentence.tokens[found].pos in ("ADP", "PART"):
            found = child(sentence, found, "prep_object")
    else:
        thing = logical_object(sentence, i)
        beyond = prepositional(sentence, thing, slot) if thing is not None and thing > i else []
        within = _under_bare_noun(sentence, thing, slot) if thing is not None and thing > i and not beyond else []
        return prepositional(sentence, i, slot) + beyond or within or _under_bare_noun(sentence, i, slot)
    return [] if found is None else [found]


def _under_bare_noun(sentence: Sentence, i: int, slot: str) -> list[int]:
    """'went on strike [against the junta]', 'sent rice in aid [to Mali]': what the parser hangs on a bare noun."""
    bare = (j for preposition in ("on", "in", "under") for j in prepositional(sentence, i, preposition)
            if child(sentence, j, "determiner", "possessive") is None and sentence.tokens[j].tag == "NN")
    return [k for j in bare for k in prepositional(sentence, j, slot)]


@once_a_tree
def conjuncts(sentence: Sentence, i: int) -> list[int]:
    """Token i and everything coordinated with it, in text order."""
    found, todo = [], [i]
    while todo:
        here = todo.pop()
        found.append(here)
        todo += [c for c in sentence.children(here) if _is_coordinated(sentence, c)]
    return sorted({*found, *_more_subjects(sentence, i)})


def _more_subjects(sentence: Sentence, i: int) -> list[int]:
    """'[the general] and [200] of his men gave up': the parser takes a bare number for a second subject."""
    token, tokens = sentence.tokens[i], sentence.tokens
    if token.dep not in ("subject", "subject_passive"):
        return []
    return [c for c in sentence.children(token.head)
            if c > i and tokens[c].dep == token.dep and tokens[c].tag == "CD" and tokens[c - 1].dep == "coordinator"]


def _is_coordinated(sentence: Sentence, i: int) -> bool:
    """Is it a conjunct, or in 'Mali, Burkina Faso and Niger' the name that the parser takes for an apposition?"""
    token = sentence.tokens[i]
    listed = token.dep == "apposition" and token.tag.startswith("NNP")
    return token.dep == "conjunct" or (listed and child(sentence, i, "conjunct") is not None)
