"""The words of the page that compares places, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from applicability.report.language.own_label import OWN
from applicability.text import Text

COMPARE_TEXTS: Mapping[str, Text] = {
    "compare_lead": Text(
        "同一份档案在几个地方：先列名次，再列结果不同的措施",
        "The same profile in several places: their ranks, and then the measures that differ",
    ),
    "compare_now": Text("比较全部试点", "Compare all pilots"),
    "compare_these": Text("比较所选地方", "Compare these places"),
    "compare_places": Text("与哪些地方比较", "Places to compare it with"),
    "compare_places_hint": Text(
        "输入中文、拼音、英文或代码，从列表中选；不选即全部试点",
        "Type Chinese, pinyin, English or a code, and choose from the list; all pilots if none is chosen",
    ),
    "compare_places_free": Text(
        "地名或代码，逗号分隔；不填即全部试点", "Names or codes, by comma; all pilots if it is left empty"
    ),
    "compare_chosen": Text("已选的地方", "Places chosen"),
    "compare_all": Text("改为全部试点", "All pilots instead"),
    "compare_all_again": Text("没有选地方，比较全部试点", "No place is chosen: all pilots are compared"),
    "compare_added": Text("已加上{place}，共{count}个地方", "{place} added, {count} in all"),
    "compare_taken_out": Text("已去掉{place}，剩{count}个地方", "{place} taken out, {count} left"),
    "compare_take_out": Text("去掉 {place}", "Take out {place}"),
    "compare_twice": Text("{place}已经选了", "{place} is chosen already"),
    "compare_most": Text("最多选{count}个地方", "{count} places at most"),
    "compare_several": Text(
        "“{place}”可以指几个地方，请从列表中选", "“{place}” may be several places: choose one from the list"
    ),
    "compare_unknown": Text("没有找到“{place}”", "“{place}” was not found"),
    "compared": Text(
        "比较了{count}个地方，有{differ}项措施您会得到不同结果（另有{unlikely}项一般不涉及）",
        "{count} places compared; {differ} measures differ for you ({unlikely} more are unlikely)",
    ),
    "compared_likely": Text(
        "比较了{count}个地方，{differ}项措施结果不同", "{count} places compared; {differ} measures differ"
    ),
    "own_was": OWN,
    "own_place": Text("本企业所在", "your city"),
    "told_above": Text("见表格上方", "as told above the table"),
    "of_places": Text("{places}：{why}", "{places}: {why}"),
    "compared_one": Text(
        "只有一个地方：请再选一个来比较", "There is one place only: choose another to compare it with"
    ),
    "compared_alike": Text("各项措施的结果都相同", "No measure differs"),
    "gains": Text("比现状多：", "also open: "),
    "gains_judged": Text("比现状多，须经认定：", "also open once found: "),
    "losses": Text("比现状少：", "not open there: "),
    "alike": Text("可适用的措施与现状相同", "the same ones open as now"),
    "gains_of": Text("比{base}多：", "open, but not in {base}: "),
    "gains_judged_of": Text("比{base}多，须经认定：", "open once found, but not in {base}: "),
    "losses_of": Text("比{base}少：", "not open, but in {base}: "),
    "alike_of": Text("可适用的措施与{base}相同", "the same ones open as in {base}"),
    "rank": Text("名次", "Rank"),
    "open_count": Text("可适用", "Open"),
    "open_and_judged": Text("{open}，另须经认定{judged}", "{open} + {judged} conditional"),
    "differs": Text("结果不同的措施", "Measures that differ"),
    "differ_shut": Text("另有{count}项，在哪里都还不能适用", "{count} more, open in none of these places"),
    "differ_shut_one": Text("另有{count}项，在哪里都还不能适用", "{count} more, open in none of these places"),
    "differ_unlikely": Text(
        "另有{count}项结果不同，一般不会涉及所填的企业", "{count} more differ, and are unlikely for what was given"
    ),
    "differ_unlikely_one": Text(
        "另有{count}项结果不同，一般不会涉及所填的企业", "{count} more differs, and is unlikely for what was given"
    ),
    "none_likely": Text("结果不同的都一般不会涉及所填的企业", "What differs is unlikely for what was given"),
}
