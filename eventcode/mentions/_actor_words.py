"""Words as the actor tables see them: folded pieces of tokens, how a name must be written, and closed word lists."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from eventcode.document import Sentence, Token


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


#: Abbreviations and names that are also common words: they count only when written as in the table.
COMMON = word_set("let gnu fis ana mit cop bat pen sas us who car care mend aid it is un au eu ira isi pla map "
                  "march mp moves core safe ap nice may chad jordan turkey guinea niger mali male congress "
                  "reading apple shell target gap fed ina pa act acp model fact pace ford arena tak dem pad sac "
                  "raw rab ice eni")
LOCATIVE = word_set("in at near inside outside around across throughout within via toward towards into onto "
                     "downtown central greater")
DETERMINERS = word_set("the a an this that these those its their his her our your my some any all both no every "
                        "each several many most few such another other one")
DEFINITE = word_set("the this that these those its their his both")
#: Adjectives that may stand between a country or group and the noun they both describe.
FILLERS = word_set("senior top former ex new old young local regional national northern southern eastern western "
                    "central north south east west foreign armed unarmed elite special heavily well-armed loyal "
                    "rival hardline moderate radical main leading key other chief first second third interim acting "
                    "transitional provisional caretaker deputy assistant high low junior ruling governing outgoing "
                    "incoming newly elected exiled ousted deposed suspected alleged unidentified unknown masked "
                    "wounded injured dead captured surrendered uniformed plainclothes plain-clothes retired veteran "
                    "civilian military political religious ethnic tribal islamic islamist muslim christian jewish "
                    "catholic orthodox secular communist socialist leftist left-wing right-wing far-right far-left "
                    "conservative liberal nationalist pro-democracy pro-government anti-government independent "
                    "private state public federal provincial municipal joint combined multinational allied "
                    "additional extra more remaining numerous some several many hundreds thousands dozens of-state "
                    "day elderly female male pregnant teenage unemployed angry peaceful innocent ordinary displaced "
                    "regular irregular paramilitary mobile rapid so-called breakaway dissident rogue renegade "
                    "active-duty off-duty high-ranking top-ranking high-level mid-level powerful influential "
                    "prominent big small large major minor famous domestic internal overseas rural urban coastal "
                    "embattled beleaguered current then late counter-terrorism counterterrorism anti-terrorism "
                    "antiterrorism intelligence economic financial nuclear interior defence defense security "
                    "presidential royal diplomatic medical humanitarian emergency election black white indigenous "
                    "native mostly predominantly largely mainly democratic revolutionary popular patriotic ground "
                    "naval air two three four five six seven eight nine ten eleven twelve")
#: 'Hamas-run police' are Hamas's; 'Turkish-backed rebels' are not Turkish.
KEEPING = frozenset({"led", "run", "controlled", "dominated", "commanded", "ruled"})
DROPPING = word_set("backed supported linked allied aligned inspired funded trained armed affiliated born based "
                     "owned held occupied made sponsored imposed brokered mediated supplied built administered "
                     "speaking language style registered flagged educated friendly era financed equipped sanctioned "
                     "loyal proxy mandated proposed drafted fired bound wide mastermind claimed besieged")
PREFIXES = frozenset({"anti", "pro", "non", "post", "pre", "counter"})
CALENDAR = word_set("monday tuesday wednesday thursday friday saturday sunday january february march april may june "
                     "july august september october november december jan feb mar apr jun jul aug sept sep oct nov "
                     "dec")
PARTICLES = word_set("bin ibn al el ben de da do dos du von van der den la le ould ag abu umm di st mac mc")
#: Words after which 'to' or a bare form is a verb: 'will police', 'it forces'.
VERB_BEFORE = word_set("will would could can cannot must may might should shall ca wo n't not 'll 'd he she it they "
                        "we i you who did does do")
_ABBREVIATED = word_set("lt col gen maj brig capt sgt adm cmdr cpl pvt sen rep rev")
_SMALL = word_set("a an the and or but nor of in on at to for from by with over as off up out into after amid near "
                   "vs via per its is are be than not no")
#: A bare singular ('an Afghan') is a person when one of these follows, else an adjective.
AFTER_NOUN = word_set("was were is are has had have who said says and or in on at by with from to of for , . ; : ) "
                       "” after before when while as whose died killed did will would could can may must should that "
                       "also told 's been arrested shot accused suspected") | {'"'}


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case, no diacritics, no inner apostrophes, no final dot: 'U.S.' gives 'u.s', 'Sana’a' gives 'sanaa'."""
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word.replace("’", "'").replace("‘", "'"))
                       if not unicodedata.combining(c))
    folded = word.lower()
    if len(folded) > 2 and folded[0] != "'":
        folded = folded.replace("'", "")
    return folded.rstrip(".") if len(folded) > 1 and folded[0].isalnum() else folded


@lru_cache(maxsize=65536)
def pieces(text: str) -> tuple[tuple[str, str, bool], ...]:
    """A token as (folded, as written, glued to the piece before by a hyphen) pieces; a possessive 's is its own."""
    if text.isalpha() and text.isascii():
        return ((text.lower(), text, False),)
    if not any(map(str.isalnum, text)):
        return ((text, text, False),)
    made: list[tuple[str, str, bool]] = []
    for k, part in enumerate(text.replace("–", "-").split("-")):
        made += [(folded, raw, k > 0 and i == 0) for i, (folded, raw) in enumerate(_possessive(part))]
    return tuple(made)


def _possessive(part: str) -> list[tuple[str, str]]:
    plain = part.replace("’", "'")
    if plain in ("'s", "'S", "'"):
        return [(plain.lower(), part)]
    for ending in ("'s", "'S", "'"):
        if plain.endswith(ending) and len(plain) > len(ending):
            return [(fold(part[: -len(ending)]), part[: -len(ending)]), (ending.lower(), part[-len(ending):])]
    return [(fold(part), part)] if part else []


def alias_key(alias: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """(folded pieces, how each must be written: 0 anyhow, 1 with a capital, 2 in capitals) of a name in a table."""
    words: tuple[str, ...] = ()
    demand: tuple[int, ...] = ()
    for word in alias.replace("(", " ( ").replace(")", " ) ").split():
        folded, asked = _word_key(word)
        words += folded
        demand += asked
    return words, demand


@lru_cache(maxsize=65536)
def _word_key(word: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    split = pieces(word)
    return tuple(folded for folded, _, _ in split), tuple(_demand(folded, raw) for folded, raw, _ in split)


def _demand(folded: str, raw: str) -> int:
    if not raw[:1].isupper():
        return 0
    if not raw.isupper():
        return 1
    letters = sum(map(str.isalpha, raw))
    return 2 if letters > 1 and (letters <= 3 or folded in COMMON) else 1


def written_as(raw: str, demand: int) -> bool:
    """Is this word written as its table asks?"""
    return demand == 0 or (raw.isupper() if demand == 2 else raw[:1].isupper())


#: Words before a title that are verbs too.
_PARTICIPLES = frozenset({"ousted", "deposed", "exiled", "elected", "suspended"})


@dataclass
class View:
    """A sentence in pieces. `token[i]` is the token that piece i belongs to; `glued[i]`: a hyphen stands before it."""

    sentence: Sentence
    words: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    token: list[int] = field(default_factory=list)
    glued: list[bool] = field(default_factory=list)

    @classmethod
    def of(cls, sentence: Sentence) -> View:
        """The pieces of a sentence; hyphens between words vanish, whatever the tokenizer did with them."""
        view = cls(sentence)
        tokens = sentence.tokens
        words, raw, at, glued = view.words, view.raw, view.token, view.glued
        pending = False
        for i, token in enumerate(tokens):
            text = token.text
            if text.isalpha() and text.isascii():  # as most words are: one piece, spelled as it is
                lower = token.lower
                words.append("" if lower in _PARTICIPLES and token.tag == "VBD" else lower)
                raw.append(text)
                at.append(i)
                glued.append(pending)
                pending = False
                continue
            if text in ("-", "–") and _is_hyphen(tokens, i):
                pending = True
                continue
            if text == "." and i and words and words[-1] in _ABBREVIATED and tokens[i - 1].end == token.start:
                continue  # a tokenizer may part "Col" from its dot
            finite = token.tag == "VBD" and token.lower in _PARTICIPLES  # 'the army deposed President Keita'
            for folded, written, joined in pieces(text):
                words.append("" if finite else folded)
                raw.append(written)
                at.append(i)
                glued.append(joined or pending)
                pending = False
        return view

    @cached_property
    def caseless(self) -> bool:
        """Is the whole sentence in capitals, or without any?"""
        text = self.sentence.text
        return text.isupper() or text.islower()

    @cached_property
    def title_case(self) -> bool:
        """Does the sentence look like a headline: has every word but the small ones a capital?"""
        words = [raw for raw, word in zip(self.raw, self.words, strict=True) if raw[0].isalpha() and word not in _SMALL]
        return len(words) > 3 and all(raw[0].isupper() for raw in words)

    def word(self, i: int) -> str:
        """The folded piece at i, or nothing beyond the ends."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def capital(self, i: int) -> bool:
        """Is piece i a word with a capital?"""
        return 0 <= i < len(self.raw) and self.raw[i][:1].isupper()


def _is_hyphen(tokens: list[Token], i: int) -> bool:
    return 0 < i < len(tokens) - 1 and tokens[i - 1].end == tokens[i].start and tokens[i].end == tokens[i + 1].start
