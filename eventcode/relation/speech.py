"""What a speaker's words do to the other party: order, warn, blame or praise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from eventcode.lexicon import Action
from eventcode.mentions.slots import child, is_verb, logical_subject, verb_slot
from eventcode.relation.candidates import CARRIERS, FORM, FRIENDLY, GIVING_WAY, HOSTILE, PATH, TREE, Candidate
from eventcode.relation.denial import Denials
from eventcode.relation.roles import climb


class Speech(Denials):
    """Acts that lie in what the source says of the target or to it."""

    def _obliged(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """'X said that Y must leave': who says what another must do asks it of them."""
        if self.source is None:
            return
        speaking = [i for i in self.sentence.ancestors(self.source.head) if is_verb(self.tokens[i])]
        for token in self.tokens:
            rule = self.words.obligation.get(token.lower) if token.dep == "auxiliary" or is_verb(token) else None
            verb = token.head if token.dep == "auxiliary" else token.i
            speaker = self._status.speaker(self.sentence, verb) if rule is not None else None
            told = speaker is not None and self._held(self.source, [speaker]) >= 2
            told = told or any(v != verb and v in speaking[:2] for v in self.sentence.ancestors(verb))
            if rule is None or not told:
                continue
            subject = logical_subject(self.sentence, verb)
            if subject is not None and (self._held(self.source, [subject]) or subject > token.i):
                continue  # "should Y call again" is a condition
            inner = next((k for k in self.sentence.subtree(verb) if k in made), None)
            below = self.target is not None and climb(self.sentence, self.target.head, verb) is not None
            yield Candidate(self.sentence, token.i, self.actions["demand"], TREE if below else PATH, (rule,), source=3,
                            target=3 if below else 0, about=made[inner].action.id if inner is not None else None)

    def _permitted(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """'Y may march again, X ruled', 'X decided that Y could return': who decides what another may do gives way."""
        for i in self._said({}):
            rule = self.words.deciding.get(self.tokens[i].lower)
            clauses = [c for c in self.sentence.children(i) if self.tokens[c].dep in ("clause", "parataxis")]
            for c in clauses if rule is not None else []:
                below = [self.tokens[d] for d in self.sentence.children(c)]
                may = next((self.words.permission[t.lower] for t in below
                            if t.dep == "auxiliary" and t.lower in self.words.permission), None)
                harmed = c in made and made[c].action.family in HOSTILE - {"protest"}
                if rule is not None and may is not None and not harmed and self._does(c) and not any(
                        t.dep == "negation" for t in below):
                    yield Candidate(self.sentence, i, self.actions["concede"], TREE, (rule, may), 3, 3, weight=9)

    def _commanded(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """'"Open the border," X told Y': who says an imperative to another demands it of him."""
        for i in self._said(made):
            told = [j for slot in ("object", "to", "indirect") for j in verb_slot(self.sentence, i, slot)]
            for c in self.sentence.children(i):
                below = {self.tokens[d].dep for d in self.sentence.children(c)}
                bare = self.tokens[c].tag in ("VB", "VBP") and not below & {"subject", "auxiliary", "subject_passive"}
                quoted = c < i and self.tokens[c].dep in ("clause", "parataxis")
                if bare and quoted and self._held(self.target, told) >= 2:
                    about = made[c].action.id if c in made else None
                    yield Candidate(self.sentence, i, self.actions["demand"], TREE, ("relation/imperative",), 3, 3,
                                    about=about, weight=9)

    def _warned(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """'X said that ties would be cut', 'Y will pay for it, X said': harm that a speaker says will come."""
        if self.source is None:
            return
        for i, found in made.items():
            noun = not is_verb(self.tokens[i])
            spots = [i, *(a for a in self.sentence.ancestors(i) if is_verb(self.tokens[a]) and noun)][:2]
            modal = any(self.tokens[c].tag == "MD" for v in spots for c in self.sentence.children(v))
            modal = modal or found.status in ("intended", "hypothetical")
            eased = any(v in made and made[v].action.family not in HOSTILE for v in spots[1:])  # 'would lift the ban'
            threat = found.action.family == "threat"
            if not (modal or threat) or eased or not (threat or found.action.family in HOSTILE) or found.source >= 2:
                continue
            said = next((v for v in self._said(made) if v in self.sentence.ancestors(i)), None)
            speaker = self._status.speaker(self.sentence, i) if said is None else self.source.head
            above = [a for a in self.sentence.ancestors(i) if is_verb(self.tokens[a]) and a not in spots]
            told = {t for a in above for slot in ("object", "to") for t in verb_slot(self.sentence, a, slot)}
            held = self._held(self.target, sorted(told)) >= 2 or found.target > 0
            subject = logical_subject(self.sentence, i)
            does = found.target < 2 and subject is not None and self._held(self.target, [subject]) >= 2
            if speaker is not None and self._held(self.source, [speaker]) >= 2 and held and not does:
                yield replace(found, action=self.actions["threaten"], about=found.action.id, tie=TREE, source=3,
                              status="actual", rules=(*found.rules[:1], "relation/warned"), aside=False)

    def _shut_out(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """'X said there would be no talks with Y': good that a speaker says nobody will do to the other."""
        if self.source is None:
            return
        for i, found in made.items():
            if found.status != "negated" or found.action.family not in FRIENDLY | GIVING_WAY or found.source >= 2:
                continue
            verb = next((a for a in (i, *self.sentence.ancestors(i)) if is_verb(self.tokens[a])), i)
            nobody = any(self.tokens[c].dep == "expl" for c in self.sentence.children(verb))
            nobody = nobody or (self.tokens[i].dep in ("subject", "subject_passive") and self.tokens[i].head == verb)
            speaker = self._status.speaker(self.sentence, verb) if nobody else None
            if speaker is not None and self._held(self.source, [speaker]) >= 2 and found.target:
                yield replace(found, action=self.actions["reject"], about=found.action.id, tie=TREE, source=3,
                              status="actual", rules=(*found.rules[:1], "relation/shut-out"), aside=False)

    def _blamed(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """'X said that Y had attacked its posts': who tells of harm that another did accuses him of it."""
        for i in self._said(made):
            for c in self.sentence.children(i):
                finite = self.tokens[c].dep == "clause" and self.tokens[c].tag != "VB"
                subject = logical_subject(self.sentence, c) if finite else None
                if subject is None or self._held(self.target, [subject]) < 2:
                    continue
                blamed = c in made and made[c].action.family == "accusation"  # 'X said that Y was behind the raid'
                if c in made and made[c].target >= 2 > made[c].source and not blamed:
                    continue  # what befalls the target is no harm that it did
                below = self.sentence.subtree(c)
                if (judged := self._judged(c)) is not None:
                    yield Candidate(self.sentence, i, self.actions[judged], TREE, ("relation/judged",), 3, 3)
                    continue
                act = next((made[k].action for k in below if k in made), None) or self._hinted(below)
                harm = blamed or (act is not None and (
                    act.family in HOSTILE - {"protest"} or act.id == "give_military_aid")) or self._alleges(i, act)
                if (harm or act is None) and self._status_of(c)[0] in ("actual", "ongoing", "historical"):
                    rules = ("relation/told-of-harm", *(made[c].rules[:1] if c in made else ()))
                    yield Candidate(self.sentence, i, self.actions["accuse"], TREE if harm else FORM, rules, 3, 3,
                                    about=act.id if act is not None else None)

    def _alleges(self, verb: int, act: Action | None) -> bool:
        """'claimed that Y was hiding arms': nobody alleges what does honour."""
        good = act is not None and act.family in FRIENDLY - {"aid", "agreement", "cooperation"} | GIVING_WAY
        return self.tokens[verb].lower in self.words.alleging and not good

    def _predicated(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """'X said that talks with Y were unthinkable', '... that the charges against Y are baseless', '... that it was
        the work of Y': what the source says of something of the target."""
        if self.target is None:
            return
        for i in self._said(made):
            for c in self.sentence.children(i):
                subject = child(self.sentence, c, "subject") if self.tokens[c].dep in ("clause", "parataxis") else None
                if subject is None or self.tokens[c].lower not in self.words.copula or subject in self.target.tokens:
                    continue
                beside = [k for d in self.sentence.children(c) if d > c for k in self.sentence.subtree(d)
                          if self.tokens[d].dep in ("attribute", "adjective", "prep", "adverb")]
                told = next((found for k in beside if (found := self._said_of(subject, k)) is not None), None)
                if told is not None:
                    yield Candidate(self.sentence, c, self.actions[told[0]], TREE, (told[1],), 3, 3)

    def _labelled(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """'called the charges of Y absurd', 'dismissed as reckless a plan by Y', 'branded Y a menace': a word that
        judges, beside what belongs to the target."""
        for i, token in enumerate(self.tokens):
            rule = self.words.labelling.get(token.lower) if is_verb(token) else None
            subject = logical_subject(self.sentence, i) if rule is not None else None
            if rule is None or subject is None or self.target is None or self._held(self.source, [subject]) < 2:
                continue
            below = [k for k in self.sentence.subtree(i) if k > i and k not in self.target.tokens]
            held = climb(self.sentence, self.target.head, i) is not None
            judged = next((act for k in below if (act := self._verdict(k, below)) is not None), None)
            if held and judged is not None:
                yield Candidate(self.sentence, i, self.actions[judged], TREE, (rule,), 3, 3, weight=4)

    def _verdict(self, k: int, below: Sequence[int]) -> str | None:
        """Refused, where a word like "absurd" judges what was said; blamed, where any word of blame stands."""
        word, words = self.tokens[k].lower, self.words
        if word in words.groundless or word in words.impossible:
            said = any(self.tokens[j].lower in words.said_things for j in below)
            return "reject" if said else "condemn"
        hint = words.hints.get(word)
        judges = hint is not None and hint.action == "condemn" and self.tokens[k].dep in ("attribute", "object",
                                                                                           "adjective", "prep_object")
        return "condemn" if judges and not is_verb(self.tokens[k]) else None

    def _said_of(self, subject: int, k: int) -> tuple[str, str] | None:
        """The action and the cue of token k of a predicate: refused, cleared of a charge, or blamed."""
        word, words = self.tokens[k].lower, self.words
        if word in words.authorship:
            blamed = self.target is not None and climb(self.sentence, self.target.head, k) is not None
            return ("accuse", words.authorship[word]) if blamed else None
        if self._held(self.target, [subject]) < 1 or not (word in words.impossible or word in words.groundless):
            return None
        if word in words.groundless and self._preposition(self.target) in words.opposing:
            return "defend", words.groundless[word]
        return "reject", words.impossible.get(word) or words.groundless[word]

    def _obliging(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """'X said it was time for Y to leave': who says what another has to do asks it of him."""
        for i in self._said(made):
            for c in self.sentence.children(i):
                for k in [c, *self.sentence.children(c)] if self.tokens[c].dep in ("clause", "parataxis") else []:
                    rule = self.words.duty.get(self.tokens[k].lower)
                    told = [v for d in (c, k) for v in self.sentence.children(d)
                            if is_verb(self.tokens[v]) and self.tokens[v].dep != "auxiliary"]
                    obliged = any(map(self._does, told)) or (told and self._preposition(self.target) in ("for", "to"))
                    if rule is not None and obliged:
                        yield Candidate(self.sentence, k, self.actions["demand"], TREE, (rule,), 3, 3)

    def _hoped(self, made: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """'X hoped that Y would reopen the road': who hopes aloud that another will act asks it of him."""
        above = self.sentence.ancestors(self.source.head) if self.source is not None else []
        for i in filter(lambda a: is_verb(self.tokens[a]), above):
            rule = self.words.hoping.get(self.tokens[i].lower)
            subject = logical_subject(self.sentence, i) if rule is not None else None
            if rule is None or subject is None or self._held(self.source, [subject]) < 2:
                continue
            if any(self.tokens[c].dep == "clause" and self._does(c) and any(
                    self.tokens[d].tag == "MD" for d in self.sentence.children(c)) for c in self.sentence.children(i)):
                yield Candidate(self.sentence, i, self.actions["appeal"], TREE, (rule,), 3, 3, weight=9)

    def _judged(self, clause: int) -> str | None:
        """'is a beacon', 'was a disgrace': what the predicate of a clause makes of its subject, praise or blame."""
        named = (self.words.hints.get(self.tokens[c].lower) for c in self.sentence.children(clause)
                 if self.tokens[c].dep == "attribute")
        actions = [hint.action for hint in named if hint is not None]
        judged = next((a for a in actions if a in ("endorse", "condemn")), None)
        denied = any(self.words.denying.get(self.tokens[k].lower) for d in self.sentence.children(clause)
                     for k in (d, *self.sentence.children(d)) if self.tokens[d].dep != "subject")
        return {"endorse": "condemn", "condemn": "endorse"}.get(judged or "") if denied else judged

    def _said(self, made: Mapping[int, Candidate]) -> list[int]:
        """Verbs whose subject is the source and that only carry what they report."""
        if self.source is None:
            return []
        verbs = [i for i in self.sentence.ancestors(self.source.head) if is_verb(self.tokens[i])]
        bare = [i for i in verbs if i not in made or made[i].action.family in CARRIERS]
        subjects = [(i, logical_subject(self.sentence, i)) for i in bare]
        return [i for i, subject in subjects if subject is not None and self._held(self.source, [subject]) >= 2]

    def _hinted(self, spots: Sequence[int]) -> Action | None:
        hint = self._hint_at(spots)
        return None if hint is None else self.actions[str(hint[1].action)]
