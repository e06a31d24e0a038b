"""What a paper says of a run: the methods paragraph and the citation."""

from __future__ import annotations

from eventcode.runs.result import Run

_TITLES = {"acled": "an ACLED-style ontology", "cameo": "CAMEO", "plover": "PLOVER",
           "ucdp-ged": "a UCDP GED-style ontology"}


def methods(run: Run) -> str:
    """The methods paragraph of a run: what was coded with what, in versions and hashes, and what was left out."""
    counts, versions = run.counts, run.about["versions"]
    parts = [f"{name} {version}" for name, version in versions.items() if name != "eventcode"]
    named = _TITLES.get(run.about["ontology"], f"the rule set {run.about['ontology']}")
    kinds = sorted({file["format"] for file in run.about["files"]})
    text = (f"We coded {_number(counts['read'], 'news article')} ({', '.join(kinds)}) into "
            f"{_number(counts['records'], 'event record')} in {named} with eventcode {versions['eventcode']}, a "
            f"deterministic rule-based coder that runs offline ({'; '.join(parts)}; Python {run.about['python']}). ")
    if counts["rejected"] or counts["failed"]:
        text += (f"Of {_number(counts['found'], 'article')} found, {counts['rejected']} could not be read and "
                 f"{counts['failed']} could not be coded; they are listed with reasons. ")
    else:
        text += "Every article that was found was read and coded. "
    return text + (f"The run was finished on {run.about['finished'][:10]}. The same articles and versions give the "
                   "same records; the words, offsets and rules behind every value are kept beside them.")


def cite(run: Run) -> str:
    """A BibTeX entry for the software as this run used it: version, ontology and the hashes of its rules."""
    versions, year = run.about["versions"], run.about["finished"][:4]
    rules = "; ".join(f"{name} {version}" for name, version in versions.items() if name != "eventcode")
    return (f"@software{{eventcode,\n  author = {{{{The eventcode developers}}}},\n"
            f"  title = {{{{eventcode: news articles to standardized conflict-event records}}}},\n"
            f"  version = {{{versions['eventcode']}}},\n  year = {{{year}}},\n  note = {{{rules}}}\n}}")


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
