"""The coding rules that a page knows: by id, with links to where it tells them."""

from __future__ import annotations

from collections.abc import Iterable

from eventcode.markup import safe
from eventcode.rules import Rule


class Rules(dict[str, Rule]):
    """Id to rule. `link` leads to the table of rules where the rule is known; other ids stand alone."""

    def anchor(self, rule: str) -> str:
        """The id of the rule's row: short, since it stands on the page once for every record."""
        return f"w{self._numbers[rule]}"

    def link(self, rule: str) -> str:
        """A rule's id in HTML."""
        return f"<a href=#{self.anchor(rule)}>{safe(rule)}</a>" if rule in self else safe(rule)

    def links(self, rules: Iterable[str]) -> str:
        """Several ids in HTML."""
        return " ".join(map(self.link, rules))

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        super().__init__((rule.id, rule) for rule in rules)
        self._numbers = {name: number for number, name in enumerate(self)}
