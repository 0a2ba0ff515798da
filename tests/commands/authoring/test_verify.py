"""`playbook verify`: the date of a review is written, in all files or in none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.playbooks import Run

PEOPLE = "# Ours.\n- id: zoe\n  name: Zoe\n  role: Boss\n  reviewed_on: 2026-01-01   # read\n"
DAY = ("--as-of", "2026-06-01")


def test_the_day_is_written_and_nothing_else(playbook: Run, started: Path) -> None:
    (started / "strategy/people.yaml").write_text(PEOPLE, "utf-8")
    done = playbook("verify", "people/zoe", "--on", "2026-05-31", *DAY, cwd=started)
    assert done.stdout == "1 entry verified on 2026-05-31, in strategy/people.yaml.\n"
    text = (started / "strategy/people.yaml").read_text("utf-8")
    assert text == PEOPLE.replace("2026-01-01", "2026-05-31")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("people/zoe", "people/adam"), "adam"),
        (("person",), 'there is no entry "person"'),
        (("Persona",), 'did you mean "personas"?'),
        (("people/zoe", "--on", "2026-06-02"), "has not come yet"),
        (("people/zoe", "--on", "soon"), "not a date"),
    ],
)
def test_where_one_cannot_be_verified_nothing_is_written(
    playbook: Run, started: Path, arguments: tuple[str, ...], words: str
) -> None:
    (started / "strategy/people.yaml").write_text(PEOPLE, "utf-8")
    done = playbook("verify", *arguments, *DAY, cwd=started)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert words in done.stderr
    assert (started / "strategy/people.yaml").read_text("utf-8") == PEOPLE


def test_many_are_verified_at_once(playbook: Run, started: Path) -> None:
    (started / "strategy/people.yaml").write_text(PEOPLE + PEOPLE.replace("zoe", "adam"), "utf-8")
    (started / "strategy/glossary.yaml").write_text(
        "- {id: lift, term: Lift, meaning: M., owner: zoe}\n", "utf-8"
    )
    done = playbook("verify", "--all-due", *DAY, cwd=started)
    assert done.stdout == "1 entry verified on 2026-06-01, in strategy/glossary.yaml.\n"
    assert (
        playbook("verify", "--all-due", *DAY, cwd=started).stdout == "There is nothing to verify.\n"
    )
    done = playbook("verify", "people", "strategy/glossary.yaml", *DAY, cwd=started)
    assert done.stdout.startswith(
        "4 entries verified on 2026-06-01, in strategy.yaml and strategy/people.yaml."
    )
    config = ("--config", str(started / "mkdocs.yml"))
    named = {"2026-05-05": "strategy/people.yaml", "2026-05-06": f"{started}/strategy/people.yaml"}
    for day, name in named.items():
        done = playbook("verify", name, "--on", day, *DAY, *config, cwd=started.parent)
        assert done.stdout == f"2 entries verified on {day}, in strategy/people.yaml.\n"
    done = playbook("verify", "--owner", "zo", *DAY, cwd=started)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
