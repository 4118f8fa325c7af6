"""How a service runs: where it listens, which rules it loads, who may ask, and how much."""

from __future__ import annotations

import dataclasses
import ipaddress
import os
from dataclasses import dataclass
from typing import Any

from applicability.errors import ArgumentError, Location, Problem
from applicability.text import Text

# The variable in which a parent hands its settings to the workers that it starts.
HANDED_DOWN = "APPLICABILITY_SERVE"
_MB = 1_000_000


@dataclass(frozen=True)
class Settings:
    """The settings of a service; sizes are bytes, times seconds.

    `keys` are the SHA-256 of the keys that may ask; without any, everybody who reaches it may. `hosts` are the names
    that a request may call it by (empty: any where it is public, else those of this machine). `rate` is as `limits`
    writes it (`600/minute`; empty: none) and counts for each key or address,
    in each worker. With `trust_proxy` the address is the last that the proxy in front forwards.
    """

    host: str = "127.0.0.1"
    port: int = 8155
    workers: int = 1
    rules: str | None = None
    registers: tuple[str, ...] = ()
    public: bool = False
    keys: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    rate: str = ""
    trust_proxy: bool = False
    body: int = _MB
    batch: int = 256 * _MB
    register_size: int = 20 * _MB
    depth: int = 12
    entries: int = 1000
    read_seconds: float = 20.0
    answer_seconds: float = 30.0
    concurrency: int = 4
    log: bool = True
    mcp: bool = True

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.host)

    @property
    def known_hosts(self) -> tuple[str, ...]:
        """The names it may be called by; none where any will do."""
        if self.hosts:
            return self.hosts
        return ("localhost", "127.0.0.1", "[::1]") if self.loopback else ()

    def refuse_open_doors(self) -> None:
        """Raise ArgumentError for an address that others can reach, without a key and without having said so."""
        if self.loopback or self.keys or self.public:
            return
        what = Text(
            f"`{self.host}` 可从其他机器访问，而没有设置密钥",
            f"`{self.host}` can be reached from other machines, and no key is set",
        )
        hint = Text(
            "用 --key-file 设置密钥，或用 --public 说明可以公开",
            "set a key with --key-file, or say with --public that everybody may ask",
        )
        raise ArgumentError([Problem("U006", Location("host"), what, hint)])

    def as_text(self) -> str:
        """The settings as a variable holds them for workers."""
        import json

        plain = {one.name: getattr(self, one.name) for one in dataclasses.fields(self)}
        return json.dumps(plain)

    @classmethod
    def of_text(cls, text: str) -> Settings:
        """The settings that a variable holds."""
        import json

        plain: dict[str, Any] = json.loads(text)
        given: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()
        }
        return cls(**given)


def handed_down() -> Settings:
    """The settings of the process that started this one, or the defaults."""
    held = os.environ.get(HANDED_DOWN)
    return Settings.of_text(held) if held else Settings()


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own.

    >>> is_loopback("localhost"), is_loopback("127.0.0.2"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
