"""The words of papers, in both languages. None of them is YAML: what to record is said in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

from applicability.days import Today, day_text
from applicability.loading.yaml.scalars import read_truth
from applicability.model.assessment import Assessment
from applicability.model.rulebook import Document, Rulebook
from applicability.report.language import sentences as s
from applicability.report.papers.texts_of_rows import OF_ROWS
from applicability.text import Text

WORDS: Mapping[str, Text] = {
    "title": Text("服务业扩大开放：可用的措施", "Opening of services: what can be used"),
    "made_today": Text("{day}（制作本报告之日，北京时间）", "{day} (the day this was made, Beijing time)"),
    "for": Text("对象", "For"),
    "place": Text("所在地", "Place"),
    "compared": Text("并列比较的", "Compared with"),
    "day": Text("截至日期", "As of"),
    "documents": Text("所依文件", "Document"),
    "facts_short": Text("主要事实", "Main facts"),
    "rulebook_line": Text(
        "规则库{id} {version}，摘要值{digest}（由规则库全部内容算出，内容一有改动即不同，可据以核对版本）",
        "Rulebook {id} {version}, digest {digest} (a number computed from all that the rulebook holds, which any "
        "change of it changes: by it the version can be verified)",
    ),
    "not_said": Text("未说明", "not said"),
    "notice": Text(
        "本报告依所给事实与规则库（把方案扫描件逐项写成的规则）作出，不是法律意见；列为存疑或推断之处，请向主管部门核实。以方案的中文原文为准。",
        "This report follows from the facts given and from its rules, which were written from a scan of the plan. It "
        "is not legal advice: confirm doubts and inferences with the authority. Translations are unofficial; "
        "the Chinese text prevails.",
    ),
    # Summary
    "summary": Text("摘要", "Summary"),
    "standing": Text("结果", "Result"),
    "count": Text("项数", "Measures"),
    "meaning": Text("含义", "What it means"),
    # The same for an entity that is only planned
    "planned_yes": Text("设立后为是", "yes, once set up"),
    "planned_no": Text("设立后为否", "no, once set up"),
    "planned_state": Text("主体状态", "Status"),
    "planned_cover": Text("拟设立，尚未登记", "planned, not registered yet"),
    "planned_open": Text("设立后可适用的措施", "What would be open once it is set up"),
    "planned_open_judged": Text(
        "设立后可适用或须经认定的措施", "What would be open, or subject to an authority's finding, once it is set up"
    ),
    "planned_given": Text("企业填报（拟设立的情形）", "as given: planned"),
    "planned_facts_note": Text(
        "该主体尚未登记。所填为拟设立的情形，由提供资料的一方说明，本报告未作核实；设立的情形与此不同，结果即不同。",
        "The entity is not registered yet. The facts tell what is planned, as stated by whoever gave the facts, and "
        "were not verified; set up otherwise, it has other results.",
    ),
    "planned_others": Text(
        "该主体尚未设立。对他人的部分（如设立方的人员），可能在设立之前即可使用；本报告没有审查这些人是否符合条件。",
        "The entity is not set up yet. A part that is for others, such as people of the investor, may be of use "
        "before it is; this report does not examine whether these people qualify.",
    ),
    "next": Text("下一步", "What to do next"),
    "next_do": Text("做什么", "What to do"),
    "next_whom": Text("向谁", "With whom"),
    "next_where": Text("向谁、在何处", "With whom, or where"),
    "appendix": Text("附录：{title}", "Appendix: {title}"),
    "words_of": Text("有待回答的措施：原文", "What is still to be answered: the words"),
    # Facts
    "facts": Text("所依据的事实", "Facts relied on"),
    "fact": Text("事实", "Fact"),
    "value": Text("内容", "Content"),
    "from": Text("来源", "From"),
    "given": Text("企业填报", "as given"),
    "derived": Text("推出：{reason}", "follows: {reason}"),
    "found": Text("主管部门的认定，由企业填报", "found by an authority, as given"),
    "kept": Text("企业对限制的说明", "as given of a limit"),
    "from_places": Text("依规则库的地名", "by the places that the rules name"),
    "zone_lies": Text("该功能区位于", "where the zone lies"),
    "within_zones": Text("因此位于", "therefore also within"),
    "no_facts": Text("没有填报事实。", "No facts are given."),
    "facts_note": Text(
        "这些事实由提供资料的一方说明，本报告未作核实；事实有误，结果即不同。",
        "These facts are as stated by whoever gave the facts and were not verified; other facts give other results.",
    ),
    **OF_ROWS,
    # Elsewhere
    "elsewhere": Text(
        "在所填地址尚不适用、在所比较的他处可适用的措施", "What is not open at the address given, but is open elsewhere"
    ),
    "elsewhere_lead": Text(
        "下列措施在本报告首页所列的情形下尚不适用，在所比较的另一处可适用或须经认定；各项所写为该处的条件与理由。",
        "None of this is open for the place on the cover as it is given. It is open, or subject to an authority's "
        "finding, in another of those compared, and each is told as it stands there.",
    ),
    "elsewhere_alone": Text("结果不同的措施：在可适用之处的条件", "Measures that differ, in full where they are open"),
    "elsewhere_alone_lead": Text(
        "同一措施在几处可适用的，只写一处的条件与理由，即所列的第一处。",
        "A measure that is open in several of them is told as it stands in the first that is named.",
    ),
    "elsewhere_where": Text("在何处", "Where"),
    "same_terms": Text("{where}条件相同", "{where} on the same terms"),
    "same_terms_lead": Text(
        "“条件相同”指条件、限制和受理部门的种类与{own}相同，即该项下所写的。",
        "“On the same terms” means that the terms, the limits and the kind of authority to ask are those of {own}, as "
        "told under the item.",
    ),
    "other_terms": Text(
        "{where}只依后来的文件可用，其原文不在本报告的规则库内，据以办理前请先查阅",
        "{where} it is open by a later instrument alone, whose words are not in this report's rules: look them up "
        "before relying on it",
    ),
    "other_terms_see": Text(
        "{where}只依后来的文件可用，见下列“{part}”",
        "{where} it is open by a later instrument alone: see “{part}” below",
    ),
    "elsewhere_needs": Text("在所比较的某一处尚未判定的措施", "Measures not settled in one of those compared"),
    "as_given": Text("所填的情形", "as given"),
    "body_for": Text("所涉各处：{labels}", "These places are concerned: {labels}"),
    # Needs
    "needs": Text("尚未判定的措施，以及有助于判定的问题", "What was not settled, and what would settle it"),
    "needs_lead": Text(
        "下列问题按有助于判定的项数排列；得到答案后，本报告即可更新。",
        "The questions stand in the order of how much they help; with the answers this report can be brought "
        "up to date.",
    ),
    "question": Text("问题", "Question"),
    "helps": Text("有助于判定的项", "Helps to settle items"),
    "undecided": Text("尚未判定的措施", "Measures not settled"),
    "missing": Text("所缺事实", "Missing"),
    # Pending
    "waits": Text(
        "取决于官方步骤或当地自己方案的措施", "What depends on an official step or on the place's own programme"
    ),
    "waits_short": Text("待落实：本报告不能判断的", "Pending: not known from this report"),
    "waits_lead": Text(
        "下列各项不由企业促成。每一标题为一个步骤或方案，其下为现状、由谁负责、在何处可以看到。",
        "These lie with the authorities. Each heading names a step or a programme; below it stand how far it has come, "
        "who is responsible and where it would be seen.",
    ),
    "which_register": Text(
        "“官方步骤登记册”是本规则库对后续公文和报道的登记，不是企业名册；步骤的说明写作“本项”“本行”“本市”“本地”的，指该步骤旁所列的每一项、每一处。",
        "“The register of official steps” is what the rules of this report hold of later instruments and reports, and "
        "no register of companies; where a step says “this measure” or “the city”, it means each measure and each "
        "place that is listed with it.",
    ),
    "register_is": Text(
        "“官方步骤登记册”是本规则库对后续公文和报道的登记，不是企业名册。",
        "“The register of official steps” is what the rules of this report hold of later instruments and reports.",
    ),
    "step_who": Text("由谁负责", "Who is responsible"),
    "step_where": Text("在何处可以看到（推断）", "Where it would be seen (our inference)"),
    "step_unknown": Text("原文没有指明", "the text does not say"),
    "rows": Text("所涉措施", "Measures"),
    "state": Text("现状", "So far"),
    # Shut
    "shut": Text("不适用的措施（按原因分列）", "Measures not available, by reason"),
    "shut_fold": Text("共{count}项：{parts}", "{count} measures: {parts}"),
    "shut_in": Text("在{place}不适用的措施（按原因分列）", "Measures not available in {place}, by reason"),
    "other_law": Text("其他法律规定", "Other law"),
    "reason": Text("原因", "Reason"),
    "one_way": Text(
        "{reason}（这只是几种途径之一；其余途径的条件也不满足）",
        "{reason} (this is one of several ways; the conditions of the others are not met either)",
    ),
    "one_way_short": Text("{reason}（途径之一，其余也不满足）", "{reason} (one of several ways, none of which is met)"),
    "one_way_brief": Text("{reason}（途径之一）", "{reason} (one of several ways)"),
    "one_way_lead": Text(
        "注“途径之一”的，符合的途径有几种，只写其中一种；其余途径的条件也不满足。",
        "Where there are several ways to qualify, one is shown; the conditions of the others are not met either.",
    ),
    "fails_besides": Text(
        "{reason}；各项对主体另有要求，也不满足", "{reason}; each asks for more of the entity, which is not met either"
    ),
    "marked_shut": Text(
        "标†的，可以读得更窄，那样也不适用。", "What is marked † could be read more narrowly, which would not open it."
    ),
    "shut_words": Text(
        "先列与本主体的行业、身份或业务相近、较可能查找的各项，引号内为所据原文；其余各项按原因排列。",
        "Those come first which such an entity is likely to look for by its sector, standing or business, with the "
        "words of the text in quotation marks (their English, in square brackets, is unofficial); the others stand by "
        "reason.",
    ),
    "shut_listed": Text(
        "原因写“括号内所列的”的，各项要求的不同，写在该项标题后的括号内；没有括号的，即标题所称。",
        "Where a reason speaks of what is named in brackets, each measure asks for what stands in brackets behind its "
        "title, or, without brackets, for what its title says.",
    ),
    "shut_likely": Text("较可能查找的", "What such an entity is likely to look for"),
    "shut_shared": Text("同一原因涉及几项的", "A reason that several share"),
    "shut_each": Text("逐项：须具备而未具备的", "Measure by measure: what must be met, and is not"),
    "shut_alone": Text("各有其原因的", "Each for a reason of its own"),
    "reason_rows": Text("原因（项数），及所涉措施", "Reason (how many measures), and the measures"),
    "standing_at": Text("{standing}；{place}", "{standing}; {place}"),
    "duty_at": Text("政府职责，无可申请之事；{place}", "a duty of authorities; nobody can apply for it; {place}"),
    "duty_here": Text("{place}；可询问：{who}", "{place}; whom to ask: {who}"),
    "rows_ask_for": Text("所涉措施：须具备而未具备的", "Measures: what must be met, and is not"),
    "rows_why": Text("所涉措施：原因", "Measures: why"),
    # Changes
    "changes": Text("哪些调整可增加适用措施", "What a change would open"),
    "changes_lead": Text(
        "企业自身可以作出的最小调整，最易作出的在前。每一种都已就全部措施重新判断，因此不再适用的一并列出。"
        "其他法律是否允许、是否要求先取得许可或批准，没有审查；持牌或受监管的，先问明监管部门。",
        "The smallest changes that are the entity's own to make, the easiest first. Each was checked again against all "
        "measures; what it closes is named as well. Whether other law allows a change, or asks for a licence or an "
        "approval first, was not examined: whoever is licensed or supervised asks the supervisor first.",
    ),
    "change": Text("调整", "Change"),
    "opens": Text("新增适用措施", "Opens"),
    "opens_any": Text("在其中任何一处：{rows}", "in any of these: {rows}"),
    "changes_more": Text(
        "未列入下表的还有{count}种：{likely}种在表后略写，其余一般不会涉及，只列项号；其条件、向谁询问和读法，可就调整后的主体另出报告。",
        "{count} more are not in the table: {likely} are told in short below it, of the others, unlikely for such an "
        "entity, only the items; their terms, whom to ask and the readings are for a report on the entity with the "
        "change made.",
    ),
    # Doubts, sources
    "doubts": Text("结果所依的存疑与读法", "Doubts and readings that the answer rests on"),
    "doubts_lead": Text(
        "只列结果为{of}的措施的存疑和读法。可能得出不同结论之处，写在“读法”中。",
        "Listed are the doubts and readings of measures whose result is {of}. Where the text could be read otherwise, "
        "the reading says so.",
    ),
    "doubts_lead_changes": Text(
        "只列结果为{of}的措施、以及调整后可增加而标†的措施的存疑和读法。可能得出不同结论之处，写在“读法”中。",
        "Listed are the doubts and readings of measures whose result is {of}, and of those marked † that a change "
        "would open. Where the text could be read otherwise, the reading says so.",
    ),
    "row": Text("项", "Item"),
    "kind": Text("性质", "Kind"),
    "told": Text("内容", "What it says"),
    "sources": Text("来源", "Sources"),
    "document_line": Text(
        "{title}（{number}），{dates}，最近一次核对：{checked}",
        "{title} ({number}), {dates}, last checked on {checked}",
    ),
    "not_held": Text(
        "规则库只有文件的正文、附件、文号和施行日期；由谁印发、经谁批准、在何处公布，规则库没有载明，请按文号查阅。",
        "The rules hold the text of the document, its number and the day from which it applies, and not who issued or "
        "approved it, nor where it was published: look that up by the number, whose English form is a transliteration.",
    ),
    "in_force": Text("{date}起施行", "in force from {date}"),
    "notes_of": Text("所引各注", "Notes cited"),
    "body_of": Text("正文中与整个结果有关的规定", "What the body says that bears on the whole answer"),
    "zones_of": Text("功能区所据", "What zones rest on"),
    "entries_of": Text("所用的其他公文和报道", "Other instruments and reports that were used"),
    "entry_line": Text("{date} {title}（来源：{origin}）", "{date} {title} (source: {origin})"),
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


def day_of_paper(day: datetime.date) -> Text:
    """The day asked about; "today" would be untrue of a paper from the next day on."""
    return say("made_today", day=day.isoformat()) if isinstance(day, Today) else day_text(day)


def documents(rulebook: Rulebook) -> Text:
    """The documents of a rulebook, by title and number."""
    shown = list(rulebook.documents.values())
    return Text(
        "；".join(f"{one.title.zh}（{one.number}）" for one in shown),
        "; ".join(f"{one.title.en} ({numbered(one).en})" for one in shown),
    )


def numbered(document: Document) -> Text:
    """The number of a document; in English with the characters beside it."""
    cited = document.cited
    return cited if cited.en == cited.zh else Text(cited.zh, f"{cited.en}, {cited.zh}")


def appendix(text: Text) -> Text:
    """The heading of a part that only few readers need: it stands behind what everybody reads, and says so."""
    return say("appendix", title=text)


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
