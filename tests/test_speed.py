"""What makes reading fast changes no record, and what it keeps in memory has a bound."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from expectations import coder
from threadpoolctl import threadpool_info

import eventcode as ec
from eventcode.analyzers import spacy as analysis
from eventcode.analyzers.blas import is_limitable, one_thread
from eventcode.coder import Coder
from eventcode.mentions.gate import Company, Gate
from eventcode.mentions.kinds import ANYBODY
from eventcode.mentions.prospects import Prospects
from eventcode.mentions.slots import prepositional

HERE = Path(__file__).parent
STORY = "Gunmen ambushed a convoy near Bamenda on Monday, killing four soldiers."
QUIET = "The bank cut its rates and shares rose. The minister praised the harvest in Kumasi."
PUBLISHED = "2023-03-14"


def _articles() -> list[ec.Article]:
    paths = [*sorted((HERE / "golden").glob("*/article.txt")), *sorted((HERE / "quiet").glob("*.txt"))]
    texts = [STORY, QUIET, *(path.read_text(encoding="utf-8") for path in paths)]
    return [ec.Article(text=text, published=PUBLISHED) for text in texts]


@pytest.mark.parametrize("name", ["acled", "ucdp-ged"])
def test_articles_that_are_not_read_have_no_records(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made, articles = coder(name), _articles()
    skipped = [not made._may_have_records(made._document(article)) for article in articles]
    assert set(skipped) == {True, False}
    fast = made.code_batch(articles)
    monkeypatch.setattr(Coder, "_may_have_records", lambda self, document: True)
    monkeypatch.setattr(made, "_coded", None)
    assert made.code_batch(articles) == fast
    assert any(records for records, _ in fast)


def test_only_rule_sets_that_code_acts_as_what_they_are_tell_which() -> None:
    acts = {name: coder(name)._coded for name in ("acled", "ucdp-ged", "cameo", "plover")}
    assert acts["cameo"] is acts["plover"] is None  # there an intent is a promise
    assert {"clash", "ambush", "withdraw_forces", "praise"} - acts["acled"] == {"praise"}
    assert {"ambush", "meet"} & acts["ucdp-ged"] == {"ambush"}


@pytest.mark.parametrize(("text", "worded", "told"), [
    ("The brewery pulled out of the valley on Monday.", False, None),
    ("The brewery pulled out of Lusaka on Monday.", True, False),
    ("The army pulled out of Lusaka on Monday.", True, True),
    ("Soldiers camped outside Ndola. They seized the market on Monday.", True, True),
    ("Soldiers camped outside Ndola. The brewery seized the market in Lusaka.", True, False),
    ("Five died in the attack on the brewery in Lusaka.", True, True),
])
def test_acts_of_nobody_who_is_named_are_not_read_on(
        text: str, worded: bool, told: bool | None, monkeypatch: pytest.MonkeyPatch) -> None:
    made, looked = coder("acled"), []
    ask = Prospects.any
    monkeypatch.setattr(Prospects, "any", lambda *given: looked.append(ask(*given)) or looked[-1])
    assert made._may_have_records(made._document(ec.Article(text=text))) is worded
    records = made.code(text, published=PUBLISHED)
    assert looked == [told] * worded  # else nothing is asked of the triggers
    monkeypatch.setattr(Prospects, "any", lambda *given: True)
    monkeypatch.setattr(Prospects, "any_worded", lambda *given: True)
    assert made.code(text, published=PUBLISHED) == records


def test_bare_words_name_every_kind_of_party_that_is_found() -> None:
    made = coder("acled")
    finders, anybody = made._finders, made._finders.actions.kinds.bits(ANYBODY)
    found = set()
    for article in _articles():
        document = made._document(article)
        made._parse([document])
        named = anybody | finders.prospects._named.named_in(
            document.reading, any(s.text.isupper() or s.text.islower() for s in document.sentences))
        traits = {trait for sentence in document.sentences for mention in finders.actors.find(sentence)
                  for party in (mention.party, *mention.names) for trait in party.traits}
        assert not finders.actions.kinds.bits(traits) & ~named, article.text
        found |= traits
    assert len(found) > 25


@pytest.mark.parametrize(("text", "kinds", "missing"), [
    ("Officers of the 209th Corps left.", {"military"}, {"rebel"}),
    ("L’armée et São Tomé’s police met U.S. envoys.", {"police", "country"}, {"rebel", "militia"}),
    ("A new general plan of the united states of mind.", set(), {"igo", "rebel"}),
    ("FARC REBELS MET THE MAYOR", {"rebel", "official"}, {"police"}),
    ("Tanks rolled past the hospital.", {"military", "@sites"}, {"police"}),
])
def test_kinds_by_bare_words(text: str, kinds: set[str], missing: set[str]) -> None:
    finders = coder("acled")._finders
    named, bits = finders.prospects._named.named_in(text, text.isupper()), finders.actions.kinds.bits
    assert [kind for kind in sorted(kinds) if not bits([kind]) & named] == []
    assert [kind for kind in sorted(missing) if bits([kind]) & named] == []


def test_events_are_read_whatever_the_ontology_codes() -> None:
    made = coder("acled")
    assert not made._may_have_records(made._document(ec.Article(text="Ghana praised Togo on Monday.")))
    assert [event.action for event in made.events("Ghana praised Togo on Monday.")] == ["praise"]


def test_a_gate_asks_for_company_and_stops_at_words_of_another_field() -> None:
    gate = Gate()
    people, sport = frozenset({"protester", "prisoner"}), frozenset({"goal", "cup"})
    gate.add("beat", Company(gate.needed.bit(people), gate.banned.bit(sport), "beat"))
    assert gate.fitting("Guards beat a prisoner.")
    assert not gate.fitting("Ghana beat Togo.")
    assert not gate.fitting("Ghana beat a prisoner in the cup, he joked.")
    assert gate.fitting("Guards beat a prisoner with a cup-shaped tool.")  # the tokenizer decides what that is


def test_what_is_worked_out_on_a_tree_goes_with_the_tree() -> None:
    made = coder("acled")
    document = made._document(ec.Article(text="Rebels fired on the town."))
    made._parse([document])
    sentence = document.sentences[0]
    fired = next(token.i for token in sentence.tokens if token.lower == "fired")
    assert [sentence.tokens[i].lower for i in prepositional(sentence, fired, "on")] == ["town"]
    sentence.set_parse([token for token in sentence.tokens if token.lower in ("rebels", "fired")])
    assert sentence.known == {}


def test_a_vocabulary_that_has_grown_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = _articles()[:12]
    fresh = analysis.SpacyAnalyzer()
    made = ec.load("acled", analyzer=fresh)
    before, first = made.code_batch(articles), fresh._nlp
    monkeypatch.setattr(analysis, "MOST_WORDS", 0)
    assert made.code_batch(articles) == before
    assert fresh._nlp is not first


def test_matrix_products_take_one_thread_only_while_the_parser_runs() -> None:
    if not is_limitable():
        pytest.skip("the BLAS of this numpy has threads that cannot be counted")
    counts = [[one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"] for _ in range(2)]
    with one_thread():
        counts[1:1] = [[one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"]]
    assert set(counts[1]) == {1}
    assert counts[0] == counts[2]


def test_batches_of_any_size_give_the_same_trees() -> None:
    sentences = [(sentence.text, 0, None) for article in _articles()[:20]
                 for sentence in coder("acled")._document(article).sentences]
    trees = [list(analysis.analyzer.parse(sentences, size)) for size in (1, 7, 256)]
    assert all(one == other for one, other in pairwise(trees))
