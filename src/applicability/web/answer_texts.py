"""The words of an answer on the page: what is open, what it takes, and what is printed, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from applicability.model.measure import Force
from applicability.text import Text

ANSWER_TEXTS: Mapping[str, Text] = {
    "ready": Text(
        "现在就可以打印；再答{questions}题可再定{rows}项。",
        "You can print now; {questions} questions would settle {rows} more.",
    ),
    "ready_last": Text(
        "现在就可以打印；再答{questions}题可再定{rows}项。",
        "You can print now; {questions} question would settle {rows} more.",
    ),
    "ready_nothing": Text(
        "还差几个问题：再答{questions}题可定{rows}项。",
        "A few questions are left: {questions} would settle {rows} measures.",
    ),
    "ready_nothing_last": Text(
        "还差一个问题：答完可定{rows}项。", "One question is left: it would settle {rows} measures."
    ),
    "ready_own": Text(
        "现在就可以打印；本行业还没有定的：{own}。先答下面的题。",
        "You can print now. Not decided yet, of your own line of business: {own}. Answer the question below first.",
    ),
    "ready_line": Text(
        "现在就可以打印；再答{questions}题可再定{rows}项，其中有本行业的：{own}。",
        "You can print now; {questions} questions would settle {rows} more, among them, of your own line: {own}.",
    ),
    "ready_line_last": Text(
        "现在就可以打印；再答{questions}题可再定{rows}项，其中有本行业的：{own}。",
        "You can print now; {questions} question would settle {rows} more, among them, of your own line: {own}.",
    ),
    "ready_all": Text("现在就可以打印。", "You can print now."),
    "ready_passed": Text("跳过{count}题，{rows}项因此没有定。", "Passed over: {count}, which leaves {rows} undecided."),
    "left_passed": Text("跳过的 {count}", "{count} passed over"),
    "take_early": Text(
        "还有{count}项取决于没有回答的问题：现在下载的只是目前的结果",
        "{count} measures depend on questions not answered yet: what you download now is how it stands so far",
    ),
    "take_early_one": Text(
        "还有{count}项取决于没有回答的问题：现在下载的只是目前的结果",
        "{count} measure depends on a question not answered yet: what you download now is how it stands so far",
    ),
    "unasked": Text(
        "没有追问的{count}项：按{who}，一般不会涉及", "{count} are not asked about: they are unlikely for {who}"
    ),
    "unasked_one": Text(
        "没有追问的{count}项：按{who}，一般不会涉及", "{count} is not asked about: it is unlikely for {who}"
    ),
    "pending_unlikely": Text("其中{count}项一般不涉及您", "{count} of these unlikely for you"),
    "open": Text("现在可以使用", "You may use now"),
    "other_law": Text(
        "其他法律、许可仍然适用：先向各项的主管部门问明。",
        "Other law and licences still apply: ask the authority of each measure first.",
    ),
    "open_permit": Text("可以做：方案允许", "You may do this: the plan permits it"),
    "open_permit_planned": Text("设立后可以做：方案允许", "You may do this once it is set up: the plan permits it"),
    "open_permit_judged": Text(
        "经主管部门认定后可以做：方案允许", "You may do this if an authority agrees: the plan permits it"
    ),
    "open_permit_judged_planned": Text(
        "设立并经主管部门认定后可以做：方案允许",
        "You may do this once it is set up, if an authority agrees: the plan permits it",
    ),
    "open_seek": Text(
        "可以争取：方案鼓励或探索，不是许可",
        "You may seek this: the plan encourages it or tries it out, which is no permit",
    ),
    "open_seek_planned": Text(
        "设立后可以争取：方案鼓励或探索，不是许可",
        "You may seek this once it is set up: the plan encourages it or tries it out, which is no permit",
    ),
    "open_seek_judged": Text(
        "经主管部门认定后可以争取：方案鼓励或探索，不是许可",
        "You may seek this if an authority agrees: the plan encourages it or tries it out, which is no permit",
    ),
    "open_seek_judged_planned": Text(
        "设立并经主管部门认定后可以争取：方案鼓励或探索，不是许可",
        "You may seek this once it is set up, if an authority agrees: the plan encourages it or tries it out, which is "
        "no permit",
    ),
    "because": Text("因为您选了：{activities}", "Because you ticked: {activities}"),
    "rest_shut": Text("“{title}”的其余部分现在不能用：{parts}", "The rest of “{title}” you may not use now: {parts}"),
    "open_planned": Text("设立后可以使用", "You may use once it is set up"),
    "nothing_open": Text(
        "按已填的事实，还没有确定可以使用的措施", "By what you have given, no measure is sure to be open to you yet"
    ),
    "limits": Text("须遵守的限制", "Limits to keep"),
    "limits_hint": Text(
        "逐条确认；有一条“不会”，该措施就不能使用",
        "confirm each one; with one “Does not”, you may not use its measure",
    ),
    "limits_shut": Text(
        "答了“不会”的限制，其措施因此不能使用", "Limits that you would not keep: you may not use their measures"
    ),
    "open_with_limits": Text(
        "有限制未确认的，遵守限制即可使用", "Where limits are not yet confirmed, you may use it if you keep them"
    ),
    "kept": Text("会遵守", "Keeps to it"),
    "not_kept": Text("不会", "Does not"),
    "unsaid": Text("还没定", "Not decided"),
    "others": Text("其他措施", "Other measures"),
    "own_line": Text(
        "与所填行业、业务有关，但现在不能使用（{count}）", "Of your own line of business, but not for you now ({count})"
    ),
    "reason_of": Text("这{count}项：{why}", "These {count}: {why}"),
    "more_rows": Text("其余{count}项", "{count} more"),
    "all_counts": Text("全部{count}项措施的结果", "How all {count} measures stand"),
    "rest_counts": Text("共{count}项，其中另有：{rest}", "{count} in all; besides these: {rest}"),
    "rows_of": Text("{name}（{count}）", "{name} ({count})"),
    "narrower": Text(
        "† 原文可以读得更窄：点开本项，看“读法”",
        "† The words could be read more narrowly: open the item and see “Reading taken”",
    ),
    "limit_print": Text("应遵守：{limit}（{state}）", "Limit: {limit} ({state})"),
    "state_unsaid": Text("由您自己确认", "for yourselves to confirm"),
    "state_kept": Text("您已确认遵守", "kept, as you said"),
    "state_not_kept": Text("您说不遵守", "not kept, as you said"),
    "part_for_others": Text("另有一部分不是给企业自身的：{part}", "A part of it is not for the company itself: {part}"),
    "of_that_part": Text("这一部分应遵守：{limit}", "Limit of that part: {limit}"),
    "to_take": Text("下载、打印、复制链接 ↓", "Download, print, copy the link ↓"),
    "take": Text("下载", "Download"),
    "copy_link": Text("复制链接", "Copy link"),
    "copied": Text(
        "链接已复制。所填内容在 # 之后，不进地址记录和日志；打开链接的人都能看到，"
        "届时会发给本服务计算结果，不写入日志，也不保存。",
        "Link copied. What you entered stands in it after #, which no log of addresses holds. Whoever opens it sees "
        "it, and it is then sent to this service to compute the answer, neither logged nor kept.",
    ),
    "print": Text("打印", "Print"),
    "no_print": Text(
        "此浏览器不能打印，已改为下载 {name}；没有下载的，请复制链接，在系统浏览器中打开",
        "This browser cannot print: {name} was downloaded instead. If it was not, copy the link and open it in another "
        "browser",
    ),
    "no_print_here": Text(
        "此浏览器不能打印：请复制链接，在系统浏览器中打开",
        "This browser cannot print: copy the link and open it in another browser",
    ),
    "print_what": Text("打印内容", "What to print"),
    "print_short": Text("简表", "short list"),
    "print_words": Text("附原文", "with the words"),
    "counted": Text("方案共{count}项措施：{parts}。", "Of the plan's {count} measures: {parts}."),
    "counted_eligible": Text("可以使用{count}项", "{count} you may use"),
    "counted_with": Text("可以使用{count}项（{details}）", "{count} you may use ({details})"),
    "counted_seek": Text(
        "{count}项方案只是鼓励或探索，不是许可", "{count} only encouraged or tried out, which is no permit"
    ),
    "counted_limits": Text("{measures}项有限制，共{limits}条", "{measures} with limits: {limits} in all"),
    "between_counts": Text("；", "; "),
    "counted_conditional": Text("认定后可以使用{count}项", "{count} you may use if an authority agrees"),
    "counted_needs_info": Text("看还没回答的问题{count}项", "{count} depend on what is not answered"),
    "counted_unlikely": Text("一般不涉及您{count}项", "{count} unlikely for you"),
    "counted_pending": Text("还没有开放{count}项", "{count} not open yet"),
    "counted_ineligible": Text("不能使用{count}项", "{count} not for you"),
    "counted_authorities_only": Text("只约束主管部门{count}项", "{count} for authorities only"),
    "counted_text_lost": Text("原文缺失{count}项", "{count} whose text is lost"),
    "counted_not_encoded": Text("尚未编入{count}项", "{count} not yet encoded"),
    "waits": Text("还没有开放，等官方步骤或当地方案", "Not open yet: waits for an official step or a local plan"),
    "unanswered": Text("还没有回答的问题", "Not answered"),
    "unanswered_rows": Text("{question}（关系到：{rows}）", "{question} (decides: {rows})"),
    "unanswered_rows_one": Text("{question}（关系到：{rows}）", "{question} (decides: {rows})"),
    "unanswered_rest": Text(
        "{question}（已答的之外，关系到：{rows}）", "{question} (beyond what is answered; decides: {rows})"
    ),
    "and_more": Text("{rows}，另有{count}项", "{rows}, and {count} more"),
    "unanswered_more": Text("另有{count}个问题", "{count} more questions"),
    "unanswered_more_one": Text("另有{count}个问题", "{count} more question"),
    "answer_notes": Text("说明", "Notes"),
    "note_plan": Text(
        "措施和原文出自{number}，规则库核对于{checked}。",
        "The measures and their words are those of {number}, as checked on {checked}.",
    ),
    "note_plan_dated": Text(
        "措施和原文出自{number}（{date}起施行），规则库核对于{checked}。",
        "The measures and their words are those of {number}, in force from {date}, as checked on {checked}.",
    ),
    "who_inferred": Text("{who}*", "{who}*"),
    "note_inferred": Text("* 部门系推断，原文没有指明。", "* This authority is inferred: the words name nobody."),
    "note_words": Text(
        "标题是概括，以方案的中文原文为准；英译均非官方。",
        "Titles are summaries, and all translations are unofficial; the Chinese text of the plan prevails.",
    ),
    "note_reading": Text(
        "第{row}项†可以读得更窄。读法：{reading}", "Item {row}† could be read more narrowly. Reading taken: {reading}"
    ),
    "note_provision": Text("{title}：{note}", "{title}: {note}"),
    "print_alone": Text(
        "打印请用浏览器自带的打印（Ctrl+P，Mac 为 ⌘P）", "To print, use the browser's own print (Ctrl+P, on a Mac ⌘P)"
    ),
}

# What a verdict comes to for whoever reads the page, before its name, which the interface and the papers have.
PLAIN: Mapping[str, Text] = {
    "eligible": Text("可以使用", "You may use"),
    "conditional": Text("认定后可以使用", "You may use, if an authority agrees"),
    "needs_info": Text("看您怎样回答", "Depends on your answers"),
    "unlikely": Text("一般不涉及您", "Unlikely for you"),
    "pending": Text("还没有开放", "Not open yet"),
    "ineligible": Text("不能使用", "Not for you"),
    "authorities_only": Text("只约束主管部门", "For authorities only"),
    "text_lost": Text("原文缺失", "Text lost"),
    "not_encoded": Text("尚未编入", "Not yet encoded"),
}

# The line below it, which begins with that name.
TILES: Mapping[str, Text] = {
    "eligible": Text("可适用：条件都满足，遵守所列限制即可", "Eligible: conditions met; keep to the limits"),
    "conditional": Text("须经认定：条件都满足，还要主管部门认定", "Conditional: the rest is met"),
    "needs_info": Text("待补充：还缺能决定结果的事实", "Needs information: a fact that decides it is missing"),
    "unlikely": Text(
        "待补充：这类企业一般用不上，不追问", "Needs information, but not asked: such companies seldom use it"
    ),
    "pending": Text("待落实：等官方步骤或当地方案", "Pending: waits for an official step or a local plan"),
    "ineligible": Text("不适用：有条件不满足", "Ineligible: a condition is not met"),
}

# The verb of a measure, in plain words.
PLAIN_FORCES: Mapping[Force, Text] = {
    "permit": Text("方案允许", "the plan allows it"),
    "support": Text("方案支持、鼓励", "the plan encourages it"),
    "explore": Text("方案先行探索", "the plan tries it out"),
    "study": Text("方案只作研究", "the plan only studies it"),
    "duty": Text("主管部门的职责", "a task of authorities"),
}
