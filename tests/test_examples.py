from __future__ import annotations

from pathlib import Path

import pytest
from generated import ROOT, generate


@pytest.mark.parametrize("path", generate.EXAMPLES, ids=lambda path: path.stem)
def test_an_example_prints_its_expected_output(path: Path) -> None:
    assert generate.example_output(path) == generate.expected(path).read_text(encoding="utf-8")


def test_every_expected_output_has_its_example() -> None:
    expected = {path.stem for path in (ROOT / "examples" / "expected").glob("*.txt")}
    assert expected == {path.stem for path in generate.EXAMPLES}
