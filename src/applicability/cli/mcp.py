"""`applicability mcp`: tools for assistants over standard streams."""

from __future__ import annotations

import click

from applicability.cli import options as shared
from applicability.cli.command import Command
from applicability.errors import EngineError, Location, Problem
from applicability.long_lived import long_lived
from applicability.messages import install, not_installed
from applicability.text import Lang


@click.command(
    "mcp",
    cls=Command,
    zh=(
        "为助手程序提供工具（模型上下文协议，MCP），经标准输入输出。\n\n"
        "工具：检查档案、下一个问题、说明措施、怎样才能适用、比较地方、核对草稿、查找地方、行业、活动和限制。"
    ),
)
@shared.lang_option
@shared.rules_option
@shared.register_option
def command(lang: Lang, rules: str | None, registers: tuple[str, ...]) -> None:
    """Offer tools to assistants by the Model Context Protocol (MCP), over standard input and output.

    \b
    applicability mcp
    applicability mcp --register approved.yaml
    """
    with long_lived():
        try:
            from applicability.mcp.server import server
        except ModuleNotFoundError as error:
            problem = Problem("E004", Location("mcp"), not_installed(str(error.name)), install("web"))
            raise EngineError([problem]) from None
        from applicability.service.service import Service

        made = server(Service.load(rules, registers))
    made.run("stdio")
