"""What a site was made of: odd files change nothing but the digest, and stop nothing."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from generator.site.build_stamp import read_inputs, recall, remember

TODAY = date(2026, 6, 1)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "own"
    (folder / "playbook").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    return folder / "mkdocs.yml"


def test_a_file_counts_by_its_name_and_content_whatever_signs_are_in_them(config: Path) -> None:
    before = read_inputs(config, "")
    (config.parent / "playbook" / os.fsdecode(b"caf\xe9.md")).write_bytes(b"\xff")
    after = read_inputs(config, "")
    assert len({before, after, read_inputs(config, "another choice")}) == 3
    assert read_inputs(config, "") == after


def test_a_file_that_cannot_be_read_gives_no_stamp(config: Path) -> None:
    page, nobodys = (
        config.parent / "playbook/page.md",
        Path("/proc/self/mem"),
    )  # which not even root can read
    if nobodys.exists():
        page.symlink_to(nobodys)
    else:
        page.touch(mode=0)
    assert read_inputs(config, "") == ""


def test_a_stamp_that_is_none_is_no_stamp(config: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    remember(site, "made of this", "said", TODAY, "")
    assert recall(site, "made of this") == "said"
    assert recall(site, "made of that") is None
    stamp = next((tmp_path / "cache/strategy-playbook/sites").iterdir())
    for content in ("", "[1]", '{"inputs": "made of this"}', "\x00"):
        stamp.write_text(content, "utf-8")
        assert recall(site, "made of this") is None


def test_where_the_stamp_cannot_be_written_nothing_is_noted(config: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    remember(site, "made of this", "said", TODAY, "")
    stamp = next((tmp_path / "cache/strategy-playbook/sites").iterdir())
    stamp.unlink()
    stamp.mkdir()
    remember(site, "made of this", "said", TODAY, "")
    assert recall(site, "made of this") is None


@pytest.mark.parametrize(
    ("day", "zone", "counts"),
    [
        (TODAY, "", True),  # the inputs fix the day
        (datetime.now(UTC).date(), "UTC", True),
        (datetime.now(UTC).date() - timedelta(days=1), "UTC", False),
        (datetime.now(UTC).date() + timedelta(days=1), "UTC", False),
        (datetime.now(UTC).date(), "Nowhere/At-all", False),
    ],
)
def test_a_stamp_counts_for_the_day_it_was_made_on(
    config: Path, tmp_path: Path, day: date, zone: str, counts: bool
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    remember(site, "made of this", "said", day, zone)
    assert (recall(site, "made of this") == "said") == counts
