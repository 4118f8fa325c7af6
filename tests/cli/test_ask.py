"""`applicability ask` in use: answers, mistakes, going back, leaving, resuming, interrupting."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from applicability.loading.profile.reader import load_profile

from .conftest import Run, environment


def said(path: Path) -> dict[str, object]:
    found = yaml.safe_load(path.read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def test_answers_are_saved_and_the_next_command_is_named(run: Run, tmp_path: Path) -> None:
    done = run("ask", "mine.yaml", stdin="上海\n".encode())
    assert done.returncode == 0
    assert said(tmp_path / "mine.yaml") == {"city": "上海"}
    assert "applicability check mine.yaml" in done.stdout
    assert "still undecided" in done.stdout


def test_a_slip_is_explained_and_asked_again(run: Run, tmp_path: Path) -> None:
    done = run("ask", "mine.yaml", stdin="Atlantis\n上海\n".encode())
    assert "unknown place `Atlantis`" in done.stdout
    assert said(tmp_path / "mine.yaml") == {"city": "上海"}


def test_a_question_mark_tells_the_rows_and_the_words(run: Run) -> None:
    done = run("ask", "mine.yaml", "--lang", "zh", stdin="？\nq\n".encode())
    assert "以下措施待此判断" in done.stdout
    assert "没有回答，未写文件" in done.stdout


def test_a_question_mark_tells_which_place_a_row_means(run: Run, tmp_path: Path) -> None:
    (tmp_path / "company.yaml").write_text("entity_kind: enterprise\nregistered_here: true\n", "utf-8")
    rows = {"112": "mine.yaml", "89": "mine.yaml", "119": "company.yaml", "1": "mine.yaml"}
    told = {row: run("ask", file, "--measure", row, stdin=b"?\nq\n").stdout for row, file in rows.items()}
    assert "for this row: where the person enters" in told["112"]
    assert "for this row: where the goods enter for repair" in told["89"]
    assert "for this row: where the enterprise is registered" in told["119"]
    assert "for this row" not in told["1"]


def test_a_question_mark_tells_what_activities_mean(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("city: 成都\nsector: '72'\n", "utf-8")
    done = run("ask", "mine.yaml", "--all", "--lang", "en", stdin="?\n? 1\n? 保税租赁\n? zzz\nq\n".encode())
    assert "who only offers its own" in " ".join(done.stdout.split())
    assert "bonded-aircraft-leasing" in done.stdout
    assert "no activity is called so" in done.stdout


def test_an_answer_goes_under_the_key_that_the_file_has(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("名称: 某公司\n城市: 上海\n行业代码: '72'\n业务活动:\n", "utf-8")
    run("ask", "mine.yaml", stdin=b"1\nq\n")
    told = said(tmp_path / "mine.yaml")
    assert told["城市"] == "上海"
    assert told["业务活动"]
    assert "city" not in told
    assert "activities" not in told


def test_nothing_is_written_where_nothing_is_answered(run: Run, tmp_path: Path) -> None:
    assert run("ask", "mine.yaml", stdin=b"q\n").returncode == 0
    assert not (tmp_path / "mine.yaml").exists()


def test_going_back_takes_the_answer_out_of_the_file(run: Run, tmp_path: Path) -> None:
    run("ask", "mine.yaml", stdin="上海\nb\n天津\nq\n".encode())
    assert said(tmp_path / "mine.yaml")["city"] == "天津"


def test_what_a_person_wrote_stays_and_a_blank_fact_is_filled_in(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("# our firm\nname: 某公司  # a name\ncity:   # not yet\n", "utf-8")
    run("ask", "mine.yaml", stdin="上海\nq\n".encode())
    text = (tmp_path / "mine.yaml").read_text("utf-8")
    assert text == '# our firm\nname: 某公司  # a name\ncity: "上海"   # not yet\n'


def test_an_interview_goes_on_where_it_was_left(run: Run, tmp_path: Path) -> None:
    run("ask", "mine.yaml", stdin="上海\n".encode())
    again = run("ask", "mine.yaml", stdin=b"q\n")
    assert "In which city" not in again.stdout
    assert said(tmp_path / "mine.yaml") == {"city": "上海"}


def test_a_json_profile_stays_json(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text('{"name": "某公司"}', "utf-8")
    run("ask", "mine.json", stdin="上海\nq\n".encode())
    assert json.loads((tmp_path / "mine.json").read_text("utf-8")) == {"name": "某公司", "city": "上海"}


def test_numbers_stand_for_the_options_shown(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("city: 成都\nsector: '72'\nforeign_share: 20\n", "utf-8")
    done = run("ask", "mine.yaml", "--all", "--measure", "57", stdin=b"99\n1\nq\n")
    assert "there is no number 99" in done.stdout
    assert said(tmp_path / "mine.yaml")["activities"] == ["travel-agency"]


def test_what_is_implausible_is_not_asked_and_an_answer_tells_what_was_offered(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("city: 成都\nsector: '7291'\nforeign_share: 100\n# mine\nentity_kind: enterprise\n", "utf-8")
    done = run("ask", "mine.yaml", "--lang", "en", stdin=b"1\n" + b"d\n" * 12)
    told = " ".join(done.stdout.split())
    assert "unlikely for sector 7291" in told
    assert "--all asks about them too" in told
    assert "Which of these drugs or devices" not in told
    held = said(file)["activities"]
    assert isinstance(held, dict)
    assert held["yes"] == ["travel-agency"]
    assert "electronic-invoicing" in held["no"]
    assert "offshore-trade" not in held["no"]
    assert "# mine" in file.read_text("utf-8")
    assert run("check", "mine.yaml").returncode == 0
    zh = run("ask", "mine.yaml", "--lang", "zh", stdin=b"d\n" * 12)
    assert "一般不涉及" in zh.stdout
    every = run("ask", "mine.yaml", "--all", "--lang", "en", stdin=b"d\n" * 20)
    assert "implausible" not in every.stdout


def test_a_sector_is_answered_in_words_and_a_word_for_several_is_asked_about(run: Run, tmp_path: Path) -> None:
    profile = "city: 成都\nforeign_share: 20\nentity_kind: enterprise\nregistered_here: true\n"
    (tmp_path / "mine.yaml").write_text(profile, "utf-8")
    typed = "酒店\n信息传输、软件和信息技术服务业、旅行社\nq\n"
    asked = run("ask", "mine.yaml", "--measure", "57", stdin=typed.encode())
    assert "`611` Tourist hotels, `612` Ordinary hotels" in " ".join(asked.stdout.split())
    assert "unknown GB/T 4754-2017 sector `信息传输`" in asked.stdout  # a list of names is split at every comma
    typed = "信息传输、软件和信息技术服务业\nq\n"
    run("ask", "mine.yaml", "--measure", "57", stdin=typed.encode())
    assert said(tmp_path / "mine.yaml")["sector"] == ["信息传输、软件和信息技术服务业"]


def test_none_of_a_list_is_an_answer_and_not_knowing_is_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("city: 成都\nsector: '72'\nforeign_share: 20\n", "utf-8")
    run("ask", "mine.yaml", "--all", "--measure", "57", stdin=b"0\n")
    assert said(tmp_path / "mine.yaml")["activities"] == []
    (tmp_path / "other.yaml").write_text("city: 成都\nsector: '72'\n", "utf-8")
    done = run("ask", "other.yaml", "--measure", "57", stdin=b"d\n" * 4)
    assert said(tmp_path / "other.yaml") == {"city": "成都", "sector": "72"}
    assert "did not know" in done.stdout


def test_a_profile_that_contradicts_itself_is_refused_as_check_does(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("city: 上海\nzones: [东疆]\n", "utf-8")
    asked, checked = run("ask", "mine.yaml"), run("check", "mine.yaml")
    assert asked.returncode == checked.returncode == 3
    assert asked.stderr == checked.stderr
    assert "P105" in asked.stderr


def test_a_row_that_is_not_there_is_refused(run: Run) -> None:
    assert run("ask", "--measure", "999").returncode == 2


def test_an_interrupt_keeps_every_answer(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "applicability.cli", "ask", "mine.yaml"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=environment()
    ) as process:
        assert process.stdin is not None
        process.stdin.write("上海\n".encode())
        process.stdin.flush()
        for _ in range(200):
            if (tmp_path / "mine.yaml").exists():
                break
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 130, err.decode()
    assert b"Traceback" not in err
    assert "saved to mine.yaml" in out.decode()
    assert said(tmp_path / "mine.yaml") == {"city": "上海"}


@pytest.mark.parametrize(
    "text",
    [
        "activities: null\nsector: '72'\ncity: 成都\nforeign_share: 20\n",
        "activities :\nsector: '72'\ncity: 成都\nforeign_share: 20\n",
        "? activities\n? sector\n: '72'\n? city\n: 成都\n",
        "sector: '72'\ncity: 成都\nforeign_share: 20\n...\n",
        "  sector: '72'\n  city: 成都\n",
        "# our firm\n{sector: '72', city: 成都}\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_saved_profile_is_one_however_it_is_laid_out(text: str, encoding: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(text.encode(encoding))
    asked = run("ask", "mine.yaml", "--all", "--measure", "57", stdin=b"1\n" * 3)
    assert asked.returncode == 0, asked.stderr
    saved = load_profile(file).facts
    assert saved["sector"] == "72"
    assert saved["activities"] == ["travel-agency"]
    assert file.read_bytes().decode(encoding).startswith(text[:10])
    assert run("check", "mine.yaml").returncode == 0


def test_taking_back_the_only_answer_leaves_no_file(run: Run, tmp_path: Path) -> None:
    done = run("ask", "mine.yaml", stdin="上海\nb\nq\n".encode())
    assert "no file written" in done.stdout
    assert not (tmp_path / "mine.yaml").exists()
    (tmp_path / "own.yaml").write_text("name: x # firm\n", "utf-8")
    run("ask", "own.yaml", stdin="上海\nb\nq\n".encode())
    assert (tmp_path / "own.yaml").read_text("utf-8") == "name: x # firm\n"


def test_what_somebody_else_writes_meanwhile_stays(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "applicability.cli", "ask", "mine.yaml"]
    file = tmp_path / "mine.yaml"
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=environment()
    ) as process:
        assert process.stdin is not None
        process.stdin.write("上海\n".encode())
        process.stdin.flush()
        for _ in range(200):
            if file.exists():
                break
            time.sleep(0.05)
        file.write_text("city: 天津 # we moved\nforeign_share: 30\n", "utf-8")
        out, err = process.communicate(b"72\nd\nq\n", timeout=20)
    assert process.returncode == 0, err.decode()
    assert "was changed meanwhile" in out.decode()
    text = file.read_text("utf-8")
    assert text == "city: 天津 # we moved\nforeign_share: 30\n"


@pytest.mark.parametrize(
    "line", ["²".encode(), b"9" * 5000, b"9" * 200_000, "上海".encode("utf-16"), b"\xff\xfe", b"a\x1b[31mb"]
)
def test_an_answer_that_is_none_is_asked_again(line: bytes, run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("city: 成都\nsector: '72'\nforeign_share: 20\n", "utf-8")
    done = run("ask", "mine.yaml", "--all", "--measure", "57", stdin=line + b"\n1\n")
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert said(tmp_path / "mine.yaml")["activities"] == ["travel-agency"]


def test_a_file_that_is_too_large_is_not_read_whole(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "mine.yaml").open("wb") as file:
        file.truncate(3_000_000_000)
    done = run("ask", "mine.yaml")
    assert done.returncode == 3
    assert "P003" in done.stderr


def test_the_name_is_asked_at_the_end_and_a_report_is_offered(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    done = run("ask", str(file), "--measure", "58", "--lang", "en", stdin="上海\nd\n[]\n\nOurs\nmaybe\nhtml\n".encode())
    assert "which name should a report carry" in done.stdout
    assert "type docx, pdf or html" in done.stdout
    assert said(file)["name"] == "Ours"
    assert "planned" not in said(file)
    assert "Ours" in (tmp_path / "ours-report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("lang", "typed", "planned"), [("zh", "也许\n是", True), ("en", "y", True), ("en", "no", False)]
)
def test_whether_the_company_is_only_planned_is_asked_at_the_end(
    run: Run, tmp_path: Path, lang: str, typed: str, planned: bool
) -> None:
    file = tmp_path / "ours.yaml"
    lines = f"上海\nd\n[]\n{typed}\n\nhtml\n"
    done = run("ask", str(file), "--measure", "58", "--lang", lang, stdin=lines.encode())
    assert {"zh": "只是拟设立吗", "en": "Is the company still to be set up?"}[lang] in done.stdout
    assert ("请填 是 或 否" in done.stdout) == ("也许" in typed)
    assert said(file)["planned"] is planned
    report = (tmp_path / "ours-report.html").read_text("utf-8")
    assert ({"zh": "拟设立，尚未登记", "en": "planned, not registered yet"}[lang] in report) == planned
    again = run("ask", str(file), "--measure", "58", "--lang", lang, stdin=b"\n")
    assert {"zh": "拟设立", "en": "to be set up"}[lang] not in again.stdout
