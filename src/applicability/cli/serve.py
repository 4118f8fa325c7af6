"""`applicability serve`: the page and the HTTP interface, on this machine unless said otherwise."""

from __future__ import annotations

import contextlib
import os
import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from applicability.cli import options as shared
from applicability.cli.command import Command
from applicability.cli.output import emit, narrate
from applicability.errors import ArgumentError, EngineError, Location, Problem
from applicability.long_lived import long_lived
from applicability.messages import install, not_installed, reason_of
from applicability.text import Lang, Text

if TYPE_CHECKING:
    from applicability.web.settings import Settings

_MB = 1_000_000
_AT = Text("网页和接口：{url}（Ctrl-C 结束）", "page and interface at {url} (Ctrl-C ends it)")
_KEY = Text(
    "密钥（只显示这一次）：{key}\n写入 --key-file 文件的一行：\n{hash}\n",
    "key (shown this once): {key}\nline for the file of --key-file:\n{hash}\n",
)


class _PathList(click.types.StringParamType):
    """Several files in one variable, separated as in PATH, since names may hold spaces."""

    envvar_list_splitter = os.pathsep


class ServeCommand(Command):
    """A command whose options are read from the environment too: a unit or a container sets them there.

    The variable is named after the option, so that no option can be left out. A key that is made is asked for by hand.
    """

    BY_HAND = ("--new-key",)

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        for one in self.params:
            name = one.opts[0]
            if name not in self.BY_HAND:
                one.envvar = f"APPLICABILITY_{name.removeprefix('--').replace('-', '_').upper()}"
            if one.multiple and "FILE" in (one.metavar or ""):
                one.type = _PathList()


@click.command(
    "serve",
    cls=ServeCommand,
    zh=(
        "在本机提供网页和 HTTP 接口，只需本命令，不用其他服务。\n\n"
        "默认只有本机可以访问。监听其他地址须设密钥（--key-file）或写明 --public。"
        "除 --new-key 外，各选项也可用环境变量设置，如 APPLICABILITY_PORT。"
    ),
)
@shared.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
    help=Text("监听的地址。", "The address to listen on."),
)  # fmt: skip
@shared.option(
    "--port", default=8155, show_default=True, type=click.IntRange(0, 65535),
    metavar="N", help=Text("监听的端口。", "The port to listen on."),
)  # fmt: skip
@shared.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 64),
    metavar="N", help=Text("进程数。", "How many processes."),
)  # fmt: skip
@shared.option("--open", "open_", is_flag=True, help=Text("打开浏览器。", "Open the page in the browser."))
@shared.option(
    "--public", is_flag=True,
    help=Text("允许其他机器不用密钥访问。", "Let other machines ask without a key."),
)  # fmt: skip
@shared.option(
    "--key-file", default=None, metavar="FILE",
    help=Text("密钥的 SHA-256，每行一个。", "SHA-256 of the keys that may ask, one a line."),
)  # fmt: skip
@shared.option("--new-key", is_flag=True, help=Text("生成一个密钥后退出。", "Make a key, show it and leave."))
@shared.option(
    "--allow-host", "hosts", multiple=True, metavar="NAME",
    help=Text("服务的主机名；可写多次。", "A name that the service is called by; may be given several times."),
)  # fmt: skip
@shared.option(
    "--rate", default=None, metavar="N/PERIOD",
    show_default=Text("仅本机时不限，否则 600/minute", "none on this machine, else 600/minute"),
    help=Text("每个进程中每个密钥或地址的请求频率上限。", "Most requests of one key or address, per worker."),
)  # fmt: skip
@shared.option(
    "--trust-proxy",
    is_flag=True,
    help=Text(
        "按前置代理转发的地址计频率；没有代理时不要用。",
        "Count the rate by the address that a proxy forwards; not without a proxy in front.",
    ),
)
@shared.option(
    "--batch-limit", default=256, show_default=True, type=click.IntRange(1, 100_000), metavar="MB",
    help=Text("一批档案的大小上限。", "Largest batch of profiles."),
)  # fmt: skip
@shared.option(
    "--register-limit", default=20, show_default=True, type=click.IntRange(1, 10_000), metavar="MB",
    help=Text("网页上一份企业名册的大小上限。", "Largest register of companies that the page takes."),
)  # fmt: skip
@shared.option("--quiet", is_flag=True, help=Text("不写请求日志。", "Write no log lines."))
@shared.lang_option
@shared.rules_option
@shared.register_option
def command(
    host: str,
    port: int,
    workers: int,
    open_: bool,
    public: bool,
    key_file: str | None,
    new_key: bool,
    hosts: tuple[str, ...],
    rate: str | None,
    trust_proxy: bool,
    batch_limit: int,
    register_limit: int,
    quiet: bool,
    lang: Lang,
    rules: str | None,
    registers: tuple[str, ...],
) -> None:
    """Serve the page and the HTTP interface on this machine; no other service is needed.

    Only this machine can reach it by default. To listen elsewhere, give keys (--key-file) or say --public. All options
    but --new-key can be set by environment too, as APPLICABILITY_PORT.

    \b
    applicability serve --open
    applicability serve --workers 2 --register approved.yaml
    applicability serve --host 0.0.0.0 --key-file keys.txt --allow-host opening.example.org
    """
    with _installed():
        from applicability.web.keys import hash_of, new_key as made
        from applicability.web.settings import Settings, is_loopback
    if new_key:
        key = made()
        emit(_KEY.of(lang).format(key=key, hash=hash_of(key)))
        return
    settings = Settings(
        host=host, port=port, workers=workers, rules=rules, registers=registers, public=public,
        keys=_keys(key_file), hosts=tuple(one.lower() for one in hosts),
        rate=rate if rate is not None else "" if is_loopback(host) else "600/minute",
        batch=batch_limit * _MB, register_size=register_limit * _MB, trust_proxy=trust_proxy, log=not quiet,
    )  # fmt: skip
    settings.refuse_open_doors()
    _check_rate(settings.rate)
    _run(settings, lang, open_)


@contextlib.contextmanager
def _installed() -> Iterator[None]:
    """Tell what to install where the libraries are not."""
    try:
        yield
    except ModuleNotFoundError as error:
        problem = Problem("E004", Location("serve"), not_installed(str(error.name)), install("web"))
        raise EngineError([problem]) from None


def _keys(file: str | None) -> tuple[str, ...]:
    if file is None:
        return ()
    from applicability.web.keys import read_hashes

    try:
        found = read_hashes(Path(file).read_text("utf-8"))
    except (ValueError, UnicodeDecodeError):
        found = ()
    if not found:
        hint = Text("每行一个64位十六进制数；用 --new-key 生成", "64 hexadecimal digits a line; --new-key makes one")
        what = Text(f"`{file}` 没有可用的密钥", f"`{file}` holds no keys")
        raise ArgumentError([Problem("U006", Location("key_file"), what, hint)])
    return found


def _check_rate(rate: str) -> None:
    if rate:
        with _installed():
            from limits import parse
        try:
            parse(rate)
        except ValueError:
            what = Text(f"`{rate}` 不是频率：写作 600/minute", f"`{rate}` is no rate: write it as 600/minute")
            raise ArgumentError([Problem("U006", Location("rate"), what)]) from None


def _run(settings: Settings, lang: Lang, open_: bool) -> None:
    with _installed(), long_lived():
        import uvicorn

        from applicability.service.service import Service
        from applicability.web.app import create_app
        from applicability.web.settings import HANDED_DOWN
        from applicability.web.worker_socket import SPREADS

        service = Service.load(settings.rules, settings.registers)  # errors in the rules are reported before it listens
    listening = _listen(settings.host, settings.port, spread=settings.workers > 1 and SPREADS)
    port = listening.getsockname()[1]
    with listening:
        shown = f"[{settings.host}]" if ":" in settings.host else settings.host
        url = f"http://{shown}:{port}/"
        narrate(_AT.of(lang).format(url=url))
        if open_:
            threading.Thread(target=_browse, args=(url,), daemon=True).start()
        how: dict[str, Any] = {
            "log_level": "warning", "access_log": False, "server_header": False, "proxy_headers": False,
            "timeout_graceful_shutdown": 10, "timeout_keep_alive": 15, "limit_concurrency": 1000, "ws": "none",
        }  # fmt: skip
        if settings.workers == 1:
            server = uvicorn.Server(uvicorn.Config(create_app(settings, service), **how))
            with contextlib.suppress(KeyboardInterrupt):
                server.run(sockets=[listening])
            return
        from uvicorn.supervisors import Multiprocess

        os.environ[HANDED_DOWN] = settings.as_text()
        with tempfile.TemporaryDirectory(prefix="applicability-metrics-") as counts:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = counts
            config = uvicorn.Config("applicability.web.app:create_app", factory=True, workers=settings.workers, **how)
            Multiprocess(config, sockets=[listening]).run()


def _listen(host: str, port: int, *, spread: bool) -> socket.socket:
    """A socket on that address, or, to be spread over workers, what holds it. Raises ArgumentError where it cannot be
    had.
    """
    from applicability.web.worker_socket import WorkerSocket

    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sets TCP_NODELAY only where the protocol is named: without it an answer in two parts waits some 40 ms for
    # the acknowledgement of the first.
    made = WorkerSocket if spread else socket.socket
    listening = made(kind, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if not spread:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host.strip("[]"), port))
    except OSError as error:
        listening.close()
        why = reason_of(error)
        what = Text(f"无法监听 {host}:{port}：{why.zh}", f"cannot listen on {host}:{port}: {why.en}")
        hint = Text("用 --port 换一个端口", "choose another port with --port")
        raise ArgumentError([Problem("U006", Location("port"), what, hint)]) from None
    if not spread:
        listening.listen(128)
        listening.set_inheritable(True)
    return listening


def _browse(url: str) -> None:
    """Open the page once it answers."""
    import time
    import urllib.request
    import webbrowser

    for _ in range(100):
        try:
            with urllib.request.urlopen(f"{url}ready", timeout=1):
                break
        except OSError:
            time.sleep(0.1)
    webbrowser.open(url)
