"""The fixed texts of a screening's output, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from applicability.text import Surface, SurfaceText, Text, of_one

WORDS: Mapping[str, Text] = {
    "title": Text("批量筛查", "Screening"),
    "read": Text(
        "{source}：读入{read}行，筛查企业{companies}家，另有{rejected}行不是企业",
        "{source}: {read} rows read, {companies} companies screened, {rejected} rows that are not companies",
    ),
    "about": Text("规则库 {id} {version}（{digest}），截至{day}", "rulebook {id} {version} ({digest}), as of {day}"),
    "verdicts": Text("结论（{companies}家 × {measures}项）", "Verdicts ({companies} companies × {measures} measures)"),
    "top": Text("可用企业最多的措施", "Measures open to the most companies"),
    "apart": Text(
        "没有结论的行：{bound}行仅约束主管部门，{lost}行文字缺失",
        "Rows without verdicts: {bound} bind authorities only, the text of {lost} is lost",
    ),
    "none_open": Text("没有一项措施对其中任何企业开放", "No measure is open to any of them"),
    # … as far as can be told while facts are missing.
    "none_open_yet": Text(
        "目前没有一项能判定为开放：{count}处待补充",
        "No measure can be said to be open yet: {count} verdicts wait for facts",
    ),
    "none_open_asks": Text("{none}，先补{facts}", "{none}; fill in first {facts}"),
    "fact_missing": Text("{fact}（{companies}家）", "{fact} (companies: {companies})"),
    "provided": Text("{line}：{count}家", "{line}: {count} of the companies"),
    "first": Text(
        "可用企业最多的措施（{count}项中前{shown}项）", "Measures open to the most companies, {shown} of {count}"
    ),
    "pairs": Text("企业×措施", "Companies × measures"),
    "cut": Text("…（全文{count}字符，此处截断）", "… (cut: {count} characters in all)"),
    "more": Text("另有{count}项对部分企业开放", "{count} more are open to some"),
    "ignored": SurfaceText(
        "未作为事实读取的列：{names}（要读取的，改用认得的列名，或用 --mapping）",
        "Columns that were not read as facts: {names} (to read one, give it a known heading, or use --mapping)",
        Text(
            "未作为事实读取的列：{names}（要读取的，改用认得的列名，见空白名册）",
            "Columns that were not read as facts: {names} (to read one, give it a heading of the empty register)",
        ),
    ),
    "joined_at": Text("（`{heading}` 在{where}）", " (`{heading}` is {where})"),
    "no_name": Text("（没有名称）", "(without a name)"),
    "derived": Text("取自其他列的事实：{told}", "Facts that other columns tell: {told}"),
    "derived_one": Text("{fact}取自 {column}（{companies}家）", "{fact} from {column} ({companies})"),
    "derived_alike": Text(
        "{fact}取自同名列 {column}（{companies}家）", "{fact} from the column of that name, {column} ({companies})"
    ),
    "derived_same": Text("{fact}取自同名列（{companies}家）", "{fact} from the column of that name ({companies})"),
    "about_notes": Text(
        "“{sheet}”：{count}条，涉及{companies}家企业，其中{unread}家有内容未读入。先列有代码的，是未读入的，代码的含义"
        "见手册 docs/errors.zh-CN.md；再列没有代码而写有如何改正的，照改；最后是只说明怎样读的，核对即可。按类：",
        "“{sheet}”: {count} notes on {companies} companies, of {unread} of which something was not read. First those "
        "with a code, which tell what was not read (docs/errors.md of the manual has what each code means); then those "
        "without that say what to do; last those that only tell how something was read, to be checked. By kind:",
    ),
    "notice": Text("名册：{text}", "Register: {text}"),
    "results": Text("结果：{path}", "Result: {path}"),
    "rejects": Text("不是企业的行及原因：{path}", "Rows that are no company, and why: {path}"),
    "rejects_untold": Text(
        "用 --rejects FILE 或 -o FILE 保存不是企业的行及原因",
        "keep the rows that are not companies, and why, with --rejects FILE or -o FILE",
    ),
    "notes": Text(
        "备注{count}条，涉及{companies}家企业，其中{unread}家有内容未读入：{path}",
        "{count} notes on {companies} companies, of {unread} of which something was not read: {path}",
    ),
    "notes_untold": Text(
        "备注{count}条，涉及{companies}家企业，其中{unread}家有内容未读入：用 --notes FILE 或 -o FILE 保存",
        "{count} notes on {companies} companies, of {unread} of which something was not read: keep them with --notes "
        "FILE or -o FILE",
    ),
    "note_count": Text("备注条数", "Notes"),
    "note_example": Text("涉及企业数，及一例", "On how many companies, and an example"),
    "unread_column": Text("未读入的，在列", "Not read, in column"),
    "asking_column": Text("须填写或改填的，在列", "To be filled in, in column"),
    "read_column": Text("只需核对的，在列", "Only to be checked, in column"),
    "asked_companies": Text("问到的企业数", "Companies asked"),
    "asked_told": Text("有多少家在等，其余为何不问", "How many wait, and why others are not asked"),
    "noted_column": Text("列，及一例", "Column, and an example"),
    "kind": Text("{column}：例如 {example}", "{column}: such as {example}"),
    "kind_of_column": Text("{companies}家。例如 {example}", "{companies} companies, for example: {example}"),
    "kind_unread": Text(
        "{companies}家（{code}）。例如 {example}", "{companies} companies ({code}), for example: {example}"
    ),
    "whole_row": Text("整行", "the row"),
    "kind_of_row": Text("整行：例如 {example}", "the row: such as {example}"),
    "kinds_more": Text("另有{count}类备注", "{count} more kinds of notes"),
    "hint_output": Text("用 -o FILE 保存逐家逐项的结果", "keep the verdicts, line by line, with -o FILE"),
    "row": Text("项号", "Item"),
    "measure": Text("措施", "Measure"),
    "force": Text("力度", "Force"),
    "force_of": Text("{force}：{title}", "{force}: {title}"),
    "whom": Text("可问", "Whom to ask"),
    "whom_inferred": Text("{who}（推断）", "{who} (inferred)"),
    "unfinished": Text(
        "已中断；再次运行同一命令即从中断处继续", "interrupted; the same command goes on where it stopped"
    ),
    # Sheets of a workbook, and their column headings.
    "sheet_about": Text("说明", "About"),
    "sheet_lines": Text("逐行结果", "Line by line"),
    "sheet_measures": Text("各项措施", "By measure"),
    "sheet_matrix": Text("对照表", "Matrix"),
    "sheet_asks": Text("下一步询问", "What to ask next"),
    "sheet_words": Text("可填的词", "Words to answer with"),
    "see_words": Text("见“{sheet}”表中的“{column}”", "see “{column}” on the sheet “{sheet}”"),
    "word": Text("可填的词", "Word"),
    "question": Text("问题", "Question"),
    "sheet_rejects": Text("非企业行", "No company"),
    "sheet_notes": Text("备注", "Notes"),
    "line": Text("表中行号", "Row of the table"),
    "document": Text("文件", "Document"),
    "title_of": Text("措施", "Measure"),
    "verdict": Text("结论", "Verdict"),
    "reason": Text("理由", "Reason"),
    "column": Text("列", "Column"),
    "value": Text("所填", "Value"),
    "code": Text("代码", "Code"),
    "problem": Text("问题", "What is wrong"),
    "hint": Text("如何改正", "How to fix it"),
    "fact": Text("事实", "Fact"),
    "note": Text("备注", "Note"),
    "limits": Text("须遵守的限制", "Limits to keep"),
    "ask_1": Text("先问", "Ask first"),
    "ask_2": Text("再问", "Then"),
    "ask_3": Text("然后问", "And then"),
    "answer": Text("可填", "How to answer"),
    "about_asks": Text(
        "“{sheet}”：列出{listed}家，每家至多{shown}问，等的措施多的在先；其余{others}家没有措施在等其补充事实。",
        "“{sheet}”: companies listed {listed}, with at most {shown} questions for each, those that most measures wait "
        "for first; no measure waits for a fact of the other {others}.",
    ),
    "none_settles": Text(
        "没有的填“无”，即可据此判断，留空的仍待补充。只写一部分的列不填“无”，照“{answer}”列另加一列。",
        "Where there is none, “none” in the cell settles it; left empty, it stays open. “None” does not "
        "go into a column of some of a list: see “{answer}”.",
    ),
    "zone_not_listed": Text(
        "功能区都填在“{zones}”列；只有在名录没有的功能区内的，才另加一列“{types}”，从“{words}”表中选，不填“无”（还在名录中某一功能区内的，“{zones}”照填，否则留空）。",
        "Zones go into the column “{zones}”. Only who is in one that is not in the list adds a column “{types}” and "
        "chooses its type on “{words}”, and does not write “none”: “{zones}” has the zones that are in the list, and "
        "stays empty where there are none.",
    ),
    "why_open": SurfaceText(
        "“{matrix}”中一个“?”可能在等几项事实：各问的“待此判定的措施数”不能相加，答完所列各问，也可能还有“?”。“等待的项号”写明等这一问的"
        "各项；要看每个“?”“✗”的理由，加 --only all 再筛查，“{lines}”便逐家逐项写明。",
        "A “?” of “{matrix}” may wait for several facts: the measures waiting for each question cannot be added up, "
        "and some may be left when those shown are answered. “Items waiting” names those that wait for a question; "
        "for the reason of every “?” and “✗” screen again with --only all, and “{lines}” has it line by line.",
        Text(
            "“{matrix}”中一个“?”可能在等几项事实：各问的“待此判定的措施数”不能相加，答完所列各问，也可能还有“?”。“等待的项号”写明等这一问"
            "的各项；某家企业某项的理由，可在网页“查询”中按单家企业查看。",
            "A “?” of “{matrix}” may wait for several facts: the measures waiting for each question cannot be added "
            "up, and some may be left when those shown are answered. “Items waiting” names those that wait for a "
            "question; for the reason of one “?” check the company on the page “Check”.",
        ),
    ),
    "about_waits": Text(
        "以下为各项有多少家在等、问到多少家。其余不问的，或因按其主体类型、行业和已填的业务、牌照等多半没有此类情形（若有，照填即可；填“无”"
        "也可据此判断），或因先问了等的措施更多的：",
        "Below, how many companies wait for each fact and are asked for it. The others are not because by their kind, "
        "sector and what they do or hold they are unlikely to have any (one that does may fill it in, and “none” "
        "settles it), or because questions that more measures wait for come first:",
    ),
    "asks_of": Text("{waiting}家在等，问到{asked}家", "waiting for it: {waiting}; asked: {asked}"),
    "asks_senseless": Text("{count}家多半没有，不问", "not asked, being unlikely to have any: {count}"),
    "asks_later": Text("{count}家先问别的", "asked for others first: {count}"),
    "not_asked": Text(
        "有措施在等、但多半没有此类情形而未问的（下列各词各为一列，名册中没有的，新增列，列名即该词；没有此类情形的在该列填“无”，即可判断；可选的词见“可填的词”）",
        "Waited for but not asked: unlikely to apply (each of these names is a column: add one with the name as its "
        "heading where the register has none; “none” in it settles it; for words to choose from see “Words to answer "
        "with”)",
    ),
    "into": Text("填入名册的列", "Column of the register"),
    "new_column": Text("新增列：{heading}", "new column: {heading}"),
    "either_row": Text(
        "“新增列”：在名册右边加一列，写上该列名；列名有两行的，写在哪一行都可以",
        "“new column”: add one to the right of the register, with that heading; of two rows of headings either will do",
    ),
    "fill_in_more": Text(
        "{column}（已填，但不足以判断；请改填或补充）", "{column} (filled, but not enough to decide: fill in more)"
    ),
    "correct_it": Text(
        "{columns}（已填，但有未采用的内容，原因见备注；请更正）",
        "{columns} (filled, but not all of it was used: see the notes, and correct it)",
    ),
    "correct_or_fill_in": Text(
        "{columns}（已填，但有未采用的内容，原因见备注；请更正），或{other}",
        "{columns} (filled, but not all of it was used: see the notes, and correct it), or {other}",
    ),
    "correct_first": Text(
        "请更正第{line}行的{columns}（有未采用的内容，原因见备注）：{question}",
        "Correct {columns} in row {line}, of which not all was used (see the notes): {question}",
    ),
    "correct_or_answer": Text(
        "请更正第{line}行的{columns}（有未采用的内容，原因见备注），或直接回答：{question}",
        "Correct {columns} in row {line}, of which not all was used (see the notes), or answer: {question}",
    ),
    # A company of which the register tells some zones: they are all only where a list has no others.
    "zones_told": Text("已知在{zones}内，除此之外还{question}", "It is known to stand in {zones}; besides, {question}"),
    "zones_told_by": Text(
        "`{column}` 列已写明在{zones}内，除此之外还{question}", "`{column}` names {zones} already; besides, {question}"
    ),
    "zones_are_all": Text(
        "填入“{column}”列（没有的另加），写全：不在别的功能区的，填“{zones}”；还在别的功能区的，与之一并填写，用“；”分开，可填的词见“{words}”"
        "表中的“{column}”。",
        "Write all of them in the column “{column}” (to be added where there is none): where it is in no other zone, "
        "“{zones}”; where it is, these and the others, with “;” between them, as “{column}” on the sheet “{words}” "
        "has them.",
    ),
    "zones_and_types": Text(
        "只有别的功能区不在名录中的，才另加一列“{types}”（已有的填在该列），从“{words}”表中选其类型，“{column}”列仍填“{zones}”。",
        " Only where another zone is not in the list, add a column “{types}”, where there is none, and choose its type "
        "for it on the sheet “{words}”; “{column}” still has “{zones}”.",
    ),
    "decides": Text("待此判定的措施数", "Measures waiting for it"),
    "companies": Text("企业数", "Companies"),
    "meaning": Text("含义", "Meaning"),
    "place_elsewhere": Text("其他地方", "elsewhere"),
    "place_unknown": Text("所在地不详，或未具体到可以判断", "place unknown, or not told closely enough"),
    "sheet_of": Text("工作表", "Sheet"),
    "about_sheet": Text("内容", "What it has"),
    "explains_lines": Text(
        "每行为一家企业、一项措施，列出结论为“{only}”者，已开放的在前，附首要理由和须遵守的限制。",
        "A line for each company and measure whose verdict is one of these: {only}; what is open first, with the first "
        "reason and the limits to keep.",
    ),
    "explains_asks": Text(
        "每家企业接下来最该补充的事实（至多{shown}问）、填法、填入名册的哪一列，及等待它的措施。",
        "What to ask each company next (at most {shown} questions), how to answer, in which column of the register, "
        "and which measures wait for it.",
    ),
    "explains_words": Text(
        "答复时可填的词，各附含义。", "The words to answer with, and what each means."
    ),
    "explains_measures": Text(
        "每项措施各结论的企业数、力度（各部分不同的，分部分写）和可问的部门（标“推断”的，原文没有指明）。",
        "Companies by verdict for each measure, its force (by part, where parts differ) and whom to ask (inferred: the "
        "text designates nobody).",
    ),
    "explains_matrix": Text(
        "每行一家企业、每列一项措施；左边三列为该企业可适用、须经认定、待补充的项数。",
        "A line for each company and a column for each measure; on the left how many are eligible, conditional and "
        "wait for facts.",
    ),
    "explains_rejects": Text(
        "不是企业、未作筛查的{count}行，附原因。",
        "The rows that are no company and were not screened ({count}), and why.",
    ),
    "explains_notes": Text(
        "名册中没有读入的内容、须填写的和换了读法的，逐条写明行、列、原因和如何改正。",
        "What of the register was not read, is to be filled in, or was read otherwise: row, column, why, and how to "
        "fix it.",
    ),
    "explains_terms": SurfaceText(
        "“项号”为方案附件中的项号，“文件”为方案的编号，“力度”为原文用词（支持、允许、探索等）的约束程度。措施的原文、各部分和读法，"
        "用 applicability show 项号 查看。",
        "“Item” is the number in the plan's annex, “Document” the plan, and “Force” how far the words of a measure "
        "bind. The words of a measure, its parts and how they are read: applicability show ITEM.",
        Text(
            "“项号”为方案附件中的项号，“文件”为方案的编号，“力度”为原文用词（支持、允许、探索等）的约束程度。措施的原文、各部分和读法，"
            "见网页的措施列表。",
            "“Item” is the number in the plan's annex, “Document” the plan, and “Force” how far the words of a measure "
            "bind. The words of a measure, its parts and how they are read are in the page's list of measures.",
        ),
    ),
    "explains_eligible": Text(
        "“{eligible}”指企业符合原文对主体的要求，不是批准，也不能据此承诺；力度不是权利的，能得到什么由主管部门决定。",
        "“{eligible}” means that a company meets what the words ask of it. It is no approval and no promise; of what "
        "is no right, the authority decides what comes of it.",
    ),
    "steps": Text("先后", "In this order"),
    "step_check": Text(
        "看下面的“名册”各条：读了哪张表、哪些列没有读，取错了的先改。",
        "See below what is told of the register: which sheet was read, which columns were not; mend that first.",
    ),
    "step_notes": Text(
        "看“{notes}”：有代码的，照“如何改正”在名册中改正；写有如何改正而没有代码的，照填；其余核对。",
        "Go through “{notes}”: mend in the register what has a code, fill in what has only a hint, check the rest.",
    ),
    "step_asks": Text(
        "照“{asks}”问企业，把答复填入名册所写的列。",
        "Ask the companies what “{asks}” has, and put the answers into the columns of the register that it names.",
    ),
    "step_again": Text(
        "保存名册，同样再筛查一次，其他都不必重做。",
        "Save the register and screen it again in the same way; nothing else has to be done again.",
    ),
    "about_companies": Text(
        "企业{companies}家：至少一项可适用的{eligible}家，至少一项可适用或须经认定的{open}家，至少一项待补充的{waiting}家；各家有几项，见“{matrix}”"
        "左边三列。",
        "Of {companies} companies, with one measure or more eligible: {eligible}; eligible or conditional: {open}; "
        "waiting for facts: {waiting}. How many each has is on the left of “{matrix}”.",
    ),
    "by_sector": Text(
        "“{activities}”未填或没有读出的，企业不做什么由“{sector}”判断：所填行业不含的业务，需要该业务的措施为“{shut}”；确实从事的，填入“{activities}”，即以所填为准。",
        "Where “{activities}” is empty or was not read, the sector tells what a company does not do: a measure for "
        "business that does not occur in its “{sector}” is “{shut}”. Who does it all the same writes it under "
        "“{activities}”, and that counts.",
    ),
    "count_eligible": Text("✓ 可适用的项数", "✓ eligible"),
    "count_conditional": Text("◐ 须经认定的项数", "◐ conditional"),
    "count_needs_info": Text("? 待补充的项数", "? waiting for facts"),
    "items": Text("等待的项号", "Items waiting"),
    "meaning_of": Text("含义", "What it means"),
    "explains_findings": SurfaceText(
        "须经认定的，主管部门答复后，在名册中加一列，列名如 `determinations.22.specific-area`"
        "（applicability show 22 列出第22项的），写“是”或“否”再筛查，尚未答复的留空。"
        "判断所依据的原文，用 applicability check 对单家企业查看。",
        "What an authority has found goes into a column of the register, called such as "
        "`determinations.22.specific-area` (applicability show 22 has that of item 22), with yes or no, or empty "
        "while it has not answered, to be screened again. For the words that a verdict rests on, check the one company "
        "with applicability check.",
        Text(
            "须经认定的，主管部门答复后，在名册中加一列，列名如 `determinations.22.specific-area`（22为项号），"
            "写“是”或“否”再筛查，尚未答复的留空。判断所依据的原文，可在网页“查询”中按单家企业查看。",
            "What an authority has found goes into a column of the register, called such as "
            "`determinations.22.specific-area` (22 is the item), with yes or no, or empty while it has not answered, "
            "to be screened again. For the words that a verdict rests on, check the one company on the page “Check”.",
        ),
    ),
}  # fmt: skip


def say(key: str, lang: str, surface: Surface = "terminal", **slots: object) -> str:
    """A text with its slots filled."""
    found = WORDS[key].on(surface)
    return found.zh.format(**slots) if lang == "zh" else of_one(found.en.format(**slots))
