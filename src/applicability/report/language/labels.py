"""Headings, labels and names, in both languages."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from applicability.model.assessment import Bucket
from applicability.model.facts import FactType
from applicability.model.measure import Capture, Force
from applicability.text import Lang, Text

BUCKETS: Mapping[Bucket, Text] = {
    "eligible": Text("可适用", "Eligible"),
    "conditional": Text("须经认定", "Conditional"),
    "needs_info": Text("待补充", "Needs information"),
    "pending": Text("待落实", "Pending"),
    "ineligible": Text("不适用", "Ineligible"),
    "authorities_only": Text("仅约束主管部门", "Authorities only"),
    "text_lost": Text("原文缺失", "Text lost"),
    "not_encoded": Text("尚未编入", "Not yet encoded"),
}

MEANINGS: Mapping[Bucket, Text] = {
    "eligible": Text(
        "对主体的条件均已满足；请遵守所列限制", "every condition on the entity is met; keep to the limits listed"
    ),
    "conditional": Text(
        "条件均已满足，尚须主管部门认定", "every condition is met, but an authority has to make a finding"
    ),
    "needs_info": Text("缺少能够决定结果的事实", "a fact that decides it is missing"),
    "pending": Text(
        "取决于官方步骤或当地自己的方案，已知的公文尚不能定论",
        "depends on an official step or on the place's own programme; nothing on record settles it yet",
    ),
    "ineligible": Text("有条件不满足", "a condition fails"),
    "authorities_only": Text("政府职责，无可申请之事", "a duty of authorities; nobody can apply for it"),
    "text_lost": Text(
        "规则所据的方案扫描件缺其原文，无从判断",
        "its text is missing from the scan of the plan that the rules were made from, so nothing can be said",
    ),
    "not_encoded": Text("规则尚未写入，只判断适用范围", "its rule is not written yet: only its scope is decided"),
}

FORCES: Mapping[Force, Text] = {
    "permit": Text("权利（允许、取消、免、放开）", "a right (the text permits)"),
    "support": Text("鼓励（支持、鼓励）", "an encouragement (the text supports)"),
    "explore": Text("探索（探索、试点）", "a trial (the text explores)"),
    "study": Text("研究（研究、论证）", "a study (the text only studies)"),
    "duty": Text("职责（加强、完善、健全）", "a duty (the text orders)"),
}

# The same without the words, for answers that name the words of the row itself.
FORCE_NAMES: Mapping[Force, Text] = {
    "permit": Text("权利", "a right"),
    "support": Text("鼓励", "an encouragement"),
    "explore": Text("探索", "a trial"),
    "study": Text("研究", "a study"),
    "duty": Text("职责", "a duty"),
}

# The words that usually carry a force, the plainest first.
FORCE_WORDS: Mapping[Force, tuple[Text, ...]] = {
    "permit": (
        Text("允许", "permit"), Text("取消", "remove"), Text("可", "may"), Text("免", "exempt"),
        Text("放开", "open up"),
    ),
    "support": (Text("支持", "support"), Text("鼓励", "encourage")),
    "explore": (Text("探索", "explore"), Text("试点", "pilot")),
    "study": (Text("研究", "study"), Text("论证", "appraise")),
    "duty": (Text("加强", "strengthen"), Text("完善", "improve"), Text("健全", "perfect")),
}  # fmt: skip

ADDRESSEES: Mapping[str, Text] = {
    "enterprise": Text("企业", "enterprises"),
    "foreign-investor": Text("外国投资者", "foreign investors"),
    "financial-institution": Text("金融机构", "financial institutions"),
    "medical-institution": Text("医疗机构", "medical institutions"),
    "law-firm": Text("律师事务所", "law firms"),
    "arbitration-institution": Text("仲裁机构", "arbitration institutions"),
    "individual": Text("个人", "individuals"),
    "overseas-institution": Text("境外机构", "overseas institutions"),
    "authority": Text("主管部门", "authorities"),
}

CAPTURES: Mapping[Capture, Text] = {
    "captured": Text("", ""),
    "not-captured": Text("该页未扫到“适用范围”一栏", "the scan shows no scope column on that page"),
    "glued": Text("“适用范围”一栏与正文相连", "the scope column runs into the text"),
    "lost": Text("“适用范围”一栏缺失", "the scope column is lost"),
}

CAPTURE_DOUBTS: Mapping[Capture, Text] = {
    "not-captured": Text(
        "扫描件该页没有“适用范围”一栏，其适用范围依注和正文读出",
        "the scan shows no scope column on that page; the scope is read from the notes and the text",
    ),
    "glued": Text(
        "扫描件中“适用范围”一栏与正文相连，按断开后的文字读出",
        "the scope column runs into the text in the scan; it is read as the words at its end",
    ),
}

# The labels of fact types.
FACT_TYPES: Mapping[FactType, Text] = {
    "place": Text("地名或代码", "a name or code"),
    "zones": Text("功能区列表", "a list of zones"),
    "zone_types": Text("功能区类型列表", "a list of types of zone"),
    "sector": Text("行业代码或名称", "a sector's code or name"),
    "activities": Text("活动列表", "a list of activities"),
    "investors": Text("投资者列表", "a list of investors"),
    "percent": Text("百分数，0至100", "percent, 0 to 100"),
    "number": Text("数字", "a number"),
    "date": Text("日期", "a date"),
    "boolean": Text("是或否", "true or false"),
    "choice": Text("选一项", "one of its values"),
    "choices": Text("可选多项", "any of its values"),
    "registration": Text("地名或代码", "a name or code"),
}

LABELS: Mapping[str, Text] = {
    "heading": Text("{group}（{count}）", "{group} ({count})"),
    "heading_force": Text("{group} · {force}（{count}）", "{group} · {force} ({count})"),
    "total": Text("合计", "Total"),
    "shown": Text("以下只列出所选的（{count}项）", "Only what was selected is listed below ({count})"),
    "as_of": Text("截至{date}", "as of {date}"),
    "rulebook": Text("规则库 {id} {version}（{digest}）", "rulebook {id} {version} ({digest})"),
    "engine": Text("引擎 {engine}", "engine {engine}"),
    "by_reference": Text(
        "由参照求值（引擎 reference）判断，未经正向推理",
        "decided by the reference evaluator (engine reference) alone, without forward chaining",
    ),
    "why": Text("理由", "Why"),
    "place": Text("所在地", "Place"),
    "ask": Text("向谁咨询", "Whom to ask"),
    "silent_on": Text("原文未写", "Not said"),
    "unlisted": Text("或有遗漏", "Perhaps left out"),
    "unasked_rows": Text("{told}（第{rows}行）", "{told} (rows {rows})"),
    "text": Text("原文", "Text"),
    "english": Text("英译", "English"),
    "scan": Text("译注", "As read"),
    "cited_text": Text("“{words}”（{document}，第{row}行）", "“{words}” ({document}, row\u00a0{row})"),
    "cited_body": Text("“{words}”（{document}，{section}）", "“{words}” ({document}, {section})"),
    "provision_line": Text("{title}（{document}，{section}）", "{title} ({document}, {section})"),
    "provided": Text("{labels}：{line}", "{labels}: {line}"),
    "note": Text("注{number}", "Note {number}"),
    "cell": Text("范围", "Scope"),
    "quoted": Text("“{words}”", "“{words}”"),
    "limit": Text("限制", "Limit"),
    "limit_line": Text("“{words}”：{note}", "“{words}”: {note}"),
    "limit_kept": Text("已遵守", "Kept"),
    "limit_not_kept": Text("未遵守", "Not kept"),
    "limit_unsaid": Text("须遵守", "To keep"),
    "limit_unknown": Text("待查明", "To check"),
    "limit_keyed": Text("{label}（{cited}；{key}）", "{label} ({cited}; {key})"),
    "to_confirm": Text(
        "其中{count}项已开放的措施还有须遵守的限制待确认（`limits: {{KEY: true}}`）",
        "{count} of the open measures still have limits to confirm (`limits: {{KEY: true}}`)",
    ),
    "doubt": Text("存疑", "Doubt"),
    "reading": Text("读法", "Reading"),
    "place_meant": Text("所填地点", "The place to give"),
    "limb": Text("分项", "Limb"),
    "limb_line": Text("{id} {title}：{verdict}", "{id}  {title}: {verdict}"),
    "limb_why": Text("{id} {title}：{verdict}；理由：{why}", "{id}  {title}: {verdict}; why: {why}"),
    "judgement": Text("认定", "To judge"),
    "judgement_line": Text(
        "{about}（{authority}）；认定后在档案中写 determinations: {{{key}: true}}",
        "{about} ({authority}); once it has been found, write determinations: {{{key}: true}}",
    ),
    "register": Text("登记", "Register"),
    "entry_line": Text("{date} {title}（来源：{source}；{weight}）", "{date} {title} (source: {source}; {weight})"),
    "entry_note": Text(
        "{date} {title}（来源：{source}；{weight}）：{note}", "{date} {title} (source: {source}; {weight}): {note}"
    ),
    "questions": Text("待补充的事实，最有用的在前", "Questions, the most useful first"),
    "question_rows": Text("填写 {fact}，有助于判断{count}项：{rows}", "{fact} (helps to decide {count} rows: {rows})"),
    "see_show": Text("各行原文见 applicability show 行号", "for the words of a row: applicability show ROW"),
    "scope_met": Text("只判断了适用范围：在其内", "only its scope is decided: the place is within it"),
    "scope_needs": Text("只判断了适用范围：尚缺事实", "only its scope is decided: a fact is missing"),
    "scope_pending": Text("只判断了适用范围：尚待官方步骤", "only its scope is decided: it awaits an official step"),
    "scope_outside": Text("只判断了适用范围：不在其内", "only its scope is decided: the place is outside it"),
    "nothing": Text("没有符合所选条件的措施", "no measure matches the selection"),
    "warning": Text(
        "本结果依所给事实与规则库作出，不是法律意见；“存疑”处请向主管部门核实。",
        "Derived from the facts given and the rulebook. This is not legal advice: confirm doubts with the authority.",
    ),
    # explain
    "given": Text("所给事实", "Facts given"),
    "derived": Text("推出的事实", "Derived facts"),
    "derived_line": Text("{fact}：{value}（{reason}）", "{fact}: {value} ({reason})"),
    "given_line": Text("{fact}：{value}", "{fact}: {value}"),
    "no_facts": Text("（无）", "(none)"),
    "trace": Text("逐行推导", "Row by row"),
    "fired": Text("触发的规则，结论之下为其前提", "Rules fired: each conclusion, and under it its premises"),
    "scope": Text("适用范围", "Scope"),
    "conditions": Text("条件", "Conditions"),
    "row": Text("第{row}行", "Row {row}"),
    "rows": Text("第{rows}行", "rows {rows}"),
    "one_row": Text("第{rows}行", "row {rows}"),
    "chapter": Text("第{number}章 {title}", "Chapter {number}: {title}"),
    "duty": Text("部门职责", "Duty"),
    "terms": Text("{force}；对象：{who}", "{force}; addressed to {who}"),
    "limb_terms": Text("{id} {title}：{force}；对象：{who}", "{id}  {title}: {force}; addressed to {who}"),
    "reads_as": Text("{title}（规则 {rule}）", "{title} (rule {rule})"),
}


def bucket_names(used: Collection[Bucket], lang: Lang) -> tuple[tuple[Bucket, str], ...]:
    """The names of the buckets in use, in order."""
    return tuple((bucket, name.of(lang)) for bucket, name in BUCKETS.items() if bucket in used)
