"""`playbook check` as an author meets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.playbooks import AS_OF, LONGEST, ROOT, Run, run_playbook


def test_a_sound_strategy_is_said_to_be_so(playbook: Run) -> None:
    done = playbook("check", ROOT, "--strict", "--as-of", AS_OF)
    assert (done.returncode, done.stderr) == (0, "")
    assert "error:" not in done.stdout
    assert "warning:" not in done.stdout


def test_all_faults_come_at_once_each_with_file_and_line(playbook: Run, started: Path) -> None:
    file = started / "strategy.yaml"
    text = file.read_text("utf-8")
    text = text.replace("priority: primary", "priority: primry").replace(
        "role: Answers", "rolle: Answers"
    )
    text = text.replace("proof: [response-times]", "proof: [response-time]", 1)
    file.write_text(text, "utf-8")
    (started / "strategy").mkdir(exist_ok=True)
    (started / "strategy/markets.yaml").write_text(
        "- id: food-producers\n  name: A\n  priority: primary\n  summary: x\n", "utf-8"
    )
    (started / "strategy/glossary.yaml").write_text(
        "- id: a\n  term: a: b\n  meaning: c\n", "utf-8"
    )
    (started / "strategy/stages").mkdir()
    (started / "strategy/stages/win.yaml").write_bytes(b"\xff\xfe\x00bad")
    done = playbook("check", "--format", "json", cwd=started)
    assert done.returncode == 1
    report = json.loads(done.stdout)
    found = {(problem["rule"], problem["file"], problem["line"]) for problem in report["problems"]}
    lines = text.split("\n")

    def line_of(words: str) -> int:
        return next(number for number, line in enumerate(lines, 1) if words in line)

    assert found == {
        ("unknown-value", "strategy.yaml", line_of("primry")),
        ("unknown-field", "strategy.yaml", line_of("rolle")),
        ("broken-reference", "strategy.yaml", line_of("[response-time]")),
        ("duplicate-id", "strategy/markets.yaml", 1),
        ("colon-in-text", "strategy/glossary.yaml", 2),
        ("not-utf-8", "strategy/stages/win.yaml", 0),
    }
    assert report["counts"] == {"files": 5, "errors": 6, "warnings": 0, "notices": 0}
    for problem in report["problems"]:
        assert set(problem) >= {"rule", "severity", "file", "line", "column", "title", "why", "fix"}
        assert problem["title"]
        assert problem["fix"]


def test_a_missing_strategy_is_a_problem_of_the_content(playbook: Run, tmp_path: Path) -> None:
    done = playbook("check", tmp_path)
    assert done.returncode == 1
    assert "there is no strategy.yaml here" in done.stdout


SLIP = "- id: zoe\n  name: Zoe\n  role:{}boss\n"


def write_slips(root: Path) -> None:
    (root / "strategy").mkdir(exist_ok=True)
    (root / "strategy/people.yaml").write_text(SLIP.format(""), "utf-8")
    (root / "strategy/glossary.yaml").write_text("- id: a\n  term: a: b\n  meaning: c\n", "utf-8")


def test_slips_are_mended_where_they_are_written(playbook: Run, started: Path) -> None:
    write_slips(started)
    (started / "strategy/people.yaml").chmod(0o640)
    done = playbook("check", "--fix", "--format", "json", cwd=started)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("--- a/strategy/glossary.yaml\n")
    assert "+  role: boss\n" in done.stdout
    assert "2 files were changed.\n\nNo problems" in done.stdout
    assert (started / "strategy/people.yaml").read_text("utf-8") == SLIP.format(" ")
    assert (started / "strategy/people.yaml").stat().st_mode & 0o777 == 0o640
    done = playbook("check", "--fix", cwd=started)
    assert done.stdout.startswith("There was nothing that a machine can safely mend.\n\n")


def test_a_kill_while_mending_leaves_each_file_whole(started: Path) -> None:
    write_slips(started)
    code = (
        "import os, signal, sys\n"
        "from generator.commands.cli import run\n"
        "def watch(event, arguments):\n"
        "    if event == 'os.rename' and str(arguments[1]).endswith('people.yaml'):\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "sys.addaudithook(watch)\n"
        "run(['check', '--fix'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=started,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        timeout=LONGEST,
    )
    assert done.returncode == -9
    assert (started / "strategy/people.yaml").read_text("utf-8") == SLIP.format("")
    assert run_playbook("check", "--fix", cwd=started).returncode == 0
    assert sorted(path.name for path in (started / "strategy").iterdir()) == [
        ".gitkeep",
        "glossary.yaml",
        "people.yaml",
    ]


def test_what_is_left_after_mending_is_of_the_day_that_was_named(
    playbook: Run, started: Path
) -> None:
    (started / "strategy/people.yaml").write_text(
        SLIP.format(" ") + "  reviewed_on: 2026-01-01\n", "utf-8"
    )
    for day, said in (("2026-01-02", False), ("2036-01-02", True)):
        for more in ((), ("--fix",)):
            done = playbook("check", *more, "--as-of", day, cwd=started)
            assert ("[overdue-review]" in done.stdout) is said


def test_a_report_goes_into_a_file_and_not_through_a_link_that_leads_away(
    playbook: Run, started: Path
) -> None:
    done = playbook("check", "--format", "json", "--output", "report.json", cwd=started)
    assert done.stdout.startswith("No problems")
    assert json.loads((started / "report.json").read_text("utf-8"))["problems"] == []
    mine = started.parent / "mine.txt"
    mine.write_text("mine", "utf-8")
    (started / "link.json").symlink_to(mine)
    for file in ("link.json", "nowhere/report.json", "strategy.yaml"):
        done = playbook("check", "--output", file, cwd=started)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert done.stderr.startswith(f"playbook: {file}")
    assert mine.read_text("utf-8") == "mine"


def test_where_the_check_annotates_it_adds_to_the_summary_of_the_job(started: Path) -> None:
    summary = started / "summary.md"
    summary.write_text("before\n", "utf-8")
    given = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    assert run_playbook("check", cwd=started, **given).returncode == 0
    text = summary.read_text("utf-8")
    assert text.startswith("before\n")
    assert len(text) > len("before\n")


def test_the_count_says_what_was_not_looked_at_and_never_what_was_published(
    playbook: Run, started: Path
) -> None:
    assert "1 file of the strategy and 1 page" in playbook("check", cwd=started).stdout
    file = started / "strategy.yaml"
    sound = file.read_text("utf-8")
    file.write_text(f"{sound}\nunheard: []\n", "utf-8")
    said = playbook("check", cwd=started).stdout
    assert "Not all was looked at, since some of the strategy cannot be read: checks of " in said
    assert "completeness and freshness wait." in said
    file.write_text(sound.replace("format:", "formt:"), "utf-8")
    assert "since the header cannot be read" in playbook("check", cwd=started).stdout
    file.write_text(sound.replace("What we do, in a few words", "Seamless machines"), "utf-8")
    said = playbook("check", "--strict", cwd=started)
    assert said.returncode == 1
    assert "Not all" not in said.stdout
    assert "published" not in said.stdout
