"""`playbook intake`: a form is a field note once, and only where that is sound."""

from __future__ import annotations

import json
from pathlib import Path

from tests.playbooks import Run

EVENT = {
    "issue": {
        "number": 12,
        "title": "Field note",
        "body": "### Who says it?\n\nSellers\n\n### What did you see or hear?\n\nSteam.\n",
        "created_at": "2026-05-04T09:00:00Z",
    }
}


def test_a_form_is_written_once(playbook: Run, started: Path) -> None:
    (started / "event.json").write_text(json.dumps(EVENT), "utf-8")
    done = playbook("intake", "event.json", cwd=started)
    assert (done.returncode, done.stdout) == (0, "Wrote strategy/field_notes/form-12.yaml.\n")
    text = (started / "strategy/field_notes/form-12.yaml").read_text("utf-8")
    assert "Steam." in text
    done = playbook("intake", "event.json", cwd=started)
    assert done.stdout == "This form is a field note already: form-12.\n"
    assert (started / "strategy/field_notes/form-12.yaml").read_text("utf-8") == text


def test_nothing_is_written_through_a_link_that_leads_out(playbook: Run, started: Path) -> None:
    (started / "event.json").write_text(json.dumps(EVENT), "utf-8")
    (started.parent / "elsewhere").mkdir()
    (started / "strategy/field_notes").symlink_to(started.parent / "elsewhere")
    done = playbook("intake", "event.json", cwd=started)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert not list((started.parent / "elsewhere").iterdir())
