"""What a status report says, as it was frozen. Plain values.

Its JSON (format 1) is {"format", "meta", "foreword", "states", "changes", "late", "decisions", "costs", "measures"}.

- "meta": "city", "strategy" (its title), "title", "slug", "key_on", "frozen_on" (days as in ISO 8601), "edition"
  ({"slug", "title", "digest"}: the one that was shown), "previous" (the report before: {"slug", "title"}, or null),
  "reported" (how many measures were reported on in the round), "has_sample"
- "states": {"key", "label", "count"}, in the order of the states, "" for what nothing was reported on
- "measures": every measure of the edition in its order: "uid", "code", "title", "path", "theme", "lead", "districts",
  "cost_once", "cost_yearly", "spent", "state", "state_label", "reported_on", "note", "next_step", "next_step_month",
  "obstacle", "decision_needed", "decision" (its status in words), "is_reported"
- "changes" since the report before: "uid", "code", "title", "was", "now" (in words), "note"
- "late": "uid", "code", "title", "lead", "reasons" (sentences)
- "decisions" on measures, the newest first: "uid", "code", "title", "held_on", "body", "matter", "result",
  "reference", "url", "state_label", "note"
- "costs": "total", and rows by "themes", "departments", "districts": "name", "measures", "once", "yearly", "spent",
  "silent" (how many of them name no cost)
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from strategy.document.data import Plain

FORMAT = 1


@dataclass(frozen=True)
class ReportContent:
    """A status report's data, read."""

    data: Mapping[str, Plain]

    @classmethod
    def from_json(cls, text: str) -> "ReportContent":
        """Of the JSON of a report. ValueError where it comes from a newer program than this one."""
        data = json.loads(text)
        if data["format"] > FORMAT:
            raise ValueError(f"Format {data['format']} is newer than this program (format {FORMAT}).")
        return cls(data)

    @property
    def meta(self) -> Mapping[str, Plain]:
        """What the report is."""
        meta: Mapping[str, Plain] = self.data["meta"]
        return meta

    @property
    def foreword(self) -> str:
        """The coordination's text before it; "" for none."""
        return str(self.data["foreword"])

    @property
    def measures(self) -> list[Mapping[str, Plain]]:
        """Every measure, in the order of the edition."""
        measures: list[Mapping[str, Plain]] = self.data["measures"]
        return measures

    @property
    def to_decide(self) -> list[Mapping[str, Plain]]:
        """The measures of which somebody says that a decision is needed, or that something is in the way."""
        return [each for each in self.measures if each["decision_needed"] or each["obstacle"]]
