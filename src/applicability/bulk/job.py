"""What is asked of a screening, and what it came to."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib import metadata

from applicability.lazy_dataclass import dataclass, field
from applicability.model.rulebook import Measure, Rulebook
from applicability.model.verdict import Verdict
from applicability.text import Lang

Counts = dict[str, list[int]]
LONG, WIDE = "long", "wide"


@dataclass(frozen=True)
class Job:
    """What is asked: the rulebook and the day, which measures and verdicts, in which forms, and what to keep.

    `keep` are columns of the source to repeat in every line; None for those by which a person knows a company.
    `mapping` says of headings what they hold; `facts` asks for what was read of each company.
    """

    rulebook: Rulebook
    day: datetime.date
    lang: Lang = "en"
    measures: tuple[Measure, ...] = ()
    only: frozenset[Verdict] = frozenset((Verdict.ELIGIBLE, Verdict.CONDITIONAL))
    forms: frozenset[str] = frozenset((LONG,))
    keep: tuple[str, ...] | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    strict: bool = False
    facts: bool = False

    def fingerprint(self, source: Mapping[str, object], form: str) -> str:
        """What an unfinished run must have in common with this one to be continued: everything that its pieces hold."""
        said = {
            "program": _version(),
            "source": source,
            "form": form,
            "rulebook": self.rulebook.digest,
            "register": [f"{entry.id} {entry.date} {entry.kind} {entry.places}" for entry in self.rulebook.register],
            "day": self.day.isoformat(),
            "lang": self.lang,
            "measures": [list(measure.key) for measure in self.measures],
            "only": sorted(self.only),
            "forms": sorted(self.forms),
            "keep": self.keep,
            "mapping": dict(self.mapping),
            "facts": self.facts,
            "strict": self.strict,
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _version() -> str:
    try:
        return metadata.version("applicability")
    except metadata.PackageNotFoundError:  # run from its source
        return ""


@dataclass
class Summary:
    """What a screening came to: companies with verdicts, those rejected, notes, and the counts of verdicts.

    `counts` has five numbers for each measure, from ineligible to eligible, by `document:row`.
    """

    companies: int = 0
    rejected: int = 0
    notes: int = 0
    counts: Counts = field(default_factory=dict)
    ignored: tuple[str, ...] = ()

    @property
    def read(self) -> int:
        """All rows that were read: each came out or was rejected."""
        return self.companies + self.rejected

    def add(self, other: Summary) -> None:
        """Count another part in."""
        self.companies += other.companies
        self.rejected += other.rejected
        self.notes += other.notes
        self.ignored = tuple(dict.fromkeys((*self.ignored, *other.ignored)))
        for key, own in other.counts.items():
            held = self.counts.setdefault(key, [0] * 5)
            self.counts[key] = [one + more for one, more in zip(held, own, strict=True)]

    def of(self, measure: Measure) -> Sequence[int]:
        """How many companies have each verdict, 0 to 4, on a measure; nothing for one without verdicts."""
        return self.counts.get(key_of(measure), ())


def key_of(measure: Measure) -> str:
    """A measure's name in a summary."""
    return f"{measure.document}:{measure.row}"
