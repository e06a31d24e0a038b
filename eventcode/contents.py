"""What speech is about: "urged it to [free] the crew" tells of no release."""

from __future__ import annotations

from collections.abc import Sequence

from eventcode.drafts import Draft
from eventcode.mentions.clauses import are_parted
from eventcode.mentions.contents import below, embedded
from eventcode.mentions.homes import says_whose
from eventcode.mentions.readings import only_things
from eventcode.mentions.slots import conjuncts
from eventcode.naming import NamingReader
from eventcode.neutral import Party

#: Speech that takes what it embeds as its content; the rest only reports it.
_SWALLOWS = frozenset({"appeal", "demand", "threat", "agreement", "rejection", "legal action", "investigation"})
_ASKS = frozenset({"appeal", "demand"})
_ANSWERS = frozenset({"protest", "rejection", "concession"})  # acts about what is asked for, not about the asking
_SWALLOWING_ACTIONS = frozenset(
    {"accuse", "apologize", "grant_amnesty", "rally_opposition", "rally_support", "consider", "deny",
     "be_optimistic", "be_pessimistic"}
)
_LAYS_BLAME = frozenset({"accusation", "legal action"})
#: Why a draft is no act of its own: what another one is about.
CONTENT_OF = "content of"


class ContentReader(NamingReader):
    """Gives the speech acts of a sentence the actions that they are about."""

    def embed(self, drafts: list[Draft]) -> None:
        """Give speech acts the action they are about, and take it out of what is reported where they swallow it."""
        at = {draft.i: draft for draft in drafts}
        for draft in (draft for draft in reversed(drafts) if not draft.unmet):  # what is embedded mostly stands behind
            for _slot, j in embedded(self.sentence, draft.trigger):
                under = [at[k] for k in below(self.sentence, j) if k in at and at[k] is not draft]
                inner = next(iter(under), None)
                if inner is None or are_parted(self.sentence, draft.i, inner.i):
                    continue
                again = draft.action.family == inner.action.family == "protest"  # 'marched to protest against'
                wanted = again or (draft.action.family in _ANSWERS and inner.action.family in _ASKS)  # 'to demand that'
                ordered = draft.action.family in _LAYS_BLAME and inner.action.family in _ASKS
                draft.about = inner.about if again or ((wanted or ordered) and inner.about) else inner.action.id
                draft.also += [inner.trigger.entry.id] if wanted else []
                draft.words += [inner.i, *inner.words]
                if wanted or draft.action.family in _SWALLOWS or draft.action.id in _SWALLOWING_ACTIONS:
                    for other in (inner, *under[1:] * ordered, *self._beside_content(inner, drafts)):
                        other.swallowed = f"{CONTENT_OF} {draft.action.id}"
                if only_things(draft.targets):
                    draft.targets = self._target_of_content(draft, inner) or draft.targets
                break
            if only_things(draft.targets) and (draft.action.speech or draft.action.family in _SWALLOWS):
                draft.targets = self._named_in_content(draft) or draft.targets

    def _beside_content(self, inner: Draft, drafts: Sequence[Draft]) -> list[Draft]:
        """'urged it to end the siege and [free] the crew': the verbs coordinated with what the speech is about."""
        first = next((a for a in (inner.i, *self.sentence.ancestors(inner.i))
                      if self.sentence.tokens[a].dep in ("infinitive", "clause", "participle_clause")), inner.i)
        beside = [j for j in conjuncts(self.sentence, first) if j > first and self.sentence.tokens[j].tag == "VB"]
        return [d for d in drafts if d.i in beside and d is not inner and not are_parted(self.sentence, inner.i, d.i)]

    def take_demands(self, drafts: Sequence[Draft]) -> None:
        """'rallied to demand elections' is one act, a protest about elections, wherever the demand stands beside it."""
        for protest in (d for d in drafts if d.action.family == "protest" and d.about is None):
            if any(d.about == protest.action.id for d in drafts if d is not protest):
                continue  # 'told him to go and vowed to protest'
            crowd = {party.key for party in protest.sources}
            asked = next((d for d in drafts if d.action.family in _ASKS and d.about and not d.swallowed
                          and not crowd.isdisjoint(party.key for party in d.sources)), None)
            if asked is not None:
                protest.about, protest.targets = asked.about, protest.targets or asked.targets
                protest.also.append(asked.trigger.entry.id)
                protest.words += [asked.i, *asked.words]
                asked.swallowed = "what a protest is for"

    def _target_of_content(self, draft: Draft, inner: Draft) -> tuple[Party, ...]:
        """'condemned the attack by X' is aimed at X; 'demanded the release of Y by X' too; else whom the act is on."""
        own = {party.start for party in draft.sources}
        freed = draft.action.family in (*_ASKS, "protest") and inner.action.family == "concession"
        blamed = draft.action.family == "accusation"
        for side in (inner.sources,) if freed or blamed else (inner.sources, inner.targets):
            found = tuple(p for p in side if p.start not in own and p.key not in {s.key for s in draft.sources})
            if found:
                return found
        return ()

    def _named_in_content(self, draft: Draft) -> tuple[Party, ...]:
        """'agreed to extend the mandate of the force in Lebanon': whom the content names, where nobody is addressed."""
        own = {party.key for party in draft.sources}
        for _slot, j in embedded(self.sentence, draft.trigger):
            for k in sorted(below(self.sentence, j)):
                mention = self.reader.mention(k)
                if mention is not None and mention.head == k and says_whose(mention.party):
                    found = [p for p in self.reader.parties(k) if p.key not in own and says_whose(p)
                             and all(p.start != s.start for s in draft.sources)]
                    if found:
                        return tuple(found)
        return ()
