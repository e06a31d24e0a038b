"""Which words report an action: lexicon entries compiled to word forms, the gate, and triggers on a tree.

The gate asks of a sentence's bare words whether any entry could begin there; only then is it parsed. On the tree each
entry's company is checked (particle, object, prepositions, modifiers) and its guards ("killed the bill").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from eventcode.document import Sentence, Token
from eventcode.languages.base import Language
from eventcode.lexicon import Action, Entry, read_domains
from eventcode.mentions.complements import has_particle, retained, says
from eventcode.mentions.contents import embedded
from eventcode.mentions.gate import Company, Forms, Gate
from eventcode.mentions.guards import (
    BESIDE,
    NO_GUARD,
    Banned,
    FigureReader,
    among,
    has_preposition,
    modifiers_of,
    patient,
    spelled,
    stopped,
)
from eventcode.mentions.headlines import reads_passive
from eventcode.mentions.kinds import Kinds
from eventcode.mentions.slots import governor_verb, is_noun, is_verb, prepositional, verb_slot
from eventcode.rules import Words

#: Nouns that stand for some of what follows "of".
_SOME = frozenset({"dozens", "scores", "hundreds", "thousands", "several", "some", "many", "most", "volley", "barrage",
                   "salvo", "wave", "hail", "swarm", "series", "handful", "number", "couple", "pair", "group"})
#: Acts that may make an act of a bare noun: "five died in the attack".
HARM = frozenset({"die", "kill", "injure", "go_missing", "displace"})


@dataclass(frozen=True, slots=True)
class Compiled:
    """One entry with every lemma replaced by its forms."""

    entry: Entry
    particle: Forms = frozenset()
    subject: Forms = frozenset()
    object: Forms = frozenset()
    modifier: Forms = frozenset()
    clause: Forms = frozenset()
    prep: Mapping[str, Forms] = field(default_factory=dict)
    light: tuple[tuple[Forms, str], ...] = ()  # verb forms and the particle, "" for none
    receiving: Forms = frozenset()  # of light verbs, the forms whose subject is acted on
    banned: Banned = NO_GUARD
    needs: int = 0  # of the gate's sets of words, those that the sentence must have a word of


@dataclass(frozen=True, slots=True)
class Trigger:
    """Token `i` of a sentence reports `entry.action`; `verb` tells in which of its two word classes."""

    i: int
    verb: bool
    compiled: Compiled
    light: int | None = None
    befell: bool = False  # a headline's verb whose subject is what it was done to
    received: bool = False  # a light verb whose subject is what it was done to: 'received aid'

    @property
    def entry(self) -> Entry:
        return self.compiled.entry


@dataclass(frozen=True, slots=True)
class Refusal:
    """Token `i` looked like an entry's word but was not taken, and why."""

    i: int
    entry: Entry
    reason: str


#: Riots may be "against the law", a crackdown may be one "on crime".
_OF_THE_LAW = ("protest", "repression")
_NONE: Forms = frozenset()


class ActionFinder:
    """The lexicon of a language, ready to be looked up by word form."""

    def __init__(self, language: Language, actions: Mapping[str, Action]) -> None:
        self.language = language
        self.actions = actions
        self._verbs: dict[str, list[Compiled]] = {}
        self.nouns: dict[str, list[Compiled]] = {}
        self._adjectives: dict[str, list[Compiled]] = {}
        self._gate = Gate()
        self._spelled: dict[Words, Forms] = {}
        domains = read_domains(language.folder / "domains.yaml")
        #: The forms of each domain that entries may need in a slot, by its name with the "@".
        self.domains = {f"@{name}": self._forms(listed) for name, listed in domains.items()}
        for entry in language.entries:
            self._add(entry)
        self._figures = FigureReader(language, self._forms)
        self._heads = frozenset({*self._verbs, *self.nouns, *self._adjectives})

    def _add(self, entry: Entry) -> None:
        compiled = self._compile(entry)
        company = Company(compiled.needs, self._gate.banned.bit(compiled.banned.nearby), entry.action,
                          self._gate.kinds.asked(entry.needs), entry.action in HARM or bool(entry.counts))
        heads = ((self._forms(entry.verb), self._verbs), (self._forms(entry.noun), self.nouns),
                 (frozenset(entry.adjective), self._adjectives))
        for forms, index in heads:
            for form in sorted(forms):
                index.setdefault(form, []).append(compiled)
                self._gate.add(form, company)

    def _forms(self, lemmas: Words) -> Forms:
        """All forms of these lemmas; the long lists that many entries share are spelled out once."""
        if not lemmas:
            return _NONE
        if lemmas not in self._spelled:
            forms = {form for lemma in lemmas for form in self.language.forms(lemma)}
            self._spelled[lemmas] = frozenset(forms | {form.replace("-", "") for form in forms})
        return self._spelled[lemmas]

    def _compile(self, entry: Entry) -> Compiled:
        objects, subjects = self._forms(entry.object), self._forms(entry.subject)
        modifiers = self._forms(entry.modifier) | frozenset(entry.modifier)
        preps = {preposition: self._forms(nouns) for preposition, nouns in entry.prep.items()}
        company = [objects, subjects, modifiers, frozenset(entry.particle), frozenset(preps),
                   frozenset(entry.clause)]
        company += [frozenset().union(*preps.values())] if preps and all(preps.values()) else []
        return Compiled(
            entry=entry,
            particle=frozenset(entry.particle),
            subject=subjects,
            object=objects,
            modifier=modifiers,
            clause=frozenset(entry.clause),
            prep=preps,
            light=tuple((self.language.forms(verb.split()[0]), " ".join(verb.split()[1:])) for verb in entry.light),
            receiving=self.domains["@receiving"] if entry.light else _NONE,
            banned=spelled(entry.unless, self._forms),
            needs=self._gate.needed.bits(
                frozenset(part for word in words for part in word.split("-")[:1]) for words in company if words
            ),
        )

    def is_candidate(self, sentence: Sentence) -> bool:
        """May this sentence report an action? Looks at its bare words only; a no is certain."""
        return bool(self.fitting(sentence))

    def fitting(self, sentence: Sentence) -> Sequence[Company]:
        """What entries ask for that may be worded in this sentence, by its bare words; asked of a sentence once."""
        if sentence.fitting is None:
            sentence.fitting = self._gate.fitting(sentence.text)
        return sentence.fitting

    @property
    def kinds(self) -> Kinds:
        """The kinds that entries ask of their sides, as numbers."""
        return self._gate.kinds

    def is_verb(self, form: str) -> bool:
        """Is this lower-case word a form of some entry's verb?"""
        return form in self._verbs

    def triggers(self, sentence: Sentence) -> tuple[list[Trigger], list[Refusal]]:
        """The triggers of a parsed sentence, all entries that fit at each word, and those refused with the reason."""
        found: list[Trigger] = []
        refused: list[Refusal] = []
        words = sentence.vocabulary | {word.partition("-")[0] for word in sentence.vocabulary}
        missing, hyphens = self._gate.needed.missing_in(words), "-" in words
        heads, figures = self._heads, self._figures.possible(sentence)
        for token in [t for t in sentence.tokens if t.lower in heads or (hyphens and _after_hyphen(sentence, t))]:
            for compiled, verb in self._readings(sentence, token):
                if compiled.needs & missing:  # spares the walks on the tree
                    continue
                trigger, reason = _fit(sentence, token.i, compiled, verb)
                figure = "" if trigger is None else self._figure_at(sentence, trigger, figures)
                if figure:
                    refused.append(Refusal(token.i, compiled.entry, f"a figure of speech: {figure}"))
                elif trigger is not None:
                    befell = verb and self._needs_object(compiled.entry) and reads_passive(
                        sentence, token.i, compiled.particle)
                    found.append(replace(trigger, befell=True) if befell else trigger)
                elif reason:
                    refused.append(Refusal(token.i, compiled.entry, reason))
        return found, refused

    def _figure_at(self, sentence: Sentence, trigger: Trigger, figures: Mapping[str, Banned]) -> str:
        """The id of the figure of speech in which an act of force is named, or ""."""
        action = self.actions[trigger.entry.action]
        if not figures or not action.material or action.family in _OF_THE_LAW:
            return ""
        named = trigger.compiled.object  # an entry that names its objects means no others
        for name, banned in figures.items():
            light = Banned(subject=banned.subject)  # '[snow] laid siege to'
            if stopped(sentence, trigger.i, replace(banned, object=_NONE) if named else banned, trigger.verb) or (
                    trigger.light is not None and stopped(sentence, trigger.light, light, True)):
                return name
        return ""

    def _needs_object(self, entry: Entry) -> bool:
        """Has the verb an object in any full sentence: what counts its targets, and attacks of every kind?"""
        action = self.actions[entry.action]
        counts = entry.counts or action.counts
        return counts is not None or "attack" in (action.id, action.kind_of)

    def _readings(self, sentence: Sentence, token: Token) -> list[tuple[Compiled, bool]]:
        """The entries that this token's form belongs to, as verb or predicate adjective (True) and as noun."""
        verb, noun = is_verb(token), is_noun(token)
        found: list[tuple[Compiled, bool]] = []
        if not (verb or noun or token.dep == "attribute"):
            return found
        for form in _spellings(sentence, token):
            found += [(c, True) for c in self._verbs.get(form, ())] if verb else []
            found += [(c, False) for c in self.nouns.get(form, ())] if noun else []
            found += [(c, True) for c in self._adjectives.get(form, ())] if token.dep == "attribute" else []
        return found


def _spellings(sentence: Sentence, token: Token) -> list[str]:
    """The token's form, and with the word it is hyphenated to ("gang-rape" is three tokens)."""
    if _after_hyphen(sentence, token):
        return [token.lower, f"{sentence.tokens[token.i - 2].lower}-{token.lower}"]
    return [token.lower]


def _after_hyphen(sentence: Sentence, token: Token) -> bool:
    i, tokens = token.i, sentence.tokens
    return (
        i >= 2
        and tokens[i - 1].text == "-"
        and tokens[i - 2].end == tokens[i - 1].start
        and tokens[i - 1].end == token.start
    )


def _fit(sentence: Sentence, i: int, compiled: Compiled, verb: bool) -> tuple[Trigger | None, str]:
    """The trigger where an entry's company is there and no guard stands; else None and the guard (or "")."""
    if not (_verb_company(sentence, i, compiled) if verb else _noun_company(sentence, i, compiled)):
        return None, ""
    reason = stopped(sentence, i, compiled.banned, verb)
    if reason:
        return None, reason
    light = None if verb else _light(sentence, i, compiled)
    received = light is not None and sentence.tokens[light].lower in compiled.receiving
    trigger = Trigger(i, verb, compiled, light, received=received)
    is_bare = sentence.tokens[i].lower in compiled.entry.adjective and not embedded(sentence, trigger)
    return None if is_bare else trigger, ""


def _verb_company(sentence: Sentence, i: int, compiled: Compiled) -> bool:
    tokens = sentence.tokens
    if compiled.particle and not has_particle(sentence, i, compiled.particle):
        return False
    if compiled.object and not _has_object(sentence, i, compiled.object):
        return False
    if compiled.subject and not _has_subject(sentence, i, compiled.subject):
        return False
    subjects = verb_slot(sentence, i, "subject") if compiled.modifier and compiled.subject else []
    described = [c for head in (i, *subjects) for c in sentence.children(head)]
    if compiled.modifier and not any(tokens[c].lower in compiled.modifier for c in described):
        return False
    if compiled.clause and not says(sentence, i, compiled.clause):
        return False
    return not compiled.prep or has_preposition(sentence, i, compiled.prep, True)


def _noun_company(sentence: Sentence, i: int, compiled: Compiled) -> bool:
    tokens = sentence.tokens
    if compiled.particle or compiled.object or compiled.subject or compiled.clause:
        return False
    if compiled.modifier and not any(tokens[c].lower in compiled.modifier for c in modifiers_of(sentence, i)):
        return False
    return not compiled.prep or has_preposition(sentence, i, compiled.prep, False)


def _has_subject(sentence: Sentence, i: int, forms: Forms) -> bool:
    """Has verb i one of these subjects, or some of them: 'one of the [rockets] struck a house'?"""
    heads = verb_slot(sentence, i, "subject") or patient(sentence, i)
    some = [j for j in heads if sentence.tokens[j].tag in ("CD", "DT") or sentence.tokens[j].lower in _SOME]
    return among(sentence, heads, forms) or among(
        sentence, [k for j in some for k in prepositional(sentence, j, "of")], forms)


def _has_object(sentence: Sentence, i: int, forms: Forms) -> bool:
    """Has verb i one of these objects, or what stands under its "of": 'tons of [aid]', 'a state of [emergency]'?"""
    heads = [*verb_slot(sentence, i, "object"), *retained(sentence, i)]
    content = [j for head in heads for j in prepositional(sentence, head, "of")]
    return among(sentence, heads, forms) or among(sentence, content, forms, BESIDE)


def _light(sentence: Sentence, i: int, compiled: Compiled) -> int | None:
    """The light verb over the noun ('carried out [an attack]', 'is in [talks]'), where the entry names it."""
    governor, preposition = governor_verb(sentence, i), ""
    if governor is None and sentence.tokens[i].dep == "prep_object":
        above = sentence.tokens[sentence.tokens[i].head]
        governor, preposition = above.head, above.lower
    if governor is None:
        return None
    word, below = sentence.tokens[governor].lower, sentence.children(governor)
    for forms, particle in compiled.light:
        told = particle == preposition if preposition else not particle or any(
            sentence.tokens[c].lower == particle for c in below)
        if word in forms and told:
            return governor
    return None
