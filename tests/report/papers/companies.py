"""Companies that several tests of papers ask about."""

from __future__ import annotations

# A financial leasing company in Dongjiang, all of whose facts are known.
LESSOR: dict[str, object] = {
    "city": "天津",
    "zones": ["东疆"],
    "sector": "6631",
    "entity_kind": "enterprise",
    "registered_here": True,
    "foreign_share": 0,
    "licences": ["financial_leasing"],
    "group_roles": [],
    "activities": ["engine-and-machinery-leasing", "bonded-aircraft-leasing"],
    "products": [],
}
# A foreign travel agency in Shanghai, all of whose facts are known.
AGENCY: dict[str, object] = {
    "city": "上海",
    "zones": [],
    "sector": "7291",
    "foreign_share": 100,
    "activities": ["travel-agency"],
    "entity_kind": "enterprise",
    "registered_here": True,
    "licences": [],
    "group_roles": [],
    "products": [],
}
