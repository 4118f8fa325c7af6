"""Every example of the guide to embedding runs, against a service on this machine; and `deploy/` is as it should be."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

pytest.importorskip("uvicorn", reason="the extra `web` is not installed")
pytest.importorskip("httpx2", reason="the extra `client` is not installed")

import anyio
import mcp

from applicability.cli.serve import command as serve
from applicability.web.problems import RESPONSES

ROOT = Path(__file__).parents[2]
HERE = "http://127.0.0.1:8155"


@pytest.mark.parametrize("page", ["embed.md", "embed.zh-CN.md"])
def test_every_example_runs(page: str, url: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    blocks = re.findall(r"```(\w+)(?: curl)?\n(.*?)```", text, re.DOTALL)
    ran = {"python": 0, "sh": 0, "json": 0}
    for kind, code in blocks:
        if kind == "python":
            exec(compile(code.replace(HERE, url), page, "exec"), {"__name__": "example"})
        elif kind == "json":
            (server,) = json.loads(code)["mcpServers"].values()
            assert started(server["command"], server["args"]) == {"verify_answer", "check_profile"}
        elif code.startswith("pip"):
            installed, _, serves = code.partition("&&")
            extra = re.search(r"\[(\w+)\]", installed)
            assert extra is not None
            assert (
                extra[1]
                in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
            )
            assert shlex.split(serves)[:2] == ["applicability", "serve"]
            assert set(shlex.split(serves)[2:]) <= {one for param in serve.params for one in param.opts}
        elif code.startswith("curl") and shutil.which("curl"):
            done = subprocess.run(shlex.split(code.replace(HERE, url)), capture_output=True, check=True)
            assert json.loads(done.stdout)["findings"][0]["measure"] == 57
        ran[kind] += 1
    assert ran["python"] == 5
    assert ran["sh"] == 2
    assert ran["json"] == 1


def started(command: str, args: list[str]) -> set[str]:
    """Two tools of the server that a program starts so, which is this source's whatever is installed."""
    assert command == "applicability"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    parameters = mcp.StdioServerParameters(command=sys.executable, args=["-m", "applicability", *args], env=environment)

    async def run() -> set[str]:
        with anyio.fail_after(60):
            async with mcp.Client(mcp.stdio_client(parameters)) as client:
                return {one.name for one in (await client.list_tools()).tools}

    return anyio.run(run) & {"verify_answer", "check_profile"}


@pytest.mark.parametrize(("page", "heading"), [("embed.md", "## How errors look"), ("embed.zh-CN.md", "## 错误")])
def test_every_status_of_an_error_is_told(page: str, heading: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8").partition(heading)[2]
    assert {int(one) for one in re.findall(r"(?<!\d)[45]\d\d(?!\d)", text)} == set(RESPONSES)


def test_the_container_runs_without_rights() -> None:
    dockerfile = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")
    assert re.search(r"^USER 10001$", dockerfile, re.MULTILINE)
    assert "python:3.13-slim" in dockerfile
    service = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text("utf-8"))["services"]["applicability"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


def test_the_unit_is_hardened() -> None:
    unit = ROOT / "deploy" / "applicability.service"
    text = unit.read_text("utf-8")
    for word in ("DynamicUser=yes", "ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet=\n"):
        assert word in text
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not on this machine")
    done = subprocess.run([analyze, "verify", str(unit)], capture_output=True, encoding="utf-8")
    # The program is not where the unit has it on the machine that tests.
    assert [line for line in done.stderr.splitlines() if "is not executable" not in line and unit.name in line] == []
