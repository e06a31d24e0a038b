"""Records: one event coded in one ontology, every filled column with its evidence."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from eventcode.errors import ProvenanceError
from eventcode.markup import safe, table
from eventcode.neutral import Evidence


class Alternative(BaseModel):
    """A value that lost: what it was, which rule offered it, and what beat it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: str
    rule: str
    reason: str


class RecordMeta(BaseModel):
    """Where a record comes from: article, ontology, versions and content hashes of the rule sets that made it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    article_id: str | None = None
    ontology: str = ""
    ontology_version: str = ""
    events: tuple[str, ...] = Field(default=(), description="ids of the neutral events behind this record")
    versions: dict[str, str] = Field(default_factory=dict, description="library, rule-set hashes, model")
    warnings: tuple[str, ...] = ()


class Record(BaseModel):
    """Base of every ontology's record class. Its own fields are the codebook's columns, unchanged and in order.

    A filled column (not None, "", () or []) must have an entry in `provenance`; otherwise ProvenanceError.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    ontology: ClassVar[str] = ""
    #: Names that are not columns of the codebook.
    not_columns: ClassVar[frozenset[str]] = frozenset({"provenance", "alternatives", "meta"})

    provenance: dict[str, Evidence] = Field(default_factory=dict, repr=False)
    alternatives: dict[str, tuple[Alternative, ...]] = Field(default_factory=dict, repr=False)
    meta: RecordMeta = Field(default_factory=RecordMeta, repr=False)

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """The codebook's columns, in its order."""
        return tuple(name for name in cls.model_fields if name not in cls.not_columns)

    @model_validator(mode="after")
    def _evidence_for_every_value(self) -> Self:
        bare = [name for name in self.columns() if is_filled(getattr(self, name)) and not self._evident(name)]
        if bare:
            raise ProvenanceError(f"filled without evidence: {', '.join(bare)}")
        unknown = set(self.provenance) - set(self.columns())
        if unknown:
            raise ProvenanceError(f"evidence for no column: {', '.join(sorted(unknown))}")
        return self

    def _evident(self, name: str) -> bool:
        evidence = self.provenance.get(name)
        return evidence is not None and bool(evidence.rules)

    def values(self) -> dict[str, Any]:
        """Column to value, nested entities as plain dicts; codes stay text."""
        return self.model_dump(include=set(self.columns()))

    def explain(self) -> str:
        """For people: each filled field with the words, offsets and rules behind it, and what lost against it."""
        lines = [f"{self.ontology} record of article {self.meta.article_id or '(no id)'}"]
        for name in self.columns():
            if is_filled(getattr(self, name)):
                lines += self._explain_field(name)
        lines += [f"  ! {warning}" for warning in self.meta.warnings]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        """For notebooks: each filled field with the words and rules behind it, and what lost against it."""
        rows = [(name, shown(value), " ".join(found.text.split()), ", ".join(found.rules))
                for name, value in self.values().items() if is_filled(value) for found in [self.provenance[name]]]
        lost = [f"{name}: not {other.value}: {other.reason} ({other.rule})"
                for name, others in self.alternatives.items() for other in others]
        notes = "".join(f"<p>{safe(note)}</p>" for note in (*lost, *self.meta.warnings))
        title = f"{self.ontology} record of article {self.meta.article_id or '(no id)'}"
        return table(("field", "value", "words", "rules"), rows, title) + notes

    def _explain_field(self, name: str) -> list[str]:
        evidence = self.provenance[name]
        words = (
            f'"{" ".join(evidence.text.split())}" [{evidence.start}:{evidence.end}]'
            if evidence.start is not None
            else "(no words)"
        )
        lines = [f"  {name}: {getattr(self, name)!s}", f"      {words}  by {', '.join(evidence.rules)}"]
        return lines + [
            f"      not {lost.value}: {lost.reason} ({lost.rule})" for lost in self.alternatives.get(name, ())
        ]


def is_filled(value: Any) -> bool:
    """Does this column say anything? 0 and False do; None, "" and empty lists do not."""
    return value is not None and value != "" and value != () and value != [] and value != {}


def shown(value: Any) -> str:
    """A value for the eye: of lists and entities only what is filled."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {shown(part)}" for name, part in value.items() if is_filled(part))
    if isinstance(value, (list, tuple)):
        return "; ".join(map(shown, value))
    return str(value) if is_filled(value) else ""
