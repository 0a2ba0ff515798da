"""`playbook upgrade`: copies are renewed, what somebody changed is kept."""

from __future__ import annotations

import json
from pathlib import Path

from tests.playbooks import Run


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
