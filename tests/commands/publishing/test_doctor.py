"""`playbook doctor`: what it says is to be done can be done, and then it is content."""

from __future__ import annotations

import json
from pathlib import Path

from tests.playbooks import Run
from tests.repositories import commit, git


def list_left(said: str) -> list[str]:
    return [line.removeprefix("to do").strip() for line in said.splitlines() if line[:5] == "to do"]


def test_who_does_what_it_says_has_nothing_left_to_do(playbook: Run, tmp_path: Path) -> None:
    root = tmp_path / "acme"
    assert playbook("init", root, "--host", "github", "--account", "ada").returncode == 0
    first = playbook("doctor", cwd=root)
    assert first.returncode == 1
    assert list_left(first.stdout)[0] == "nothing of it is committed in a git repository"

    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root, {})
    second = playbook("doctor", cwd=root)
    assert any("no remote called origin" in line for line in list_left(second.stdout))

    git(tmp_path, "init", "--quiet", "--bare", "hub.git")
    git(root, "remote", "add", "origin", "https://github.com/acme/playbook.git")
    git(root, "config", "remote.origin.pushurl", str(tmp_path / "hub.git"))
    git(root, "push", "--quiet", "--set-upstream", "origin", "main")
    third = playbook("doctor", cwd=root)
    assert "it is kept at https://github.com/acme/playbook" in third.stdout
    left = list_left(third.stdout)
    assert len(left) == 2
    assert left[0].startswith("CI cannot install the program: no wheel")
    assert left[1].startswith("it may not be published")

    settings = (root / "mkdocs.yml").read_text("utf-8")
    allowed = settings.replace(
        "- playbook\n", "- playbook:\n      publish: {private-pages: confirmed}\n"
    )
    commit(root, {"vendor/strategy_playbook-1-py3-none-any.whl": "x", "mkdocs.yml": allowed})
    assert list_left(playbook("doctor", cwd=root).stdout) == ["1 commit here, and not at the host"]
    git(root, "push", "--quiet")
    done = playbook("doctor", cwd=root)
    assert (done.returncode, list_left(done.stdout)) == (0, []), done.stdout
    assert "Nothing that files and git can show stands between" in done.stdout


def test_it_says_what_only_a_run_of_ci_shows(playbook: Run, started: Path, tmp_path: Path) -> None:
    git(started, "init", "--quiet")
    commit(started, {})
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"repository": {"visibility": "public"}}), "utf-8")
    said = playbook(
        "doctor",
        cwd=started,
        GITHUB_ACTIONS="true",
        GITHUB_EVENT_PATH=str(event),
        GITHUB_SERVER_URL="https://code.acme.example",
    ).stdout
    assert "the repository is public: everybody may read the strategy there" in said
    assert "code.acme.example is a GitHub Enterprise Server" in said
    assert "no PLAYBOOK_TOKEN" in playbook("doctor", cwd=started, GITLAB_CI="true").stdout


def test_a_faulty_strategy_and_a_faulty_mkdocs_yml_are_two_things(
    playbook: Run, started: Path
) -> None:
    (started / "strategy.yaml").write_text("strategy: [", "utf-8")
    (started / "mkdocs.yml").write_text("site_name: A\n", "utf-8")
    said = playbook("doctor", cwd=started)
    assert (said.returncode, said.stderr) == (1, "")
    assert list_left(said.stdout)[0].startswith("the strategy has 1 error")
    assert "no site can be made" in list_left(said.stdout)
