"""What the lookups of the service answer: lists of places, sectors, activities, facts, limits and measures."""

from __future__ import annotations

from applicability.report.contract import Model
from applicability.service.listing import FactModel, LimitRowModel, MeasureHeadModel, SectorHitModel, ValueModel
from applicability.service.place_search import PlaceHitModel


class PlacesModel(Model):
    """Places that a search found."""

    places: list[PlaceHitModel]


class SectorsModel(Model):
    """Sectors that a search found."""

    sectors: list[SectorHitModel]


class ActivitiesModel(Model):
    """Activities that a search found."""

    activities: list[ValueModel]


class FactsModel(Model):
    """Every fact that a profile may give."""

    facts: list[FactModel]


class LimitsModel(Model):
    """What uses of measures must keep."""

    limits: list[LimitRowModel]


class MeasuresModel(Model):
    """Measures of the documents."""

    measures: list[MeasureHeadModel]
