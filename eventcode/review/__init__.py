"""Review: a person accepts, corrects or rejects the records of a run; gold, scores, agreement, proposals come of it."""

from __future__ import annotations

from eventcode.review.proposals import Proposals
from eventcode.review.result import Review, read_review

__all__ = ["Proposals", "Review", "read_review"]
