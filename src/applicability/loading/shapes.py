"""The shapes of the rule files as pydantic models: their keys and types.

Conditions are left as plain data here and read by `loading.conditions`, since their keys are the rulebook's own facts.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from applicability.loading.shape_messages import RULE
from applicability.loading.shape_reader import Shape
from applicability.model.facts import FactType
from applicability.model.measure import Capture, Force
from applicability.model.rulebook import Weight
from applicability.text import Text


def _truth(value: Any) -> Any:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


YesNo = Annotated[bool, BeforeValidator(_truth), Field(strict=True)]
Addressee = Literal[
    "enterprise", "foreign-investor", "financial-institution", "medical-institution", "law-firm",
    "arbitration-institution", "individual", "overseas-institution", "authority",
]  # fmt: skip
# A condition, parsed elsewhere: `all`, `any`, `not` or one leaf.
ConditionShape = Annotated[dict[str, Any], Field(description="a condition: see the guide on rules")]


# Values of facts, any of which describes an entity.
TraitsShape = Annotated[dict[str, list[str]], Field(min_length=1)]


class TextShape(Shape):
    """A text for people, in both languages."""

    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def text(self) -> Text:
        """The model's Text, stripped."""
        return Text(self.zh.strip(), self.en.strip())


class InterpretationShape(TextShape):
    """The reading taken of a row; `narrower` if it names another, by which the row opens less or nothing."""

    narrower: YesNo = False


class ManifestShape(Shape):
    """rulebook.yaml: id, version and title. `extends` names the folder of a rulebook that this one adds to."""

    id: str
    version: str
    title: TextShape
    extends: str | None = None


class DocumentShape(Shape):
    """sources/*.yaml: one policy document."""

    id: str
    title: TextShape
    number: str
    number_en: str | None = None
    annex: TextShape | None = None
    file: str
    dates: dict[str, datetime.date]
    checked_on: datetime.date
    rows: int | None = None
    notes: dict[int, str] = {}
    chapters: dict[int, TextShape]


class ZoneKindShape(Shape):
    """A type of zone."""

    zh: str
    en: str
    under: list[str] = []
    aliases: list[str] = []


class ZoneShape(Shape):
    """A zone."""

    zh: str
    en: str
    pinyin: str = ""
    aliases: list[str] = []
    in_: Annotated[list[str], Field(alias="in", min_length=1)]
    part_of: list[str] = []
    types: list[str] = []
    whole: YesNo = False
    source: TextShape | None = None
    doubt: TextShape | None = None


class ZonesShape(Shape):
    """places/zones.yaml."""

    types: dict[str, ZoneKindShape] = {}
    zones: dict[str, ZoneShape] = {}


class ActivityShape(Shape):
    """An activity: the codes that can carry it, what it means, and the more general ones that it is part of.

    `plausible_for` are values of facts, any of which an entity has of whom it makes sense to ask it; `likely_for` of
    whom it is to be expected. `place_meant` says which place is to be given for rows that read it.
    """

    zh: str
    en: str
    under: Annotated[list[str], Field(min_length=1)]
    aliases: list[str] = []
    means: TextShape | None = None
    part_of: list[str] = []
    instead_of: list[str] = []
    plausible_for: TraitsShape | None = None
    likely_for: TraitsShape | None = None
    place_meant: TextShape | None = None


class ChoiceShape(Shape):
    """A value of a choice fact; of an origin of investors, `may_be` are the origins that it leaves open.

    `set_up_by` are values of facts, any of which an entity has that may set up another with this value; `for_limits`
    are limits that only whoever has set one up can keep; `of_founder` are findings that are a fact of the founder.
    `counts` says whom the words count in a kind of person, and of whom they leave that open.
    """

    zh: str
    en: str
    aliases: list[str] = []
    instead_of: list[str] = []
    may_be: list[str] = []
    sectors: list[str] | None = None
    plausible_for: TraitsShape | None = None
    set_up_by: TraitsShape | None = None
    for_limits: list[str] = []
    of_founder: dict[str, str] = {}
    place_meant: TextShape | None = None
    addressed_as: list[Addressee] | None = None
    counts: TextShape | None = None


class FactShape(Shape):
    """The declaration of a fact; `values_of` names the investors whose origins are its values, `settles` the fact that
    a place of registration tells: whether it lies in the place given.
    """

    type: FactType
    label: TextShape
    question: TextShape
    help: TextShape
    movable: Literal["cost", "owners", "fixed"]
    unit: TextShape | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    values: dict[str, ChoiceShape] = {}
    values_of: str | None = None
    settles: str | None = None
    plausible_for: TraitsShape | None = None
    place_meant: TextShape | None = None
    entity_question: TextShape | None = None
    value_question: TextShape | None = None
    planned_question: TextShape | None = None
    from_none: TextShape | None = None


class InvestorSum(Shape):
    """What a derivation computes from the investors given."""

    leave_out: list[str] = []


class DerivationShape(Shape):
    """A derivation: `when` a condition is met, or the `total` or `origins` of the investors."""

    id: str
    gives: str
    value: str | None = None
    when: ConditionShape | None = None
    total: InvestorSum | None = None
    origins: InvestorSum | None = None
    reason: TextShape


class DerivationsShape(Shape):
    """derivations.yaml."""

    derivations: list[DerivationShape]


class StepShape(Shape):
    """An official step that rows can wait for; `already` says that it may have been taken, as `pending` tells."""

    label: TextShape
    pending: TextShape
    recorded: TextShape
    by_place: TextShape | None = None
    already: TextShape | None = None


class ScopeRuleShape(Shape):
    """A named place rule."""

    title: TextShape
    outside: TextShape
    when: ConditionShape


class ScopesShape(Shape):
    """scopes.yaml. `groups` are lists of places that conditions may name as `in: [the-ten]`.

    `pilots` are the places (or groups) that are compared by default.
    """

    steps: dict[str, StepShape] = {}
    groups: dict[str, list[str]] = {}
    pilots: list[str] = []
    scopes: dict[str, ScopeRuleShape] = {}


class EntryShape(Shape):
    """One dated entry of a register."""

    id: str
    date: datetime.date
    title: TextShape
    source: TextShape
    weight: Weight = "user"
    document: str | None = None
    rows: list[int] | Literal["all", "unknown"]
    places: list[str] | Literal["everywhere"]
    effect: Literal["records", "overtakes", "announces", "notes"] = "records"
    step: str | None = None
    note: TextShape | None = None
    accepted: TextShape | None = None
    expires: datetime.date | None = None


class RegisterShape(Shape):
    """register.yaml, and a user's own register file."""

    register_: Annotated[list[EntryShape], Field(alias="register")]


class OpenOriginsShape(Shape):
    """Origins of investors that leave open whether a provision applies, and what it means then."""

    origins: Annotated[list[str], Field(min_length=1)]
    note: TextShape


class ProvisionShape(Shape):
    """A passage of a document's body that applies to a whole answer, and to whom."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    document: str | None = None
    section: TextShape
    title: TextShape
    words: Annotated[str, Field(min_length=1)]
    note: TextShape
    when: ConditionShape
    open: OpenOriginsShape | None = None


class ProvisionsShape(Shape):
    """provisions.yaml."""

    provisions: list[ProvisionShape]


_ONE_KIND = Text(
    "片段须写 `effect`、`limit`、`duty`、`background` 中的一项，且只写一项",
    "a span has one of `effect`, `limit`, `duty` and `background`, and no second",
)


class SpanShape(Shape):
    """Words that set no condition: exactly one of the four kinds."""

    effect: str | None = None
    limit: str | None = None
    duty: str | None = None
    background: str | None = None
    note: TextShape | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> SpanShape:
        if sum(one is not None for one in (self.effect, self.limit, self.duty, self.background)) != 1:
            raise PydanticCustomError(RULE, "{en}", {"zh": _ONE_KIND.zh, "en": _ONE_KIND.en})
        return self


class LimitShape(Shape):
    """A limit that each use must keep, whoever the entity is. `quote` is from the row, `label` names the limit, and
    `whose` says whose use it is, where the row has uses of different entities, and `of_another` that it is one by
    another entity than the one that the row is open to, such as its subsidiary, which whoever has one of the values of
    `not_itself` is not; `instead_of` are activities of earlier vocabularies, for which the error names it.

    A limit next to limbs applies to all of them, or to those that `limbs` names.
    """

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    quote: Annotated[str, Field(min_length=1)]
    question: TextShape
    label: TextShape
    whose: TextShape | None = None
    of_another: bool = False
    not_itself: TraitsShape = {}
    instead_of: list[str] = []
    limbs: Annotated[list[str], Field(min_length=1)] | None = None


class ScopeUse(Shape):
    """The scope of a row: its rule, and its cell verbatim."""

    rule: str | None = None
    cell: str = ""
    capture: Capture = "captured"


class LimbScope(Shape):
    """A further place rule for one limb."""

    rule: str


class LimbShape(Shape):
    """One limb of a row."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: TextShape
    force: Force
    addressee: Annotated[list[Addressee], Field(min_length=1)]
    when: ConditionShape | None = None
    scope: LimbScope | None = None
    limits: list[LimitShape] = []
    spans: list[SpanShape] = []


class DoubtShape(TextShape):
    """Where the source is unclear. With `in` it concerns those places alone; `writing` touches no meaning."""

    in_: Annotated[list[str] | None, Field(alias="in", min_length=1)] = None
    writing: YesNo = False


class MeasureShape(Shape):
    """One row."""

    row: Annotated[int, Field(ge=1)]
    title: TextShape | None = None
    text: str = ""
    sha256: str = ""
    scope: ScopeUse = ScopeUse()
    force: Force | None = None
    addressee: Annotated[list[Addressee], Field(min_length=1)] | None = None
    when: ConditionShape | None = None
    limbs: list[LimbShape] = []
    limits: list[LimitShape] = []
    spans: list[SpanShape] = []
    interpretation: InterpretationShape | None = None
    doubts: list[DoubtShape] = []
    lost: YesNo = False


class MeasuresShape(Shape):
    """measures/*.yaml: the rows of one chapter, or a part of them."""

    document: str
    chapter: int
    measures: Annotated[list[MeasureShape], Field(min_length=1)]


class WordingShape(Shape):
    """A wording of company types, and what it implies."""

    holds: list[str] = []
    whole: list[str] = []
    gives: dict[str, str | dict[str, str]] = {}
    presumes: dict[str, str] = {}
    excludes: dict[str, list[str]] = {}
    only: dict[str, str] = {}
    usually: dict[str, str] = {}
    seldom: dict[str, str] = {}
    check: TextShape | None = None
    unnamed: dict[str, TextShape] = {}
    settles: list[str] = []
    note: TextShape | None = None


# A heading that is put together: for each place of it the words that may stand there, or what `words` calls them.
ComposedShape = Annotated[list[list[str] | str], Field(min_length=1)]


class PartShape(Shape):
    """Headings of a part of what a fact says, put together from words, and words that tell the whole beside one."""

    headings: list[ComposedShape]
    though: list[str] = []


class LooksLikeShape(Shape):
    """Words by which a heading looks like a column: one of each list, and none of some."""

    all: Annotated[list[list[str]], Field(min_length=1)]
    none: list[str] = []


class HeadingsShape(Shape):
    """headings.yaml: how company registers and profiles name what they tell, and what company types say."""

    columns: dict[str, list[str]]
    company_types: list[WordingShape] = []
    profile: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    composed: dict[str, list[ComposedShape]] = {}
    of_which: list[str] = []
    parts: dict[str, PartShape] = {}
    may_hold: dict[str, list[str]] = {}
    looks_like: dict[str, list[LooksLikeShape]] = {}
    yes_only: dict[str, list[str]] = {}
    leaves_open: dict[str, list[str]] = {}
    answers: dict[str, dict[str, bool]] = {}

    investor: dict[str, list[str]] = {}


class GlossaryShape(Shape):
    """glossary.yaml: one English rendering per term."""

    terms: dict[str, GlossaryTerm]


class GlossaryTerm(Shape):
    """A term of the source, its English, and the source of an official translation."""

    en: str
    source: str = ""
