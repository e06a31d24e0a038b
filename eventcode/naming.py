"""Nouns that name an act told elsewhere: "the blast shook the town", "ten were hurt in Tuesday's attack"."""

from __future__ import annotations

from functools import cached_property

from eventcode import circumstances
from eventcode.dating import DatedReader
from eventcode.drafts import Draft
from eventcode.neutral import EventMention, Span

#: Rules: of a noun that only names an act, and of the verb that tells of an act which a noun names.
NAMES, TELLS_OF = "order/names-an-act", "order/tells-of-a-known-act"
#: Rule of a noun under which a day stands: "the bombings of two embassies on 7 August".
OWN_DAY = "order/own-day"
#: What happens to people.
HARM = frozenset({"die", "kill", "injure", "go_missing"})


class NamingReader(DatedReader):
    """Reads the nouns of a sentence that name known acts."""

    @cached_property
    def _named(self) -> dict[int, str]:
        return self.tools.order.named(self.sentence, self.reader.is_date)

    def namings(self) -> list[EventMention]:
        """A mention of each such noun; it tells nothing but the place and day that stand with it."""
        return [self._naming(i, action) for i, action in self._named.items()]

    def is_named(self, draft: Draft) -> bool:
        """Is the draft's noun one for a known act: "Tuesday's attack"?"""
        return draft.i in self._named

    def naming_rules(self, draft: Draft, known: bool) -> tuple[str, ...]:
        """The rules of what goes on to tell of a known act: the noun that names it, or a verb with such a noun."""
        if draft.trigger.verb:
            harm = draft.action.id in HARM
            told = self.tools.order.tells_of(self.sentence, draft.i, self._named, harm) is not None
            return (TELLS_OF,) if told else ()
        return self._rules_of_noun(draft.i) if known or self.is_named(draft) else ()

    def _rules_of_noun(self, i: int) -> tuple[str, ...]:
        dated = any(told.type == "DATE" and self.stands_under(told, i) for told in self.found.dates)
        return (*self.tools.order.naming_rules(self.sentence, i), *((OWN_DAY,) if dated else ()))

    def _naming(self, i: int, action: str) -> EventMention:
        token = self.sentence.tokens[i]
        dates = [told for told in self.found.dates if self.stands_under(told, i)] or self.found.dates
        return EventMention(
            action=action,
            trigger=Span(start=token.start, end=token.end, text=self.sentence.quote(token.start, token.end)),
            sentence=self.sentence.as_span(),
            place=circumstances.place_of(self.sentence, self.found.places, i, None, (), (), self.tools.scenes),
            date=self.tools.choose_date(token.start, self.sentence, dates, self.document, self.reference),
            asserted=False,
            known=True,
            rules=(NAMES, *self._rules_of_noun(i)),
        )
