"""What several test modules share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's root folder."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def story() -> str:
    """Three sentences, two events, two days: enough for every stage to have something to say."""
    return ("Islamic State fighters attacked a police checkpoint near Kirkuk on Monday, killing four officers and "
            "wounding two. "
            "Thousands of people marched through Baghdad a day later to demand better services. "
            "The weather was mild and the shops were open.")


@pytest.fixture(scope="session")
def published() -> str:
    """A Friday."""
    return "2019-03-15"
