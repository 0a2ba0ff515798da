"""The command line as a person meets it: exit codes, one line where the tool cannot run, never a
traceback.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.schema.vocabulary import KINDS
from tests.playbooks import AS_OF, LONGEST, ROOT, Run, start_playbook


def test_a_sound_strategy_is_said_to_be_so() -> None:
    done = start_playbook("check", ROOT, "--strict", "--as-of", AS_OF)
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


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["build", "--nope"], "--nope"),
        (["chek"], "chek"),
        (["check", "nowhere"], "nowhere"),
        (["check", "--as-of", "soon"], "soon"),
        (["check", "--format", "xml"], "xml"),
        (["build", "--config", "nothing.yml"], "nothing.yml"),
        (["serve", "--config", "nothing.yml"], "nothing.yml"),
        (["new", "objection", "x"], 'did you mean "objections"'),
        (["new", "objections", "Too Slow"], "Too Slow"),
        (["new", "objections", "too-expensive"], "exists already"),
        (["upgrade"], ".playbook.json"),
        (["init", "."], "already holds"),
    ],
)
def test_where_it_cannot_run_it_says_so_in_one_line(
    playbook: Run, arguments: list[str], words: str
) -> None:
    done = playbook(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert words in done.stderr


@pytest.mark.parametrize(
    "content",
    [
        "site_name: [",
        "site_name: x\nplugins: [search]\n",
        "site_name: x\nplugins: [playbook, no-such-plugin]\n",
        "site_name: x\ntheme: {name: no-such-theme}\nplugins: [playbook]\n",
        "- a\n- b\n",
        "",
        "site_name: x\nplugins: [{playbook: {audience: 7}}]\n",
        "site_name: x\nplugins: [{playbook: {colour: red}}]\ndocs_dir: nowhere\n",
    ],
)
def test_an_unusable_mkdocs_yml_is_one_line(playbook: Run, started: Path, content: str) -> None:
    (started / "mkdocs.yml").write_text(content, "utf-8")
    done = playbook("build", cwd=started)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "mkdocs.yml" in done.stderr


def test_a_pipe_that_closes_early_is_no_fault(started: Path) -> None:
    command = f"'{sys.executable}' -m generator check --format json '{ROOT}' | true"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=started,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert "Traceback" not in done.stderr


def test_help_names_every_command_and_so_does_the_readme(playbook: Run) -> None:
    text = playbook("--help").stdout
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in ("check", "due", "verify", "build", "serve", "render", "init", "new", "upgrade"):
        assert f"  {name} " in text
        assert f"playbook {name}" in readme


def test_a_started_playbook_passes_and_builds_at_once(playbook: Run, started: Path) -> None:
    assert playbook("check", cwd=started).stdout.startswith("No problems")
    assert playbook("build", cwd=started).returncode == 0
    assert "Acme &#34;Tools&#34; &amp; Sons: Ltd" in (started / "site/index.html").read_text(
        "utf-8"
    )


def test_init_keeps_a_readme_that_is_there(playbook: Run, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", "utf-8")
    assert playbook("init", tmp_path).returncode == 0
    assert (tmp_path / "README.md").read_text("utf-8") == "mine"


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_entry_of_any_kind_passes_as_it_is(playbook: Run, started: Path, kind: str) -> None:
    assert playbook("new", kind, "a-new-one", cwd=started).returncode == 0
    assert (started / "strategy" / kind / "a-new-one.yaml").is_file()
    done = playbook("check", cwd=started)
    assert done.returncode == 0, done.stdout


def test_upgrade_renews_copies_but_keeps_what_was_changed(playbook: Run, started: Path) -> None:
    manifest = started / ".playbook.json"
    old = started / "schema/markets.schema.json"
    current = old.read_bytes()
    old.write_bytes(b"{}\n")
    import hashlib

    listed = json.loads(manifest.read_text("utf-8"))
    listed["version"] = "0.0.1"
    listed["files"]["schema/markets.schema.json"] = hashlib.sha256(b"{}\n").hexdigest()
    manifest.write_text(json.dumps(listed), "utf-8")
    (started / ".gitlab-ci.yml").write_text("mine: {}\n", "utf-8")
    stale = playbook("check", cwd=started)
    assert stale.returncode == 0
    assert "playbook upgrade" in stale.stdout
    done = playbook("upgrade", cwd=started)
    assert done.returncode == 0
    assert old.read_bytes() == current
    assert (started / ".gitlab-ci.yml").read_text("utf-8") == "mine: {}\n"
    assert playbook("check", cwd=started).stdout.startswith("No problems")


def test_upgrade_leaves_out_what_was_deleted(playbook: Run, started: Path) -> None:
    (started / ".gitlab-ci.yml").unlink()
    done = playbook("upgrade", cwd=started)
    assert ".gitlab-ci.yml" in done.stdout
    assert not (started / ".gitlab-ci.yml").exists()


def test_a_new_note_is_for_leadership_until_it_is_filled_in(playbook: Run, started: Path) -> None:
    assert playbook("new", "field_notes", "heard", cwd=started).returncode == 0
    assert playbook("build", cwd=started).returncode == 0
    assert "heard" not in (started / "site/entries.json").read_text("utf-8")


def test_a_new_entry_may_be_called_null(playbook: Run, started: Path) -> None:
    assert playbook("new", "glossary", "null", cwd=started).returncode == 0
    assert playbook("check", cwd=started).returncode == 0


def test_a_new_entry_takes_no_id_that_stands_in_an_entry_with_a_fault(
    playbook: Run, started: Path
) -> None:
    (started / "strategy/glossary.yaml").write_text("- id: lift\n  trm: Lift\n", "utf-8")
    done = playbook("new", "glossary", "lift", cwd=started)
    assert (done.returncode, "exists already" in done.stderr) == (2, True)


def test_init_leaves_nothing_behind_where_it_cannot_finish(playbook: Run, tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "schema").write_text("a file in the way", "utf-8")
    assert playbook("init", folder).returncode == 2
    assert [path.name for path in folder.iterdir()] == ["schema"]


def test_a_companys_name_is_one_line(playbook: Run, tmp_path: Path) -> None:
    assert playbook("init", tmp_path / "x", "--company", "Acme\nTools").returncode == 0
    assert playbook("check", tmp_path / "x").stdout.startswith("No problems")
    assert playbook("build", cwd=tmp_path / "x").returncode == 0


@pytest.mark.parametrize("epoch", ["9" * 30, "soon"])
def test_a_time_that_is_none_is_one_line(playbook: Run, started: Path, epoch: str) -> None:
    done = playbook("build", cwd=started, SOURCE_DATE_EPOCH=epoch)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "SOURCE_DATE_EPOCH" in done.stderr


def test_a_terminal_without_some_signs_shows_the_rest(started: Path) -> None:
    (started / "strategy/glossary.yaml").write_text("- id: lift\n  term: 温度 → Lift\n", "utf-8")
    done = start_playbook("check", cwd=started, PYTHONIOENCODING="cp1252")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


def test_a_build_that_is_asked_to_end_leaves_nothing_behind(started: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "import os, signal, sys, generator.site.builder as site; "
        "site.build = lambda config: os.kill(os.getpid(), signal.SIGTERM); "
        "from generator.commands.cli import run; sys.exit(run(['build']))",
    ]
    done = subprocess.run(
        command,
        cwd=started,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        timeout=LONGEST,
    )
    assert done.returncode == 128 + 15
    assert not list(started.glob(".site*"))


def test_output_is_plain_in_a_pipe(playbook: Run, started: Path) -> None:
    file = started / "strategy.yaml"
    file.write_text(
        file.read_text("utf-8").replace("priority: primary", "priority: primry"), "utf-8"
    )
    done = playbook("check", cwd=started)
    assert "\x1b" not in done.stdout
    assert done.stderr == ""
