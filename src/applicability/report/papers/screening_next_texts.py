"""The words of the next steps in the paper of a screening, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from applicability.text import Text

NEXT: Mapping[str, Text] = {
    "own_use": Text(
        "功能区和主管部门自己可以采用的（受支持或鼓励，企业无可申请）：考虑是否采用",
        "open to the zone itself and to the authorities (supported or encouraged; companies cannot apply): consider "
        "whether to take it up",
    ),
    "own_part": Text("{row}中的“{title}”", "{title}, of {row}"),
    "inferred": Text("{who}（推断，{why}）", "{who} (inferred: {why})"),
    "zones_named": Text(
        "原文写明的是{kinds}；企业名册所列的功能区中，属此类的为{zones}；其他功能区是否也在内，原文只写“等”，先问明",
        "the text names zones of this kind: {kinds}; of those that the register of companies names, such is {zones}; "
        "whether another zone is included the text leaves open: ask first",
    ),
    "zones_none": Text(
        "原文写明的是{kinds}；企业名册所列的功能区都不属此类，是否也在内，原文只写“等”，先问明",
        "the text names zones of this kind: {kinds}; of those that the register of companies names none is such, and "
        "whether another is included the text leaves open: ask first",
    ),
    "place": Text(
        "由功能区一次问明所在地的事实：对当地企业都一样，不必由各企业分别请求认定；问明前不通知可用，答复为“否”的，取决于此的企业不在内",
        "the zone asks once for the facts of the place: they are the same for all companies there, and none need ask "
        "by itself; until then, do not tell a company that the measure is open; where the reply is no, the companies "
        "that depend on it are not included",
    ),
    "place_as": Text(
        "同前：由功能区一次问明所在地的事实；问明前不通知可用，答复为“否”的，取决于此的企业不在内",
        "as before: the zone asks once for the facts of the place; until then, do not tell a company; where the reply "
        "is no, the companies that depend on it are not included",
    ),
    "place_all": Text(
        "{about}（{companies}家都取决于此）", "{about} (all {companies} companies depend on it)"
    ),
    "place_some": Text(
        "{about}（{companies}家取决于此；其余{left}家所在的是原文已写明的一类功能区）",
        "{about} ({companies} companies depend on it; the other {left} stand in a zone of a kind that the text names)",
    ),
    "place_find": Text(
        "答复为“是”的，以及不取决于此的：补全企业名册后，由企业就“向谁”栏所写的事项请主管部门认定，功能区可代为转交"
        "（标“推断”的，原文没有写由谁认定，先问是否由其认定；由谁提出、怎样认定，也先问明）；取得认定前不通知可用",
        "where the reply is yes, and for those that do not depend on it: once the register of companies is complete, "
        "the company asks the authority to find what stands under “With whom”, and the zone may pass it on (of one "
        "marked as inferred the text does not say that it makes the finding: ask first whether it does, who is to "
        "ask, and how); before the finding, do not tell a company that the measure is open",
    ),
    "place_find_as": Text(
        "同前：补全企业名册后，由企业请主管部门认定；取得认定前不通知可用",
        "as before: once the register of companies is complete, the company asks for the finding; before it, do not "
        "tell a company that the measure is open",
    ),
    "place_zones": Text(
        "企业名册所列的功能区中，须就此问明的为{zones}",
        "of the zones that the register of companies names, ask about {zones}",
    ),
    "permit_ask_as": Text(
        "照第{step}步先问明，答复为可以办理的，再连同答复通知企业",
        "ask as in step {step}, and tell the companies then, with the reply, if it is that they may",
    ),
    "clarify_as": Text(
        "照第{step}步先问明，再连同答复通知企业", "ask as in step {step}, and tell the companies then, with the reply"
    ),
    "place_then": Text("按以上答复和认定在内的：{do}", "for those that are included by then: {do}"),
    "tell": Text(
        "各步所通知的企业，见“{part}”；条件和限制，见“{terms}”。",
        "For the companies that each step tells see “{part}”, for terms and limits “{terms}”.",
    ),
    "permit": Text(
        "通知企业：本方案允许；其他法律要求的许可或批准，仍须先办",
        "tell the companies: this plan permits it; licences and approvals that other law asks for come first",
    ),
    "permit_ask": Text(
        "本方案允许，但原文没有写怎样办理：先由功能区向下列部门问明（{asks}），答复为可以办理的，再连同答复通知企业",
        "this plan permits it, but the text does not say how it is obtained: the zone first asks these authorities "
        "({asks}), and tells the companies then, with the reply, if it is that they may",
    ),
    "asks_read": Text(
        "{rows}是否如本报告理解，见“{part}”", "whether this report reads {rows} rightly, see “{part}”"
    ),
    "asks_read_too": Text("功能区并问：{asks}", "the zone asks also: {asks}"),
    "read_first": Text(
        "先由功能区向下列部门问明（{asks}）。{do}",
        "the zone first asks these authorities ({asks}). Then: {do}",
    ),
    "asks_besides": Text("{row}，并问：{asks}", "{row}, ask also: {asks}"),
    "not_told": Text(
        "{row}；通知时不得写作在内、须先问明的：{asks}",
        "{row}; not to be told as covered, and to be asked first: {asks}"
    ),
    "nationwide": Text(
        "先查阅{title}的原文，再通知企业：自{date}起依该全国性文件适用，不取决于本方案",
        "first look up the words of {title}, then tell the companies: from {date} it applies nationwide by that "
        "instrument, whatever this plan says",
    ),
    "right_of_others": Text(
        "第{number}部分（{title}）是给另一些人的权利（原文准许），通知中与上文分开写",
        "part {number} ({title}) is a right of others (the text permits it): tell it apart in the notice",
    ),
    "clarify": Text(
        "先由功能区向下列部门问明（可申请什么；{asks}），再连同答复通知企业：原文鼓励、支持或探索，不是许可，没有写可申请什么、怎样办理",
        "the zone first asks these authorities (what could be applied for; {asks}), and tells the companies then, with "
        "the reply: the text encourages, supports or tries it, which is no permit, and does not say what could be "
        "applied for, or how",
    ),
    "support": Text(
        "通知企业：受支持或鼓励，不是许可，可据此申请",
        "tell the companies: supported, which is no permit; they may apply",
    ),
    "explore": Text(
        "通知企业：探索或试点，不是许可，可提出参加",
        "tell the companies: a trial, which is no permit; they may ask to join",
    ),
    "study": Text("通知企业：仅在研究", "tell the companies: only studied"),
    "find": Text(
        "补全企业名册后，由企业请主管部门认定，功能区可代为转交（标“推断”的，原文没有写由谁认定，先问是否由其认定；由谁提出、怎样认定，也先问明）；"
        "取得认定前，不通知企业可用，只可告知须先认定",
        "once the register of companies is complete, the company asks the authority for the finding, and the zone may "
        "pass it on (of one marked as inferred the text does not say that it makes the finding: ask first whether it "
        "does, who is to ask, and how); before the finding, do not tell a company that the measure is open, only that "
        "a finding is needed first",
    ),
    "find_as": Text("同上：由企业请主管部门认定", "likewise: the company asks for the finding"),
    "find_all": Text(
        "按企业名册现有的事实，每家都须认定", "by what is known so far, all need the finding"
    ),
    "find_then": Text("认定为在内的：{do}", "where the finding is yes: {do}"),
    "find_then_or": Text("认定为在内的，以及无须认定的：{do}", "where the finding is yes, or none is needed: {do}"),
    "not_granted": Text(
        "通知企业：受支持或鼓励，不是许可，也无可申请（依本报告的读法）：{do}",
        "tell the companies: supported, which is no permit, and nothing is granted that one could apply for, as this "
        "report reads it: {do}",
    ),
    "look_up": Text("先查阅所依的后来文件", "first look up the later instrument that it rests on"),
    # On the first page
    "brief_own_use": Text("功能区自己考虑采用", "for the zone itself"),
    "brief_place": Text(
        "功能区一次问明所在地", "the zone asks once: the place"
    ),
    "brief_measure": Text("{row}：{who}", "{row}: {who}"),
    "brief_more": Text("另{count}项", "and {count} more"),
    "brief_permit": Text("通知企业：本方案允许", "tell: this plan permits it"),
    "brief_nationwide": Text("先查阅原文，再通知", "read it first, then tell"),
    "brief_permit_ask": Text("先问明怎样办理，再通知", "ask how first, then tell"),
    "brief_clarify": Text(
        "先问明可申请什么，再通知", "ask first, then tell"
    ),
    "brief_support": Text("通知企业：受支持，可申请", "tell: supported, may apply"),
    "brief_explore": Text("通知企业：试点，可提出参加", "tell: a trial, may ask to join"),
    "brief_study": Text("通知企业：仅在研究", "tell: only studied"),
    "brief_find": Text(
        "由企业请其认定，取得后再通知", "findings first, then tell"
    ),
    "brief_not_granted": Text(
        "通知企业：受支持，无可申请", "tell: nothing to apply for"
    ),
}  # fmt: skip
