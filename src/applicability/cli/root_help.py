"""What `applicability --help` shows, set without click, which takes three times as long to load as all of this.

click lays the help of every command out; this page it lays out alike, to the character: a test compares the two.
"""

from __future__ import annotations

from types import MappingProxyType

from applicability.cli.exit_codes import epilog
from applicability.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from applicability.text import Lang

MAX_WIDTH = 100
_MIN_WIDTH = 50
_INDENT = "  "

SUMMARY = Text(
    "企业可以适用服务业扩大开放综合试点的哪些措施，条件如何，其余为何不适用。",
    "Which openings of China's services pilots an enterprise can use, on what terms, and why not the others.",
)
USAGE = Text("用法：applicability [选项] 命令 [参数]...", "Usage: applicability [OPTIONS] COMMAND [ARGS]...")
OPTIONS = Text("选项：", "Options:")
COMMANDS_TITLE = Text("命令", "Commands")
LANG_HELP = Text("结果所用的语言。", "Language of the result.")
LANG_DEFAULT = Text("随系统", "the locale's")
VERSION_HELP = Text("显示版本。", "Show the version and exit.")
HELP_HELP = Text("显示本帮助。", "Show this message and exit.")
# Name, and what it does in one line of each language. Its module is `applicability.cli.NAME`.
COMMANDS = MappingProxyType(
    {
        "check": Text("检查一份档案：哪些可适用，其余为何不适用", "What a profile can use, and why not the rest"),
        "ask": Text("问答：只问仍有影响的，最有用的先问", "An interview: only what still matters, best question first"),
        "change": Text("怎样才能适用，由谁来做", "What would open a measure, and whose it is to do"),
        "compare": Text(
            "并列比较：不同地方、功能区、取值、档案或日期",
            "Alternatives side by side: places, zones, values, profiles, days",
        ),
        "report": Text("可以交付的报告：DOCX、PDF、HTML、Markdown", "A paper to hand over: DOCX, PDF, HTML, Markdown"),
        "screen": Text("批量筛查企业名册", "A whole register of companies at once"),
        "compile": Text("把规则编译为 SQL 或 Polars 表达式", "The rules as SQL or Polars expressions"),
        "map": Text("各地可适用措施一览：在哪里、对谁", "Places by measures: where each can be open, and to whom"),
        "diff": Text(
            "两个规则库、登记册或日期的结论有何不同", "What two rulebooks, registers or days decide differently"
        ),
        "show": Text("查看一项措施：原文、范围、条件、疑点", "One measure: its words, scope, conditions, doubts"),
        "serve": Text("网页和 HTTP 接口", "The page and the HTTP interface"),
        "mcp": Text("供助手程序调用的工具（MCP）", "Tools for assistants (MCP)"),
        "places": Text("按任何名称查找地方和功能区", "Search places and zones by any name"),
        "facts": Text("档案可填的事实及其取值", "The facts and words that a profile may use"),
        "lint": Text("检查规则库有何错误，如何改正", "What is wrong with a rulebook, and how to fix it"),
        "test": Text("运行案例：档案及其预期结果", "Run cases: profiles with the verdicts expected"),
        "coverage": Text("文件原文由哪些规则引用", "Which words of the documents are claimed by which rule"),
        "init": Text("生成档案模板或名册表格", "Write a profile or a register form to fill in"),
        "schema": Text(
            "输出档案、结果或规则文件的 JSON Schema", "The JSON Schema of a profile, an assessment or a rule file"
        ),
        "completion": Text("输出 bash、zsh 或 fish 的补全脚本", "Shell completion for bash, zsh or fish"),
    }
)


def page(lang: Lang, columns: int) -> str:
    """The help, for a terminal of so many columns."""
    width = max(min(columns, MAX_WIDTH) - 2, _MIN_WIDTH)
    default = Text(f"默认：({LANG_DEFAULT.zh})", f"default: ({LANG_DEFAULT.en})").of(lang)
    options = [
        ("--lang [zh|en]", f"{LANG_HELP.of(lang)}  [{default}]"),
        ("--version", VERSION_HELP.of(lang)),
        ("-h, --help", HELP_HELP.of(lang)),
    ]
    commands = [(name, told.of(lang)) for name, told in COMMANDS.items()]
    lines = [
        USAGE.of(lang),
        "",
        *(_INDENT + line for line in _wrapped(SUMMARY.of(lang), width - len(_INDENT), lang)),
        "",
        OPTIONS.of(lang),
        *_listed(options, width, lang),
        "",
        Text(f"{COMMANDS_TITLE.zh}：", f"{COMMANDS_TITLE.en}:").of(lang),
        *_listed(commands, width, lang),
        "",
        *((_INDENT + line).rstrip() for line in epilog(lang).split("\n")[1:]),
    ]
    return "\n".join(lines) + "\n"


def _listed(rows: Iterable[tuple[str, str]], width: int, lang: Lang) -> Iterator[str]:
    """Two columns: names, which are ASCII, and what they mean."""
    rows = list(rows)
    first = max(len(name) for name, _ in rows) + 2
    room = max(width - first - len(_INDENT), 10)
    for name, meaning in rows:
        head = f"{_INDENT}{name}"
        for line in _wrapped(meaning, room, lang):
            yield f"{head:<{first + len(_INDENT)}}{line}"
            head = ""


def _wrapped(text: str, width: int, lang: Lang) -> list[str]:
    if lang == "zh":
        from applicability.report.layout.wrap import wrap  # only needed for Chinese

        return wrap(text, width)
    lines, line, gap = [], "", ""
    for word in text.split(" "):
        if not word:  # two spaces stay two, within a line
            gap += " "
        elif line and len(line) + len(gap) + len(word) > width:
            lines.append(line)
            line, gap = word, " "
        else:
            line, gap = line + gap + word if line else word, " "
    return [*lines, line]
