"""The token trie: longest entry first, nothing overlapping, the same as looking everywhere."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventcode.patterns import TokenTrie

WORDS = st.lists(st.sampled_from("abc"), min_size=1, max_size=4)


def test_longest_wins() -> None:
    trie = TokenTrie([(["islamic", "state"], "IS"), (["islamic", "state", "khorasan"], "ISK"), (["state"], "state")])
    found = trie.find(["the", "islamic", "state", "khorasan", "attacked", "the", "state"])
    assert [(hit.first, hit.last, hit.values) for hit in found] == [(1, 3, ("ISK",)), (6, 6, ("state",))]


def test_two_values_under_one_key_are_kept() -> None:
    trie = TokenTrie([(["georgia"], "GEO"), (["georgia"], "USA"), (["georgia"], "GEO")])
    assert trie.find(["georgia"])[0].values == ("GEO", "USA")
    assert len(trie) == 2


def test_an_empty_entry_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one token"):
        TokenTrie([([], "x")])


@given(st.lists(WORDS, max_size=8), st.lists(st.sampled_from("abc"), max_size=20))
def test_it_finds_what_a_search_would(entries: list[list[str]], text: list[str]) -> None:
    trie = TokenTrie((words, tuple(words)) for words in entries)
    keys, i, expected = {tuple(words) for words in entries}, 0, []
    while i < len(text):
        lengths = [n for n in range(1, 5) if i + n <= len(text) and tuple(text[i : i + n]) in keys]
        if lengths:
            expected.append((i, i + max(lengths) - 1))
        i += max(lengths, default=1)
    assert [(hit.first, hit.last) for hit in trie.find(text)] == expected
    assert [(hit.first, hit.last) for hit in pickle.loads(pickle.dumps(trie)).find(text)] == expected
