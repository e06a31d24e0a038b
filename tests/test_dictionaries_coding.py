"""What the four formats' dictionaries code: sentences and dictionaries are our own."""

from __future__ import annotations

import pytest
from dictionary_files import DAY, coder, line_of, records, triples

from eventcode.dictionaries import Commas

PETRARCH1 = {
    # verbs, forms, and codes of their own
    "Japan shelled Peru on Sunday.": ["JPN PER 194"],
    "Ghana lent Mali ten million euros.": ["GHA MLI 071"],
    "Kenya concurred with Niger.": ["KEN NER 019"],
    # patterns: a gap, words tied together, alternatives, synsets with plurals and within synsets
    "Ghana gave Mali a dozen old tractors.": ["GHA MLI 073"],
    "Ghana gave Mali two steam engines.": ["GHA MLI 073"],
    "Ghana gave Mali a large tent.": ["GHA MLI 073"],
    "Ghana gave Mali new tractors.": ["GHA MLI 0731"],
    "Ghana gave Mali new and costly tractors.": ["GHA MLI 073"],
    "Ghana gave Mali some cattle.": ["GHA MLI 073"],
    "Ghana gave Mali some cattles.": ["GHA MLI 070"],
    "Police in Lima seized two boats of Kenya.": ["PERCOP KEN 1711"],
    "Police in Lima seized lorries from Kenya.": ["PERCOP KEN 1712"],
    "Brazil declared a long and costly war on Peru.": ["BRA PER 190"],
    # marks: source and target where the pattern puts them, an actor skipped, both sides of a compound
    "Chad crossed the border of Niger into Mali.": ["TCD MLI 152"],
    "France and Niger agreed on Tuesday.": ["FRA NER 057", "NER FRA 057"],
    "France agreed to share water with Niger.": ["FRA NER 031"],
    "France failed to agree with Niger.": ["FRA NER 120"],
    # the words before the verb
    "Japan said it would declare a boycott of Peru.": ["JPN PER 010"],
    # multi-word verbs
    "Kenya brought back farmers from Ghana.": ["KEN GHAAGR 0841"],
    "Chadian soldiers fire bombed Niger.": ["TCDMIL NER 195"],
    # null codes
    "Ghana did not blame Mali.": [],
    "Kenya brought flowers to Ghana.": [],
    "Kenya brought charges against Ghana.": ["KEN GHA 115"],
    # two codes: there and back
    "The president of Ghana met French soldiers.": ["FRAMIL GHAGOV 041", "GHAGOV FRAMIL 040"],
    "Ghana and Mali met in secret.": ["GHA MLI 040", "GHA MLI 041", "MLI GHA 040", "MLI GHA 041"],
    # passive voice
    "Peru was shelled by Japan.": ["JPN PER 194"],
    "Peru was shelled overnight.": [],
    "Peru has been blamed by Brazil and Chad.": ["BRA PER 112", "TCD PER 112"],
    # compounds
    "France, Mali and Niger shelled Peru.": ["FRA PER 194", "MLI PER 194", "NER PER 194"],
    "France shelled Mali and Niger.": ["FRA MLI 194", "FRA NER 194"],
    "Kenyan police and soldiers blamed Peru.": ["KENCOP PER 112", "KENMIL PER 112"],
    "Police and soldiers from Kenya blamed Peru.": ["KENCOP PER 112", "KENMIL PER 112"],
    "The French and Chadian governments blamed Peru.": ["FRAGOV PER 112", "TCDGOV PER 112"],
    # one code of several actors, and nobody's
    "The river states shelled Peru.": ["MLI PER 194", "NER PER 194", "TCD PER 194"],
    "Nobody at all shelled Peru.": [],
    # the same actor on both sides is no event, a role of it is
    "Kenya shelled Nairobi.": [],
    "Kenyan police shelled Kenyan farmers.": ["KENCOP KENAGR 194"],
    # agents
    "The congresswoman from Lima blamed Chad.": ["PERLEG TCD 112"],
    "Attorneys general from Peru blamed Chad.": ["PERJUD TCD 112"],
    "The Peruvian ministry of fisheries blamed Chad.": ["PERGOV TCD 112"],
    "A Kenyan charity blamed Chad.": ["NGOKEN TCD 112"],
    "Farmers blamed Chad.": ["---AGR TCD 112"],
    "A government official in Peru blamed Chad.": ["PERGOV TCD 112"],
    "The former president of Peru blamed Chad.": ["PERELI TCD 112"],
    # a word of a phrase between which others stand
    "The harbour safety wardens blamed Chad.": ["NGOHBW TCD 112"],
    # clauses between commas are passed over, and the speaker at the end is none
    "Peru, the host of the last summit, blamed Chad.": ["PER TCD 112"],
    "Peru blamed Chad, an official in Paris said.": ["PER TCD 112"],
    "On Tuesday, Peru blamed Chad.": ["PER TCD 112"],
    # verbs that are coordinated, and a headline
    "Ghana blamed Mali and lent Niger money.": ["GHA MLI 112", "GHA NER 071"],
    "CHAD BLAMES NIGER": ["TCD NER 112"],
    "CHAD BLAMED NIGER ON MONDAY.": ["TCD NER 112"],
}

PETRARCH2 = {
    "Mali agreed to a truce with Niger.": ["MLI NER 037", "NER MLI 037"],
    "Mali agreed to the peace with Niger.": ["MLI NER 037", "NER MLI 037"],
    "Unions agreed with Peru.": [],
    "Niger agreed with Mali on the importance of wells.": ["NER MLI 019"],
    "Chad raided a radio station in Mali.": ["TCD MLI 1901"],
    "Chad raided a station for radio in Mali.": ["TCD MLI 190"],
    "Chad verbally attacked Mali.": ["TCD MLI 111"],
    # A:B and :B
    "Kenya hosted Peru.": ["KEN PER 043", "PER KEN 042"],
    "Kenya witnessed a visit from Peru.": ["PER KEN 043"],
    # marks within prepositional phrases, and an actor passed over
    "France moved troops to Niger.": ["FRA NER 154"],
    "France moved troops through Mali to Niger.": ["FRA NER 155"],
    # multi-word verbs
    "France pulled out of Mali.": ["FRA MLI 0874"],
    # passive
    "Mali was attacked by Chad.": ["TCD MLI 190"],
    # a verb within another
    "France hopes to help Mali.": ["FRA MLI 023"],
    "France hopes for talks with Mali.": ["FRA MLI 026"],
    "Peru said Brazil attacked Chad.": ["PER BRA 112"],
    "Peru did not meet Brazil.": [],
    "Peru did not agree with Brazil.": [],
    "Peru did not move against Brazil.": ["PER BRA 121"],
    # agents of a phrase, the actor of the next
    "Chad attacked farmers in the north of Niger.": ["TCD NERAGR 190"],
}


@pytest.mark.parametrize("text", PETRARCH1)
def test_petrarch1(text: str) -> None:
    assert triples("petrarch1", text) == PETRARCH1[text]


@pytest.mark.parametrize("text", PETRARCH2)
def test_petrarch2(text: str) -> None:
    assert triples("petrarch2", text) == PETRARCH2[text]


@pytest.mark.parametrize(("text", "expected"), [
    ("Chad accused Mali of being a spy.", ["TCD MLI 1125"]),
    ("Chad accuses Mali.", ["TCD MLI 112"]),
    ("Chad had long been accused by Mali.", ["TCD MLI 1120"]),
    ("Chad and Mali accused each other.", ["MLI TCD 112", "TCD MLI 112"]),
    ("Chad aided Mali.", ["TCD MLI 070"]),
    ("Chad condemned Mali.", ["TCD MLI 111"]),
    ("Chad condemned the football of Mali.", []),
    ("Chad condemned the riddles of Mali.", []),
    ("Chad met Mali.", ["TCD MLI 040"]),
    ("Chad shelled Mali.", ["TCD MLI 194"]),
    ("Chad vanished from Togo.", []),
    ("The quizmaster met Ghana, and Chad shelled Mali.", []),
    ("The sphinx of Chad shelled Mali.", []),
    ("Utopia shelled Mali.", []),
])
def test_tabari(text: str, expected: list[str]) -> None:
    assert triples("tabari", text) == expected


def test_petrarch2_reads_will_as_an_intent_and_universalpetrarch_does_not() -> None:
    text = "France will help Mali."
    assert triples("petrarch2", text) == ["FRA MLI 033"]
    assert triples("universalpetrarch", text) == ["FRA MLI 070"]


def test_several_actors_without_a_target_cooperate_with_each_other_in_petrarch2() -> None:
    assert triples("petrarch2", "France and Mali agreed.") == ["FRA MLI 050", "MLI FRA 050"]
    assert triples("petrarch2", "France and Mali attacked.") == []


@pytest.mark.parametrize(("day", "code"), [
    ("1999-12-31", "GHAOPP"), ("2000-12-31", "GHAOPP"), ("2001-01-03", "GHA"), ("2001-01-07", "GHAGOV"),
    ("2009-01-07", "GHAGOV"), ("2009-01-08", "GHAELI"), ("2024-05-01", "GHAELI"), (None, "GHA"),
])
def test_the_article_s_day_decides_a_dated_code(day: str | None, code: str) -> None:
    assert triples("petrarch1", "Kofi Mensah blamed Chad.", day) == [f"{code} TCD 112"]


def test_dates_of_petrarch2_s_program_are_a_switch() -> None:
    text, last_day = "Kofi Mensah helped Chad.", "2009-01-07"
    assert triples("petrarch2", text, last_day) == ["GHAGOV TCD 070"]
    assert triples("petrarch2", text, last_day, bounds="exclusive") == ["GHA TCD 070"]
    assert triples("petrarch2", text, "2005-01-01", undated="first") == ["GHA TCD 070"]


def test_an_actor_outside_its_days_is_nobody() -> None:
    assert triples("petrarch1", "The Sahel Council blamed Chad.", "1994-01-01") == []
    assert triples("petrarch1", "The Sahel Council blamed Chad.", "1996-01-01") == ["IGOSAH TCD 112"]


def test_a_dyad_is_not_required_where_so_asked() -> None:
    assert triples("petrarch1", "Villagers blamed Chad.", require_dyad=False) == ["--- TCD 112"]
    assert triples("petrarch1", "Villagers blamed Chad.", require_dyad=False, new_actor_length=3) == [
        '"VILLAGERS" TCD 112']


def test_former_agents_keep_their_code_where_so_asked() -> None:
    assert triples("petrarch1", "The former president of Peru blamed Chad.", former=False) == ["PERGOV TCD 112"]


def test_every_field_quotes_its_words_and_names_file_and_line() -> None:
    text = "In Accra on Friday, Ghana's former ambassador gave Malian guests and Peruvian farmers new tractors."
    record = records("petrarch1", text)[0]
    assert (record.source, record.target, record.code) == ("GHAELI", "PERAGR", "0731")
    for field, words in (("source", "Ghana's former ambassador"), ("target", "Peruvian farmers"),
                         ("code", "gave Malian guests and Peruvian farmers new tractors")):
        evidence = record.provenance[field]
        assert evidence.start is not None
        assert evidence.text == text[evidence.start:evidence.end] == words
    assert record.provenance["code"].rules == (line_of("petrarch1.verbs.txt", "- * NEW_&TOOL [0731]"),)
    assert record.provenance["source"].rules == (line_of("actors.txt", "GHANA [GHA]"),
                                                 line_of("agents.txt", "AMBASSADOR [~GOV]"))
    assert record.provenance["date"].rules == ("article/published",)
    assert str(record.date) == DAY


def test_offsets_count_the_article_s_characters() -> None:
    text = "<p>Rain fell.</p>\n\n<p>“Japan” shelled Peru.</p>"
    [record] = records("petrarch1", text)
    code = record.provenance["code"]
    assert text[code.start:code.end] == "shelled"
    assert "shelled" in record.explain()


def test_a_trace_says_what_became_of_each_verb() -> None:
    told = str(coder("petrarch1").trace("Japan shelled it. Kenya brought flowers. Nothing else.", published=DAY))
    assert f"shelled: no target is known  by {line_of('petrarch1.verbs.txt', 'SHELL')}" in told
    assert "brought: no pattern fits, and the verb has no code of its own" in told
    assert "not coded: no verb of the dictionary" in told


def test_pipe_gives_what_code_gives_whatever_the_batch() -> None:
    texts = ["Japan shelled Peru.", "Nothing.", "Ghana lent Mali money. Chad blamed Niger."] * 3
    made = coder("petrarch1")
    expected = [made.code(text) for text in texts]
    assert list(made.pipe(texts, batch_size=2)) == list(made.pipe(texts)) == expected
    assert list(made.pipe([(texts[0], "note")], as_tuples=True)) == [(expected[0], "note")]


def test_an_article_that_cannot_be_coded_warns_and_the_run_goes_on() -> None:
    with pytest.warns(UserWarning, match="number 1 of its batch was not coded"):
        found = list(coder("petrarch1").pipe(["Japan shelled Peru.", 7, "Chad blamed Niger."]))
    assert [len(records) for records in found] == [1, 0, 1]


def test_odd_texts_give_no_records_and_no_errors() -> None:
    made = coder("petrarch2")
    for text in ("", " ", ",,,,", "Attack!", "Meet here, now.", "’s n't ’", "attack " * 300, "الرئيس زار مالي 🙂",
                 "France, , , , and attack"):
        assert made.code(text) == [], text


def test_several_processes_give_the_same_records() -> None:
    texts = ["Japan shelled Peru.", "Nothing.", "Ghana lent Mali money. Chad blamed Niger."]
    made = coder("petrarch1")
    assert list(made.pipe(texts, n_process=2, batch_size=1)) == list(made.pipe(texts))


@pytest.mark.parametrize(("text", "expected"), [
    # the parser takes the verb for a noun, or its object for the subject of a later clause
    ("Chad seize boats with Niger long after soldiers left.", ["TCD NER 1711"]),
    ("Ghana gave tractors to Mali two years after traders fled.", ["GHA MLI 073"]),
    # a word of a clause that says when is no word of the verb's pattern where it has a better one
    ("Chad gave a tent to Niger years after Mali lost a new tractor.", ["TCD NER 073"]),
    # passive in form, but nobody is named who did it: as TABARI and PETRARCH-1 read it
    ("Peru was blamed in Nairobi.", ["PER KEN 112"]),
    # participles: of a noun, and as a preposition
    ("The soldiers of Peru shelled by Japan fled.", ["JPN PERMIL 194"]),
    # an actor within a phrase, where a pattern asks for one after its preposition
    ("Niger crossed the border of Chad into a village of Mali.", ["NER MLI 152"]),
])
def test_petrarch1_reads_past_the_parser_s_errors(text: str, expected: list[str]) -> None:
    assert triples("petrarch1", text) == expected


def test_clauses_between_commas_are_read_where_so_asked() -> None:
    text = "Kenya, while Ghana lent Mali money, shelled Peru."
    assert triples("petrarch1", text) == ["KEN PER 194"]
    assert triples("petrarch1", text, commas=Commas(most=0, end_most=0)) == ["GHA MLI 071", "KEN PER 194"]
