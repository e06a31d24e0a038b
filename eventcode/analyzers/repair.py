"""Repairs of what the parser often hangs wrongly, each on grounds of grammar alone.

The tokens are changed in place before anybody reads them, so that every reader of the tree profits.
"""

from __future__ import annotations

from collections.abc import Sequence

from eventcode.analyzers.repair_sides import (
    FINITE,
    ancestors,
    charged_with,
    clause_beside_noun,
    listed_subject,
    noun_behind_to,
    object_of_both,
    reduced_relative,
    undergone,
    verb_in_phrase,
    way_to_work,
)
from eventcode.document import Token
from eventcode.languages.en import language

_SO_CALLED = frozenset({"suspected", "alleged", "presumed", "supposed", "reported"})
_NOMINAL = frozenset({"subject", "subject_passive", "object", "prep_object", "conjunct"})
#: Participles that say of what kind a thing is: "an IED weighing six kg".
_STATIVE = frozenset({"weighing", "measuring", "containing", "belonging", "consisting", "numbering", "costing"})
#: Participles that go on with what somebody says: 'police said, adding that ...' is no part of what is said.
_SPEAKING = frozenset({
    "adding", "citing", "quoting", "saying", "noting", "stressing", "blaming", "accusing", "calling", "describing",
    "warning", "insisting", "urging", "denying", "confirming", "referring", "speaking", "claiming", "alleging",
    "vowing", "promising", "threatening", "declining", "giving", "pointing", "arguing", "suggesting", "implying",
    "asking", "appealing", "pledging", "revealing", "announcing", "recalling", "explaining", "alluding", "echoing",
    "replying", "responding", "posting", "using", "condemning", "praising", "criticising", "criticizing",
    "expressing", "demanding", "reading", "telling", "writing"})
#: Prepositions that stand before a clause as conjunctions do: "after being shot" is "after he was shot".
_CONJOINING = frozenset({"after", "before", "since", "upon", "despite", "following", "while", "when"})
_TAKEN_AS = frozenset({"hostage", "captive", "prisoner"})
#: What no repair moves unless it is a verb's form: half of all words.
_SETTLED = frozenset({"determiner", "punct", "compound", "possessive", "number", "case", "agent"})
_VERBAL = frozenset({"VB", "VBN", "VBD"})
_PARTS_OF_DAY = frozenset({"morning", "afternoon", "evening", "night", "early", "late", "mid"})


def repair(tokens: Sequence[Token]) -> None:
    """Hang conjuncts, participles, days and names where they belong; see the functions below.

    A tree that the repairs would close into a circle stays as the parser made it.
    """
    parsed = [(token.head, token.dep, token.tag, token.pos) for token in tokens]
    for token in tokens:
        if token.dep not in _SETTLED or token.tag in _VERBAL:
            _mend(tokens, token)
    if any(token.head != head for token, (head, *_) in zip(tokens, parsed, strict=True)) and _has_circle(tokens):
        for token, told in zip(tokens, parsed, strict=True):
            token.head, token.dep, token.tag, token.pos = told


def _has_circle(tokens: Sequence[Token]) -> bool:
    """Is there a token from which no way leads up to a root?"""
    def is_caught(token: Token) -> bool:
        above = [token.i, *ancestors(tokens, token.i)]
        return tokens[above[-1]].head != above[-1]

    return any(map(is_caught, tokens))


def _mend(tokens: Sequence[Token], token: Token) -> None:
    if token.dep == "conjunct" and token.tag in FINITE | {"VBN"} and tokens[token.head].dep == "root":
        clause_beside_noun(tokens, token)
    if token.dep == "conjunct" and token.tag in FINITE:
        _finite_conjunct(tokens, token)
    elif token.dep == "adverbial_clause" and token.tag == "VBG":
        _participle_after_speech(tokens, token)
        _noun_of_deed(tokens, token)
    elif token.dep == "auxiliary_passive" and tokens[token.head].dep == "prep_object":
        _passive_gerund(tokens, tokens[token.head])
    elif token.dep in ("apposition", "npadvmod") and token.i:
        _list_member(tokens, token)
        object_of_both(tokens, token)
    elif token.dep == "participle_clause" and token.tag == "VBN":
        _verb_of_verbless(tokens, token)
    elif token.dep == "marker" and token.lower == "that" and tokens[token.head].dep == "participle_clause":
        _content_of_noun(tokens, tokens[token.head])
    elif token.dep == "prep" and token.i + 2 < len(tokens):
        _day_before_subject(tokens, token)
    elif token.lower in _TAKEN_AS and token.dep == "object":
        _taken_as(tokens, token)
    if token.tag in ("VBN", "VBD"):
        _told_of_subject(tokens, token)
        undergone(tokens, token)
    elif token.dep == "subject" and token.tag == "VBG":
        _people_doing(tokens, token)
    elif token.dep == "subject" and token.i > 2 and tokens[token.i - 1].tag not in ("WP", "WDT"):
        listed_subject(tokens, token)
    elif token.tag == "VBG" and token.dep == "prep_object":
        charged_with(tokens, token)
    if token.dep == "root" and token.tag == "VBN":
        reduced_relative(tokens, token)
    elif token.tag == "VBN" and token.dep == "adjective" and token.i > 1 and tokens[token.head].dep == "root":
        verb_in_phrase(tokens, token)
    if token.lower == "work" and token.tag == "VB":
        way_to_work(tokens, token)
    elif token.tag in ("NN", "NNS") and token.dep == "adverbial_clause":
        noun_behind_to(tokens, token)
    if token.lower in _STATIVE and token.dep == "clause":
        _said_of_object(tokens, token)
    if token.tag == "VBD" and token.text[:1].isupper() and token.i:
        _name_as_verb(tokens, token)
    if token.dep.startswith("auxiliary") and token.tag in ("NN", "NNP"):
        _noun_as_auxiliary(tokens, token)


def _content_of_noun(tokens: Sequence[Token], verb: Token) -> None:
    """'claims [that soldiers shot a boy]': a clause with a subject of its own is the noun's content, no participle."""
    if any(t.head == verb.i and t.dep.startswith("subject") for t in tokens):
        verb.dep = "clause"


def _told_of_subject(tokens: Sequence[Token], token: Token) -> None:
    """'when [suspected] rebels threw a bomb', '[dismissed] workers burned tyres': no verb of its own, but said of the
    subject behind it."""
    verb = next((t for t in tokens[token.i + 1:] if t.head == token.i and t.dep == "clause"), None)
    subject = next((t for t in tokens if verb is not None and t.head == verb.i and t.dep.startswith("subject")), None)
    if verb is None or subject is None:
        return
    owned = any(t.head == token.i and t.dep.startswith(("subject", "auxiliary")) for t in tokens)
    if owned or any(t.head == verb.i and t.dep == "marker" for t in tokens):
        return
    if token.lower not in _SO_CALLED and not _opens_phrase(tokens, token, subject):
        return
    _take_place(tokens, verb, token)
    token.dep, token.head = "adjective", subject.i


def _take_place(tokens: Sequence[Token], better: Token, token: Token) -> None:
    """Hang a token where another one hangs, and on it what hangs on that one."""
    better.dep, better.head = token.dep, better.i if token.head == token.i else token.head
    for other in tokens:
        if other.head == token.i and other not in (better, token):
            other.head = better.i


def _verb_of_verbless(tokens: Sequence[Token], token: Token) -> None:
    """'gunmen on a motorcycle [shot] dead a clerk': a participle with an object behind it, in a sentence without any
    verb, is its verb; the parser takes the object for another name of the subject."""
    root = next(t for t in tokens if t.dep == "root")
    thing = next((t for t in tokens[token.i + 1:] if t.head == root.i and t.dep == "apposition"), None)
    if thing is None or root.tag not in ("NN", "NNS", "NNP", "NNPS") or any(t.tag in FINITE for t in tokens):
        return
    first = min(t.i for t in tokens if t.i == thing.i or (t.head == thing.i and t.dep in ("determiner", "number")))
    if any(t.head != token.i for t in tokens[token.i + 1:first]):
        return
    for other in tokens[token.i + 1:]:
        if other.head == root.i:
            other.head = token.i
    thing.dep, root.dep, root.head = "object", "subject", token.i
    token.tag, token.pos, token.dep, token.head = "VBD", "VERB", "root", token.i


def _opens_phrase(tokens: Sequence[Token], token: Token, subject: Token) -> bool:
    """Does the participle stand right before its noun, with neither a determiner nor another verb between?"""
    between = tokens[token.i + 1:subject.i]
    return subject.tag in ("NNS", "NN") and subject.i - token.i <= 3 and all(
        t.head == subject.i and t.dep in ("compound", "adjective") for t in between)


def _people_doing(tokens: Sequence[Token], token: Token) -> None:
    """'[farmers] taking part in a parade clashed': people and what is told of them, and no taking by farmers."""
    noun = tokens[token.i - 1] if token.i else token
    if noun is token or noun.head != token.i or noun.dep != "subject" or noun.tag not in ("NNS", "NNPS", "NNP"):
        return
    noun.dep, noun.head = "subject", token.head
    token.dep, token.head = "participle_clause", noun.i


def _noun_of_deed(tokens: Sequence[Token], token: Token) -> None:
    """'killed in mortar [shelling] by troops': a noun with one before it, and no clause."""
    before = tokens[token.i - 1] if token.i > 1 else token
    preposition = tokens[before.head]
    by = any(t.head == token.i and t.lower == "by" for t in tokens)
    if by and before.dep == "prep_object" and before.tag == "NN" and preposition.i == token.i - 2 and \
            preposition.head == token.head:
        token.dep, token.head, token.tag, token.pos = "prep_object", preposition.i, "NN", "NOUN"
        before.dep, before.head = "compound", token.i


def _said_of_object(tokens: Sequence[Token], token: Token) -> None:
    """'defused a bomb [weighing] six kg': what is defused is the bomb, and not that it weighs so much."""
    noun = next((t for t in tokens if t.head == token.i and t.dep == "subject" and t.i < token.i), None)
    if noun is not None and token.head < noun.i:
        noun.dep, noun.head = "object", token.head
        token.dep, token.head = "participle_clause", noun.i


def _name_as_verb(tokens: Sequence[Token], token: Token) -> None:
    """'soldiers and Pyu [Saw] Htee fighters burned houses': a capital among capitals is a part of a name."""
    around = [*tokens[token.i - 1:token.i], *tokens[token.i + 1:token.i + 2]]
    verb = next((t for t in tokens if t.head == token.i and t.dep == "clause"), None)
    subject = next((t for t in tokens if verb is not None and t.head == verb.i and t.dep == "subject"), None)
    if len(around) < 2 or any(t.tag != "NNP" for t in around) or verb is None or subject is None:
        return
    first = next((t for t in tokens if t.head == token.i and t.dep == "subject"), None)
    _take_place(tokens, verb, token)
    if first is not None and around[0] is not first:
        subject.dep, subject.head = "conjunct", first.i
    for part in (token, around[0]):
        if part is not first:
            part.dep, part.head = "compound", subject.i


def _noun_as_auxiliary(tokens: Sequence[Token], token: Token) -> None:
    """'a pressure [IED] planted by rebels exploded': a noun right behind a noun heads both."""
    before, verb = tokens[token.i - 1], tokens[token.head]
    if not token.i or before.tag[:2] != "NN" or verb.head != before.i or verb.tag != "VBN":
        return
    _take_place(tokens, token, before)
    before.dep, before.head = "compound", token.i


def _day_before_subject(tokens: Sequence[Token], token: Token) -> None:
    """'On 5 May 2019 [gunmen] shot two': a day without a comma behind it is no part of the noun that follows it."""
    end = token.i + 1
    days = language.calendar_names
    while end < len(tokens) and (tokens[end].tag == "CD" or tokens[end].lower in days
                                 or tokens[end].lower in _PARTS_OF_DAY):
        end += 1
    told = tokens[token.i + 1:end]
    day = next((t for t in reversed(told) if t.lower in days), None)
    within = any(token.i < j < end for j in ancestors(tokens, token.i))  # "16 - 23 January": no preposition
    if day is None or within or end == len(tokens) or all(token.i <= t.head < end for t in told):
        return
    for other in told:
        if other is not day and not token.i < other.head < end:
            other.head = day.i
    day.head, day.dep = token.i, "prep_object"
    noun, verb = next((t for t in tokens[end:] if t.head == token.i), None), tokens[token.head]
    if noun is not None and noun.dep == "prep_object" and noun.i < verb.i and verb.tag in FINITE | {"VBN"} and not any(
            t.head == verb.i and t.dep.startswith("subject") for t in tokens):
        passive = any(t.head == verb.i and t.dep == "auxiliary_passive" for t in tokens)
        noun.head, noun.dep = verb.i, "subject_passive" if passive else "subject"


def _taken_as(tokens: Sequence[Token], token: Token) -> None:
    """'took ten [soldiers] hostage': who was taken, and not the kind of the hostage."""
    people = tokens[token.i - 1] if token.i else token
    if people.dep != "compound" or people.head != token.i or not people.tag.startswith("NN"):
        return
    for other in tokens[:token.i]:
        if other.head == token.i and other is not people:
            other.head = people.i
    people.head, people.dep = token.head, "object"
    token.dep = "attribute"


def _list_member(tokens: Sequence[Token], token: Token) -> None:
    """'shot Mayor Mora, [Senator Diaz], and two guards': a name in a list is no other name of the one before; nor are
    those behind the last comma and "and" of the kind of what is said of it: 'shot Mora, [a clerk], and two guards'; nor
    are several of one: 'shot a priest, [two clerks] and a nun'."""
    below = [t for t in tokens if t.head == token.i and t is not token]
    behind = [t for t in tokens[token.i + 1:] if t.head in (token.i, token.head)]
    last = next((t for t in behind if t.dep == "conjunct"), None)
    comma = next((t.i - 1 for t in behind if t.dep == "coordinator"), 0)
    first = next((t.i for t in tokens if t.i == token.i or token.i in ancestors(tokens, t.i)), 0)
    before = tokens[token.head] if token.dep == "apposition" else tokens[first - 2] if first > 1 else token
    if last is None or tokens[first - 1].text != "," or before.dep not in _NOMINAL:
        return
    several = token.tag == "NNS" and before.tag == "NN" and any(t.tag == "CD" for t in below)
    if tokens[comma].text != "," and not several:
        return
    if several or (before.tag == token.tag == "NNP" and all(t.dep != "prep" for t in below)):
        token.head, token.dep = before.i, "conjunct"
    elif token.dep == "apposition" and last.head == token.i:
        last.head = before.i


def _finite_conjunct(tokens: Sequence[Token], token: Token) -> None:
    """'told them to step down and [shot] two': a finite verb goes on with a finite verb, not with an infinitive."""
    if tokens[token.head].tag != "VB" or any(t.head == token.i and t.dep == "subject" for t in tokens):
        return
    finite = next((a for a in ancestors(tokens, token.i) if tokens[a].tag in FINITE), None)
    if finite is not None and tokens[finite].tag == token.tag:
        token.head = finite


def _participle_after_speech(tokens: Sequence[Token], token: Token) -> None:
    """'a bomb went off, police said, [killing] two': the result belongs to what is said, not to the saying."""
    head = token.head
    if token.lower in _SPEAKING or token.i < head:
        return
    said = next((t.i for t in tokens[:head] if t.head == head and t.dep == "clause"), None)
    if said is not None and not any(t.head == token.i and t.dep in ("subject", "marker") for t in tokens):
        token.head = said


def _passive_gerund(tokens: Sequence[Token], verb: Token) -> None:
    """'died after being [shot]': a clause beside the verb, as 'after he was shot' is.

    Behind another preposition it is a verb as "shooting" would be, and no participle that stands for people.
    """
    preposition = tokens[verb.head]
    if preposition.lower in _CONJOINING:
        verb.dep, verb.head = "adverbial_clause", preposition.head
        preposition.dep, preposition.head = "marker", verb.i
    else:
        verb.tag, verb.pos = "VBG", "VERB"
