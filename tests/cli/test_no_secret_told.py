"""No command shows what may be a secret in the name of what it is to read or to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import RULES, Run

URLS = (
    "mysql://u:secret1@h/db?table=t&password=secret2",
    "POSTGRESQL://u:secret1@h/db?table=t",
    "postgresql+psycopg://u:secret1@h/db",
    "oracle://u:secret1@h/db",
    "postgresq://u:secret1@h/db?table=t",
    "md:db?motherduck_token=secret1",
    "postgresql://u:se@secret1@127.0.0.1:1/db?table=t&connect_timeout=2",
    "postgresql://u:se/secret1@127.0.0.1:1/db?table=t&connect_timeout=2",
    "postgresql://u:a%20secret1@127.0.0.1:1/db?table=t;password=secret2&connect_timeout=2",
    "postgresql://u:secret1@127.0.0.1:1/db",
    "sqlite:///out.db?table=t;password=secret1",
    "u:secret1@h/db",
)
COMMANDS = (
    ("screen", "{}"),
    ("screen", "in.csv", "-o", "{}"),
    ("screen", "in.csv", "-o", "{}.csv"),
    ("screen", "in.csv", "-o", "{}", "--format", "csv"),
    ("screen", "in.csv", "--summary", "{}"),
    ("screen", "in.csv", "--notes", "{}"),
    ("screen", "in.csv", "--mapping", "{}"),
    ("screen", "in.csv", "{}"),
    ("screen", "in.csv", "--picture", "{}"),
    ("check", "{}"),
    ("check", "p.yaml", "-o", "{}/x"),
    ("check", "p.yaml", "--register", "{}"),
    ("check", "p.yaml", "--as-of", "{}"),
    ("report", "p.yaml", "-o", "{}"),
    ("compare", "{}", "p.yaml"),
    ("change", "{}"),
    ("diff", "{}", "{}"),
    ("map", "--place", "{}"),
    ("ask", "{}"),
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_shows_a_secret(command: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("name,city\nA,上海\n", "utf-8")
    (tmp_path / "p.yaml").write_text("city: 上海\n", "utf-8")
    for lang in ("zh", "en"):
        for url in URLS:
            filled = [one.format(url) for one in command]
            own = () if command[0] in ("diff",) else ("--rules", RULES)
            done = run(*filled, *own, "--lang", lang)
            assert "secret" not in done.stdout + done.stderr, done.stdout + done.stderr
            assert done.stderr or done.stdout
