"""Parts of a province that became one of their own, as registers still write them: behind the name of the former one.

The names are those that went out of use before the table of former divisions begins. What each became was divided since
or is not recorded: it is read as the province, which is certain.
"""

from __future__ import annotations

from typing import NamedTuple

from applicability.model.former import Former


class MovedPart(NamedTuple):
    """The province that a part of another became, the year since when, and the names that went out of use by then."""

    province: str
    since: str
    names: tuple[str, ...]

    def former(self, around: str, name: str, place: str) -> Former:
        """The name of a place behind that of the province that it lay in, as one that is no longer used."""
        return Former("", around + name, self.since, place, True, ())
