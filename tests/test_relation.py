"""What one given party does to another: ties, clause forms, parties, errors, and every cue of the language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import eventcode as ec
from eventcode.coder import Coder
from eventcode.errors import InputError, RuleError
from eventcode.languages.en import language
from eventcode.ontologies.plover.record import PloverRecord
from eventcode.records import Record
from eventcode.relation import RelationWords
from eventcode.relation.deeds import deed_finder
from eventcode.relation.words import RelationCue
from eventcode.rules import Example, read_items

CUES = [cue for path in sorted((language.folder / "relation").glob("*.yaml"))
        for cue in read_items(path, RelationCue, "cues")]


@cache
def coder(ontology: str = "plover") -> Coder:
    return ec.load(ontology)


def span(text: str, words: str) -> tuple[int, int]:
    """Where the first occurrence of these words stands."""
    start = text.index(words)
    return start, start + len(words)


def relation(text: str, source: str, target: str, ontology: str = "plover", force: bool = True) -> Record | None:
    return coder(ontology).relation(text, source=span(text, source), target=span(text, target), force=force)


def plover(text: str, source: str, target: str) -> PloverRecord:
    found = relation(text, source, target)
    assert isinstance(found, PloverRecord)
    return found


def event(text: str, source: str, target: str) -> str:
    return plover(text, source, target).event[0]


def rules(text: str, source: str, target: str) -> tuple[str, ...]:
    return plover(text, source, target).provenance["event"].rules


def by_example(example: Example) -> str:
    return event(example.text, example.expect["source"], example.expect["target"])


#: Kinds that work through the rule of another cue, or stand beside words of the lexicon that go first.
UNNAMED = ("addressed", "bestowing", "harm", "said-thing", "alleging", "carrying", "copula",
           "deed", "joint-words", "whole", "topic", "last-resort")


@pytest.mark.parametrize(("cue", "example"), [(c, e) for c in CUES for e in c.examples],
                         ids=lambda v: getattr(v, "id", None))
def test_cue_examples(cue: RelationCue, example: Example) -> None:
    found = rules(example.text, example.expect["source"], example.expect["target"])
    assert by_example(example) == example.expect["event"]
    assert cue.kind in UNNAMED or cue.id in found


@pytest.mark.parametrize("cue", [c for c in CUES if c.kind == "deed"], ids=lambda c: c.id)
def test_a_deed_decides_some_example(cue: RelationCue) -> None:
    """The lexicon goes before the deeds, so not every example needs them; one must."""
    assert any(cue.id in rules(e.text, e.expect["source"], e.expect["target"]) for e in cue.examples)


@pytest.mark.parametrize("cue", [c for c in CUES if c.kind == "last-resort"], ids=lambda c: c.id)
def test_a_word_hints_at_one_action_only(cue: RelationCue) -> None:
    hints = RelationWords(language, {str(c.action) for c in CUES if c.action}).hints
    assert {hints[word].id for word in cue.words} == {cue.id}


def test_a_hint_is_used_where_the_lexicon_has_no_word() -> None:
    assert "en/relation/hint-support" in rules("Solidarity with Cuba moved Bolivia again.", "Bolivia", "Cuba")


@pytest.mark.parametrize(("cue", "example"), [(c, e) for c in CUES for e in c.counterexamples],
                         ids=lambda v: getattr(v, "id", None))
def test_cue_counterexamples(cue: RelationCue, example: Example) -> None:
    found = rules(example.text, example.expect["source"], example.expect["target"])
    assert cue.id not in found
    assert example.expect.get("event", "any") in ("any", by_example(example))


@pytest.mark.parametrize(("text", "source", "target", "expected"), [
    ("Rwanda accused Congo of arming rebels.", "Rwanda", "Congo", "ACCUSE"),
    ("Uganda was accused by Rwanda of harbouring dissidents.", "Rwanda", "Uganda", "ACCUSE"),
    ("Chad's president promised Cameroon to hold talks on the border.", "Chad's president", "Cameroon", "AGREE"),
    ("Tuareg rebels offered to release six Algerian soldiers.", "Tuareg rebels", "six Algerian soldiers", "AGREE"),
    ("Estonia said it would send medical teams to Moldova.", "Estonia", "Moldova", "AGREE"),
    ("Peru and Ecuador discussed river rights in Quito.", "Peru", "Ecuador", "CONSULT"),
    ("Angela Merkel was received in Dakar by Macky Sall.", "Macky Sall", "Angela Merkel", "CONSULT"),
    ("Kenya hailed Somalia for holding the vote on time.", "Kenya", "Somalia", "SUPPORT"),
    ("Greek and Cypriot frigates held joint exercises off Paphos.", "Greek", "Cypriot", "COOPERATE"),
    ("Greece held military exercises near Turkey.", "Greece", "Turkey", "MOBILIZE"),
    ("Kuwait donated 300 tents to quake victims in Nepal.", "Kuwait", "quake victims in Nepal", "AID"),
    ("Armenian troops pulled out of Agdam on Friday.", "Armenian troops", "Agdam", "RETREAT"),
    ("Lebanon demanded that Israel withdraw from Shebaa.", "Lebanon", "Israel", "REQUEST"),
    ("Belarus must free its political prisoners, the Polish president said.", "Polish president", "Belarus", "REQUEST"),
    ("Jordan wants Israel to stop building at the site.", "Jordan", "Israel", "REQUEST"),
    ("India will not take part in talks with Pakistan.", "India", "Pakistan", "REJECT"),
    ("Iran said it would never hold talks with Washington.", "Iran", "Washington", "REJECT"),
    ("Turkey will attack Kurdish fighters in Manbij.", "Turkey", "Kurdish fighters", "THREATEN"),
    ("Sudan said it might expel UN staff.", "Sudan", "UN staff", "THREATEN"),
    ("Nurses walked off the job to demand better pay from the ministry.", "Nurses", "the ministry", "PROTEST"),
    ("Norway suspended aid to Tanzania.", "Norway", "Tanzania", "SANCTION"),
    ("Serbia put its army on alert along the border with Kosovo.", "Serbia", "Kosovo", "MOBILIZE"),
    ("Egypt banned the Muslim Brotherhood.", "Egypt", "Muslim Brotherhood", "COERCE"),
    ("A Pakistani policeman was shot dead by gunmen in Quetta.", "gunmen", "A Pakistani policeman", "ASSAULT"),
    ("Rebels tried to assassinate the mayor of Goma.", "Rebels", "the mayor of Goma", "ASSAULT"),
])
def test_events(text: str, source: str, target: str, expected: str) -> None:
    assert event(text, source, target) == expected


@pytest.mark.parametrize(("text", "source", "target", "expected"), [
    ("Sri Lanka paid little heed to the pleas of Norway.", "Sri Lanka", "Norway", "REJECT"),
    ("Sri Lanka paid heed to the pleas of Norway.", "Sri Lanka", "Norway", "AGREE"),
    ("Liberia hardly listened to the objections of Guinea.", "Liberia", "Guinea", "REJECT"),
    ("Iceland is far from ready to lift its ban on trawlers from Spain.", "Iceland", "Spain", "REJECT"),
    ("The junta has done nothing to meet the demands of Senegal.", "junta", "Senegal", "REJECT"),
    ("Bahrain will not be drawn into a pact with Qatar.", "Bahrain", "Qatar", "REJECT"),
    ("Ecuador has no truck with Peru.", "Ecuador", "Peru", "REJECT"),
    ("Chile never wavered in its backing for Panama.", "Chile", "Panama", "SUPPORT"),
    ("Norway no longer recognises passports from Belarus.", "Norway", "Belarus", "SANCTION"),
    ("Kosovo no longer insists that Serbia pay.", "Kosovo", "Serbia", "CONCEDE"),
    ("Not one of the terms set by Haiti was accepted by Cuba.", "Cuba", "Haiti", "REJECT"),
    ("Brunei had no objection to the request of Laos.", "Brunei", "Laos", "AGREE"),
    ("Togo no longer blocks lorries from Benin.", "Togo", "Benin", "CONCEDE"),
])
def test_small_words_refuse_end_or_affirm(text: str, source: str, target: str, expected: str) -> None:
    assert event(text, source, target) == expected


def test_who_drops_a_demand_gives_in() -> None:
    assert event("Nicosia dropped its demand for compensation by Turkey.", "Nicosia", "Turkey") == "CONCEDE"


def test_what_is_paid_for_is_no_aid() -> None:
    assert event("Ukraine delivered maize to Egypt under a contract of 2019.", "Ukraine", "Egypt") == "COOPERATE"
    assert event("Algeria gets grain from Romania for its gas.", "Algeria", "Romania") == "COOPERATE"
    assert event("Ukraine delivered maize to Somalia after the drought.", "Ukraine", "Somalia") == "AID"


@pytest.mark.parametrize(("text", "source", "target", "expected"), [
    ("Zimbabwe ships coal to Malawi", "Zimbabwe", "Malawi", "COOPERATE"),
    ("Slovakia lambasts Hungary over dam release", "Slovakia", "Hungary", "ACCUSE"),
])
def test_the_word_behind_a_party_is_the_verb_the_parser_missed(
        text: str, source: str, target: str, expected: str) -> None:
    assert event(text, source, target) == expected


def test_one_subject_with_an_unknown_verb_works_together() -> None:
    assert event("Spanish divers and Moroccan divers surveyed the strait.", "Spanish", "Moroccan") == "COOPERATE"
    assert event("Albania and Kosovo plan to open a shared post.", "Albania", "Kosovo") == "AGREE"


def test_an_unknown_act_that_is_announced_promises_friends_and_threatens_foes() -> None:
    text = "The army would unravel the {} within a month."
    assert event(text.format("rebels"), "army", "rebels") == "THREATEN"
    assert event("Oman would varnish the boats of Kuwait.", "Oman", "Kuwait") == "AGREE"


def test_a_participle_that_tells_who_the_target_is_is_no_act() -> None:
    text = "Finland paid for the beds of wounded Georgian sailors in Turku."
    assert event(text, "Finland", "Georgian sailors") != "ASSAULT"


def test_arming_rebels_is_blame_in_the_mouth_of_another() -> None:
    assert event("Uganda says Rwanda gave rifles to the rebels.", "Uganda", "Rwanda") == "ACCUSE"


def test_a_bare_idiom_is_not_the_verb_with_a_particle() -> None:
    assert event("Peru's envoy caught up with Chile's envoy at the fair.", "Peru's envoy", "Chile's envoy") == "CONSULT"


def test_a_phrase_may_ask_for_two_prepositions() -> None:
    cue = RelationCue.model_validate({
        "id": "x/two", "kind": "deed", "action": "sanction", "words": ["pluck @off:list @of:guest"],
        "examples": [{"text": "Mali plucked Chad off the list of guests.", "expect": {}}],
        "counterexamples": [{"text": "Mali plucked Chad off the list of friends.", "expect": {}}]})
    finder = deed_finder(language, [cue], coder()._finders.actions.actions)
    found = []
    for example in (*cue.examples, *cue.counterexamples):
        document = coder()._document(coder()._article(example.text))
        coder()._parse([document], document.sentences)
        found.append(len(finder.triggers(document.sentences[0])[0]) > 0)
    assert found == [True, False]


@pytest.mark.parametrize(("text", "source", "target", "tie"), [
    ("Boko Haram gunmen killed nine farmers near Maiduguri.", "Boko Haram gunmen", "nine farmers", "relation/tree"),
    ("The king of Laos, who helped Nepal, fell ill.", "Laos", "Nepal", "relation/hint"),
    ("Latvia will plant trees beside Sweden.", "Latvia", "Sweden", "relation/form"),
    ("Hungary sat beside Poland.", "Hungary", "Poland", "relation/parties"),
])
def test_the_rules_say_how_the_act_was_found(text: str, source: str, target: str, tie: str) -> None:
    assert tie in rules(text, source, target)


def test_the_words_of_the_act_are_the_evidence() -> None:
    text = "After a week of calm, Turkish jets bombed Kurdish villages near Duhok."
    found = plover(text, "Turkish jets", "Kurdish villages").provenance["event"]
    assert (text[found.start:found.end], found.text) == ("bombed", "bombed")


def test_parties_are_the_given_words_with_what_the_tables_know() -> None:
    found = plover("Kenya hailed Somalia for holding the vote on time.", "Kenya", "Somalia")
    assert (found.actor[0].code, found.actor[0].entity_text) == ("KEN", "Kenya")
    assert (found.recipient[0].code, found.recipient[0].entity_text) == ("SOM", "Somalia")


def test_an_unknown_party_keeps_its_words() -> None:
    found = plover("The Blorvians attacked Kenya.", "Blorvians", "Kenya")
    assert (found.actor[0].code, found.actor[0].entity_text, found.event) == (None, "Blorvians", ("ASSAULT",))


def test_asking_others_to_help_is_support_and_to_punish_is_blame() -> None:
    assert event("Cuba urged Mexico to support Haiti.", "Cuba", "Haiti") == "SUPPORT"
    assert event("The bishop called for sanctions against Eritrea.", "bishop", "Eritrea") == "ACCUSE"
    assert event("Cuba urged Mexico to support Haiti.", "Cuba", "Mexico") == "REQUEST"


def test_telling_of_the_harm_that_another_did_is_an_accusation() -> None:
    text = "Human Rights Watch said that Ethiopian soldiers shot herders in Ogaden."
    assert event(text, "Human Rights Watch", "Ethiopian soldiers") == "ACCUSE"
    assert event(text, "Ethiopian soldiers", "herders") == "ASSAULT"


def test_what_two_parties_of_one_phrase_do_stands_at_their_verb() -> None:
    assert event("Kazakhstan and China expanded trade in gas last year.", "Kazakhstan", "China") == "COOPERATE"


def test_the_purpose_of_an_act_gives_way_to_the_act() -> None:
    text = "Miners in Potosi staged rallies to demand reforms by the Bolivian government."
    assert event(text, "Miners in Potosi", "Bolivian government") == "PROTEST"


def test_a_state_in_its_speakers_mouth_is_the_speaker() -> None:
    assert event("Ghana wants Togo's ports reopened, Ghanaian President Jerry Rawlings said.",
                 "Ghanaian President Jerry Rawlings", "Togo") == "REQUEST"


def test_a_pronoun_in_a_second_clause_is_the_first_subject() -> None:
    assert event("Yerevan was criticized on Monday, and on Friday it expelled two Iranian diplomats.",
                 "Yerevan", "Iranian diplomats") == "SANCTION"


def test_harm_forsworn_is_a_promise() -> None:
    assert event("The Tamil Tigers pledged not to attack tourists.", "Tamil Tigers", "tourists") == "AGREE"
    assert event("The Tamil Tigers vowed to attack tourists.", "Tamil Tigers", "tourists") == "THREATEN"


def test_who_is_said_to_be_behind_an_attack_is_accused() -> None:
    assert event("Thailand said Khmer Rouge gunners were behind the shelling of two villages.",
                 "Thailand", "Khmer Rouge gunners") == "ACCUSE"


def test_a_preposition_far_from_the_verb_is_no_particle() -> None:
    assert event("On Sunday the bishop called for aid in the wake of the flood from Niger.",
                 "bishop", "Niger") == "REQUEST"


def test_parties_in_different_sentences() -> None:
    text = "Al-Shabaab shelled the town at dawn. Ethiopian troops there lost six men."
    assert event(text, "Al-Shabaab", "Ethiopian troops") == "ASSAULT"


def test_a_sentence_that_the_gate_refuses_is_read_too() -> None:
    text = "Hungary sat beside Poland."
    assert coder().code(text) == []
    assert relation(text, "Hungary", "Poland") is not None


def test_without_force_only_grammar_counts() -> None:
    assert relation("Hungary sat beside Poland.", "Hungary", "Poland", force=False) is None
    found = relation("Rwanda accused Congo of arming rebels.", "Rwanda", "Congo", force=False)
    assert isinstance(found, PloverRecord)
    assert found.event == ("ACCUSE",)


@pytest.mark.parametrize(("ontology", "column", "expected"), [
    ("cameo", "code", "112"), ("acled", "sub_event_type", None),
])
def test_other_ontologies(ontology: str, column: str, expected: str | None) -> None:
    found = relation("Rwanda accused Congo of arming rebels.", "Rwanda", "Congo", ontology)
    assert (None if found is None else str(getattr(found, column))[:3]) == expected


def test_acled_codes_acts_of_force() -> None:
    text = "Boko Haram gunmen killed nine farmers near Maiduguri."
    found = relation(text, "Boko Haram gunmen", "nine farmers", "acled")
    assert found is not None
    assert found.values()["sub_event_type"] == "Attack"


def test_an_act_without_a_code_is_not_replaced_by_a_guess() -> None:
    assert relation("Rebels of the M23 accused Rwanda of theft.", "Rebels of the M23", "Rwanda", "acled") is None


def test_twice_the_same() -> None:
    text = "Sudan said it might expel UN staff."
    assert plover(text, "Sudan", "UN staff") == plover(text, "Sudan", "UN staff")


@pytest.mark.parametrize(("source", "target"), [
    ((0, 0), (10, 16)), ((5, 3), (10, 16)), ((-2, 3), (10, 16)), ((0, 5), (90, 99)), ((0, 5), (0, 5)),
    ((5, 6), (10, 16)),
])
def test_bad_spans(source: tuple[int, int], target: tuple[int, int]) -> None:
    with pytest.raises(InputError):
        coder().relation("Kenya hailed Somalia.", source=source, target=target)


def test_a_language_without_cues_has_none() -> None:
    class Bare:
        code, folder, hash, entries = "xx", Path(__file__).parent, "0", ()

        def split(self, text: str) -> list[tuple[int, int]]:
            return [(0, len(text))]

        def forms(self, lemma: str) -> frozenset[str]:
            return frozenset({lemma})

    words = RelationWords(Bare(), ())
    assert (words.cues, words.hints, words.ending) == ((), {}, {})


def test_a_hint_of_an_unknown_action_is_refused() -> None:
    with pytest.raises(RuleError, match="give_aid"):
        _ = RelationWords(language, {"attack"}).cues
