"""The words of papers, in both languages. None of them is YAML: what to record is said in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from applicability.loading.yaml.scalars import read_truth
from applicability.model.assessment import Assessment
from applicability.model.rulebook import Force, Rulebook
from applicability.report.language import sentences as s
from applicability.text import Text

# What is open under each force, for whoever manages the company.
OPEN: Mapping[Force, Text] = {
    "permit": Text("可以做的（原文允许、取消或免除）", "What may be done (the text permits it)"),
    "support": Text("受支持和鼓励的", "What is supported and encouraged"),
    "explore": Text("可参加探索、试点的", "Trials that may be joined"),
    "study": Text("仅在研究的", "What is only studied"),
    "duty": Text("主管部门的职责", "Duties of authorities"),
}
OPEN_MEANS: Mapping[Force, Text] = {
    "permit": Text(
        "原文允许本企业去做；遵守所列限制，并按下列各项办理。",
        "The text permits it to this entity, within the limits listed and as set out under each measure.",
    ),
    "support": Text(
        "原文是支持或鼓励，不是许可：据此可以提出申请或请求配合，是否给予及如何给予由主管部门决定。",
        "The text supports or encourages this. It is an invitation and no permit: whether and how support is given is "
        "for the authority to decide.",
    ),
    "explore": Text(
        "原文是探索或试点：须由当地有关部门设计并实施，可以提出参加。",
        "The text explores this as a trial, which the place's authorities must design and run; one may ask to join.",
    ),
    "study": Text("原文只要求研究，尚不能据此办理。", "The text only orders a study; nothing can be done on it yet."),
    "duty": Text("无可申请之事。", "Nobody can apply for it."),
}

WORDS: Mapping[str, Text] = {
    "title": Text("服务业扩大开放：可用的措施", "Opening of services: what can be used"),
    "unnamed": Text("（未署名的档案）", "(a profile without a name)"),
    "for": Text("对象", "For"),
    "place": Text("所在地", "Place"),
    "compared": Text("并列比较的", "Compared as well"),
    "day": Text("截至日期", "As of"),
    "documents": Text("所依文件", "Document"),
    "rulebook": Text("规则库", "Rulebook"),
    "digest": Text("规则库摘要值", "Digest of the rulebook"),
    "engine": Text("判断引擎", "Decided by"),
    "not_said": Text("未说明", "not said"),
    "notice": Text(
        "本报告依所给事实与规则库作出，不是法律意见；列为存疑或推断之处，请向主管部门核实。以方案的中文原文为准。",
        "This report follows from the facts given and from the rulebook. It is not legal advice: confirm doubts and "
        "inferences with the authority. Translations are unofficial; the Chinese text prevails.",
    ),
    # Summary
    "summary": Text("摘要", "Summary"),
    "standing": Text("结果", "Result"),
    "count": Text("项数", "Measures"),
    "meaning": Text("含义", "What it means"),
    "sum_open": Text(
        "{document}的{total}项任务中，{who}现可使用{open}项：{parts}。",
        "Of the {total} measures of {document}, {open} are open to {who}: {parts}.",
    ),
    "sum_none": Text(
        "{document}的{total}项任务中，{who}现在尚无可以使用的。",
        "Of the {total} measures of {document}, none is open to {who} yet.",
    ),
    # The same for an entity that is only planned
    "planned_state": Text("主体状态", "State"),
    "planned_cover": Text("拟设立，尚未登记", "planned, not registered yet"),
    "planned_sum_open": Text(
        "{document}的{total}项任务中，{who}按所给事实设立后可使用{open}项：{parts}。",
        "Of the {total} measures of {document}, {open} would be open to {who} once it is set up as the facts say: "
        "{parts}.",
    ),
    "planned_sum_none": Text(
        "{document}的{total}项任务中，{who}按所给事实设立后仍没有可以使用的。",
        "Of the {total} measures of {document}, none would be open to {who}, set up as the facts say.",
    ),
    "planned_sum_limits": Text(
        "可使用的有{count}项附有使用时须遵守的限制。", "{count} of these carry limits that every use has to keep."
    ),
    "planned_open": Text("设立后可使用的", "What would be open once it is set up"),
    "planned_given": Text("档案所填，系拟设立的情形", "given in the profile, as planned"),
    "planned_facts_note": Text(
        "该主体尚未登记。所填为拟设立的情形，由提供档案的一方说明，本报告未作核实；设立的情形与此不同，结果即不同。",
        "The entity is not registered yet. The facts tell what is planned, as stated by whoever gave the profile, and "
        "were not verified; set up otherwise, it has other results.",
    ),
    "part_permit": Text("{count}项原文允许", "{count} by permission"),
    "part_support": Text("{count}项属支持或鼓励", "{count} as supported or encouraged"),
    "part_explore": Text("{count}项属探索或试点", "{count} as trials"),
    "part_study": Text("{count}项仅在研究", "{count} as studies"),
    "part_duty": Text("{count}项属部门职责", "{count} as duties"),
    "sum_judged": Text(
        "这些当中，{count}项还须由主管部门认定。", "An authority has still to make a finding for {count} of these."
    ),
    "sum_limits": Text(
        "现可使用的有{count}项附有使用时须遵守的限制。", "{count} of these carry limits that every use has to keep."
    ),
    "sum_needs": Text(
        "因缺少事实尚未判定的有{count}项；最能判定的问题是：“{question}”",
        "Not settled for want of facts: {count}; the question that settles most is: “{question}”",
    ),
    "sum_pending": Text(
        "须待官方步骤的有{count}项，企业自身无法促成。",
        "Waiting on an official step, which is not the entity's to take: {count}.",
    ),
    "sum_shut": Text("不适用的有{count}项，原因见后。", "Shut, for the reasons given below: {count}."),
    "sum_nobody": Text(
        "另有{count}项只是主管部门的职责，或扫描件缺其原文，无从适用。",
        "Duties of authorities alone, or rows whose text is lost in the scan: {count}.",
    ),
    # Facts
    "facts": Text("所依据的事实", "Facts relied on"),
    "fact": Text("事实", "Fact"),
    "value": Text("内容", "Content"),
    "from": Text("来源", "From"),
    "given": Text("档案所填", "given in the profile"),
    "derived": Text("推出：{reason}", "follows: {reason}"),
    "found": Text("档案所记主管部门的认定", "an authority's finding, recorded in the profile"),
    "kept": Text("档案对限制的说明", "what the profile says of a limit"),
    "no_facts": Text("档案没有给出事实。", "The profile gives no facts."),
    "facts_note": Text(
        "这些事实由提供档案的一方说明，本报告未作核实；事实有误，结果即不同。",
        "These facts are as stated by whoever gave the profile and were not verified; other facts give other results.",
    ),
    # Rows
    "open": Text("现可使用的", "What is open now"),
    "limits": Text("须遵守的限制", "Limits to keep"),
    "terms": Text("条件", "On what terms"),
    "find": Text("尚待认定", "Still to be found"),
    "find_line": Text(
        "{about}（按本规则库的读法，由{authority}认定）", "{about} (as this rulebook reads it, by {authority})"
    ),
    "find_else": Text("别的情形才须认定的", "To be found in other cases only"),
    "find_record": Text(
        "取得认定后，请把结果记入档案，再作判断。",
        "Once it is found, record the finding in the profile and check again.",
    ),
    "ask": Text("向谁办理或查询", "Whom to ask"),
    "ask_inferred": Text("{who}（本报告的推断，原文没有指明）", "{who} (our inference: the words name nobody)"),
    "ask_rest": Text(
        "{who}：其余事项；不知从何处着手时，也可先问（本报告的推断，原文没有指明）",
        "{who}, for everything else, and to begin with where in doubt (our inference: the words name nobody)",
    ),
    "ask_find": Text(
        "{who}：待认定的事项，即{about}（按本规则库的读法）",
        "{who}, for the finding to be made: {about} (as this rulebook reads it)",
    ),
    "ask_find_else": Text(
        "{who}：只在其他情形或其他款中才须认定的事项，即{about}（按本规则库的读法）",
        "{who}, only for what is to be found in other cases or for another part: {about} (as this rulebook reads it)",
    ),
    "ask_why": Text("关于“{who}”：{why}。", "On “{who}”: {why}."),
    "ask_entry": Text("{who}（见登记：{title}）", "{who} (named on the register: {title})"),
    "have": Text("须备材料所证明的事项", "Facts to be shown"),
    "words": Text("原文", "The words"),
    "row_where": Text("{number}，第{row}行", "{number}, row {row}"),
    "scan": Text("译注", "As the scan was read"),
    "scope": Text("适用范围", "Scope"),
    "cell_where": Text("第{row}行适用范围栏", "scope column of row {row}"),
    "note_where": Text("{number}，注{note}", "{number}, note {note}"),
    "body_where": Text("{number}，{section}", "{number}, {section}"),
    "why": Text("理由", "Why"),
    "reading": Text("本规则库的读法", "How it was read"),
    "doubt": Text("存疑", "In doubt"),
    "register": Text("有关登记", "On the register"),
    "limb": Text("第{number}款", "Part {number}"),
    "limb_line": Text("{title}：{verdict}；对象为{who}", "{title}: {verdict}; addressed to {who}"),
    "limb_duty": Text(
        "{title}：主管部门的职责，无可申请之事", "{title}: a duty of authorities; nobody can apply for it"
    ),
    "limb_why": Text("理由：{reasons}", "why: {reasons}"),
    "limb_limits": Text("须遵守的限制：{limits}", "limits to keep: {limits}"),
    "limb_find": Text(
        "须由{authority}认定（按本规则库的读法）：{about}",
        "to be found by {authority}, as this rulebook reads it: {about}",
    ),
    "limb_find_then": Text(
        "其余条件具备时，还须由{authority}认定（按本规则库的读法）：{about}",
        "were the rest so, still to be found by {authority}, as this rulebook reads it: {about}",
    ),
    "row_title": Text("第{row}行 {title}", "Row {row}: {title}"),
    "verdict_line": Text("{verdict} · {force}", "{verdict} · {force}"),
    # Elsewhere
    "elsewhere": Text("只在另一所比之处可用的", "What is open only in another of those compared"),
    "elsewhere_lead": Text(
        "下列任务在本报告首页所列的所在地尚不可用，在所比的另一处可用；各项写的是该处的条件与理由。",
        "None of this is open for the place on the cover. It is open in another of those compared, and each is "
        "told as it stands there.",
    ),
    "elsewhere_alone": Text("结果不同的任务，在可用之处的条件", "Measures that differ, in full where they are open"),
    "elsewhere_alone_lead": Text(
        "同一任务在几处可用的，只写一处的条件与理由，即所列的第一处。",
        "A measure that is open in several of them is told as it stands in the first that is named.",
    ),
    "elsewhere_where": Text("在何处", "Where"),
    "elsewhere_needs": Text("在所比的某一处尚未判定的任务", "Measures not settled in one of those compared"),
    "as_given": Text("档案所填的情形", "as given in the profile"),
    "body_for": Text("下一段适用于：{labels}", "The next passage is for: {labels}"),
    # Needs
    "needs": Text("尚未判定的，以及能判定它的问题", "What was not settled, and what would settle it"),
    "needs_lead": Text(
        "下列问题按有助于判定的项数排列；答案记入档案后即可重新判断。",
        "The questions stand in the order of how much they help; record the answers in the profile and check again.",
    ),
    "question": Text("问题", "Question"),
    "helps": Text("有助于判定的行", "Helps to settle rows"),
    "undecided": Text("尚未判定的任务", "Measures not settled"),
    "missing": Text("所缺事实", "Missing"),
    # Pending
    "waits": Text("须待官方步骤的", "What waits on an official step"),
    "waits_lead": Text(
        "下列各项不由企业促成；表中为须待的步骤、由谁来做、公布后可在何处看到。",
        "None of this is the entity's to take. Each heading names a step; below it stand who takes it and where it "
        "would be seen.",
    ),
    "step_who": Text("由谁来做", "Who takes it"),
    "step_where": Text("公布后在何处看到（推断）", "Where it would be seen (our inference)"),
    "step_unknown": Text("原文没有指明", "the text does not say"),
    "rows": Text("所涉任务", "Measures"),
    "state": Text("现状", "So far"),
    # Shut
    "shut": Text("不适用的，按原因列出", "What is shut, by reason"),
    "shut_fold": Text("{count}项不适用或无从适用的任务", "{count} measures that are shut, or that nobody can use"),
    "reason": Text("原因", "Reason"),
    "own": Text(
        "{label}：所给的不是各该行所要求的（各行所要求的不同）",
        "{label}: what was given is not what these rows ask for (each asks for its own)",
    ),
    "own_also": Text("各行另就{label}有各自的要求", "each of these rows also asks for its own {label}"),
    # Changes
    "changes": Text("改变什么可以开放更多", "What a change would open"),
    "changes_lead": Text(
        "企业自身可以做到的最小改变，近的在前，同样近的以能开放最多任务的在前；都已代入档案重新判断。",
        "The smallest changes that are the entity's own to make: the nearest first, and of those that are as near, "
        "those that open most. Each was checked again.",
    ),
    "change": Text("改变", "Change"),
    "opens": Text("由此开放", "Opens"),
    "changes_more": Text("另有{count}种改变，本报告未列。", "{count} more changes are not printed here."),
    # Doubts, sources
    "doubts": Text("结果所依的存疑与读法", "Doubts and readings that the answer rests on"),
    "doubts_lead": Text(
        "仅列与可使用、尚未判定和须待步骤的任务有关者。另一读者可能得出不同结论之处，写在“读法”中。",
        "Only those of measures that are open, not settled or waiting. Where another careful reader could differ, the "
        "reading says so.",
    ),
    "row": Text("行", "Row"),
    "kind": Text("性质", "Kind"),
    "told": Text("内容", "What it says"),
    "sources": Text("来源", "Sources"),
    "document_line": Text(
        "{title}（{number}），{dates}，核对于{checked}", "{title} ({number}), {dates}, checked on {checked}"
    ),
    "in_force": Text("{date}起施行", "in force from {date}"),
    "notes_of": Text("所引各注", "Notes cited"),
    "body_of": Text("正文中与整个结果有关的规定", "What the body says that bears on the whole answer"),
    "entries_of": Text("官方步骤登记册中所用的登记", "Entries of the register that were used"),
    "entry_line": Text("{date} {title}（来源：{source}；{weight}）", "{date} {title} (source: {source}; {weight})"),
    "shown": Text("只列出所选的{count}项。", "Only the {count} measures selected are listed."),
}


def say(key: str, /, **slots: Text | str) -> Text:
    """A sentence of a paper."""
    return s.say(WORDS[key], **slots)


def of_entity(key: str, planned: bool, /, **slots: Text | str) -> Text:
    """A sentence on an entity, which may be only planned."""
    own = f"planned_{key}"
    return say(own if planned and own in WORDS else key, **slots)


def is_planned(assessment: Assessment) -> bool:
    """Whether the profile says that the entity is not set up yet."""
    return read_truth(assessment.profile.facts.get("planned")) is True


def documents(rulebook: Rulebook) -> Text:
    """The documents of a rulebook, by title and number."""
    shown = list(rulebook.documents.values())
    return Text(
        "；".join(f"{one.title.zh}（{one.number}）" for one in shown),
        "; ".join(f"{one.title.en} ({one.number})" for one in shown),
    )


def counted(text: Text, count: int) -> Text:
    """A heading with how many stand under it."""
    return Text(f"{text.zh}（{count}）", f"{text.en} ({count})")


def joined(texts: Sequence[Text]) -> Text:
    """Clauses one after the other."""
    return Text("；".join(one.zh for one in texts), "; ".join(one.en for one in texts))


def sentence(parts: Iterable[Text]) -> Text:
    """Sentences one after the other."""
    told = list(parts)
    return Text("".join(one.zh for one in told), " ".join(one.en for one in told))
