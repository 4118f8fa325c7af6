"""The words with which a paper tells a measure in full, and what is open under each force, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from applicability.model.measure import Force
from applicability.text import Text

# What is open under each force, for whoever manages the company. Which word of the row carries it stands with the row.
OPEN: Mapping[Force, Text] = {
    "permit": Text("可以做的", "What may be done"),
    "support": Text("受支持和鼓励的", "What is supported and encouraged"),
    "explore": Text("可参加探索、试点的", "Trials that may be joined"),
    "study": Text("仅在研究的", "What is only studied"),
    "duty": Text("主管部门的职责", "Duties of authorities"),
}
OPEN_MEANS: Mapping[Force, Text] = {
    "permit": Text(
        "原文允许本企业去做，或本报告读作允许（见各项“力度”）；遵守所列限制，并按下列各项办理；"
        "其他法律是否另要求许可或批准：持牌或受监管的先向监管部门问明，其他的先向主管该业务的部门问明。",
        "By the text, or as this report reads it (see “Force” under each), the entity may do this, within the limits "
        "listed and as set out under each measure. Whether other law asks for a licence or an approval: if licensed or "
        "supervised, ask the supervisor first; otherwise the authority in charge of that business.",
    ),
    "support": Text(
        "原文予以支持或鼓励，或本报告读作支持、鼓励（见各项“力度”），不是许可：据此可以提出申请或请求配合，"
        "是否给予及如何给予由主管部门决定；“力度”写明无可申请的除外。",
        "By the text, or as this report reads it (see “Force” under each), this is supported or encouraged, which is "
        "no permit: one may apply or ask for cooperation; whether and how support is given is for the authority to "
        "decide, except where “Force” says that there is nothing to apply for.",
    ),
    "explore": Text(
        "原文要求探索或试点，或本报告读作探索、试点（见各项“力度”），不是许可：可以提出参加，怎样实施由当地有关部门决定。",
        "By the text, or as this report reads it (see “Force” under each), this is a trial and no permit: one may "
        "ask to join; how it is run is for the place's authorities.",
    ),
    "study": Text("原文只要求研究，尚不能据此办理。", "The text only orders a study; nothing can be done on it yet."),
    "duty": Text("无可申请之事。", "Nobody can apply for it."),
}

OF_ROWS: Mapping[str, Text] = {
    "as_scanned": Text(
        "引文照录扫描件的用字和标点，例如夹杂的繁体字和半角标点；只有引文之内的双引号改为单引号。",
        "Words quoted have the characters and the punctuation of the scan, such as a traditional character or a "
        "half-width comma among others; only quotation marks inside them are made single.",
    ),
    "as_cited": Text(
        "未注出处的引文，出自其所在标题的那一项。", "Words without a source are of the item that they stand under."
    ),
    "have_inferred": Text("“须能证明的事实”由条件推断。", "What is “to be proved” is inferred from the conditions."),
    "read_so": Text("各项结果依本报告的读法，见“{part}”。", "How the text of each was read is told under “{part}”."),
    "read_so_marked": Text(
        "各项结果依本报告的读法，标†的可以读得更窄，均见“{part}”。",
        "How the text of each was read, and what is marked † could be read more narrowly, is told under “{part}”.",
    ),
    "marked_narrower": Text(
        "标†的，可以读得更窄：依更窄的读法，该项或其一部分须等待官方步骤或不可用，见“{part}”。",
        "What is marked † could be read more narrowly: it, or a part of it, would then wait for an official step or "
        "not be open, see “{part}”.",
    ),
    "marked_short": Text(
        "标†的，可以读得更窄，见“{part}”。", "What is marked † could be read more narrowly, see “{part}”."
    ),
    "open": Text("目前可适用的措施", "What is open now"),
    "open_judged": Text("目前可适用或须经认定的措施", "What is open now, or subject to an authority's finding"),
    "limits": Text("须遵守的限制", "Limits to keep"),
    "limits_none": Text("原文没有对本主体写明", "the text states none for this entity"),
    "another_use": Text("另一主体的用途", "A use of another entity"),
    "only_for": Text(
        "{limit}；所填事实没有说明是否如此，不是的用不上",
        "{limit}; the facts given do not say whether this is so, and if not, it is of no use",
    ),
    "only_with": Text(
        "设有{value}的才用得上；所填事实没有说明是否设有",
        "of use only with a {value} of its own, which the facts given do not say that it has",
    ),
    "find": Text("须经认定的事项", "Subject to an authority's finding"),
    "find_line_named": Text("{about}（由原文写明的{authority}认定）", "{about} (by {authority}, which the text names)"),
    "find_line": Text(
        "{about}（按本报告的读法，由{authority}认定）", "{about} (as this report reads it, by {authority})"
    ),
    "find_record": Text(
        "取得认定后，本报告可据以更新。",
        "Once the authority has found, this report can be brought up to date.",
    ),
    "ask": Text("向谁办理或查询", "Whom to ask"),
    "mark_inferred": Text("{who}（推断）", "{who} (inferred)"),
    "mark_read": Text("{who}（读法）", "{who} (as read)"),
    "ask_inferred": Text(
        "{who}（原文没有指明，本报告的推断：{why}）",
        "{who} (the text designates nobody; our inference: {why})",
    ),
    "ask_inferred_as": Text(
        "{who}（原文没有指明，本报告的推断，理由同{item}）",
        "{who} (the text designates nobody; our inference, for the reason told under {item})",
    ),
    "ask_otherwise": Text(
        "{who}：可先向其查询由谁受理（原文没有指明受理部门，系本报告的推断，理由见前）",
        "{who}, to be asked first which authority is competent (the text designates none; our inference, as explained "
        "above)",
    ),
    "ask_find_unnamed": Text(
        "{who}：待认定的事项，即{about}（原文没有指明是哪个部门；本报告推断可先向{first}查询）",
        "{who}, for its finding: {about} (the text does not say which authority; our inference is to ask {first} "
        "first)",
    ),
    "ask_find": Text(
        "{who}：待认定的事项，即{about}（按本报告的读法）",
        "{who}, for its finding: {about} (as this report reads it)",
    ),
    "ask_why": Text(
        "关于“{who}”：{why}。各项不知从何处着手的，都可先向其查询由谁受理。",
        "On “{who}”: {why}. Where in doubt of any measure, ask it which authority is competent.",
    ),
    "ask_entry_below": Text(
        "{who}（由下列“{part}”中的文件指明）", "{who} (named by the instrument under “{part}” below)"
    ),
    "ask_entry": Text(
        "{who}（由本规则库登记的后来文件指明：{title}）",
        "{who} (named by a later instrument that the rulebook lists: {title})",
    ),
    "have": Text("须能证明的事实", "To be proved"),
    "have_one": Text(
        "自己设有的{value}（所填事实没有说明是否设有）",
        "a {value} of its own, which the facts given do not say that it has",
    ),
    "have_use": Text(
        "用途符合限制：{limit}（所填事实没有说明）",
        "that the use is within the limit: {limit} (the facts given do not say)",
    ),
    "silent_on": Text("原文没有写的", "Not said by the text"),
    "met": Text("已经具备", "Already met"),
    "words": Text("原文", "The text"),
    "row_where": Text("{number}，{item}", "{number}, {item}"),
    "scan": Text("译注", "As the scan was read"),
    "scope": Text("适用范围", "Scope"),
    "cell_where": Text("{item}，适用范围栏", "{item}, scope column"),
    "note_where": Text("{number}，注{note}", "{number}, note {note}"),
    "body_where": Text("{number}，{section}", "{number}, {section}"),
    "body": Text("正文", "body"),
    "why": Text("理由", "Why"),
    "reading": Text("本报告的读法", "How it was read"),
    "narrower": Text("本报告的读法（可读得更窄）", "How it was read (it could be read more narrowly)"),
    "doubt": Text("存疑", "In doubt"),
    "register": Text("其他公文和报道", "Other instruments and reports"),
    "limb": Text("第{number}部分", "Part {number}"),
    "limb_line": Text("{title}：{verdict}；对象为{who}", "{title}: {verdict}; addressed to {who}"),
    "limb_others": Text(
        "{title}：对象是{who}，不是本主体自身；本报告没有审查其是否符合条件",
        "{title}: for {who}, not for the entity itself; this report does not examine whether these qualify",
    ),
    "limb_own": Text(
        "{title}：对象是{who}，不是本主体自身；{told}", "{title}: for {who}, not for the entity itself; {told}"
    ),
    "limb_duty": Text(
        "{title}：主管部门的职责，无可申请之事", "{title}: a duty of authorities; nobody can apply for it"
    ),
    "limb_why": Text("理由：{reasons}", "why: {reasons}"),
    "limb_limits": Text("须遵守的限制：{limits}", "limits to keep: {limits}"),
    "limb_find": Text(
        "须由{authority}认定（按本报告的读法）：{about}",
        "subject to a finding by {authority}, as this report reads it: {about}",
    ),
    "limb_find_then": Text(
        "其余条件具备时，还须由{authority}认定（按本报告的读法）：{about}",
        "even if the rest were met, subject to a finding by {authority}, as this report reads it: {about}",
    ),
    "row_title": Text("{item} {title}", "{item}: {title}"),
    "force": Text("力度", "Force"),
    "force_word": Text("{force}（原文用词“{zh}”）", "{force} (the text says “{zh}”, {en})"),
    "force_read": Text(
        "{force}（所用部分没有“{words}”等字样，系本报告的读法）",
        "{force}, as this report reads it (this part of the text does not say {words})",
    ),
    "force_not_granted": Text(
        "无可申请（依本报告的读法：{reading}）：{do}",
        "nothing is granted that one could apply for (this report reads it so: {reading}): {do}",
    ),
}
