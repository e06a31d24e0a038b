"""Packages that only some formats need."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from eventcode.errors import InputError


def need(module: str, extra: str, what: str) -> Any:
    """An optional module. Raises InputError that says what to install where it is missing."""
    try:
        return import_module(module)
    except ImportError:
        raise InputError(f"{what} needs {module.partition('.')[0]}: pip install 'eventcode[{extra}]'") from None
