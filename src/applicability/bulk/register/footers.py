"""What rows that are no company are called: totals and counts, remarks, signatures, what a data service says of its
data, the marks of a page, headings of groups; in both languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from applicability.text import Text

# What a row of totals, a remark and a signature are called, without space, in half-width and small characters.
_MEMBERS = "(?:companies|enterprises|entities|members|firms|entries|records|rows)"
_TOTALS = re.compile(
    r"(?:本页|本表|全部|总体|以上)?(?:合计|总计|小计|共计|总数|累计|合共)(?:[:(].*|[0-9]+[户家个条]?.*)?"
    r"|(?:以上)?共有?[0-9]+[户家个条].*"
    rf"|(?:in|grand|sub|page|overall)?-?totals?(?:[:=].*|\([0-9].*|(?:of)?[0-9]+.*|(?:number)?of{_MEMBERS}.*|{_MEMBERS}.*)?"
    rf"|(?:sum|count|number(?:of{_MEMBERS})?):.*|[0-9]+{_MEMBERS}(?:intotal|listed|total)?\.?"
)
# How many a list has, as programs that export one say it: 共导出32条, 其中：外资企业12家, Exported 32 records.
_MANY = r"[0-9,]+(?:户|家|个|条|项|行|笔|次)"
_COUNTS = re.compile(
    rf"(?:本次|本表|以上)?(?:共|总共|共计|一共|合计)?(?:导出|列出|收录|查询到|查到|检索到|查询|检索|显示|筛选出|涉及)了?"
    rf"(?:企业|数据|记录|结果|名单)?[:共]?{_MANY}(?:企业|数据|记录|结果|信息)?[。.]?"
    rf"|其中[:,]?.{{0,40}}{_MANY}.*"
    rf"|(?:atotalof)?[0-9,]+{_MEMBERS}(?:were|was|are|is)?(?:exported|found|listed|shown|retrieved|selected)\.?"
    rf"|(?:exported|listed|showing|found|retrieved|downloaded|selected)[:=]?(?:atotalof)?[0-9,]+(?:of[0-9,]+)?{_MEMBERS}?.*"
    rf"|(?:ofwhich|ofthese|including|thereof)[:,].{{0,40}}[0-9]+.*"
)
# What a data service says of its data, and how a table is marked as going on, or as ended.
_SERVICE = re.compile(
    r"(?!.*(?:公司|中心|厂|店|集团)$)(?:"
    r"(?:以上|本表|本)?(?:数据|信息|内容|结果|资料|名单|报告|企业信息)(?:均|皆|全部)?(?:由.{1,40}(?:提供|生成|导出|整理|采集|汇总)|(?:来自|源自).{1,40}).*"
    r"|(?:以上|本表|本)(?:数据|信息|内容|结果|资料|名单|报告|企业信息)?.{0,40}(?:不构成|仅供|供参考|不作为|为准|免责|不承担|不代表).*"
    r"|(?:仅供(?:参考|内部|学习)|免责(?:声明|条款)|版权所有|版权归|未经.{0,12}(?:许可|授权|同意)|特别声明|郑重声明|温馨提示).*"
    r"|由.{1,20}(?:提供|导出|生成)(?:[,。].*)?"
    r"|(?:the|this|these|above|all)*(?:data|information|list|report|figures|records)(?:is|are|was|were)?"
    r"(?:provided|supplied|generated|exported|forreferenceonly|do(?:es)?notconstitute|no(?:t)?advice).*"
    r"|(?:forreferenceonly|forinternaluse|allrightsreserved|copyright(?:\(c\)|©|[0-9:]).*|©).*"
    r"|(?:powered|generated|provided|downloaded|exported|retrieved)(?:by|from):?(?!.*(?:ltd|inc|llc|limited|company)\.?$).*)"
)
_MARKS = re.compile(
    r"[(\[【]?(?:续表|接上表|接上页|续上表|续上页|接下页|转下页|未完待续|continued(?:on.{0,20}|from.{0,20})?|cont'?d?\.?|tobecontinued)"
    r"[0-9一二三四五]{0,2}[)\]】]?"
    r"|[-—–=*·.<(\[【]*(?:theend|end|eof|endofdocument|完|全文完|表格结束|结束)[-—–=*·.>)\]】]*"
)
_REMARK = re.compile(
    r"\*?(?:注|备注|附注|注释|说明|(?:填表|填报|填写|编制|使用|特别|情况)说明|数据来源|资料来源|来源)[0-9一二三四五]{0,2}[:、.].*"
    r"|(?:填表|填报|填写|编制)说明"
    r"|\*?(?:(?:foot)?notes?|remarks?|comments?|(?:data)?sources?|disclaimer|legend)(?:[0-9]{0,2}:|[0-9]{1,2}[.)]).*"
)
_SIGNED = re.compile(
    r"(?:填表|制表|填报|编制|审核|复核|审批|经办|统计|报送|打印|导出|制单|联系|更新)"
    r"(?:人|者|员|单位|部门|机构|日期|时间|负责人|电话|人电话)?(?:\((?:签字|签章|盖章|签名)\))?:.*"
    r"|(?:填表|制表|填报|审核|复核|经办)人|(?:制表|填表|填报)日期"
    r"|(?:主管|分管|单位|部门|主要|带班)?(?:领导|主任|局长|处长|科长|主管|分管)(?:签字|签名|签章|签发|审核|审批|意见)?(?:\(.*\))?:.*"
    r"|(?:领导|主管|经办人?)?(?:签字|签名|签章|盖章|公章|签收|签发)(?:\(.*\))?:.*"
    r"|(?:单位|部门|统计|机构)?负责人(?:\(.*\))?:.*|单位(?:盖章|公章|\(盖章\)|\(公章\)):.*"
    r"|(?:以上|本表|统计)?(?:数据|资料|统计|名单|信息)?(?:截至|截止)到?(?:(?:日期|时间)?:.*|[0-9]{2,4}[年./-].*)"
    r"|[-—]*以下空白[-—]*|以下无(?:数据|正文|内容)|第[0-9]+页(?:[,/]?共[0-9]+页)?"
    r"|(?:prepared|compiled|reviewed|approved|checked|completed|filledin|signed|submitted|printed|exported|verified)"
    r"(?:by|on|at)(?::.*)?"
    r"|(?:contact(?:person)?|tel(?:ephone)?|phone|e-?mail|date|signature|reporting(?:unit|date)|dateof(?:report|printing))"
    r"(?:\(.*\))?:.*"
    r"|(?:(?:data|figures|list)(?:are|is)?)?as(?:of|at):?.*[0-9]{4}.*|(?:last)?updated(?:on|at)?:.*"
    r"|endof(?:table|list|data|report)|page[0-9]+(?:(?:of|/)[0-9]+)?"
)
TOTALS_SAID = Text("`{cell}` 是合计行，不是企业", "`{cell}` is a row of totals and no company")
_KINDS: Sequence[tuple[re.Pattern[str], Text]] = (
    (_TOTALS, TOTALS_SAID),
    (_COUNTS, Text("`{cell}` 写的是条数，不是企业", "`{cell}` says how many are listed, and is no company")),
    (_SERVICE, Text("`{cell}` 是对数据的声明，不是企业", "`{cell}` says whose data it is, and is no company")),
    (
        _MARKS,
        Text(
            "`{cell}` 是分页或结束的标记，不是企业", "`{cell}` marks how the table goes on or ends, and is no company"
        ),
    ),
    (_REMARK, Text("`{cell}` 是表下的说明，不是企业", "`{cell}` is a remark below the table and no company")),
    (_SIGNED, Text("`{cell}` 是填表信息，不是企业", "`{cell}` says who made the table, and is no company")),
)
# The heading of a group of companies (一、租赁类), alone in its row, and the number of one in a cell of its own.
GROUP = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}(?:[、.:]|部分[:、]?|类[:、])"
    r"|[(\[【]第?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[)\]】][、.]?"
    r"|[0-9]{1,2}(?:[、]|\.(?![0-9]))|[IVX]{1,4}[、.])(?P<words>[^0-9].*)"
)
GROUP_NUMBER = re.compile(r"[(]?[一二三四五六七八九十]{1,3}[)]?[、.]?")
GROUP_WORDS = re.compile(r".*(?:类|类企业|行业|领域|板块|其他|其它)")
# What the name of a company ends in, or has in it: a numbered name alone in its row is still a company.
NAME_OF_ONE = re.compile(
    r".*(?:公司|合伙企业|厂|店|中心|事务所|集团|银行|[分支]行|医院|学校|学院|大学|研究[院所]|协会|商会|合作社|工作室"
    r"|代表处|办事处|门诊部|诊所)"
    r"(?:\(.*\))?|.*(?:有限公司|有限责任|股份公司).*"
)
NAME_IN_ENGLISH = re.compile(r"\b(?:ltd|inc|corp|llc|gmbh|limited|company|co)\b", re.IGNORECASE)
OF_GROUP = Text("`{cell}` 是分组的标题，不是企业", "`{cell}` is the heading of a group and no company")
# What is said of a row that may be one that is no company, and cannot be known to be.
LONE_NAME = Text(
    "整行只有这一格，不像企业名称；仍按企业筛查",
    "the row holds nothing but this, which reads like no company's name: screened as a company all the same",
)
# What is said of a row that calls itself a sample, though a code, a place or a share in it reads.
SAMPLE_NAME = Text(
    "名称说这一行是填写示例，而其中有代码、地点或比例；仍按企业筛查",
    "the name says that this is a sample, and but a code, place or share in it reads: screened as a company",
)
# The characters that the name of a sample may begin with.
SAMPLE_BEGIN = "(（[【<《示样范举例如填sSeE"
IF_NONE = Text("不是企业的，删去这一行", "delete the row if it is no company")
# The characters that such a heading may begin with.
GROUP_BEGIN = "一二三四五六七八九十第(（[【0123456789０１２３４５６７８９IVX"
# How such a row begins: a cheap test that lets all of the above through, and few companies.
_GAP = "\\s\u3000\u00a0\ufeff\u200b"
_WORDS = (
    "本页本表全部总体合计总计小计共计总数累计合共备注附注注释说明填表编制数据资料来源制表填报审核复核审批经办统计报送打印导出"
    "制单联系单位部门机构负责截至截止以下以上名单信息更新其中续表续上接上接下转下未完主管分管主要领导带班主任局长处长科长签字签名签章"
    "签发签收盖章公章仅供免责版权未经特别郑重温馨使用情况填写本次查询查到检索显示筛选列出收录涉及一共全文表格结束"
)
_ENGLISH = re.findall(
    r"\S+",
    """
    total grand sub-?total page in.?total overall sum count number note foot-?note remark comment source data
    disclaimer legend prepared compiled reviewed approved checked completed filled signed submitted printed
    exported verified contact tel phone e-?mail date signature reporting figures list as last updated end
    listed showing found retrieved downloaded selected of.?which of.?these including thereof powered generated provided
    copyright for.?reference for.?internal all.?rights continued cont'?d to.?be.?continued the.?end eof
    (?:the|this|these|above|all).?(?:data|information|list|report|figures|records) information report a.?total
    """,
)
BEGUN = re.compile(
    f"^[{_GAP}*=·.<(（【\\[—–-]*(?:{'|'.join(f'{word[0]}[{_GAP}]*{word[1]}' for word in re.findall('..', _WORDS))}"
    f"|共[{_GAP}有]*[0-9０-９]|共[{_GAP}]*[导列收查检显涉筛]|注[{_GAP}0-9０-９一二三四五]*(?:[:：、.．]|$)|共[{_GAP}]*$|完[—–=*·.）】-]*$|由.*(?:提供|导出|生成)|©"
    f"|(?i:{'|'.join(_ENGLISH)}))"
)
# The characters that it may begin with.
BEGIN = "合总小共累本全注备附说填编数资来制审复经统报打导单部机负截以联名信更*-—"
BEGIN += "其续接转未主分领带局处科签盖公仅免版特郑温使情查检显筛列收涉一表结完由–=·.<【©"
BEGIN += "".join(sorted({case for word in _ENGLISH for case in (word[0], word[0].upper())}))
NUMBER = re.compile(r"[0-9.,%]+[户家个条万亿元]*")


def footer(cell: str) -> Text | None:
    """What is said of a row that a cell makes no company; None for any other cell."""
    words = narrow(cell).lower()
    return next((what for pattern, what in _KINDS if pattern.fullmatch(words)), None)


def footer_in_pairs(cells: Sequence[str]) -> Text | None:
    """What is said of a row each two cells of which are what one of a footer holds: 注, and what is remarked.

    >>> [one and one.en for one in map(footer_in_pairs, (["注", "以上为初步数据"], ["注册商标", "以上"]))]
    ['`{cell}` is a remark below the table and no company', None]
    """
    found = None
    for label, words in zip(cells[::2], cells[1::2], strict=False):
        if NAME_OF_ONE.fullmatch(narrow(label)) or NAME_IN_ENGLISH.search(label):
            return None
        found = footer(f"{label}:{words}") or footer(label + words)
        if found is None:
            return None
    return None if len(cells) % 2 else found


def narrow(cell: str) -> str:
    """A cell without space, in half-width characters."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell))
