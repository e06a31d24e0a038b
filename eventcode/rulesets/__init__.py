"""Work on rule sets: begin one, check one, list its rules, compare two on a corpus."""

from eventcode.rulesets.diff import Change, Impact, diff
from eventcode.rulesets.lint import Finding, lint
from eventcode.rulesets.listing import listing
from eventcode.rulesets.new import new

__all__ = ["Change", "Finding", "Impact", "diff", "lint", "listing", "new"]
