"""Generated companies with all facts given, repeatable by seed; the benchmarks' interviewees."""

from __future__ import annotations

import random
from typing import Any

from applicability import Rulebook


def companies(rulebook: Rulebook, count: int, seed: int = 2025) -> list[dict[str, Any]]:
    """Profiles as mappings: three in four in a place that a scope names, activities that the sector can carry."""
    return [_company(rulebook, random.Random(f"{seed}-{number}")) for number in range(count)]


def _company(rulebook: Rulebook, draw: random.Random) -> dict[str, Any]:
    gazetteer, sectors = rulebook.gazetteer, rulebook.sectors
    pilots = sorted({code for group in rulebook.groups.values() if len(group) <= 10 for code in group} | {"110000"})
    cities = sorted(code for code in gazetteer.divisions if gazetteer.level(code) == "prefecture")
    city = draw.choice(pilots) if draw.random() < 0.75 else draw.choice(cities)
    inside = sorted(c for c in gazetteer.divisions if c != city and gazetteer.lies_in(c, city))
    counties = [code for code in inside if gazetteer.level(code) == "county"] or [city]
    zones = sorted(zone for zone in gazetteer.zones if gazetteer.overlap(zone, city))
    found: dict[str, Any] = {"city": city}
    if zones and draw.random() < 0.4:
        zone = gazetteer.zones[draw.choice(zones)]
        found |= {"zones": [zone.id], "district": zone.divisions[0], "zone_types": list(zone.types)}
    else:
        found |= {"zones": [], "district": draw.choice(counties), "zone_types": []}
    code = draw.choice(sorted(code for code in sectors.codes if len(code) == 2))
    possible = sorted(sectors.carried_by(code))
    found |= {"sector": [code], "activities": draw.sample(possible, min(len(possible), draw.choice((0, 1, 1, 2, 4))))}
    share = draw.choice((0, 0, 0, 10, 25, 49, 50, 51, 75, 100, 100))
    found["foreign_share"] = share
    foreign = sorted(set(rulebook.facts["investor_origins"].values) - {"mainland"})
    mainland = [] if share == 100 else ["mainland"]
    found["investor_origins"] = [*mainland, *([draw.choice(foreign)] if share else [])]
    for name, declaration in rulebook.facts.items():
        keys = sorted(declaration.values)
        if name not in found and declaration.type == "choice":
            found[name] = draw.choice(keys)
        elif name not in found and declaration.type == "choices":
            found[name] = draw.sample(keys, draw.choice((0, 0, 1, 2)))
        elif name not in found and declaration.type == "boolean":
            found[name] = draw.random() < 0.8
    return found
