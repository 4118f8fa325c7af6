"""`applicability compare` and `map` in every format: their content, and their errors."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from .conftest import ROOT, Run

AGENCY = ROOT / "examples" / "travel-agency-chengdu.yaml"
TELECOM = ROOT / "examples" / "telecom-joint-venture-shanghai.yaml"
COMPARED = ("compare", AGENCY, "--as-of", "2026-11-23", "--lang", "en")


def test_across_all_pilots_beside_the_place_as_it_is(run: Run) -> None:
    found = json.loads(run(*COMPARED, "--across", "city", "--format", "json").stdout)
    labels = [one["label"]["en"] for one in found["alternatives"]]
    assert len(labels) == 20  # the place where it stands is one of the pilots, and listed once
    assert [one for one in labels if "Chengdu" in one] == ["as it is: Chengdu"]
    assert labels[0] == "as it is: Chengdu"
    assert labels[-1] == "Beijing"
    assert [row["differs"] for row in found["rows"]] == sorted((row["differs"] for row in found["rows"]), reverse=True)


def test_moving_leaves_district_and_zones_behind(run: Run) -> None:
    leasing = ROOT / "examples" / "financial-leasing-dongjiang.yaml"
    found = json.loads(run("compare", leasing, "--across", "city=上海,天津", "--format", "json").stdout)
    for one in found["alternatives"]:
        assert "zones" not in one["profile"]
        assert "district" not in one["profile"]


def test_what_was_granted_in_one_place_is_not_taken_along_to_another(run: Run, tmp_path: Path) -> None:
    findings = "{22.specific-area: true, 33.trade-consistency: false}"
    profile = "city: 天津\nforeign_share: 40\nactivities: [biotechnology]\nlicences: [commercial_factoring]\n"
    (tmp_path / "mine.yaml").write_text(f"{profile}determinations: {findings}\n", "utf-8")
    found = json.loads(run("compare", "mine.yaml", "--across", "city=天津,上海", "--format", "json").stdout)
    verdicts = {row["measure"]: row["verdicts"] for row in found["rows"]}
    assert verdicts[22] == ["eligible", "conditional"]
    assert verdicts[33] == ["ineligible", "ineligible"]


@pytest.mark.parametrize(
    ("spec", "count"),
    [
        ("foreign_share=0,25,50,100", 4),
        ("as_of=2025-06-01,2026-01-01", 2),
        ("zones=东疆,天津港综合保税区", 2),
        ("city=长沙,上海", 2),
    ],
)
def test_across_values_of_a_fact(spec: str, count: int, run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("city: 天津\nforeign_share: 10\n", "utf-8")
    found = json.loads(run("compare", "mine.yaml", "--across", spec, "--format", "json").stdout)
    assert len(found["alternatives"]) == count


@pytest.mark.parametrize(("spec", "first"), [("foreign_share=0,10,100", "10"), ("city=上海,天津", "Tianjin")])
def test_what_is_so_already_is_what_the_others_are_compared_with(
    spec: str, first: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "mine.yaml").write_text("city: 天津\nforeign_share: 10\n", "utf-8")
    found = json.loads(run("compare", "mine.yaml", "--across", spec, "--format", "json").stdout)
    assert len(found["alternatives"]) == spec.count(",") + 1
    assert first in found["alternatives"][0]["label"]["en"]


def test_zones_alone_are_those_of_the_city_and_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("city: 天津\n", "utf-8")
    found = json.loads(run("compare", "mine.yaml", "--across", "zones", "--format", "json").stdout)
    assert found["alternatives"][0]["profile"]["zones"] == []
    assert len(found["alternatives"]) > 3


def test_investors_give_way_to_the_share_that_follows_from_them(run: Run, tmp_path: Path) -> None:
    text = "city: 上海\ninvestors: [{origin: singapore, share: 50}, {origin: mainland, share: 50}]\n"
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    done = run("compare", "mine.yaml", "--across", "foreign_share=0,100", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert "investors" not in json.loads(done.stdout)["alternatives"][0]["profile"]


def test_several_profiles_stand_under_their_names(run: Run) -> None:
    found = json.loads(run("compare", AGENCY, TELECOM, "--format", "json").stdout)
    assert len(found["alternatives"]) == 2
    assert all(one["label"]["zh"] for one in found["alternatives"])


def test_an_unknown_city_fails_whole_and_every_one_is_named(run: Run) -> None:
    done = run(*COMPARED, "--across", "city=天津,Atlantis,Mars", "-o", "out.txt")
    assert done.returncode == 3
    assert "Atlantis" in done.stderr
    assert "Mars" in done.stderr
    assert (done.stdout, Path("out.txt").exists()) == ("", False)


def test_a_contradiction_is_the_error_that_check_gives(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("city: 上海\nzones: [东疆]\n", "utf-8")
    compared, checked = run("compare", "bad.yaml", "--across", "foreign_share=0,1"), run("check", "bad.yaml")
    assert compared.returncode == checked.returncode == 3
    assert compared.stderr == checked.stderr


@pytest.mark.parametrize(
    "args",
    [
        ("--across", "city="), ("--across", "shape=round"), ("--across", "entity_kind"), ("--across", "as_of=soon"),
        (), ("--across", "city", "--measure", "999"),
    ],
    ids=["no-values", "no-fact", "no-values-for-fact", "no-day", "nothing-varies", "no-row"],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(args: tuple[str, ...], run: Run) -> None:
    done = run(*COMPARED, *args)
    assert done.returncode == 2
    assert done.stdout == ""


def test_csv_has_a_line_for_every_row_and_alternative_and_no_formula(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text('name: "=cmd()"\ncity: 天津\n', "utf-8")
    (tmp_path / "other.yaml").write_text("city: 上海\n", "utf-8")
    text = run("compare", "mine.yaml", "other.yaml", "--format", "csv").stdout
    assert text.startswith("\ufeff")
    lines = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(lines) == 2 * 155
    assert {line["alternative"] for line in lines} == {"'=cmd()", "other.yaml"}


def test_a_workbook_opens_and_says_the_same(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text('name: "=cmd()"\ncity: 天津\n', "utf-8")
    assert run("compare", "mine.yaml", AGENCY, "--format", "xlsx", "-o", "out.xlsx", "--lang", "zh").returncode == 0
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["对照", "理由", "排名", "说明"]
    sheet = book["对照"]
    assert sheet.cell(1, 4).value == "=cmd()"
    assert sheet.cell(1, 4).data_type == "s", "text, not a formula"
    assert sheet.freeze_panes == "C2"
    found = json.loads(run("compare", "mine.yaml", AGENCY, "--format", "json").stdout)
    assert [sheet.cell(line, 1).value for line in range(2, 157)] == [row["measure"] for row in found["rows"]]


@pytest.mark.parametrize(
    "command",
    [
        (*COMPARED, "--across", "city", "--chapter", "1"),
        pytest.param(("map", "--as-of", "2026-11-23", "--chapter", "1"), marks=pytest.mark.thorough),
        pytest.param((*COMPARED, "--across", "city"), marks=pytest.mark.thorough),
    ],
    ids=["compare", "map", "compare-whole"],
)
@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.thorough)])
@pytest.mark.parametrize("form", ["svg", pytest.param("png", marks=pytest.mark.thorough)])
def test_pictures_are_made_and_are_the_same_every_time(
    command: tuple[str, ...], form: str, lang: str, run: Run
) -> None:
    for name in ("one", "two"):
        done = run(*command, "--format", form, "--lang", lang, "-o", f"{name}.{form}")
        assert done.returncode == 0, done.stderr
    made = Path(f"one.{form}").read_bytes()
    assert made == Path(f"two.{form}").read_bytes()
    if form == "png":
        assert made.startswith(b"\x89PNG")
    else:
        words = "".join(ElementTree.fromstring(made).itertext())
        assert ("成都市" if lang == "zh" else "Chengdu") in words, "text stays text"


def test_without_the_extra_the_picture_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    done = run(*COMPARED, "--across", "city", "--format", "png", "-o", "out.png")
    assert done.returncode == 6
    assert "pip install 'applicability[pictures]'" in done.stderr
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    done = run(*COMPARED, "--across", "city", "--format", "xlsx", "-o", "out.xlsx")
    assert done.returncode == 6
    assert "pip install 'applicability[tables]'" in done.stderr


def test_without_a_font_for_chinese_no_picture_is_drawn(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from applicability.report.layout import pictures

    monkeypatch.setattr(pictures, "FAMILIES", ())
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    done = run(*COMPARED, "--across", "city", "--format", "png", "-o", "out.png")
    assert done.returncode == 6
    assert "no font here has Chinese characters" in done.stderr
    assert not Path("out.png").exists()


def test_the_text_fits_a_narrow_terminal_in_blocks(run: Run) -> None:
    from rich.cells import cell_len

    for lang in ("zh", "en"):
        text = run(*COMPARED[:2], "--across", "city", "--lang", lang, COLUMNS="60").stdout
        assert max(cell_len(line) for line in text.splitlines()) <= 60
        assert text.count("  57 ") > 1, "the columns stand in several blocks"


@pytest.mark.parametrize(
    ("chosen", "rows"), [(("--chapter", "1"), 16), pytest.param((), 155, marks=pytest.mark.thorough)]
)
def test_the_map_counts_every_row_in_every_place(chosen: tuple[str, ...], rows: int, run: Run) -> None:
    found = json.loads(run("map", "--format", "json", "--place", "上海", "--place", "长沙", *chosen).stdout)
    assert [one["code"] for one in found["places"]] == ["310000", "430100"]
    for place in found["places"]:
        assert sum(place["counts"].values()) == len(found["measures"]) == rows


@pytest.mark.thorough
def test_the_map_of_every_place_fits_a_terminal_in_blocks(run: Run) -> None:
    from rich.cells import cell_len

    for lang, title in (("zh", "  第7章 赋能服务业新业态"), ("en", "  chapter 7: Opening new for")):
        lines = run("map", "--chapter", "7", "--lang", lang).stdout.splitlines()
        assert max(map(cell_len, lines)) <= 80
        assert sum(line.startswith(title) for line in lines) == 2, "the places stand in two blocks"


def test_the_page_of_the_map_needs_no_network(run: Run) -> None:
    page = run("map", "--format", "html", "--chapter", "1", "--lang", "zh").stdout
    assert page.count("<tr data-row=") == 16
    for outside in ("http://", "https://", "<link", "src="):
        assert outside not in page


def test_the_map_refuses_unknown_places_all_at_once(run: Run) -> None:
    done = run("map", "--place", "Atlantis", "--place", "Mars")
    assert done.returncode == 3
    assert "Atlantis" in done.stderr
    assert "Mars" in done.stderr


def test_each_open_cell_has_the_limits_to_confirm_as_a_check_lists_them(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "city: 成都\nsector: '7291'\nactivities: [travel-agency]\nforeign_share: 100\nentity_kind: enterprise\n"
        "registered_here: true\n",
        "utf-8",
    )
    (tmp_path / "kept.yaml").write_text(
        (tmp_path / "mine.yaml").read_text("utf-8") + "limits: {57.taiwan: true}\n", "utf-8"
    )
    day = ("--as-of", "2026-11-23", "--format", "json")
    found = json.loads(run("compare", "mine.yaml", "kept.yaml", *day).stdout)
    rows = {row["measure"]: row for row in found["rows"]}
    assert [keys for keys in rows[57]["to_confirm"] if "57.taiwan" in keys]
    for place, one in enumerate(found["alternatives"]):
        given = tmp_path / f"{place}.yaml"
        given.write_text(json.dumps(one["profile"], ensure_ascii=False), "utf-8")
        every = json.loads(run("check", given, *day).stdout)["findings"]
        for finding in every:
            unsaid = [limit["key"] for limit in finding["limits"] if limit["state"] == "unsaid"]
            is_open = finding["verdict"] in ("eligible", "conditional")
            assert rows[finding["measure"]]["to_confirm"][place] == (unsaid if is_open else [])
