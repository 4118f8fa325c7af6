"""The words of the paper of a screening, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from applicability.text import Text

WORDS: Mapping[str, Text] = {
    "title": Text("企业名册筛查汇总", "A register of companies, screened"),
    "named": Text("{companies}家企业", "{companies} companies"),
    "register": Text("数据来源", "Source"),
    "lead": Text(
        "筛查了企业名册中的{companies}家企业。",
        "{companies} companies were screened, all those of the register of companies.",
    ),
    "lead_rejected": Text(
        "企业名册共{read}行：筛查企业{companies}家，另{rejected}行不是企业，不计。",
        "{companies} companies were screened; {rejected} of the {read} rows are not companies.",
    ),
    "served": Text(
        "{served}家企业至少有一项措施可用（可适用或须经认定）。",
        "{served} companies have at least one measure open to them (eligible or conditional).",
    ),
    "served_by_scope": Text(
        "依方案本身，{served}家企业至少有一项措施可用（可适用，或须经主管部门认定）。",
        "By the plan itself {served} companies have at least one measure open to them (eligible, or subject to an "
        "authority's finding).",
    ),
    "served_split": Text(
        "依方案本身，{certain}家企业至少有一项措施可适用；另{judged}家只有须先经主管部门认定的，取得认定前不算可用。",
        "By the plan itself {certain} companies are eligible for at least one measure; {judged} more have only "
        "measures that first need an authority's finding, before which nothing is open to them.",
    ),
    "served_certain": Text(
        "依方案本身，{certain}家企业至少有一项措施可适用。",
        "By the plan itself {certain} companies are eligible for at least one measure.",
    ),
    "served_plain": Text(
        "不计标†的，两者合计{plain}家。", "Without what is marked † both together are {plain}."
    ),
    "where_named": Text(
        "{places}；其中名册写明城市的：{cities}", "{places}; of the cities that the register names: {cities}"
    ),
    "district_far": Text(
        "{districts}不在{city}，名册几乎都在{city}：请核对所在地。",
        "{districts} does not lie in {city}, where nearly all of the register is: check the place.",
    ),
    "served_by_none": Text(
        "依方案本身，没有一家企业有可用的措施。", "By the plan itself no company has a measure open to it."
    ),
    "served_beyond": Text(
        "另有{beyond}家只有一项可用（{measures}），而且只依后来的文件：{instruments}；该文件的原文不在本报告的规则库内。",
        "{beyond} more have one measure alone ({measures}), and by a later instrument alone: {instruments}, whose "
        "words are not in this report's rules.",
    ),
    "served_beyond_several": Text(
        "另有{beyond}家只依后来的文件有可用的措施（{measures}）：{instruments}；这些文件的原文不在本报告的规则库内。",
        "{beyond} more have measures open by later instruments alone ({measures}): {instruments}, whose words are not "
        "in this report's rules.",
    ),
    "still_applies": Text(
        "其他法律规定以及许可、批准等要求，凡本方案没有改变的，仍然适用；此前已有试点的原方案继续实施；企业所在功能区自身的规定，本报告没有审查。"
        "三者都不在本报告之内；前两者的原文见“来源”。",
        "Other law, and whatever licence or approval it asks for, still applies as far as the plan does not change it, "
        "and the plans of earlier pilots go on; the own rules of the zones that companies are in were not examined. "
        "None of these is part of this report; for the words of the first two see “Sources”.",
    ),
    "none": Text("没有一项措施对其中任何企业可用。", "No measure is open to any of them."),
    "none_yet": Text(
        "目前没有一项措施能判定为可用：有{count}个结论待补充。",
        "No measure can be said to be open yet: {count} verdicts wait for facts.",
    ),
    "sum": Text(
        "全部{all}项措施中：{open}项至少对一家企业可用，{none}项对任何企业都尚不可用，{duty}项只是主管部门的职责，"
        "{lost}项原文缺失，见“{part}”。",
        "Of all {all} measures {open} are open to at least one company, {none} to none yet, {duty} are duties of "
        "authorities alone, and the text of {lost} is lost: see “{part}”.",
    ),
    "sum_verdicts": Text(
        "每家企业就{measures}项措施各得一个结论（其余{apart}项是部门职责或原文缺失，没有结论）："
        "{companies} × {measures} = {whole}。",
        "Each company has a verdict on {measures} measures (the other {apart} are duties or lost, and have none): "
        "{companies} × {measures} = {whole}.",
    ),
    "where": Text("企业所在地", "Where the companies are located"),
    "companies": Text("企业", "Companies"),
    "open_there": Text("其中可适用或须经认定", "Eligible, or subject to a finding"),
    "by_the_plan": Text("依方案可适用或须经认定", "By the plan, eligible or subject to a finding"),
    "by_others": Text("只依后来的文件", "By a later instrument alone"),
    "place": Text("地方", "Place"),
    "places": Text(
        "企业所在地，及其中可适用或须经认定的企业数",
        "Locations, and how many companies are eligible or subject to a finding",
    ),
    "by_city": Text("按城市", "By city"),
    "by_city_lead": Text(
        "按企业名册写明的城市；没有写明的{left}家未计入。",
        "By the cities that the register of companies names; {left} companies that name none are not counted.",
    ),
    "by_district": Text("按区县", "By district"),
    "by_district_lead": Text(
        "按企业名册写明的区县；没有写明的{left}家未计入。",
        "By the districts that the register of companies names; {left} companies that name none are not counted.",
    ),
    "by_zone": Text("按功能区", "By zone"),
    "by_zone_lead": Text(
        "按企业名册写明的功能区；没有写明的，或许也在其中，未计入。",
        "By the zones that the register of companies names; a company that names none may be located in one, and is "
        "not counted.",
    ),
    "zones_overlap": Text(
        "{inner}与{outer}有重叠，不可相加。", "{inner} and {outer} overlap: do not add their figures."
    ),
    "zones_same": Text(
        "{inner}的企业都计入{outer}，两行是同一批企业。",
        "The companies of {inner} all count for {outer} too: the figures are of the same companies.",
    ),
    "places_first": Text("列前{shown}处，共{all}处。", "The first {shown} of {all}."),
    "and_beyond": Text(
        "{count}（另{beyond}家只依后来的文件）", "{count} (and {beyond} more by a later instrument alone)"
    ),
    "item_counted": Text("{item}（{count}家）", "{item} ({count} companies)"),
    "concerns": Text("所涉", "What it concerns"),
    "verdicts_mean": Text(
        "{eligible}：条件均已满足；{conditional}：尚须主管部门认定。",
        "{eligible}: every condition is met. {conditional}: an authority still has to make a finding.",
    ),
    "force_lead": Text(
        "可适用不都是许可：权利可以行使；鼓励和探索不是许可，原文大多没有写可申请什么、怎样办理，须先问明。见“下一步”和各项措施的“力度”。",
        "Not everything that companies are eligible for is a permit: a right may be exercised; an encouragement or a "
        "trial is no permit, and mostly the text does not say what could be applied for, or how: ask first. See “What "
        "to do next” and the “force” of each.",
    ),
    "all_verdicts": Text("全部结论的数目", "All verdicts, counted"),
    "as_read": Text("企业名册是怎样读取的", "How the register of companies was read"),
    "mark_whom": Text(
        "部门后没有注的，由该项原文或“来源”所列的后来文件指明；注“推断”的，两者都没有指明，系本报告依事项或依规则对“认定”的读法推断，"
        "依据见各项措施。没有写明是哪一级部门的，先问所在地的。",
        "An authority without a mark is named by the words of the item or by a later instrument listed under "
        "“Sources”; one marked as inferred is named by neither: it is this report's inference, by the subject or by "
        "how the rules read who makes a finding; from what, see each measure. Where the level is not stated, begin "
        "with the place's own.",
    ),
    "mark_narrower": Text(
        "标†的，有人可能读得更窄，可用的企业就更少或没有，见“{part}”。",
        "What is marked † could be read more narrowly, so that fewer companies or none could use it: see “{part}”.",
    ),
    "plan": Text("按方案", "Under the plan"),
    "outside": Text("不在试点之列", "none of the pilots"),
    "unknown": Text("补充或更正所在地后方可判断；是哪些企业，见同次结果工作簿的“{asks}”表",
        "to be settled once the place is given or corrected; for the companies see the workbook of the "
        "same results, sheet “{asks}”",
    ),
    "needs": Text(
        "全部{whole}个结论中有{count}个因企业名册缺少事实而未定{asked}，补充后可用的可能更多，见“{part}”。",
        "Of all {whole} verdicts {count} are not settled for want of facts{asked}; more columns may open more, see "
        "“{part}”.",
    ),
    "waits": Text(
        "另有{count}个待落实，见“{part}”。",
        "{count} are pending, see “{part}”.",
    ),
    "by_entries": Text(
        "{item}：{open}家中，{inside}家依方案的适用范围可用，另{beyond}家只依后来的文件可用。",
        "{item}: of the {open}, {inside} can use it by the plan's own scope and {beyond} by a later instrument alone.",
    ),
    "by_entries_alone": Text(
        "{item}：可用的企业（{open}家）只依后来的文件可用。",
        "{item}: open by a later instrument alone (companies: {open}).",
    ),
    "instrument": Text(
        "该文件为{title}，自{date}起，{reach}适用，来源：{origin}；其原文不在本报告的规则库内，据以办理前请先查阅。"
        "在其所及之处，此项不取决于方案的适用范围，也不等待方案中的任何步骤。",
        "The instrument is {title}, which applies from {date} {reach} (source: {origin}). Its words are not in this "
        "report's rules: look them up before relying on it. Where it applies, the measure depends neither on the "
        "plan's scope nor on any step under the plan.",
    ),
    "reported": Text(
        "此项依未经官方文件证实的消息（{weight}）：{caution}。",
        "This rests on what was reported ({weight}), not on an official text: {caution}.",
    ),
    "asks": Text("补充哪些列、可以填什么", "Which columns to complete, and with what"),
    "asks_lead": Text(
        "每一行为企业名册中没有、或部分企业没有填的一列；一个待定结论可能等待几列。只计看来有必要询问的企业："
        "依其主体类型、行业或持牌情况，该列看来与之无关的，其待定结论不计入该列，但仍未判定；"
        "所在地、行业和业务等几列，只计先要询问的一列。一个结论可能计入几列，也可能一列都不计，各列不可相加。",
        "Each line is a column that the register of companies lacks, or that some companies leave empty; a verdict may "
        "wait for several. Only companies are counted that it seems sensible to ask: where a column is unlikely to "
        "concern a company, by its kind, sector or licences, its verdicts are not counted under it, and stay "
        "unsettled; of the columns of the place, and of sector and business, only the one to ask first is counted. "
        "A verdict may be counted under several columns, or under none: do not add the columns up.",
    ),
    "verdicts": Text("全部结论（企业 × 措施）", "All verdicts (companies × measures)"),
    "who": Text("是哪些企业：行号和名称", "Which companies, by row and name"),
    "who_left": Text("另有家数", "And more"),
    "who_each": Text("可适用或须经认定的企业", "The companies eligible, or subject to a finding"),
    "who_lead": Text(
        "每项按企业名册的次序列出先出现的几家（行号为企业名册的行号），不分可适用与须经认定，再列另有多少家。",
        "For each the first companies of the register of companies, by their row in it, whether eligible or "
        "conditional; then how many more there are.",
    ),
    "who_list": Text(
        "全部企业在同一次筛查的结果中，可向出具本报告的一方索取：结果写成工作簿（.xlsx）时在“逐行结果”表，按“项号”（附件中的项号）和“结论”两列筛选；"
        "也可看“对照表”表，每行一家企业、每列一项措施。结果写成 CSV 时，每行也是一家企业、一项措施。",
        "All of them are in the results of the same screening, to be had from whoever made this report: in a "
        "workbook (.xlsx) on the sheet “Line by line”, to "
        "be filtered by the columns “Item” (of the Annex) and “Verdict”, or on the sheet "
        "“Matrix”, which has a line for each company and a column for each measure; in CSV too a line is one company "
        "and one measure.",
    ),
    "measure_words": Text("措施、企业数和原文", "Measure, companies, and its words (the English is unofficial)"),
    "top": Text(
        "可适用或须经认定的措施：原文、条件、向谁询问",
        "What is open or subject to a finding: the words, terms, and whom to ask",
   
    ),
    "top_lead": Text(
        "所列为一般条件，不是对某一家企业的判断；没有列出限制或认定的，依本报告的读法，原文没有写明。",
        "These are the general terms, not an assessment of any one company; where no limit or no finding is listed, "
        "the text, as this report reads it, states none.",
    ),
    "top_signs": Text("各数字为企业数：{signs}。", "The figures are companies: {signs}."),
    "top_force": Text(
        "“力度”后注表示该力度的原文用词；注“读法”的，原文没有通常表示该力度的字样，系本报告的读法。",
        "After the force of a measure stands the word of the text that expresses it; where it says “as read”, the text "
        "has none of the usual words, and the force is how this report reads it.",
    ),
    "top_doubts": Text("原文或适用范围不清的，见“{part}”。", "Where text or scope is not clear, see “{part}”."),
    "top_scope": Text("未另写范围的，为{scope}。", "Where no scope is stated, it is {scope}."),
    "on_terms": Text("条件、限制、认定；向谁询问", "Terms, limits, findings; whom to ask"),
    "readings": Text("更窄的读法", "Narrower readings"),
    "readings_lead": Text(
        "上列可用的措施中，其他读法会使可用的企业更少或没有的；其余各项的读法不在本报告之内。",
        "Of the measures above, those that another reading would open to fewer companies or to none. How the others "
        "were read is not part of this report.",
    ),
    "doubts": Text(
        "可适用或须经认定的措施：原文和适用范围的存疑",
        "Doubts on the text and scope of what is open or subject to a finding",
    ),
    "doubts_lead": Text(
        "上列可用的措施中，原文或其适用范围有不清之处的。",
        "Of the measures above, those whose text or scope is not clear.",
    ),
    "none_open": Text("对企业名册中任何企业都尚不可用的措施", "Measures open to none of them yet"),
    "none_needs_info": Text(
        "缺少事实，补充后可能可用（{count}）", "Facts are missing, with which some may be open ({count})"
    ),
    "none_pending": Text(
        "取决于官方步骤或当地自己的方案（{count}）",
        "Depend on an official step or on a programme of the place's own ({count})",
    ),
    "marked_list": Text(
        "标†的，可以读得更窄，那样可用的企业就更少或没有；怎样读，不在本报告之内。",
        "What is marked † could be read more narrowly, by which fewer companies or none could use it; how, is not part "
        "of this report.",
    ),
    "pending_see": Text(
        "{rows}；各有多少个待落实的结论、在等什么，见“{part}”。",
        "{rows}: how many verdicts of each are pending, and for what, see “{part}”.",
    ),
    "none_ineligible": Text("没有企业符合条件（{count}）", "No company meets the conditions ({count})"),
    "none_duty": Text("只是主管部门的职责（{count}）", "Duties of authorities alone ({count})"),
    "none_duty_lead": Text(
        "由各自适用范围内的主管部门落实，企业无可申请；功能区可以向其了解进展。",
        "For the authorities within the scope of each to carry out; no company can apply, and a zone can ask them how "
        "far they have come.",
    ),
    "none_lost": Text("原文缺失，没有审查（{count}）", "The text is lost, so that they were not examined ({count})"),
    "none_lost_lead": Text(
        "本规则库所据的扫描件没有其原文，请查阅方案的完整文本。",
        "The scan that the rules were made from lacks their text; look them up in a full copy of the plan.",
    ),
    "rejected_rows": Text(
        "不是企业、没有筛查的有{count}行；各行及原因见同次结果工作簿的“非企业行”表",
        "rows that are no company and were not screened: {count}; which, and why: workbook, sheet “No company”",
    ),
    "unread_rest": Text("其他列{count}处", "{count} in other columns"),
    "unread_cells": Text(
        "没有读懂、按没有填写处理的单元格：{columns}；各处及怎样改正见该工作簿的“备注”表",
        "cells that could not be read and count as empty: {columns}; which, and how to mend them: see its sheet "
        "“Notes”",
    ),
    "number": Text("次数", "Count"),
    "how": Text("怎样使用这份汇总", "How to use this"),
    "how_text": Text(
        "这些数字说明每项措施及于企业名册中多少家企业，不说明它对企业有多大用处；“下一步”的次序也不表示这个。"
        "条件、限制和原文按措施列出，不逐家列出；哪些企业可适用或须经认定哪些项，见“{part}”。",
        "These figures tell how many of these companies each measure reaches. They do not tell what it is worth to a "
        "company, and neither does the order of “What to do next”. Terms, limits and words are told by measure, and "
        "not company by company; for which companies are eligible for which, or subject to a finding, see “{part}”.",
    ),
    "ignored": Text(
        "未作为事实读取的列（列名照录企业名册）：{names}",
        "Columns that were not read as facts (under the headings of the register of companies): {names}",
    ),
    "first_steps": Text("先做什么（{all}步中的前{shown}步）", "What to do first: {shown} of {all} steps"),
    "measures_whom": Text(
        "措施（企业数）：向谁办理或查询；其余见“下一步”",
        "Measure (companies): with whom; all others under “What to do next”",
    ),
    "none_sum": Text("共{count}项：{groups}。", "In all {count}: {groups}."),
    "none_counted_needs_info": Text("缺少事实{count}项", "{count} for which facts are missing"),
    "none_counted_pending": Text(
        "取决于官方步骤或方案{count}项", "{count} that depend on an official step or programme"
    ),
    "none_counted_ineligible": Text("没有企业符合条件{count}项", "{count} of which no company meets the conditions"),
    "none_twice": Text(
        "其中{rows}在前两组中都列，故各组相加为{sum}项。",
        "Of these {rows} stand in the first two groups, so that the groups add up to {sum}.",
    ),
    "front_needs": Text(
        "缺少事实，{count}个结论未定。",
        "Facts are missing for {count} verdicts.",
    ),
    "front_asked": Text(
        "缺少事实，值得向企业询问的结论尚有{asked}个未定。",
        "Facts are missing for {asked} verdicts for which it seems sensible to ask the companies.",
    ),
    "front_others": Text(
        "其余{left}家现在没有任何可适用或须经认定的措施，补充后或许会有。",
        "{left} companies are neither eligible nor subject to a finding now; some may be, once facts are added.",
    ),
    "front_nationwide": Text(
        "第{row}项不论方案，另依{date}起的全国性文件适用，见“来源”。",
        "Item {row} applies nationwide anyway, by an instrument from {date}: see “Sources”.",
    ),
    "first_marks": Text(
        "†：有人可能读得更窄，见“{part}”。", "†: could be read more narrowly, see “{part}”."
    ),
    "who_all": Text(
        "可适用或须经认定的{companies}家企业，同组的各项相同。各项不可合为一份通知：冒号前为“下一步”的步骤，该步办完、可以通知的，才通知其后的项。"
        "行号为企业名册的行号，各项的名称见“{part}”。",
        "The {companies} companies that are eligible or subject to a finding, in groups with the same items. Do not "
        "tell a group of all of these in one notice: before each colon stands the step of “What to do next”, and only "
        "when that is done, and lets it be told, are the items behind it told. Rows are those of the register of "
        "companies; for the items see “{part}”.",
    ),
    "who_conditional": Text(
        "{sign}：该项对其下所列的每家企业都须经认定；取得认定前不通知可用。",
        "{sign}: items that are conditional for every company listed under them; do not announce them as open before "
        "the finding.",
    ),
    "who_partly": Text(
        "({sign})：该项对名册中一些企业须经认定，对另一些可适用，可适用的应通知；各企业是哪一种，见同次筛查的结果，通知前请先查看。",
        "({sign}): items that are conditional for some companies of the register and that others are eligible for, who "
        "are to be told; which it is for a company is in the results of the same screening: look it up before telling "
        "it.",
    ),
    "who_first": Text("只列名册中的前{shown}家。", "Only the first {shown} of the register are listed."),
    "items_open": Text(
        "步骤：该步之后通知的项；是哪些企业：行号和名称",
        "Step: items told after it; which companies, by row and name",
    ),
    "none_left": Text(
        "其余{count}项，看来没有企业须为其询问：{rows}。",
        "For the other {count} it seems sensible to ask no company: {rows}.",
    ),
    "to_ask": Text("看来应当询问的企业", "Companies to ask"),
    "items_after": Text("第{step}步：{items}", "step {step}: {items}"),
    "items_on": Text("{items}（续）", "{items} (continued)"),
    "who_ending": Text("各名称末尾的“{ending}”从略。", "“{ending}” at the end of every name is left out."),
    "none_asked": Text(
        "各项旁的数目是看来应当为其询问的企业；询问哪些列，见“{part}”。",
        "The figures are companies that it seems sensible to ask about each; for which columns see “{part}”.",
    ),
    "lead_unread": Text(
        "{companies}家有内容未能读懂。", "Not read in full: {companies}."
    ),
    "first": Text(
        "可适用企业最多的{shown}项措施（有企业可适用的共{all}项{judged}）",
        "The {shown} measures, of {all}, that most companies are eligible for{judged}",
    ),
    "first_all": Text(
        "可适用或须经认定的措施，可适用企业最多的在前",
        "The measures eligible or conditional, by eligible companies",
    ),
    "first_judged": Text(
        "；另{count}项，每家都须先经认定", "; {count} more need a finding first, for every company"
    ),
    "needs_asked": Text(
        "，其中值得为其询问企业的{asked}个", ", of which it seems sensible to ask the companies for {asked}"
    ),
}  # fmt: skip
