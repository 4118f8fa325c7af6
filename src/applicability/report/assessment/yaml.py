"""An assessment as YAML, with the same data as JSON."""

from __future__ import annotations

import yaml

from applicability.report import Options, Selection
from applicability.report.assessment.json import model_of

_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def render(selection: Selection, options: Options) -> str:
    """Renders the assessment as YAML."""
    data = model_of(selection, options).to_dict()
    text: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return text
