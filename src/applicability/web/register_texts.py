"""The words of the page of registers, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from applicability.text import Text

REGISTER_TEXTS: Mapping[str, Text] = {
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
}
