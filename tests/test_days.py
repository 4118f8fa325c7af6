"""Today is the date in Beijing, whatever the machine's time zone; answers based on it say so."""

from __future__ import annotations

import datetime
import json
import pickle
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from applicability import Profile, Rulebook, api, check
from applicability.days import BEIJING, Today, day_text, today

from .cli.conftest import RULES, Run, run
from .examples import one_in

__all__ = ["run"]  # a fixture


@pytest.fixture(params=["Pacific/Kiritimati", "America/Los_Angeles", "Asia/Shanghai", "Etc/GMT+12"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A machine in some time zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> datetime.date:
    """A moment at which it is still yesterday in London: 2026-11-23, 17:30 UTC."""
    moment = datetime.datetime(2026, 11, 23, 17, 30, tzinfo=datetime.UTC)

    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Clock:
            return cls.fromtimestamp(moment.timestamp(), tz)

    monkeypatch.setattr("applicability.days.datetime", SimpleNamespace(datetime=Clock))
    return datetime.date(2026, 11, 24)


def test_today_is_beijing_s_day_wherever_the_machine_stands(zone: str, late: datetime.date, rulebook: Rulebook) -> None:
    assert today() == late
    assert check(Profile(city="天津"), rulebook, engine="reference").as_of == late
    assert api.day_of(rulebook, None) == late


def test_a_day_that_was_given_is_not_called_today(rulebook: Rulebook) -> None:
    now = datetime.datetime.now(BEIJING).date()
    for assessment in (
        check(Profile(city="天津"), rulebook, as_of=now, engine="reference"),
        check(Profile(city="天津", as_of=now.isoformat()), rulebook, engine="reference"),
    ):
        assert day_text(assessment.as_of).en == now.isoformat()
    assert day_text(check(Profile(city="天津"), rulebook, engine="reference").as_of).zh == f"{now}（北京时间今天）"


def test_today_is_a_day_like_any_other() -> None:
    day = today()
    plain = datetime.date(day.year, day.month, day.day)
    assert day == plain
    assert hash(day) == hash(plain)
    assert isinstance(pickle.loads(pickle.dumps(day)), Today)


SAID = [
    ["check", "p.yaml"], ["check", "p.yaml", "--format", "markdown"], ["check", "p.yaml", "--format", "html"],
    ["screen", "c.csv"], ["change", "p.yaml"], ["map", "--place", "上海"], ["compile", "--to", "sql"],
]  # fmt: skip


@pytest.mark.parametrize("args", one_in(3, SAID), ids=" ".join)
def test_the_answer_says_that_it_goes_by_today(args: list[str], run: Run, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("city: 上海\n", "utf-8")
    (tmp_path / "c.csv").write_text("name,city\nx,上海\n", "utf-8")
    for lang, said in (("en", "(today in Beijing)"), ("zh", "（北京时间今天）")):
        plain = [*args, "--rules", str(RULES), "--lang", lang]
        now, dated = run(*plain), run(*plain, "--as-of", "2026-11-23")
        assert said in " ".join((now.stdout + now.stderr).split()), lang
        assert said not in dated.stdout + dated.stderr


@pytest.mark.parametrize(
    "args", [["check", "p.yaml"], ["change", "p.yaml"], ["map", "--place", "上海"]], ids=lambda args: args[0]
)
def test_json_tells_it_too(args: list[str], run: Run, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("city: 上海\n", "utf-8")
    plain = [*args, "--rules", str(RULES), "--format", "json"]
    assert json.loads(run(*plain).stdout)["as_of_is_today"] is True
    assert json.loads(run(*plain, "--as-of", "2026-11-23").stdout)["as_of_is_today"] is False
