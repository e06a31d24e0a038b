"""The report page: a run, a trace or records as one self-contained HTML file, for people who would rather look."""

from __future__ import annotations

from eventcode.report.page import Report, render

__all__ = ["Report", "render"]
