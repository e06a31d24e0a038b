"""The spaCy analyzer: tokens for every sentence, tag and tree for those that are parsed.

Only the tagger and the parser of the model run: lemmas come from the language's own word forms, names from the
gazetteer and the actor tables. English CLEAR labels are mapped to the role layer's names.
"""

from __future__ import annotations

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
        while batch := [self._one_sentence(*sentence) for sentence in islice(waiting, batch_size)]:
            with one_thread():
                parsed = list(self._nlp.pipe(batch, as_tuples=True, batch_size=batch_size))
            for doc, (words, text, offset) in parsed:
                yield _tokens(doc, [(word.idx, word.text, self._lower(word)) for word in words], text, offset)

    def _one_sentence(self, text: str, offset: int, verb: int | None) -> tuple[Any, tuple[Any, str, int]]:
        """What the parser is given, and the words as they stand, the text and its offset."""
        from spacy.tokens import Doc

        made = self._nlp.make_doc(_spoken(text))
        words = [self._joined.get(word.lower_, word.text) for word in made]
        if verb is not None:
            words[[word.i for word in made if not word.is_space][verb]] = _PLAIN_VERB
        one = Doc(
            made.vocab,
            words,
            [bool(word.whitespace_) for word in made],
            sent_starts=[i == 0 for i in range(len(words))],
        )
        return one, (made, text, offset)


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


def _tokens(doc: Any, words: Sequence[tuple[int, str, str]], text: str, offset: int) -> list[Token]:
    """Our tokens of a parsed doc, spelled as in the text; without blank tokens: what hung on one hangs on its head.

    `words`: where each token of the doc starts in the text, how it is spelled there, and how it is read.
    """
    kept = [word.i for word in doc if not word.is_space]
    place = {old: new for new, old in enumerate(kept)}
    found: list[Token] = []
    for new, old in enumerate(kept):
        word, (at, spelled, lower) = doc[old], words[old]
        head = word.head
        while head.i not in place and head.head.i != head.i:
            head = head.head
        start, end = at, at + len(spelled)
        found.append(
            Token(
                new,
                offset + start,
                offset + end,
                text[start:end],
                lower,
                tag=word.tag_,
                pos=_POS.get(word.tag_, "X"),
                dep=CLEAR.get(word.dep_, word.dep_),
                head=place.get(head.i, new),
            )
        )
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
