"""What small words make of an act: refused, hardly done, done no longer, or done all the more."""

from __future__ import annotations

from collections.abc import Iterator

from eventcode.mentions.actions import Trigger
from eventcode.mentions.slots import is_verb, logical_subject
from eventcode.neutral import Status
from eventcode.relation.roles import Roles

#: How an act may hang below what is denied: 'no mood to [talk]', 'far from [ready]', 'nothing [of talks]'.
_BELOW = frozenset({"infinitive", "participle_clause", "relative", "prep", "prep_object", "adverbial_clause", "clause",
                    "conjunct", "adjective", "attribute", "adverb"})
_DETERMINING = frozenset({"determiner", "adjective", "negation", "adverb", "preconj"})
_THINGS = frozenset({"object", "subject", "subject_passive", "attribute", "npadvmod"})
#: The rule that `Denials` gives for an act that has ended.
ENDED = "relation/no-longer"


class Denials(Roles):
    """Status as `Roles` reads it, and what denies an act from farther off."""

    def _status_of(self, i: int, light: int | None = None) -> tuple[Status, tuple[str, ...]]:
        """Negated too where the act is hardly done, not wanted or no longer done; 'never wavered in' affirms."""
        status, rules = super()._status_of(i, light)
        spots = [i] if light is None else [i, light]
        if (sure := self._affirmed(spots)) is not None:
            return (self._surely(spots) if status == "negated" else status), (*rules, sure)
        if status == "negated" and (but := self._but(i)) is not None:
            return "actual", (*rules, but)
        ended = next((rule for spot in spots if (rule := self._is_past(spot)) is not None), None)
        if ended is not None:
            modal = any(self.tokens[c].tag == "MD" for spot in spots for c in self.sentence.children(spot))
            return "negated", (ended,) if modal else (ended, ENDED)
        denied = next(self._denials(spots), None) if status != "negated" else None
        return (status, rules) if denied is None else ("negated", (denied,))

    def _but(self, i: int) -> str | None:
        """The cue in 'had nothing [but] praise': the act is what is left."""
        before = range(max(i - 4, 0), i)
        near = (k for k in before if self._is_exempted(k) and self.tokens[k].lower in self.words.denying)
        return next((self.words.exempting[self.tokens[k + 1].lower] for k in near), None)

    def _is_past(self, spot: int) -> str | None:
        """The cue in 'no [longer]' beside a word."""
        for c in self.sentence.children(spot):
            rule = self.words.longer.get(self.tokens[c].lower)
            if rule is not None and c and self._denying(c - 1) is not None:
                return rule
        return None

    def _affirmed(self, spots: list[int]) -> str | None:
        """The cue of a verb over the act whose denial affirms: 'never [wavered] in its support'."""
        return next((rule for above in (*spots[1:], *self._chain(spots[-1]))
                     if (rule := self._is_unfailing(above)) is not None), None)

    def _surely(self, spots: list[int]) -> Status:
        """'never failed to pay' tells what was done, 'will not hesitate to shoot' what is to come."""
        above = next((a for a in (*spots[1:], *self._chain(spots[-1])) if self._is_unfailing(a) is not None), spots[0])
        return "intended" if any(self.tokens[c].tag == "MD" for c in self.sentence.children(above)) else "actual"

    def _is_unfailing(self, i: int) -> str | None:
        """The cue of a verb that is denied and so affirms what it governs."""
        rule = self.words.unfailing.get(self.tokens[i].lower) if is_verb(self.tokens[i]) else None
        return rule if any(self.tokens[c].dep == "negation" for c in self.sentence.children(i)) else None

    def _denials(self, spots: list[int]) -> Iterator[str]:
        """Cues that deny the act: beside it, beside what it is done with, or over it."""
        for spot in spots:
            yield from self._beside(spot)
        for above in self._chain(spots[-1]):
            yield from filter(None, [self._denying(above), self._distant(above)])
            yield from self._beside(above)

    def _chain(self, i: int) -> Iterator[int]:
        """What stands over an act whose source it shares, up to the main verb."""
        here = i
        for above in self.sentence.ancestors(i):
            token = self.tokens[above]
            clause = self.tokens[here].dep in ("clause", "adverbial_clause", "relative") and is_verb(self.tokens[here])
            if self.tokens[here].dep not in _BELOW or (clause and not self._is_bare(here)):
                return
            if is_verb(token) and not self._is_sources(above):
                return
            yield above
            if is_verb(token) and token.dep not in _BELOW:
                return
            here = above

    def _is_bare(self, i: int) -> bool:
        """Is verb i an infinitive with "to" and without a subject of its own?"""
        below = [self.tokens[c] for c in self.sentence.children(i)]
        return any(t.tag == "TO" for t in below) and not any(t.dep in ("subject", "subject_passive") for t in below)

    def _is_sources(self, verb: int) -> bool:
        """Is the source the subject of this verb, and nobody else told or asked?"""
        subject = logical_subject(self.sentence, verb)
        surface = [c for c in self.sentence.children(verb) if self.tokens[c].dep in ("subject", "subject_passive")]
        return bool(self._held(self.source, [j for j in (subject, *surface) if j is not None]))

    def _beside(self, spot: int) -> Iterator[str]:
        """Denying words right under a word, and those under what is done: 'paid [little] heed', 'in [no] mood'."""
        for c in self.sentence.children(spot):
            token = self.tokens[c]
            if token.dep in _DETERMINING and self._is_strict(c):
                yield from filter(None, [self._denying(c)])
            if is_verb(self.tokens[spot]) and token.dep in _THINGS:
                yield from filter(None, [self._denying(c), self._scant(c)])
            if self.tokens[spot].lower in self.words.copula and token.dep == "prep":
                under = [d for d in self.sentence.children(c) if self.tokens[d].dep == "prep_object"]
                yield from filter(None, map(self._scant, under))

    def _is_strict(self, c: int) -> bool:
        """'little' beside a verb or noun of number says how small, not that it was not done."""
        return self.tokens[c].dep != "adjective" or self.tokens[self.tokens[c].head].tag == "NN"

    def _scant(self, noun: int) -> str | None:
        """The denying word over a noun: 'little heed', 'not one', not 'a little help'."""
        below = [c for c in self.sentence.children(noun) if self.tokens[c].dep in _DETERMINING - {"adverb"}]
        found = [self._denying(c) for c in below if self.tokens[c].tag == "DT" or self._denying(c) is not None]
        return found[0] if found and all(found) and self.tokens[noun].tag in ("NN", "CD") else None

    def _denying(self, i: int) -> str | None:
        return None if self._is_exempted(i) else self.words.denying.get(self.tokens[i].lower)

    def _distant(self, i: int) -> str | None:
        return None if self._is_exempted(i) else self.words.distant.get(self.tokens[i].lower)

    def _is_exempted(self, i: int) -> bool:
        """'nothing [but] praise', 'nothing [less] than a hero': the next word takes the denial back."""
        return i + 1 < len(self.tokens) and self.tokens[i + 1].lower in self.words.exempting

    def _says_no(self, trigger: Trigger) -> bool:
        """Is the word that denies one of those the entry itself names ('said no', 'has no truck with')?"""
        asked = trigger.entry  # what is compiled may lack words that stood near instead of below
        named = frozenset().union(asked.particle, asked.object, asked.modifier, *asked.prep.values())
        below = self.sentence.subtree(trigger.i)
        return any(self.tokens[j].lower in named and self._denying(j) is not None for j in below)
