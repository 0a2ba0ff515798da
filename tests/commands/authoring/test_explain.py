"""`playbook explain`: why a rule exists, or which one is meant."""

from __future__ import annotations

from tests.playbooks import Run


def test_a_rule_is_told_or_the_nearest_one_named(playbook: Run) -> None:
    assert "unknown-value" in playbook("explain", "[unknown-value]").stdout
    done = playbook("explain", "unknown-valu")
    assert (done.returncode, done.stdout) == (2, "")
    assert 'did you mean "unknown-value"?' in done.stderr
