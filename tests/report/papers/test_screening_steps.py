"""The steps that a screening's pending verdicts wait for: every measure stands under one."""

from __future__ import annotations

import datetime

from applicability import Rulebook, screen
from applicability.report.papers.screening_steps import AwaitedSteps
from applicability.report.screening.json import SummaryModel

DAY = datetime.date(2026, 11, 1)


def test_every_pending_measure_stands_under_the_step_of_its_part_too(rulebook: Rulebook) -> None:
    """The step of row 39 stands in its part, beside no place; no company of the register lies outside the pilots."""
    rows = [{"name": "丁", "city": "天津", "activities": "基金份额转让", "entity_kind": "enterprise"}]
    found = SummaryModel.model_validate(screen(rows, rulebook, as_of=DAY, measures=[39]).to_dict())
    assert found.verdicts.pending == 1
    assert [one.row for measures in AwaitedSteps(found, rulebook).measures.values() for one in measures] == [39]


def test_a_step_that_the_place_has_to_take_first_is_among_what_to_do_next(rulebook: Rulebook) -> None:
    rows = [{"name": "丁", "city": "天津", "activities": "电子发票", "entity_kind": "enterprise"}]
    found = SummaryModel.model_validate(screen(rows, rulebook, as_of=DAY, measures=[14, 39, 74, 75, 143]).to_dict())
    steps = {measures.zh.split()[0].strip("第项"): do for do, measures, _ in AwaitedSteps(found, rulebook).to_watch()}
    assert found.verdicts.pending
    assert steps["143†"].en.startswith(
        "ask the place's commerce department (inferred) to see to the step that the place must"
    )
    assert "first: to come forward and go through the procedure; and watch for" in steps["143†"].en
    assert steps["143†"].zh.startswith("请所在地商务主管部门（推断）办理须先由所在地办理的一步：提出意愿并按程序办理")


def test_whom_to_approach_is_told_of_what_the_place_has_to_take_first_and_no_step_is_dropped(
    rulebook: Rulebook,
) -> None:
    rows = [{"name": "丁", "city": "天津"}]
    found = SummaryModel.model_validate(screen(rows, rulebook, as_of=DAY).to_dict())
    awaited = AwaitedSteps(found, rulebook)
    lines = list(awaited.to_watch())
    (place,) = (where for do, _, where in lines if "监管方案" in do.zh)
    assert place.zh.startswith("向所在地商务主管部门（推断）提出；留意：天津市人民政府")
    assert lines[-1][0].zh.startswith("另有须等待的步骤：")
    assert "待落实的结论在等什么" in lines[-1][2].zh
    assert lines[-1][1].zh == "112† 电子口岸签证"
