"""The words of the page, in both languages: for its templates, and for its script, which gets them with the page."""

from __future__ import annotations

from collections.abc import Mapping

from applicability.model.measure import Force
from applicability.report.language.contacts import INFERRED, NAMED_IN
from applicability.report.language.labels import BUCKETS, FORCES, MEANINGS
from applicability.text import Lang, Text
from applicability.web.answer_texts import ANSWER_TEXTS, PLAIN, PLAIN_FORCES, TILES
from applicability.web.compare_texts import COMPARE_TEXTS
from applicability.web.register_texts import REGISTER_TEXTS

TEXTS: Mapping[str, Text] = {
    **ANSWER_TEXTS,
    **COMPARE_TEXTS,
    **REGISTER_TEXTS,
    "title": Text("服务业扩大开放：我能适用哪些", "Services opening: what can we use?"),
    "lead": Text(
        "服务业扩大开放试点有{count}项措施。填四项、答几个问题，就知道能用哪些。",
        "China's services-opening pilots have {count} measures. Give four facts, answer a few questions, and see "
        "which you can use.",
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
    "zones_many": Text("共{count}个，在框内上下滚动", "{count} in all: scroll in the box"),
    "zones_first": Text("先填城市，再选功能区", "Give the city first, then choose zones"),
    "sector": Text("行业", "Sector"),
    "sector_hint": Text(
        "国标代码、名称或日常说法，如 7291、旅行社",
        "A code, a name or everyday words: 7291, travel agency. The English names are an unofficial translation",
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
    "more_facts": Text("已答的其他事实", "Other facts answered"),
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
        "可以使用{open} · 认定后{judged} · 待回答{missing} · 未开放{pending} ↓",
        "You may use {open} · if agreed {judged} · to answer {missing} · not open {pending} ↓",
    ),
    "jump_mistake": Text("有误：{fields} ↑", "To correct: {fields} ↑"),
    "jump_unreachable": Text("没有得到回答，点此重试", "No answer came: try again"),
    "likely": Text("（该行业通常从事）", " (likely in this sector)"),
    "choose_first": Text("请先选一项，或点“不知道”", "Choose one first, or “I don't know”"),
    "tick_first": Text(
        "请先勾选；都没有的点“以上都没有”，说不准的点“不知道”",
        "Tick what applies first; “None of these” if none does, or “I don't know”",
    ),
    "type_first": Text("请先填写，或点“不知道”", "Type an answer first, or choose “I don't know”"),
    "go_on": Text(
        "先填：{fields}。不清楚的可以不填，点“查看结果”。",
        "First give: {fields}. Leave out what you do not know, and press “Show the result”.",
    ),
    "above": Text("接下来请填“{field}”", "Next, give the {field} among the facts"),
    "go_field": Text("去填“{field}”", "Go to “{field}”"),
    "why_asked": Text("为什么问", "Why this is asked"),
    "also_waiting": Text("还有第{rows}项", "and items {rows}"),
    "also_waiting_one": Text("还有第{rows}项", "and item {rows}"),
    "answer": Text("确定", "Answer"),
    "unknown": Text("不知道", "I don't know"),
    "pass_people": Text("与个人无关", "Not about a person"),
    "people_hint": Text(
        "只有为某个人的签证、居留、就业、执业查询才需回答；不是的，点“与个人无关”。",
        "Only for visas, residence, work and practice of a particular person; otherwise choose “Not about a person”.",
    ),
    "tick_all": Text(
        "可多选；所列而没有勾选的，视为没有", "Tick all that apply; what is listed and not ticked counts as no"
    ),
    "tick_several": Text("可多选", "Tick all that apply"),
    "rest_no": Text("其余{count}项视为否", "the other {count} count as no"),
    "rest_no_one": Text("其余{count}项视为否", "the other {count} counts as no"),
    "noes": Text("视为否的{count}项", "{count} count as no"),
    "noes_one": Text("视为否的{count}项", "{count} counts as no"),
    "more_choices": Text("其他选项（{count}）", "{count} other choices"),
    "not_known": Text("不清楚", "not known"),
    "none_usual": Text(
        "所填行业通常从事“{usual}”。确实没有，请再点一次。",
        "Its sector usually does “{usual}”. If it really does not, press again.",
    ),
    "more_activities": Text(
        "其余{count}项在该行业较少见，之后再问", "{count} others, less usual in its sector: asked later"
    ),
    "none_of_these": Text("以上都没有", "None of these"),
    "no_question": Text("没有需要再问的了", "There is nothing left to ask"),
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
    "change_answer": Text("改答：{fact}", "Change the answer: {fact}"),
    "asked_again": Text("全部再问一遍", "Ask all of them again"),
    "filter": Text("筛选选项", "Filter the choices"),
    "sentence": Text("；", "; "),
    "plan_notes": Text("方案附表的注", "Notes of the plan's annex"),
    "plan_note": Text("注{number}", "Note {number}"),
    "terms": Text("这些词是什么意思", "What these words mean"),
    "basis": Text("依据", "Basis"),
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
    "silent_on": Text("原文没有写的", "Not said by the text"),
    "register_notes": Text("后续官方步骤", "Public steps since"),
    "step": Text("{date} {title}（{source}）", "{date} {title} ({source})"),
    "conditions": Text("条件", "Conditions"),
    "document": Text("{title}（{number}）", "{title} ({number})"),
    "cite": Text("引用：{number}第{row}项", "Cite as: {number}, item {row}"),
    "table_scrolls": Text(
        "表格共{rows}行、{columns}列，在框内上下、左右滚动查看全部",
        "The table has {rows} rows and {columns} columns: scroll down and sideways in it to see all",
    ),
    "loading": Text("正在计算……", "Working…"),
    "failed": Text("没有得到回答", "No answer came"),
    "no_hits": Text("没有找到", "Nothing found"),
    "hits": Text("{count}个结果，用上下键选择", "{count} results, use the arrow keys"),
    "hits_one": Text("{count}个结果，用上下键选择", "{count} result, use the arrow keys"),
    "former": Text("旧地名", "former name"),
    "pilot": Text("试点", "pilot"),
    "listing": Text("、", ", "),
    "place": Text("地方", "Place"),
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
        "verbs": {name: text.of(lang) for name, text in PLAIN_FORCES.items()},
        "plain": {name: text.of(lang) for name, text in PLAIN.items()},
        "in_short": {name: text.of(lang) for name, text in TILES.items()},
    }
