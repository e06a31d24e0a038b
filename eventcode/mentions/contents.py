"""Where the act stands that another is about: 'agreed to [withdraw]', 'a call for [talks]'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventcode.document import Sentence
from eventcode.mentions.nouns import noun_slot
from eventcode.mentions.slots import child, verb_slot

if TYPE_CHECKING:
    from eventcode.mentions.actions import Trigger


def embedded(sentence: Sentence, trigger: Trigger) -> list[tuple[str, int]]:
    """(slot, token) of the clauses and nouns in which an `about` action may stand, nearest slots first."""
    i, verb = trigger.i, trigger.verb
    found: list[tuple[str, int]] = []
    for slot in trigger.entry.about:
        if slot in ("clause", "infinitive"):
            inner = child(sentence, i, slot)
            found += [(slot, inner)] if inner is not None else []
            if slot == "infinitive" and inner is None:  # 'pleaded with them to leave': the parser takes it for an aim
                found += [(slot, c) for c in sentence.children(i)
                          if sentence.tokens[c].dep == "adverbial_clause" and sentence.tokens[c].tag == "VB"]
            if slot == "infinitive":  # 'a call to leave', 'gave them an ultimatum to leave'
                nouns = verb_slot(sentence, i, "object") if verb else [i]
                hung = [c for noun in nouns for c in sentence.children(noun)]
                found += [(slot, c) for c in hung if sentence.tokens[c].dep == "participle_clause"
                          and sentence.tokens[c].tag in (("VB",) if verb else ("VB", "VBG"))]
        else:
            found += [(slot, j) for j in (verb_slot(sentence, i, slot) if verb else noun_slot(sentence, i, slot))]
    return found


def below(sentence: Sentence, j: int) -> list[int]:
    """Token j and what hangs on it, nearest first, breadth first, what relative clauses tell of it last."""
    found: list[int] = []
    layer, told_of = [j], list[int]()
    while (layer or told_of) and len(found) < 60:
        layer, told_of = (layer, told_of) if layer else (told_of, [])
        found += layer
        beneath = [c for i in layer for c in sentence.children(i)]
        told_of += [c for c in beneath if sentence.tokens[c].dep == "relative"]
        layer = [c for c in beneath if sentence.tokens[c].dep != "relative"]
    return found
