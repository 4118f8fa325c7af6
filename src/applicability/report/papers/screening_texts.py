"""The words of the paper of a screening, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from applicability.text import Text

WORDS: Mapping[str, Text] = {
    "title": Text("企业名册筛查汇总", "A register of companies, screened"),
    "named": Text("名册“{name}”", "Register “{name}”"),
    "lead": Text("筛查了名册中的{companies}家企业。", "{companies} companies of the register were screened."),
    "lead_rejected": Text(
        "名册共{read}行，筛查企业{companies}家；另有{rejected}行不是企业，不在下列数字之内。",
        "The register has {read} rows. {companies} are companies and were screened; {rejected} are none and are not in "
        "the figures below.",
    ),
    "served": Text(
        "{served}家企业至少有一项措施可用（可适用或须经认定）。",
        "{served} companies have at least one measure open to them (eligible or conditional).",
    ),
    "served_split": Text(
        "{served}家企业至少有一项措施可用（可适用或须经认定）：{inside}家依方案本身的适用范围，另{beyond}家只依后来的文件。",
        "{served} companies have at least one measure open (eligible or conditional): {inside} by the plan's own "
        "scope, {beyond} by later instruments alone.",
    ),
    "none": Text("没有一项措施对其中任何企业可用。", "No measure is open to any of them."),
    "sum": Text(
        "全部{all}项措施中：{open}项至少对一家企业可用，{none}项对任何企业都尚不可用，{duty}项只是主管部门的职责，"
        "{lost}项原文缺失。",
        "Of all {all} measures {open} are open to at least one company, {none} to none yet, {duty} are duties of "
        "authorities alone, and the text of {lost} is lost.",
    ),
    "best": Text(
        "可用企业最多的是{item}“{title}”，{open}家。", "Open to most is {item}, “{title}”: to {open} companies."
    ),
    "best_beyond": Text(
        "可用企业最多的是{item}“{title}”，{open}家，其中{beyond}家只依后来的文件。",
        "Open to most is {item}, “{title}”: to {open} companies, to {beyond} of them by a later instrument alone.",
    ),
    "where": Text("企业所在地", "Where the companies lie"),
    "companies": Text("企业", "Companies"),
    "open_there": Text("其中有措施可用", "With something open"),
    "plan": Text("按方案", "Under the plan"),
    "outside": Text("不在试点之列", "none of the pilots"),
    "unknown": Text("补充所在地后方可判断", "to be settled with the place"),
    "needs": Text(
        "全部{whole}个结论中有{count}个因名册缺少事实而未定，补充后可用的可能更多，见“{part}”。",
        "Of all {whole} verdicts {count} are not settled for want of facts in the register; more columns may open "
        "more, see “{part}”.",
    ),
    "waits": Text(
        "另有{count}个待落实，等的是官方步骤或当地自己的方案，见“{part}”。",
        "{count} are pending: they wait for official steps or a place's own programme, told under “{part}”.",
    ),
    "by_entries": Text(
        "{item}：{open}家中，{inside}家依方案的适用范围可用，另{beyond}家只依后来的文件可用，即{title}（自{date}起）。",
        "{item}: of the {open}, {inside} can use it by the plan's own scope and {beyond} by a later instrument alone, "
        "{title} (from {date}).",
    ),
    "by_entries_alone": Text(
        "{item}：可用的企业（{open}家）只依后来的文件可用，即{title}（自{date}起）。",
        "{item}: open by a later instrument alone (companies: {open}), {title} (from {date}).",
    ),
    "no_step": Text(
        "该文件所及之处，此项不取决于方案的适用范围，也不等待方案中的任何步骤。",
        "Where that instrument reaches, the measure depends neither on the plan's scope nor on any step under the "
        "plan.",
    ),
    "reported": Text(
        "此项依未经官方文件证实的消息（{weight}）：{caution}。",
        "This rests on what was reported ({weight}), not on an official text: {caution}.",
    ),
    "asks": Text("补充哪些列最有助于判定", "Which missing columns would settle most"),
    "asks_lead": Text(
        "每一行为名册中没有、或部分企业没有填的一列；待定结论可能同时等待几列。",
        "Each line is a column that the register lacks, or that some companies leave empty; a verdict may "
        "wait for several.",
    ),
    "asks_first": Text("下表为{all}列中的前{shown}列。", "The table has the first {shown} of {all} columns."),
    "column": Text("列", "Column"),
    "waiting": Text("等待它的结论", "Verdicts waiting for it"),
    "of_companies": Text("所涉企业", "Companies concerned"),
    "verdicts": Text("全部结论（企业 × 措施）", "All verdicts (companies × measures)"),
    "top": Text("可适用或须经认定的企业最多的措施", "Measures open or subject to a finding for most companies"),
    "top_lead": Text(
        "按“可适用”与“须经认定”两列之和排列；“可适用”为0的，全部尚待主管部门逐家认定。",
        "In the order of the columns “eligible” and “conditional” taken together; where “eligible” is 0, an authority "
        "has still to make a finding for each of these companies.",
    ),
    "more": Text(
        "其余对部分企业可适用或须经认定的措施（{count}）", "Other measures open or subject to a finding ({count})"
    ),
    "none_open": Text("对名册中任何企业都尚不可用的措施", "Measures open to none of them yet"),
    "none_needs_info": Text(
        "缺少事实，补充后可能可用（{count}）", "Facts are missing, with which some may be open ({count})"
    ),
    "rest": Text("其余措施（{count}）", "The others ({count})"),
    "rest_needs_info": Text(
        "依次为附件项号、措施和待补充的结论数。",
        "Each with its number in the Annex and with how many verdicts miss facts.",
    ),
    "rest_pending": Text(
        "依次为附件项号、措施和待落实的结论数。",
        "Each with its number in the Annex and with how many verdicts are pending.",
    ),
    "rest_ineligible": Text("依次为附件项号和措施。", "Each with its number in the Annex."),
    "none_pending": Text(
        "取决于官方步骤或当地自己的方案（{count}）",
        "Depend on an official step or on a programme of the place's own ({count})",
    ),
    "none_ineligible": Text("没有企业符合条件（{count}）", "No company meets the conditions ({count})"),
    "number": Text("次数", "Count"),
    "words": Text(
        "可用企业最多的措施：条件、限制、向谁查询和原文",
        "The most widely available measures: terms, limits, whom to ask, and the text",
    ),
    "words_lead": Text(
        "以下各项由规则写出，不是对某一家企业的判断；标为推断的部门，原文没有指明。",
        "What follows is told by the rules and is no verdict on any one company. Where an authority is marked as "
        "inferred, the text does not name it.",
    ),
    "how": Text("怎样使用这份汇总", "How to use this"),
    "how_text": Text(
        "这些数字说明每项措施及于名册中多少家企业，不说明它对企业有多大用处，也不说明哪一项应当先办。"
        "“须经认定”者，条件已满足，尚待主管部门逐家认定；“待补充”者，补充名册的列即可判断；“待落实”者，等的是官方步骤。"
        "单家企业的条件、须遵守的限制和所依原文，另出该企业的报告。",
        "These figures tell how many companies of the register each measure reaches. They do not tell what it is worth "
        "to a company, nor which to take up first. Where a verdict is conditional, all else is met and an authority "
        "has to make a finding for each company; where it needs information, more columns settle it; where it is "
        "pending, it waits for an official step. The terms, limits and words for one company are in a report of its "
        "own.",
    ),
    "ignored": Text(
        "未作为事实读取的列（列名照录名册）：{names}",
        "Columns that were not read as facts (under the register's own headings): {names}",
    ),
}  # fmt: skip
