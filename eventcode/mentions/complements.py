"""What completes a verb beside its subject, its object and its prepositions: particles, second objects, clauses."""

from __future__ import annotations

from eventcode.document import Sentence
from eventcode.mentions._actor_words import CALENDAR
from eventcode.mentions.known import once_a_tree
from eventcode.mentions.slots import child, is_passive

Forms = frozenset[str]
#: How a particle may hang on its verb: "said [yes]" is an interjection, "sent [home]" an adverbial noun, "called the
#: siege [a disgrace]" a second object, "entered the town [unopposed]" a clause of its own.
_PARTICLE_RELATIONS = ("particle", "adverb", "prep", "adjective", "infinitive", "attribute", "intj", "npadvmod",
                       "negation", "preconj", "object", "adverbial_clause")


def has_particle(sentence: Sentence, i: int, words: Forms) -> bool:
    """One of the words hangs on verb i; or stands behind it or behind its object and on the object: "set [free] two
    hostages", "found two constables [guilty]"."""
    tokens = sentence.tokens
    if any(tokens[c].lower in words and tokens[c].dep in _PARTICLE_RELATIONS
           and not _tells_when_or_where(sentence, i, c) for c in sentence.children(i)):
        return True
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is not None and following.lower in words and following.dep == "adjective" \
            and following.head != i and tokens[following.head].head == i:
        return True
    objects = [c for c in sentence.children(i) if tokens[c].dep == "object"]
    return any(c > j and tokens[c].lower in words and tokens[c].dep == "adjective"
               for j in objects for c in sentence.children(j))


def _tells_when_or_where(sentence: Sentence, i: int, c: int) -> bool:
    """'held the crew [off] Benin', 'held [on] Monday': a place or a day; 'fought [off] the rebels' stands together."""
    tokens = sentence.tokens
    inner = child(sentence, c, "prep_object")
    if inner is None or tokens[c].dep != "prep":
        return False
    if tokens[c].lower != "off":
        return tokens[inner].lower in CALENDAR
    near = c == i + 1 and not is_passive(sentence, i)
    return not near and (tokens[inner].tag == "NNP" or tokens[inner].lower == "coast")


def retained(sentence: Sentence, i: int) -> list[int]:
    """'the inmates were given [shocks]': the second object, which a passive verb keeps."""
    own = child(sentence, i, "object") if child(sentence, i, "subject_passive") is not None else None
    return [] if own is None else [own]


@once_a_tree
def _aims_below(sentence: Sentence, i: int) -> list[int]:
    """'gave them until May [to leave]': an aim that the parser hangs on a noun somewhere under verb i."""
    return [t.i for t in sentence.tokens[i + 1:] if t.dep == "participle_clause" and t.tag == "VB"
            and i in sentence.ancestors(t.i)]


def says(sentence: Sentence, i: int, words: Forms) -> bool:
    """Is the verb of a clause under verb i, its content or aim, one of these words, or has it one as its auxiliary?"""
    tokens = sentence.tokens
    inner = [c for c in sentence.children(i) if tokens[c].dep in ("clause", "infinitive", "adverbial_clause")]
    inner += _aims_below(sentence, i)
    return any(
        tokens[j].lower in words
        or any(tokens[c].lower in words for c in sentence.children(j) if tokens[c].tag == "MD")
        for j in inner
    )
