"""What a version may be called, and which of two counts lower."""

import subprocess

import pytest

from generator.schema.version_names import (
    find_name_fault,
    fold_version,
    is_step_back,
    is_version,
    mend_name,
)

FIT = [
    "1", "2026.4", "1.0.0", "2026-q3", "2026.4-rc1", "1" * 40, "FY28-H2", "Spring", "winter_b",
    "verão", "Été-2", "春2027", "ฤดูร้อน", "वसंत", "الربيع", "vintage", "Vienna", "locked",
]  # fmt: skip
UNFIT = [
    "", "v1", "V2027.1", "1..2", "1.", "-1", ".1", "_1", "1_", "1/2", "1 2", "1\n", "../x", "1" * 41,
    "Latest", "CURRENT", "CName", "nul", "a.lock", "a~1", "a^", "a:b", "a?", "a*", "a[b", "a\\b", "a@{b",
    "a+b", "№1", "a\u200db", "a\u202eb", "😀", "versions.json", "404.HTML",
]  # fmt: skip


@pytest.mark.parametrize("text", FIT)
def test_a_company_names_its_versions(text):
    assert find_name_fault(text) == ""
    checked = subprocess.run(["git", "check-ref-format", f"refs/tags/v{text}"], check=False)
    assert checked.returncode == 0


@pytest.mark.parametrize("text", UNFIT)
def test_what_cannot_be_a_version_and_why(text):
    fault = find_name_fault(text)
    assert fault.startswith(("m", "is "))
    assert not is_version(text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Q2 2027", "Q2-2027"),
        ("v2027.1", "2027.1"),
        (" FY27 / Q1 ", "FY27-Q1"),
        ("2027.1 (draft)", "2027.1-draft"),
        ("latest", ""),
        ("??", ""),
    ],
)
def test_the_nearest_name(written, meant):
    assert mend_name(written) == meant


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("FY27-Q1", "fy27-q1", True),
        ("2", "2.0", True),
        ("2027.1", "2027.10", False),
        ("verão", "vera\u0303o", True),
        ("Straße", "STRASSE", True),
        ("a.b", "a-b", False),
    ],
)
def test_names_too_much_alike(one, other, alike):
    assert (fold_version(one) == fold_version(other)) is alike


@pytest.mark.parametrize(
    ("version", "earlier", "lower"),
    [
        ("2027.3", "2027.4", True),
        ("2027.10", "2027.9", False),
        ("2026.12", "2027.1", True),
        ("FY27-Q1", "FY26-Q4", False),
        ("fy26-q1", "FY26-Q4", True),
        ("10", "9", False),
        ("9", "10", True),
        ("27.1", "2026.5", None),  # counted anew
        ("FY27-Q1", "2026.5", None),
        ("Spring", "Autumn", None),
        ("Spring-1", "Autumn-2", None),
        ("2027.1.1", "2027.2", None),
    ],
)
def test_only_what_is_counted_alike_can_be_lower(version, earlier, lower):
    assert is_step_back(version, earlier) is lower
