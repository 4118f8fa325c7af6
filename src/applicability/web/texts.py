"""The words of the page, in both languages: for its templates, and for its script, which gets them with the page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from applicability.alternatives import OWN
from applicability.model.measure import Force
from applicability.report.language.contacts import INFERRED, NAMED_IN
from applicability.report.language.labels import BUCKETS, FORCES, MEANINGS
from applicability.text import Lang, Text

TEXTS: Mapping[str, Text] = {
    "title": Text("服务业扩大开放：我能适用哪些", "Services opening: what can we use?"),
    "lead": Text(
        "商务部等部门的试点方案有{count}项措施，各有适用的地方、行业和条件。先填四项事实，再答几个问题，就知道哪些可以适用、须遵守什么、还差什么。",
        "The pilot plan of China's Ministry of Commerce has {count} measures, each with its own places, sectors and "
        "terms. Give four facts and answer a few questions to learn which of them you can use, on what terms, and what "
        "is still missing.",
    ),
    "skip": Text("跳到结果", "Skip to the result"),
    "nav_check": Text("查询", "Check"),
    "nav_compare": Text("比较地方", "Compare places"),
    "nav_map": Text("各地一览", "All places"),
    "nav_list": Text("全部措施", "All measures"),
    "nav_register": Text("批量名册", "Register"),
    "other_language": Text("English", "中文"),
    "facts": Text("四项事实", "Four facts"),
    "city": Text("城市", "City"),
    "city_hint": Text(
        "中文、拼音、英文或代码，如 成都、chengdu、510100", "In Chinese, pinyin or English, or a code: Chengdu, 510100"
    ),
    "zones": Text("功能区", "Zone"),
    "zones_hint": Text("自贸试验区、综合保税区等", "Free trade, bonded and other zones"),
    "zones_free": Text("功能区名称，逗号分隔", "Names of zones, by comma"),
    "zones_none": Text("不在任何功能区", "In no zone"),
    "zone_counts": Text("（所选的在其内，已计入）", " (what is chosen lies in it: it counts)"),
    "zones_first": Text("先填城市，再选功能区", "Give the city first, then choose zones"),
    "sector": Text("行业", "Sector"),
    "sector_hint": Text(
        "国标代码、名称或日常说法，如 7291、旅行社", "A code, a name or everyday words: 7291, travel agency"
    ),
    "share": Text("外资比例（%）", "Foreign share (%)"),
    "share_hint": Text("含港澳台；纯内资填 0", "Hong Kong, Macao and Taiwan included; 0 if there is none"),
    "share_doubt": Text(
        "“{share}”是{fraction}还是{percent}？选定之前，外资比例不计入结果。",
        "Does “{share}” mean {fraction} or {percent}? Until you choose, no foreign share is taken into the result.",
    ),
    "share_left_out": Text(
        "外资比例没有计入：还没有选定“{share}”是什么",
        "No foreign share is counted: what “{share}” means is not chosen yet",
    ),
    "zone": Text("功能区", "zone"),
    "as_zone": Text("就在{zone}内", "It is in {zone}"),
    "kept_facts": Text("仍按所填计入，现指{city}：{facts}。", "Still counted as said, now of {city}: {facts}."),
    "kept_drop": Text("不再计入", "No longer count that"),
    "same_everywhere": Text("每个地方都按所填计入：{facts}", "Counted as said in every place: {facts}"),
    "covered": Text(
        "{place}：全域属于{zones}，在那里计入", "{place}: the whole of it belongs to {zones}, and this counts there"
    ),
    "zones_gone": Text("{zones} 不在{city}，已不再计入。", "{zones}: not in {city}, and no longer counted."),
    "for_report": Text("报告用（可不填）", "For the report (optional)"),
    "check": Text("查看结果", "Show the result"),
    "more_facts": Text("已填的其他事实", "Other facts given"),
    "remove": Text("删去", "Remove"),
    "clear_all": Text("全部清空", "Clear all"),
    "cleared": Text("已全部清空", "Everything was cleared"),
    "undo": Text("撤销", "Undo"),
    "damaged": Text(
        "链接不完整，里面的档案读不出来：请重新复制整个链接，或在此填写",
        "The link is damaged, so that its profile cannot be read: copy the whole link again, or fill in the form",
    ),
    "name": Text("企业名称", "Name"),
    "planned": Text("拟设立，尚未登记", "Planned, not set up yet"),
    "planned_hint": Text("只改变报告的措辞，不影响结果", "Changes the wording of the report only, and not the result"),
    "result": Text("结果", "Result"),
    "result_empty": Text(
        "填了城市、行业等事实，结果就显示在这里",
        "The result appears here once a city, a sector or another fact is given",
    ),
    "counts": Text("共{count}项措施", "{count} measures"),
    "as_of": Text("截至{day}", "as of {day}"),
    "stale_mistake": Text(
        "以下是上次填写无误时的结果，不是现在所填的结果。改正后才能打印和下载。",
        "This answers what was entered before the mistake, and not what is entered now. Once that is corrected, it "
        "can be printed and downloaded.",
    ),
    "stale_beside": Text("显示的结果还是改正之前的。", "The result shown is still the one before this mistake."),
    "stale_unreachable": Text(
        "以下是上次得到的结果，不一定合于现在所填。得到回答后才能打印和下载。",
        "This is the last answer that came, and may not fit what is entered now. It can be printed and downloaded once "
        "an answer comes.",
    ),
    "stale_print": Text(
        "没有可以打印的结果：所填有误，或尚未得到回答。",
        "There is no result to print: something entered is wrong, or no answer has come.",
    ),
    "no_answer": Text("没有得到回答", "No answer came"),
    "unreachable": Text(
        "服务没有回应。所填的都还在，会自动重试。",
        "The service does not respond. Nothing you entered is lost, and it is asked again by itself.",
    ),
    "retry": Text("现在重试", "Try again now"),
    "take_mistake": Text("没有下载：请先改正 {fields}", "Nothing was downloaded. Correct first: {fields}"),
    "take_unreachable": Text("没有下载：服务没有回应", "Nothing was downloaded: the service does not respond"),
    "taken": Text("已下载 {name}", "Downloaded {name}"),
    "question": Text("下一个问题：{question}", "Next question: {question}"),
    "jump": Text(
        "可适用{open} · 须经认定{judged} · 待回答{missing} · 待落实{pending} ↓",
        "{open} eligible · {judged} conditional · {missing} to answer · {pending} pending ↓",
    ),
    "jump_mistake": Text("有误：{fields} ↑", "To correct: {fields} ↑"),
    "jump_unreachable": Text("没有得到回答，点此重试", "No answer came: try again"),
    "depends": Text("还有{count}项没有定，取决于下面的问题", "{count} are undecided and depend on the questions below"),
    "depends_one": Text(
        "还有{count}项没有定，取决于下面的问题", "{count} is undecided and depends on the question below"
    ),
    "take_early": Text(
        "还有{count}项取决于没有回答的问题：现在下载的只是目前的结果",
        "{count} measures depend on questions not answered yet: what you download now is how it stands so far",
    ),
    "take_early_one": Text(
        "还有{count}项取决于没有回答的问题：现在下载的只是目前的结果",
        "{count} measure depends on a question not answered yet: what you download now is how it stands so far",
    ),
    "likely": Text("（该行业通常从事）", " (likely in this sector)"),
    "choose_first": Text("请先选一项，或点“不知道”", "Choose one first, or “I don't know”"),
    "tick_first": Text(
        "请先勾选；都没有的勾“都不是”，说不准的点“不知道”",
        "Tick what applies first; “None of these” if none does, or “I don't know”",
    ),
    "type_first": Text("请先填写，或点“不知道”", "Type an answer first, or choose “I don't know”"),
    "above": Text("接下来请填“{field}”", "Next, give the {field} among the facts"),
    "go_field": Text("去填“{field}”", "Go to “{field}”"),
    "why_asked": Text("为什么问", "Why this is asked"),
    "also_waiting": Text("还有第{rows}项", "and items {rows}"),
    "also_waiting_one": Text("还有第{rows}项", "and item {rows}"),
    "answer": Text("确定", "Answer"),
    "unknown": Text("不知道", "I don't know"),
    "pass_people": Text("不是为某个人查询", "Not about a person"),
    "people_hint": Text(
        "只有为某个人的签证、居留、就业、执业查询才需回答；不是的，点“不是为某个人查询”。",
        "Only for visas, residence, work and practice of a particular person; otherwise choose “Not about a person”.",
    ),
    "tick_all": Text(
        "可多选；所列而没有勾选的，视为没有", "Tick all that apply; what is listed and not ticked counts as no"
    ),
    "none_of_these": Text("都不是", "None of these"),
    "no_question": Text("没有需要再问的了", "There is nothing left to ask"),
    "unasked": Text(
        "没有追问的{count}项：按{who}，一般不会涉及", "{count} are not asked about: they are unlikely for {who}"
    ),
    "unasked_one": Text(
        "没有追问的{count}项：按{who}，一般不会涉及", "{count} is not asked about: it is unlikely for {who}"
    ),
    "in_short_conditional": Text("尚须主管部门认定", "an authority has to make a finding"),
    "in_short_pending": Text("取决于官方步骤或当地方案", "waits for an official step or local plan"),
    "left_to_answer": Text("待回答 {count}", "{count} to answer"),
    "left_passed": Text("跳过的 {count}", "{count} passed over"),
    "left_unlikely": Text("一般不涉及 {count}", "{count} unlikely for you"),
    "no_new_question": Text("其余问题都已问过", "Every other question has been asked"),
    "passed_over": Text(
        "跳过了{count}个问题，取决于它们的措施有{rows}项",
        "You passed over {count} questions; measures that depend on them: {rows}",
    ),
    "passed_over_one": Text(
        "跳过了{count}个问题，取决于它的措施有{rows}项",
        "You passed over {count} question; measures that depend on it: {rows}",
    ),
    "passed_over_rows": Text("取决于它的措施（{count}）", "{count} measures depend on it"),
    "passed_over_rows_one": Text("取决于它的措施（{count}）", "{count} measure depends on it"),
    "answer_it": Text("现在回答", "Answer it now"),
    "asked_again": Text("全部再问一遍", "Ask all of them again"),
    "filter": Text("筛选选项", "Filter the choices"),
    "open": Text("现在可以适用", "Open now"),
    "other_law": Text(
        "其他法律、许可仍然适用：其他法律是否另要求许可或批准，先向该项的主管部门问明（见各项的“向谁咨询”）。",
        "Other law and licences still apply: ask the authority of each measure (see “Whom to ask” there) whether other "
        "law asks for a licence or an approval first.",
    ),
    "open_planned": Text("设立后可以适用", "Open once it is set up"),
    "open_judged": Text("经主管部门认定后可以适用", "Open once an authority has made its finding"),
    "open_judged_planned": Text(
        "设立并经主管部门认定后可以适用", "Open once it is set up and an authority has made its finding"
    ),
    "nothing_open": Text("按已填的事实，还没有确定可以适用的措施", "Nothing is open yet by what you have given"),
    "limits": Text("须遵守的限制", "Limits to keep"),
    "limits_hint": Text(
        "逐条确认；有一条答“否”，该措施即不适用", "confirm each one; if one is not kept, its measure is not open"
    ),
    "limits_shut": Text(
        "答了“不遵守”的限制，其措施因此不适用", "Limits said not to be kept, which shut their measures"
    ),
    "sentence": Text("；", "; "),
    "open_with_limits": Text(
        "有限制未确认的，遵守限制即可适用", "Where limits are not yet confirmed, it may be used if they are kept"
    ),
    "kept": Text("是（遵守）", "yes (kept)"),
    "not_kept": Text("否（不遵守）", "no (not kept)"),
    "unsaid": Text("未定", "not yet said"),
    "others": Text("其他措施", "Other measures"),
    "own_line": Text(
        "与所填行业、业务有关，但现在不能适用（{count}）", "Of your own line of business, but not open ({count})"
    ),
    "reason_of": Text("这{count}项：{why}", "These {count}: {why}"),
    "more_rows": Text("其余{count}项", "{count} more"),
    "plan_notes": Text("方案附表的注", "Notes of the plan's annex"),
    "plan_note": Text("注{number}", "Note {number}"),
    "terms": Text("这些词是什么意思", "What these words mean"),
    "basis": Text("依据", "Basis"),
    "all_counts": Text("全部{count}项措施的结果", "How all {count} measures stand"),
    "rest_counts": Text("共{count}项，其中另有：{rest}", "{count} in all; besides these: {rest}"),
    "rows_of": Text("{name}（{count}）", "{name} ({count})"),
    "search": Text("搜索措施", "Search measures"),
    "search_hint": Text(
        "标题、原文、英译中的词，行业的日常说法，或项号",
        "Words of the title, the text or its translation, everyday words for a sector, or an item number",
    ),
    "text": Text("原文", "Text"),
    "translation": Text("英译（非官方）", "Unofficial translation"),
    "scope": Text("适用范围", "Scope"),
    "why": Text("理由", "Why"),
    "place_reached": Text("所在地", "Place"),
    "limbs": Text("分项", "Parts"),
    "doubts": Text("存疑", "Doubts"),
    "reading": Text("读法", "Reading taken"),
    "reading_narrower": Text("读法（可以读得更窄）", "Reading taken (it could be read more narrowly)"),
    "narrower": Text("† 可以读得更窄，见其中的“读法”", "† could be read more narrowly: see “Reading taken” in it"),
    "met": Text("对主体的条件均已满足", "every condition on the entity is met"),
    "limb": Text("第{number}部分", "Part {number}"),
    "limb_others": Text(
        "{title}：对象是{who}，不是本主体自身；这里没有审查其是否符合条件",
        "{title}: for {who}, not for the entity itself; whether these qualify is not examined here",
    ),
    "missing": Text("还缺", "Missing"),
    "judged": Text("须经认定", "To be found by"),
    "changes": Text("怎样才能适用", "What would change it"),
    "changes_ask": Text("查看怎样才能适用", "Show what would change it"),
    "whom": Text("向谁咨询", "Whom to ask"),
    "inferred": INFERRED,
    "finder": Text("{who}（认定的部门，按本规则库的读法）", "{who} (makes the finding, as the rulebook reads it)"),
    "judged_else": Text("本企业无须认定、仅其他情形须认定的事项", "Determinations that only other cases need"),
    "named_in": NAMED_IN,
    "edit_by": Text("{edit}（{who}）", "{edit} ({who})"),
    "no_changes": Text("没有改变能使其适用", "Nothing would open it"),
    "register_notes": Text("后续官方步骤", "Public steps since"),
    "step": Text("{date} {title}（{source}）", "{date} {title} ({source})"),
    "conditions": Text("条件", "Conditions"),
    "document": Text("{title}（{number}）", "{title} ({number})"),
    "cite": Text("引用：{number}第{row}项", "Cite as: {number}, item {row}"),
    "to_take": Text("下载、打印、复制链接 ↓", "Download, print, copy the link ↓"),
    "table_scrolls": Text(
        "表格共{rows}行、{columns}列，在框内上下、左右滚动查看全部",
        "The table has {rows} rows and {columns} columns: scroll down and sideways in it to see all",
    ),
    "take": Text("下载", "Download"),
    "copy_link": Text("复制链接", "Copy link"),
    "copied": Text(
        "链接已复制。所填内容在 # 之后，不进地址记录和日志；打开链接的人都能看到，"
        "届时会发给本服务计算结果，不写入日志，也不保存。",
        "Link copied. What you entered stands in it after #, which no log of addresses holds. Whoever opens it sees "
        "it, and it is then sent to this service to compute the answer, neither logged nor kept.",
    ),
    "print": Text("打印", "Print"),
    "print_alone": Text(
        "打印请用浏览器自带的打印（Ctrl+P，Mac 为 ⌘P）", "To print, use the browser's own print (Ctrl+P, on a Mac ⌘P)"
    ),
    "loading": Text("正在计算……", "Working…"),
    "failed": Text("没有得到回答", "No answer came"),
    "no_hits": Text("没有找到", "Nothing found"),
    "hits": Text("{count}个结果，用上下键选择", "{count} results, use the arrow keys"),
    "hits_one": Text("{count}个结果，用上下键选择", "{count} result, use the arrow keys"),
    "former": Text("旧地名", "former name"),
    "pilot": Text("试点", "pilot"),
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
    "listing": Text("、", ", "),
    "rank": Text("名次", "Rank"),
    "place": Text("地方", "Place"),
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
    "map_lead": Text(
        "不是针对您的企业：每格是该地最有利情形下的结果，即任何一家企业在那里可能得到的。",
        "Not for your company: each cell is the best verdict that anybody in the place could have.",
    ),
    "map_now": Text("显示一览", "Show the table"),
    "map_slow": Text("首次计算需要几秒到十几秒", "The first time takes several seconds"),
    "list_lead": Text(
        "方案的全部{count}项措施，可按标题、原文、英译或项号查找。",
        "All {count} measures of the plan, by title, text, translation or item number.",
    ),
    "list_translated": Text("原文下附非官方英译。", "Under each Chinese text stands an unofficial translation."),
    "found": Text("找到{count}项", "{count} found"),
    "found_none": Text(
        "没有找到。可用标题、原文或英译中的词，中英文都行；也可写项号，如 57。",
        "Nothing found. Try a word of the title, the text or its translation, in either language, or an item number "
        "such as 57.",
    ),
    "register_lead": Text(
        "放入一份企业名册（Excel 或 CSV；JSON Lines、Parquet 也可以），得到一份 Excel，写明每家企业可适用的措施。"
        "名册只在内存和临时文件中处理，不留存；最大{size} MB。",
        "Drop a register of companies (Excel or CSV; JSON Lines and Parquet do as well). You get an Excel file that "
        "tells what each can use. It is worked on "
        "in memory and a temporary file, and nothing is kept; {size} MB at most.",
    ),
    "register_file": Text("选择或拖入文件", "Choose or drop a file"),
    "register_shares": Text(
        "外资比例一列里，0.3是30%还是0.3%？（数字都不大于1时才看得出不同）",
        "In your share column, does 0.3 mean 30% or 0.3%? (It matters where no number is above 1.)",
    ),
    "register_shares_open": Text(
        "不说明：这些数字不采用，结果里会问", "not said: such numbers are left out, and the result asks for them"
    ),
    "register_shares_percent": Text("0.3%", "0.3%"),
    "register_shares_fraction": Text("30%", "30%"),
    "register_go": Text("筛查", "Screen it"),
    "register_progress": Text("已读{count}家", "{count} companies read"),
    "register_done": Text("完成：筛查企业{companies}家", "Done: {companies} companies screened"),
    "register_progress_one": Text("已读{count}家", "{count} company read"),
    "register_done_one": Text("完成：筛查企业{companies}家", "Done: {companies} company screened"),
    "register_rejected_one": Text("另有{rejected}行不是企业，未筛查", "{rejected} row is no company and was left out"),
    "register_rejected": Text("另有{rejected}行不是企业，未筛查", "{rejected} rows are no company and were left out"),
    "register_doubts": Text(
        "{companies}家企业有{count}处存疑：有的没有读出，有的是推断的，请核对。先看这些：",
        "{count} doubts (companies: {companies}): something was not read, or read by inference, and should be "
        "checked. The first of them:",
    ),
    "register_doubts_one": Text(
        "有{count}处存疑：没有读出，或是推断的，请核对：",
        "{count} doubt: something was not read, or read by inference, and should be checked:",
    ),
    "register_doubts_where": Text(
        "结果的“备注”表逐行写明企业、行号和所在的列。",
        "The sheet “Notes” of the result tells the company, the row and the column of each.",
    ),
    "register_found": Text(
        "{companies}家企业共{results}个结果：{verdicts}。每家企业的清单在 Excel 结果里。",
        "{results} results in {companies} companies: {verdicts}. Each company's list is in the Excel file.",
    ),
    "register_doubt": Text(
        "{column}：如 {example}（共{count}处，{companies}家企业）",
        "{column}: for example, {example} ({count} such; companies: {companies})",
    ),
    "register_doubt_one": Text("{column}：{example}", "{column}: {example}"),
    "register_doubts_more": Text("另有{count}类", "{count} more kinds"),
    "register_doubts_more_one": Text("另有{count}类", "{count} more kind"),
    "register_doubt_of_row": Text(
        "{example}（共{count}处，{companies}家企业）",
        "for example, {example} ({count} such; companies: {companies})",
    ),
    "register_doubt_of_row_one": Text("{example}", "{example}"),
    "register_none_open": Text(
        "现在没有一家能确定可以适用的措施。", "For no company is any measure known to be open yet."
    ),
    "register_asks": Text("补上这些列，能判定的最多：", "These columns would settle most:"),
    "register_ask": Text(
        "{label}（{verdicts}个结果，{companies}家）", "{label} ({verdicts} verdicts of {companies} companies)"
    ),
    "register_form": Text(
        "下载空白名册（Excel），每项事实一列", "Download the empty register (Excel), a column for each fact"
    ),
    "register_form_name": Text("空白名册.xlsx", "register.xlsx"),
    "register_wait": Text(
        "按下后请稍候：结果作为 Excel 文件下载，页面不变。",
        "Wait a little once it is sent: the result comes as a workbook to download, and the page stays as it is.",
    ),
    "register_no_file": Text("没有选择文件", "no file was chosen"),
    "file": Text("文件", "File"),
    "register_save": Text("保存 Excel 结果", "Save the workbook"),
    "register_too_large": Text("文件超过{size} MB", "The file is larger than {size} MB"),
    "register_columns": Text("没有读的列：{columns}", "Columns not read: {columns}"),
    "warning": Text(
        "本结果依所填事实与规则库作出，不是法律意见；存疑处请向主管部门核实。",
        "This follows from the facts given and the rulebook. It is not legal advice: "
        "confirm doubts with the authority.",
    ),
    "kept_nowhere": Text(
        "所填内容只用于计算，不写入日志，也不保存。",
        "What you enter is used to compute the answer; it is neither logged nor kept.",
    ),
    "columns": Text("列", "Columns"),
    "problems": Text("请改正", "Please correct"),
    "rulebook": Text("规则库 {id} {version}（{digest}）", "rulebook {id} {version} ({digest})"),
    "api": Text("接口说明", "Interface description"),
    "addressee": Text("对象", "Addressed to"),
    "back": Text("返回查询", "Back to the check"),
    "request_id": Text("请求编号：{id}", "Request: {id}"),
    "colon": Text("：", ": "),
    "yes": Text("是", "yes"),
    "no": Text("否", "no"),
}


# What a force comes to for whoever would use a measure.
_FORCE_MEANINGS: Mapping[Force, Text] = {
    "permit": Text("原文直接允许，可据以办理", "the text permits it: it can be relied on"),
    "support": Text("原文支持、鼓励，可以申请或争取", "the text supports it: it can be applied for"),
    "explore": Text(
        "原文只说探索、试点，如何办理待当地安排", "the text only explores it: the place has yet to say how"
    ),
    "study": Text("原文只说研究，尚无可办之事", "the text only studies it: there is nothing to apply for yet"),
    "duty": Text("原文是给主管部门的职责", "the text is a duty of authorities"),
}


def texts(lang: Lang) -> dict[str, object]:
    """All words of one language, with those of verdicts and forces."""
    return {
        **{name: text.of(lang) for name, text in TEXTS.items()},
        "buckets": {name: text.of(lang) for name, text in BUCKETS.items()},
        "meanings": {name: text.of(lang) for name, text in MEANINGS.items()},
        "force_meanings": {name: text.of(lang) for name, text in _FORCE_MEANINGS.items()},
        "forces": {name: text.of(lang) for name, text in FORCES.items()},
        # The force in a line: without the words in brackets, which are shown when the measure is opened.
        "verbs": {name: re.split(r"（| \(", text.of(lang))[0] for name, text in FORCES.items()},
    }
