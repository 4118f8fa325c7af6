"""No message shows what may be a secret in a URL or a connection string, whatever its scheme."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from applicability.credentials import without_secrets, without_secrets_of
from applicability.errors import Location, Problem
from applicability.text import Text

# URLs with `secret` in every part that may be one, and what is shown.
SHOWN = {
    "mysql://u:secret1@h/db?table=t&password=secret2": "mysql://u:***@h/db?table=t&password=***",
    "POSTGRESQL://u:secret1@h/db?table=t": "POSTGRESQL://u:***@h/db?table=t",
    "postgresql+psycopg://u:secret1@h/db": "postgresql+psycopg://u:***@h/db",
    "oracle://u:secret1@h:1521/db": "oracle://u:***@h:1521/db",
    "postgresq://u:secret1@h/db?table=t": "postgresq://u:***@h/db?table=t",
    "md:db?motherduck_token=secret1": "md:db?motherduck_token=***",
    "jdbc:postgresql://u:secret1@h/db": "jdbc:postgresql://u:***@h/db",
    "postgresql://u:se@secret1@h:1/db?table=t": "postgresql://u:***@h:1/db?table=t",
    "postgresql://u:se/secret1@h/db?table=t": "postgresql://u:***@h/db?table=t",
    "postgresql://u:se?secret1@h/db?table=t": "postgresql://u:***@h/db?table=t",
    "postgresql://u:12#secret1@h/db?table=t": "postgresql://u:***@h/db?table=t",
    "postgresql://u:secret1/db?table=t": "postgresql://u:***?table=t",
    "postgresql:///u:secret1@h/db": "postgresql:///u:***@h/db",
    "postgresql://h/db?table=t;password=secret2": "postgresql://h/db?table=t;password=***",
    "postgresql://h/db?table=t#secret1": "postgresql://h/db?table=t#***",
    "postgresql://h/db?table=t&p%61ssword=secret1": "postgresql://h/db?table=t&***",
    "https://secret1@host/x?id=3&token=secret2": "https://***@host/x?id=3&token=***",
    "https://host/p#access_token=secret1": "https://host/p#access_token=***",
    "u:secret1@h/db": "u:***@h/db",
    "host=h user=u password=secret1 dbname=x": "host=h user=u password=*** dbname=x",
    "Driver={P};UID=u;PWD={secret1;secret2};x=1": "Driver={P};UID=u;PWD=***;x=1",
    "mysql:/u:secret1@h/db": "mysql:/u:***@h/db",
    "s3://AK:secret1@bucket/x": "s3://AK:***@bucket/x",
}
# What holds no secret is shown as it is.
PLAIN = (
    "companies.csv", "/tmp/a@b.csv", "C:\\a@b.csv", "a=b.yaml", "sqlite:////tmp/a@b.db?table=open measures",
    "duckdb:///C:/a@b.duckdb?table=t", "postgresql://user@h/db?table=a@b", "postgresql://h1:5432,h2:5433/db?table=t",
    "postgresql://[::1]:5432/db?table=t", "https://www.gov.cn/a?id=3#part", "https://host/@us", "out:/a:b#c",
    "mailto:a@b.gov.cn", "--set city=上海", "row 3, foreign_share",
)  # fmt: skip


@pytest.mark.parametrize("url", SHOWN)
def test_a_secret_is_masked_in_a_name_and_in_a_text(url: str) -> None:
    shown = SHOWN[url]
    assert without_secrets(url, name=True) == shown
    assert without_secrets(shown, name=True) == shown
    assert without_secrets(f"`{url}`：无法读取") == f"`{shown}`：无法读取"
    assert without_secrets(f"{url} cannot be read") == f"{shown} cannot be read"


@pytest.mark.parametrize("name", PLAIN)
def test_what_holds_no_secret_is_shown(name: str) -> None:
    assert without_secrets(name, name=True) == name
    assert without_secrets(f"`{name}`: cannot be read") == f"`{name}`: cannot be read"


@pytest.mark.parametrize("url", SHOWN)
def test_no_problem_shows_a_secret(url: str) -> None:
    what = Text(f"`{url}`：读不出", f"`{url}` is not read")
    problem = Problem("S101", Location(url), what, Text(f"写作 `{url}`", f"write `{url}`"))
    assert "secret" not in problem.told("zh") + problem.told("en")
    assert "is not read" in problem.message


def test_a_driver_that_repeats_a_part_of_a_password_is_masked() -> None:
    url = "postgresql://u:se@cr et1@localhost:1/db?passfile=mine"
    told = without_secrets_of(url, "failed to resolve host 'cr et1@localhost' of user u, see mine: use another")
    assert told == "failed to resolve host '*** ***@localhost' of user u, see ***: use another"
    assert without_secrets_of("postgresql://u:p%40ss@h/db", "no p@ss, no p%40ss") == "no ***, no ***"


_ANY = st.text(st.characters(codec="utf-8", exclude_characters="`“”‘’"), min_size=1).map(lambda text: f"{text}SECRET")


@given(_ANY, st.sampled_from(["postgresql", "mysql", "mongodb+srv", "https"]))
def test_whatever_a_password_holds_it_is_masked(password: str, scheme: str) -> None:
    assert "SECRET" not in without_secrets(f"{scheme}://me:{password}@host/db?table=t", name=True)
