"""The spaCy analyzer: tokens for every sentence, tag and tree for those that are parsed.

Only the tagger and the parser of the model run: lemmas come from the language's own word forms, names from the
gazetteer and the actor tables. English CLEAR labels are mapped to the role layer's names.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from eventcode.analyzers.blas import is_limitable, one_thread
from eventcode.analyzers.model import VERSION, find_model
from eventcode.analyzers.repair import repair
from eventcode.document import Token
from eventcode.languages.en import language

#: CLEAR (the English model's labels) to the role layer; a label that is not here passes unchanged.
CLEAR = {
    "ROOT": "root",
    "nsubj": "subject",
    "csubj": "subject",
    "nsubjpass": "subject_passive",
    "csubjpass": "subject_passive",
    "dobj": "object",
    "dative": "indirect",
    "agent": "agent",
    "prep": "prep",
    "pobj": "prep_object",
    "pcomp": "prep_object",
    "poss": "possessive",
    "compound": "compound",
    "nmod": "compound",
    "amod": "adjective",
    "nummod": "number",
    "det": "determiner",
    "appos": "apposition",
    "relcl": "relative",
    "acl": "participle_clause",
    "conj": "conjunct",
    "cc": "coordinator",
    "prt": "particle",
    "neg": "negation",
    "aux": "auxiliary",
    "auxpass": "auxiliary_passive",
    "ccomp": "clause",
    "xcomp": "infinitive",
    "oprd": "infinitive",
    "advcl": "adverbial_clause",
    "advmod": "adverb",
    "mark": "marker",
    "attr": "attribute",
    "acomp": "attribute",
    "parataxis": "parataxis",
    "punct": "punct",
}

#: What the parser reads in the place of a verb that it would take for a noun.
_PLAIN_VERB = "attacked"
_EXCLUDED = ("ner", "senter", "attribute_ruler", "lemmatizer")

#: A vocabulary of more words than this is given up: spaCy's, and the cache of its tokenizer, forget no word they met,
#: about a kilobyte each, and every article brings new names. Loading anew takes half a second per some 8,000 articles.
MOST_WORDS = 60_000

#: Where a token starts in its sentence, how it is spelled, and how it is read (lower case).
Spelled = tuple[int, str, str]


class SpacyAnalyzer:
    """English with spaCy's small model; the model is found, verified and loaded on first use."""

    name = "spacy"
    version = f"en_core_web_sm {VERSION}"

    @cached_property
    def _nlp(self) -> Any:
        import spacy
        from thinc.api import use_ops

        with use_ops("numpy", use_blis=not is_limitable()):
            nlp: Any = spacy.load(find_model(), exclude=_EXCLUDED)
        for word in self._joined:
            for spelled in (word, word.capitalize(), word.upper()):
                nlp.tokenizer.add_special_case(spelled, [{"ORTH": spelled}])
        return nlp

    def _forget(self) -> None:
        """Give up a model that has met too many words; the next use loads it anew. No doc of it is kept anywhere."""
        if len(self._nlp.vocab) > MOST_WORDS:
            vars(self).pop("_nlp", None)
            gc.collect()  # a pipeline and its parts hold each other

    @cached_property
    def _joined(self) -> dict[str, str]:
        """Words that are written with a hyphen by some, and as they are read: the parser would take them for three."""
        return {form: form.replace("-", "") for form in language.hyphenated}

    def _lower(self, word: Any) -> str:
        lower: str = word.lower_
        return self._joined.get(lower, lower)

    @cached_property
    def _dictionary(self) -> frozenset[str]:
        """The lemmas and irregular forms that the model's lemmatizer lists, lower case; proper nouns are among them."""
        from spacy.lookups import Lookups

        tables = Lookups().from_disk(find_model() / "lemmatizer" / "lookups")
        listed = [*tables.get_table("lemma_index").values(), *tables.get_table("lemma_exc").values()]
        return frozenset(word for words in listed for word in words)

    def is_word(self, word: str) -> bool:
        """Is this (lower case) a dictionary word or a regular form of one?"""
        known = self._dictionary
        return word in known or any(
            word.endswith(ending) and word[: -len(ending)] + more in known for ending, more in _ENDINGS
        ) or (word.endswith(("ed", "ing", "er")) and _undoubled(word) in known)

    def tokenize(self, text: str, offset: int) -> list[Token]:
        """Plain tokens of one sentence; blanks are no tokens."""
        found: list[Token] = []
        for word in self._nlp.make_doc(text):
            if not word.is_space:
                start = offset + word.idx
                found.append(Token(len(found), start, start + len(word.text), word.text, self._lower(word)))
        return found

    def parse(self, sentences: Iterable[tuple[str, int, int | None]], batch_size: int = 64) -> Iterator[list[Token]]:
        """Tokens with tag, dep and head for each (text, offset, verb), in order; each text is one sentence."""
        waiting = iter(sentences)
        self._forget()
        while batch := [self._one_sentence(*sentence) for sentence in islice(waiting, batch_size)]:
            with one_thread():
                parsed = list(self._nlp.pipe(batch, as_tuples=True, batch_size=batch_size))
            for doc, (words, text, offset) in parsed:
                yield _tokens(doc, words, text, offset)

    def _one_sentence(self, text: str, offset: int, verb: int | None) -> tuple[Any, tuple[list[Spelled], str, int]]:
        """What the parser is given, and the words as they stand, the text and its offset."""
        made, joined = self._nlp.make_doc(_spoken(text)), self._joined
        words = [(word.idx, word.text, word.lower_) for word in made]
        if verb is None and joined.keys().isdisjoint(lower for _, _, lower in words):
            return _as_one(made), (words, text, offset)
        read = [joined.get(lower, spelled) for _, spelled, lower in words]
        if verb is not None:
            read[_kept(words)[verb]] = _PLAIN_VERB
        one = type(made)(made.vocab, read, [bool(word.whitespace_) for word in made])
        return _as_one(one), ([(at, spelled, joined.get(lower, lower)) for at, spelled, lower in words], text, offset)


def _as_one(doc: Any) -> Any:
    """The doc, held to be one sentence: no word but the first may begin one."""
    from numpy import array
    from spacy.attrs import SENT_START

    if len(doc):
        doc.from_array([SENT_START], array([[1], *[[-1]] * (len(doc) - 1)], dtype="int64").astype("uint64"))
    return doc


#: Regular endings of English words, and what stands in their place in the dictionary.
_ENDINGS = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"), ("ly", ""),
    ("ily", "y"), ("bly", "ble"), ("er", ""), ("er", "e"), ("ier", "y"), ("est", ""), ("est", "e"), ("iest", "y"),
    ("ness", ""), ("ment", ""), ("men", "man"), ("able", ""), ("able", "e"),
)


def _undoubled(word: str) -> str:
    """"planned" and "planning" are forms of "plan"."""
    stem = word.removesuffix("ing") if word.endswith("ing") else word[:-2]
    return stem[:-1] if stem[-1:] == stem[-2:-1] else stem


def _spoken(text: str) -> str:
    """The text as the model knows it: what is all in capitals ("TROOPS FIRED AT") it takes for one long name."""
    lower = text.lower()
    return lower if text.isupper() and len(lower) == len(text) else text


def _kept(words: Sequence[Spelled]) -> list[int]:
    """The tokens of a doc that are no blanks."""
    return [i for i, (_, spelled, _) in enumerate(words) if not spelled.isspace()]


def _tokens(doc: Any, words: Sequence[Spelled], text: str, offset: int) -> list[Token]:
    """Our tokens of a parsed doc, spelled as in the text; without blank tokens: what hung on one hangs on its head."""
    from spacy.attrs import DEP, HEAD, TAG

    tags, deps, steps = doc.to_array([TAG, DEP, HEAD]).T  # a column at a time: a Token object of each word costs more
    heads = [i + step for i, step in enumerate(steps.astype("int64").tolist())]
    strings, kept = doc.vocab.strings, _kept(words)
    place = {old: new for new, old in enumerate(kept)}
    found: list[Token] = []
    for new, old in enumerate(kept):
        at, spelled, lower = words[old]
        head = heads[old]
        while head not in place and heads[head] != head:
            head = heads[head]
        end, tag, dep = at + len(spelled), strings[int(tags[old])], strings[int(deps[old])]
        found.append(Token(new, offset + at, offset + end, text[at:end], lower, tag, _POS.get(tag, "X"),
                           CLEAR.get(dep, dep), place.get(head, new)))
    repair(found)
    return found


#: Coarse classes of Penn tags, as far as the library asks for them.
_POS = {
    **dict.fromkeys(("NN", "NNS"), "NOUN"),
    **dict.fromkeys(("NNP", "NNPS"), "PROPN"),
    **dict.fromkeys(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"), "VERB"),
    "MD": "AUX",
    **dict.fromkeys(("JJ", "JJR", "JJS"), "ADJ"),
    **dict.fromkeys(("RB", "RBR", "RBS"), "ADV"),
    **dict.fromkeys(("PRP", "WP", "EX"), "PRON"),
    **dict.fromkeys(("PRP$", "WP$", "DT", "PDT", "WDT"), "DET"),
    "IN": "ADP",
    "TO": "PART",
    "RP": "PART",
    "CD": "NUM",
    "CC": "CCONJ",
}

analyzer = SpacyAnalyzer()
