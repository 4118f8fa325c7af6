"""Whom a paper says to ask: who makes a finding, beside the one that is inferred for the rest."""

from __future__ import annotations

import datetime
import re

import pytest

from applicability import Rulebook, check
from applicability.model.assessment import Finding
from applicability.model.conditions import Judgement, leaves
from applicability.report.layout.paper import Pairs, Paragraph, Quote
from applicability.report.papers.open_now import open_now
from applicability.report.papers.reminders import other_law
from applicability.report.papers.rows import RowWriter
from applicability.report.papers.whom import Whom, inferred
from applicability.text import Text

from .companies import AGENCY, LESSOR

DAY = datetime.date(2026, 11, 1)
LICENSED = LESSOR
PLAIN = {**LESSOR, "licences": []}


def asked(rulebook: Rulebook, facts: dict[str, object], row: int) -> list[str]:
    finding = check(facts, rulebook, as_of=DAY, engine="reference").finding(row)
    return [one.words if isinstance(one, Quote) else one.en for one in Whom(rulebook, finding).items()]


@pytest.mark.parametrize("row", [94, 95, 96])
def test_the_authority_of_the_field_is_inferred_and_the_one_for_every_row_is_told_before_all(
    row: int, rulebook: Rulebook
) -> None:
    field, licences = asked(rulebook, LICENSED, row)
    supervisor = "the national financial regulator, 国家金融监管部门 (the entity's supervisor, inferred)"
    told = (
        f"{supervisor}: whether other law asks for a licence or an approval (the text designates nobody; our "
        "inference, by the licences given)"
    )
    assert licences == told
    assert field.startswith("the foreign-exchange authority, 外汇管理部门 (the text designates nobody; our inference: ")
    lead, _ = inferred(rulebook, [check(LICENSED, rulebook, as_of=DAY, engine="reference").finding(row)])
    assert isinstance(lead, Paragraph)
    assert lead.text.en.startswith("On “the place's commerce department”: ")
    assert lead.text.en.endswith("Where in doubt of any measure, ask it which authority is competent.")


def test_a_finding_that_the_result_waits_for_is_asked_of_who_makes_it(rulebook: Rulebook) -> None:
    finder, _ = asked(rulebook, PLAIN, 95)
    assert finder.startswith(
        "the foreign-exchange authority, 外汇管理部门, for its finding: whether an enterprise that carries on leasing"
    )


@pytest.mark.parametrize(
    ("facts", "row"), [(LICENSED, 94), (LICENSED, 95), (LICENSED, 35), (PLAIN, 95), ({**PLAIN, "foreign_share": 1}, 99)]
)
def test_the_table_the_steps_and_the_items_name_the_same_authorities(
    facts: dict[str, object], row: int, rulebook: Rulebook
) -> None:
    finding = check(facts, rulebook, as_of=DAY, engine="reference").finding(row)
    names = [
        {name for name in re.findall(r"国家外汇管理局|外汇管理部门|国家金融监管部门|金融管理部门|商务主管部门", told)}
        for told in (
            " ".join(one.zh for one in Whom(rulebook, finding).begin()),
            re.sub(r"[（：].*?(?= |$)", "", " ".join(str(one.zh) for one in items(rulebook, finding))),
        )
    ]
    assert names[0] == names[1]
    assert "金融管理部门" not in names[0]


@pytest.mark.parametrize(("facts", "law"), [(LICENSED, "国家金融监管部门"), (PLAIN, "所在地商务主管部门")])
def test_the_authority_of_the_matter_has_all_questions_but_that_on_other_law(
    facts: dict[str, object], law: str, rulebook: Rulebook
) -> None:
    """What a pilot holds, its quota and its procedure are foreign-exchange matters by the ground of the inference."""
    finding = check(facts, rulebook, as_of=DAY, engine="reference").finding(95)
    matter, other = Whom(rulebook, finding).begin()
    assert matter.zh.startswith("外汇事项及其他各问：外汇管理部门")
    assert other.zh.startswith(f"只就其他法律是否另要求许可或批准：{law}")
    own, licence = items(rulebook, finding)
    assert own.zh.startswith("外汇管理部门")
    assert licence.zh.startswith(law)


def items(rulebook: Rulebook, finding: Finding) -> list[Text]:
    return [one for one in Whom(rulebook, finding).items() if isinstance(one, Text)]


def test_whom_an_instrument_names_for_a_whole_measure_is_asked_alone(rulebook: Rulebook) -> None:
    for facts in ({**PLAIN, "foreign_share": 1}, {**LICENSED, "foreign_share": 1}):
        finding = check(facts, rulebook, as_of=DAY, engine="reference").finding(99)
        (alone,) = Whom(rulebook, finding).begin()
        assert alone.zh == "外汇管理部门"


def test_an_authority_that_the_text_leaves_open_has_whom_to_ask_first_beside_it(rulebook: Rulebook) -> None:
    finder, supervisor = asked(rulebook, LICENSED, 90)
    assert "whether other law asks for a licence" in supervisor
    assert finder.startswith("the competent authority, for its finding")
    assert "our inference is to ask the place's commerce department first" in finder


def test_an_authority_that_the_words_name_is_named_once(rulebook: Rulebook) -> None:
    who, words, _ = asked(rulebook, LICENSED, 93)  # and the supervisor, about other law
    assert who == "Customs, 海关"
    assert "海关" in words


def test_a_row_of_a_field_is_asked_of_the_authority_of_its_field(rulebook: Rulebook) -> None:
    (field,) = asked(rulebook, LICENSED, 119)
    assert field.startswith("the justice authority, 司法行政部门 ")
    assert "items 120 and 122" in field


def test_without_a_finding_or_a_field_the_inferred_contact_stands_alone(rulebook: Rulebook) -> None:
    who, _ = asked(rulebook, LICENSED, 134)  # and the supervisor, about other law
    assert who.startswith(
        "the place's commerce department, 所在地商务主管部门, to be asked first which authority is competent"
    )


def test_a_bank_that_the_words_name_is_whom_to_ask(rulebook: Rulebook) -> None:
    who, words = asked(rulebook, LICENSED, 101)
    assert who == "the bank that handles the registration, 办理登记的银行"
    assert words in rulebook.measure(101).text


def test_what_a_field_is_inferred_from_is_an_authority_that_rules_name_in_that_field(rulebook: Rulebook) -> None:
    authorities = rulebook.authorities
    assert authorities is not None
    for contact in (*authorities.fields, *authorities.for_the_zone):
        assert contact.why is not None
        if contact.source.entry is not None:
            (entry,) = (one for one in rulebook.register if one.id == contact.source.entry)
            assert entry.title.zh.split("，")[0] in contact.why.zh
            continue
        rows = [int(one) for part in re.findall(r"第([0-9、]+)项", contact.why.zh) for one in part.split("、")]
        named = {judged.authority.zh for row in rows or contact.rows for judged in _judged(rulebook, row)}
        assert any(contact.who.zh in one or _short(contact.who.zh) in one for one in named), contact.who.zh


def _judged(rulebook: Rulebook, row: int) -> list[Judgement]:
    condition = rulebook.measure(row).condition
    return [one for one in leaves(condition) if isinstance(one, Judgement)] if condition is not None else []


def _short(name: str) -> str:
    """How a list of authorities names one of them (文化旅游、体育和商务主管部门; 商务和科技主管部门)."""
    return name.removesuffix("主管部门")


def test_other_law_is_told_with_the_words_of_the_body(rulebook: Rulebook) -> None:
    paragraph, quote = other_law(rulebook)
    assert isinstance(paragraph, Paragraph)
    assert "still applies" in paragraph.text.en
    assert isinstance(quote, Quote)
    assert "按相关法律和政策规定" in quote.words


def test_a_reason_for_whom_to_ask_names_its_items(rulebook: Rulebook) -> None:
    assert rulebook.authorities is not None
    every = (one for row in range(1, 156) for one in rulebook.authorities.contacts(row) if one.why is not None)
    for one in dict.fromkeys(every):
        assert one.why is not None
        assert not re.search(r"这[一二三四五六几]?项|these (two|three|four|items)", f"{one.why.zh} {one.why.en}")


def test_a_supervisor_that_the_text_does_not_name_is_told_as_inferred(rulebook: Rulebook) -> None:
    (told,) = asked(rulebook, LICENSED, 35)
    assert told == (
        "the national financial regulator, 国家金融监管部门 (the entity's supervisor, inferred): the text designates "
        "nobody; our inference, by the licences given"
    )


@pytest.mark.parametrize("facts", [LICENSED, AGENCY])
def test_each_open_measure_says_its_force_its_limits_and_whom_to_ask(
    facts: dict[str, object], rulebook: Rulebook
) -> None:
    """Where the text has no limit for the entity the paper says that it has none."""
    assessment = check(facts, rulebook, as_of=DAY, engine="reference")
    silent = 0
    for one in assessment.open:
        (pairs,) = (block for block in RowWriter(rulebook, assessment.facts).full(one) if isinstance(block, Pairs))
        told = {label.en: items for label, items in pairs.rows}
        assert {"Force", "Limits to keep", "Whom to ask"} <= told.keys(), one.measure.row
        silent += told["Limits to keep"] == (Text("原文没有对本主体写明", "the text states none for this entity"),)
    assert silent
    assert all(row[3].en != "–" for row in open_now(rulebook, assessment.open).rows)


@pytest.mark.parametrize(("city", "reached"), [("天津", False), ("海口", True), ("苏州", False)])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_telecom_row_is_asked_of_the_telecom_authority_in_the_steps_and_the_items_alike(
    lang: str, city: str, reached: bool, rulebook: Rulebook
) -> None:
    """Rows 1 to 3 name nobody: the ministry's pilot on such business suggests whom, and names it where it reaches."""
    telecom = {"zh": "电信主管部门", "en": "the telecommunications authority"}[lang]
    pilot = {"zh": "工业和信息化部（就其2024年", "en": "Information Technology, as to its own pilot"}[lang]
    commerce = {"zh": "所在地商务主管部门", "en": "the place's commerce department"}[lang]
    facts: dict[str, object] = {"city": city, "entity_kind": "enterprise", "foreign_share": 60, "sector": "6510"}
    for row, activity in ((1, "国内互联网虚拟专用网业务"), (2, "应用商店服务业务"), (3, "互联网接入服务业务")):
        finding = check({**facts, "activities": [activity]}, rulebook, as_of=DAY, engine="reference").finding(row)
        begin = [getattr(one, lang) for one in Whom(rulebook, finding).begin()]
        told = " ".join(getattr(one, lang) for one in items(rulebook, finding))
        assert len(begin) == 1
        assert begin[0].startswith(telecom)
        assert telecom in told
        assert commerce not in told
        assert (pilot in told) is (reached and row > 1)
        assert "2024" in told  # what it is inferred from
