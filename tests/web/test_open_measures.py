"""What an answer says of a measure that is open: what it waits for, whom to ask, and of which part it speaks."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from applicability.model.profile import Profile
from applicability.service.service import Service
from applicability.text import Lang
from applicability.web.answering import sent_profile
from applicability.web.short_list import short_list

LESSOR = {"city": "天津", "sector": "7115", "foreign_share": 0, "entity_kind": "enterprise", "registered_here": True}
LEASING = {**LESSOR, "activities": ["engine-and-machinery-leasing"]}
DOCTOR = {"city": "成都", "entity_kind": "natural_person", "person_kind": ["overseas_doctor"]}


def opened(service: Service, profile: dict[str, Any], row: int) -> Any:
    return next(one for one in service.overview(sent_profile(profile)).open if one.measure == row)


def form(profile: dict[str, Any]) -> dict[str, Any]:
    """A profile as the form of the page sends it."""
    own = {name: str(value) for name, value in profile.items() if name in ("city", "sector", "foreign_share")}
    rest = [f"{name}={str(value).lower() if isinstance(value, bool) else value}" for name, value in profile.items()]
    return {**own, "fact": [one.replace("'", '"') for one in rest if one.partition("=")[0] not in own]}


def test_only_findings_that_the_answer_waits_for_are_told_and_asked_about(service: Service) -> None:
    licensed = opened(service, {**LEASING, "licences": ["finance_lease_company"]}, 95)
    assert licensed.verdict == "eligible"
    assert licensed.judgements == []
    assert not [one for one in licensed.contacts if one.finds]
    plain = opened(service, {**LEASING, "licences": []}, 95)
    assert plain.verdict == "conditional"
    assert [one.authority.en for one in plain.judgements] == ["the foreign-exchange authority"]
    assert next((one.who.en, one.finds) for one in plain.contacts) == ("the foreign-exchange authority", True)


@pytest.mark.parametrize(("lang", "judged"), [("zh", "须经认定："), ("en", "To be found by: ")])
def test_the_page_says_nothing_is_to_be_found_where_nothing_is(http: TestClient, lang: str, judged: str) -> None:
    licensed = {**LEASING, "licences": ["finance_lease_company"]}
    body = http.post(f"/{lang}/", data=form(licensed)).text.partition("<body")[2]
    row = body.partition(f"/{lang}/measures/95")[2].partition('<li class="row')[0]
    assert row
    assert judged not in row


@pytest.mark.parametrize(
    ("lang", "told"),
    [("zh", "这2项：不能使用：本项仅适用于重庆"), ("en", "These 2: Not for you: applies in Chongqing")],
)
def test_a_reason_of_several_measures_says_of_how_many(http: TestClient, lang: Lang, told: str) -> None:
    body = http.post(f"/{lang}/", data={"city": "天津", "sector": "6631"}).text.partition('class="others own-line"')[2]
    group = body.partition(f"/{lang}/measures/49")[2]
    assert f'<p class="soft">{told}' in group.partition("<ul")[0]


@pytest.mark.parametrize(("lang", "who", "part"), [
    ("zh", "当地人力资源主管部门（认定的部门", "境外职业资格单向认可"),
    ("en", "the place&#39;s human resources authority (makes the finding", "Recognition of qualifications from abroad"),
])  # fmt: skip
def test_whom_to_ask_agrees_with_the_finding_and_the_force_is_of_its_part(
    http: TestClient, service: Service, lang: Lang, who: str, part: str
) -> None:
    found = opened(service, DOCTOR, 115)
    assert [one.finds for one in found.contacts] == [True, False]
    assert [getattr(one, lang) for one in found.parts] == [part]
    body = http.post(f"/{lang}/", data=form(DOCTOR)).text.partition("<body")[2]
    assert who.replace(" (", " (当地人力资源主管部门) (") in body
    assert f"{part}</p>" in body
    assert who in http.get(f"/{lang}/measures/115").text


def test_an_overview_tells_apart_what_waits_and_is_unlikely(service: Service) -> None:
    found = service.overview(Profile.of({"city": "成都", "sector": "7291", "foreign_share": 40, "zones": []}))
    waits = {one.measure: one.unlikely for one in found.rows if one.bucket == "pending"}
    assert waits[143] is False  # electronic invoices: of any company
    assert waits[21] is True  # homes for the elderly that donors found
    assert found.unasked is not None
    assert [one.measure for one in found.rows if one.unlikely and one.bucket == "needs_info"] == found.unasked.rows


def test_a_part_for_the_family_tells_its_limit(service: Service) -> None:
    own = {"activities": ["travel-agency"], "entity_kind": "enterprise", "registered_here": True, "zones": []}
    found = service.overview(Profile.of({"city": "成都", "sector": "7291", "foreign_share": 40, **own}))
    (visas,) = [one for one in found.open if one.measure == 111]
    assert visas.limits == []
    assert [limit.key for part in visas.for_others for limit in part.limits] == ["111.accompanying"]
    # Nobody is asked to confirm it here, so that it is not counted either.
    limits = sum(1 for one in found.open for limit in one.limits if limit.key)
    assert f"共{limits}条" in short_list(found, {}, False, "zh")["counted"]
    assert f"{limits} in all" in short_list(found, {}, False, "en")["counted"]
    assert visas.reading is not None
    assert [one.id for one in found.provisions] == ["earlier-plan"]


SIGNER = {"city": "成都", "sector": "7291", "foreign_share": 40, "entity_kind": "enterprise", "registered_here": True,
          "activities": ["travel-agency", "electronic-signature"], "zones": []}  # fmt: skip


@pytest.mark.parametrize(("lang", "title", "rest"), [
    ("zh", "推广证书应用", "“电子签名证书、电子合同跨境互认”的其余部分现在不能用：跨境互认机制"),
    ("en", "Wider use of the certificates", "The rest of “Cross-border recognition of electronic signatures and "
     "contracts” you may not use now: A scheme of recognition across borders"),
])  # fmt: skip
def test_a_measure_of_which_a_part_is_open_is_called_by_that_part(
    http: TestClient, service: Service, lang: Lang, title: str, rest: str
) -> None:
    found = opened(service, SIGNER, 142)
    assert [getattr(one, lang) for one in found.parts] == [title]
    body = http.post(f"/{lang}/", data=form(SIGNER)).text.partition("<body")[2]
    assert f'<span class="number">142†</span> {title}</a>' in body
    assert f'<span class="number">142†</span> <strong>{title}</strong>' in body  # in print
    assert body.count(rest) == 2


def test_a_part_that_is_a_duty_or_for_others_is_no_rest(service: Service) -> None:
    assert opened(service, SIGNER, 132).rest == []  # public services for standards, a duty of authorities
    visas = opened(service, SIGNER, 111)
    assert visas.for_others
    assert visas.rest == []


def test_an_instrument_that_opens_a_measure_or_is_noted_of_it_is_told(http: TestClient, service: Service) -> None:
    (relief,) = opened(service, SIGNER, 99).instruments
    assert "汇发〔2025〕43号" in relief.zh
    assert "SAFE Notice Huifa [2025] No. 43" in relief.en
    for lang in ("zh", "en"):
        body = http.post(f"/{lang}/", data=form(SIGNER)).text.partition("<body")[2]
        assert body.count(getattr(relief, lang)) == 2  # on its card and in print
    hainan = {"city": "海口", "sector": "5611", "foreign_share": 0, "entity_kind": "enterprise"}
    noted = {one.measure for one in service.overview(Profile.of(hainan)).open if one.instruments}
    assert 57 not in noted


@pytest.mark.parametrize(("lang", "why"), [
    ("zh", "因为您选了：电子签名、电子合同"), ("en", "Because you ticked: electronic signatures and contracts"),
])  # fmt: skip
def test_what_opens_through_an_unexpected_activity_says_so(
    http: TestClient, service: Service, lang: Lang, why: str
) -> None:
    for row in (12, 142):
        (activity,) = opened(service, SIGNER, row).because
        assert why.endswith(getattr(activity, lang))
    assert opened(service, SIGNER, 57).because == []  # what its sector usually does surprises nobody
    assert opened(service, SIGNER, 99).because == []
    body = http.post(f"/{lang}/", data=form(SIGNER)).text.partition("<body")[2]
    assert body.count(why) == 4
