"""What operations take and give where no model says it: bodies with a real example, for the description."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# The example of every operation: a foreign-invested travel agency. Its facts are those of examples/.
EXAMPLE: Mapping[str, Any] = {
    "name": "成都环球国际旅行社有限公司", "city": "成都", "sector": "7291", "foreign_share": 40,
    "activities": ["travel-agency"], "entity_kind": "enterprise", "registered_here": True, "zones": [], "licences": [],
}  # fmt: skip
_PROFILE = {"$ref": "#/components/schemas/Profile"}
PROFILE_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": _PROFILE, "example": dict(EXAMPLE)}},
    }
}
LINES = '{"city": "成都", "sector": "7291", "foreign_share": 40}\n{"city": "天浸"}\n'
BATCH_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": (
            "JSON Lines with a profile a line, or a table whose columns are facts, `name`, `as_of`, "
            "`determinations.KEY` and `limits.KEY`, as an Arrow stream or Parquet"
        ),
        "content": {
            "application/x-ndjson": {"schema": {"type": "string"}, "example": LINES},
            "application/vnd.apache.arrow.stream": {"schema": {"type": "string", "format": "binary"}},
            "application/vnd.apache.parquet": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}
BATCH_RESPONSE: dict[str, Any] = {
    "description": "A line for each profile: `verdicts` by row, or `problems`",
    "content": {
        "application/x-ndjson": {"schema": {"type": "string"}},
        "application/vnd.apache.arrow.stream": {"schema": {"type": "string", "format": "binary"}},
        "application/vnd.apache.parquet": {"schema": {"type": "string", "format": "binary"}},
    },
}
