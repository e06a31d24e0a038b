"""Every rule set that is installed, plug-ins included: examples fire their rule, counterexamples do not."""

from __future__ import annotations

import pytest

from eventcode.plugins import names
from eventcode.testing import walk, walk_language


@pytest.mark.parametrize("name", names("ontologies"))
def test_rules_of_an_ontology(name: str) -> None:
    assert [str(failure) for failure in walk(name)] == []


@pytest.mark.parametrize("code", names("languages"))
def test_entries_of_a_language(code: str) -> None:
    assert [str(failure) for failure in walk_language(code)] == []
