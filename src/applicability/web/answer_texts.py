"""The words of an answer on the page: what is open, what it takes, and what is printed, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from applicability.text import Text

ANSWER_TEXTS: Mapping[str, Text] = {
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
    "in_short_conditional": Text("尚须主管部门认定", "an authority has to make a finding"),
    "in_short_pending": Text("取决于官方步骤或当地方案", "waits for an official step or local plan"),
    "left_to_answer": Text("待回答 {count}", "{count} to answer"),
    "left_passed": Text("跳过的 {count}", "{count} passed over"),
    "left_unlikely": Text("一般不涉及 {count}", "{count} unlikely for you"),
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
    "all_counts": Text("全部{count}项措施的结果", "How all {count} measures stand"),
    "rest_counts": Text("共{count}项，其中另有：{rest}", "{count} in all; besides these: {rest}"),
    "rows_of": Text("{name}（{count}）", "{name} ({count})"),
    "narrower": Text("† 可以读得更窄，见其中的“读法”", "† could be read more narrowly: see “Reading taken” in it"),
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
    "print_alone": Text(
        "打印请用浏览器自带的打印（Ctrl+P，Mac 为 ⌘P）", "To print, use the browser's own print (Ctrl+P, on a Mac ⌘P)"
    ),
}
