"""What a narrower circle wrote appears in no file of a wider circle's site: words in every text of
every kind, for every circle of three orders of circles, today and in earlier versions.

The ordinary tests try one order, and of it two circles.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from generator.site.assembly import assemble
from generator.site.choice import Choice
from tests.playbooks import AS_OF, read_files, run_playbook
from tests.repositories import PERSON, git, make_repository
from tests.trials.amount import choose
from tests.trials.canaries import ORDERS, Canaries, write_playbook

IS_TRIAL = choose(fixed=False, large=True)
FIXED = ("own names between",)
CASES = [
    (name, reader)
    for name, order in ORDERS.items()
    if IS_TRIAL or name in FIXED
    for reader in order
    if IS_TRIAL or reader in ("internal", "dealers")
]
CHOSEN = [name for name in ORDERS if IS_TRIAL or name in FIXED]


@dataclass(frozen=True)
class Tried:
    """A repository with two released versions and a change since, and the words in it."""

    root: Path
    canaries: Canaries


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Tried]:
    """By order of circles: entries that move on to a wider circle with each version. In the first
    version the two circles before the last stood in the other order.
    """
    found = {}
    for name in CHOSEN:
        canaries = Canaries(ORDERS[name])
        root = make_repository(tmp_path_factory.mktemp("canaries") / "a", {})
        for version in ("1", "2", "3"):
            write_all(root, canaries, version)
            git(root, "add", "--all")
            git(root, "commit", "--quiet", "-m", version)
            if version != "3":
                git(root, "tag", "-a", f"v{version}", "-m", version)
        found[name] = Tried(root, canaries)
    return found


def write_all(root: Path, canaries: Canaries, version: str) -> None:
    files = write_playbook(canaries, version, moved=int(version) - 1)
    if version == "1":
        text, order = str(files["strategy.yaml"]), list(canaries.order)
        for own in ("dealers", "friends", "board"):
            if own in order:
                before = "leadership" if own == "board" else "internal"
                text = swap_in_header(text, own, before)
        files["strategy.yaml"] = text
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())


def swap_in_header(text: str, one: str, other: str) -> str:
    """The header as it was when two circles stood the other way round."""
    start = text.index('"audiences"')
    end = text.index("]", start)
    head = text[start:end].replace(f'"{one}"', '"?"').replace(f'"{other}"', f'"{one}"')
    return text[:start] + head.replace('"?"', f'"{other}"') + text[end:]


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    done = run_playbook(*arguments, cwd=cwd, **PERSON)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


Check = Callable[[dict[str, bytes], Tried, str, str, float], None]


@pytest.fixture
def check(record_property: Callable[[str, object], None]) -> Check:
    """No word of a narrower circle is there, and of those that may be read at least a share is."""

    def check_site(
        files: dict[str, bytes], tried: Tried, reader: str, version: str, share: float
    ) -> None:
        leaks = tried.canaries.find_leaks(files, reader)
        assert leaks == [], f"{len(leaks)} words: {leaks[:10]}"
        order = tried.canaries.order
        given = tried.canaries.given.items()
        mine = {
            word
            for word, (circle, of) in given
            if of == version and order.index(circle) >= order.index(reader)
        }
        found = mine & set(tried.canaries.of_site(files))
        assert len(found) > share * len(mine), f"{len(found)} of {len(mine)}"
        narrower = [
            word for word, (circle, _) in given if order.index(circle) < order.index(reader)
        ]
        record_property("tried", len(narrower))

    return check_site


@pytest.mark.long
@pytest.mark.parametrize(("name", "reader"), CASES)
def test_a_site_holds_no_word_of_a_narrower_circle(tried, check, tmp_path, name, reader):
    one = tried[name]
    run("build", "--audience", reader, "--as-of", AS_OF, "--site-dir", tmp_path / "s", cwd=one.root)
    files = read_files(tmp_path / "s")
    assert {"entries.json", "feed.xml"} <= set(files)
    check(files, one, reader, "3", 0.7)


@pytest.mark.long
@pytest.mark.parametrize(("name", "reader"), CASES if IS_TRIAL else CASES[-1:])
def test_pages_for_another_builder_hold_no_word_of_a_narrower_circle(
    tried, check, tmp_path, name, reader
):
    one = tried[name]
    run("render", tmp_path / "r", "--audience", reader, "--as-of", AS_OF, cwd=one.root)
    check(read_files(tmp_path / "r"), one, reader, "3", 0.6)


@pytest.mark.long
@pytest.mark.parametrize(("name", "reader"), CASES if IS_TRIAL else CASES[-1:])
def test_versions_built_anew_hold_no_word_of_a_narrower_circle(
    tried, check, tmp_path, name, reader
):
    one = tried[name]
    run("publish", "--rebuild", "--to-dir", tmp_path / "p", "--audience", reader, cwd=one.root)
    files = read_files(tmp_path / "p")
    assert {path.partition("/")[0] for path in files if "/" in path} == {"1", "2", "latest"}
    check(files, one, reader, "2", 0.7)


def list_outsiders() -> list[tuple[str, str]]:
    """Readers outside the company, by the order of circles that they are of."""
    found = [
        (name, reader)
        for name in CHOSEN
        for reader in ORDERS[name][ORDERS[name].index("internal") + 1 :]
    ]
    return found if IS_TRIAL else found[:1]


@pytest.mark.long
@pytest.mark.parametrize(("name", "reader"), list_outsiders())
def test_every_word_of_a_narrower_circle_would_be_found_wherever_it_were_written(
    tried, name, reader
):
    """Those of earlier versions, too; that the search finds no others, the sites above show."""
    one = tried[name]
    made = assemble(one.root, Choice(audience=reader, as_of=date.fromisoformat(AS_OF))).made
    sought = made.telling.find_words("").suspicious
    order, given = one.canaries.order, one.canaries.given
    written = " ".join(git(one.root, "show", f"{at}:strategy.yaml") for at in ("v1", "v2", "HEAD"))
    narrower = {
        word
        for word, (circle, _) in given.items()
        if order.index(circle) < order.index(reader) and word in written
    }
    assert len(narrower) > 500
    assert narrower - sought == set()


PLANTS = (
    "<!-- see {id} -->",
    '<b class="{id}">x</b>',
    "`glossary/{id}`",
    "{{: #{id} }}",
    "{id}.png",
)


@pytest.mark.parametrize(("name", "reader"), list_outsiders())
def test_an_id_of_a_narrower_circle_is_told_at_its_line_however_it_is_written(
    tried, tmp_path, name, reader
):
    canaries = Canaries(ORDERS[name])
    write_all(tmp_path, canaries, "3")
    order = canaries.order
    narrower = [f"zqvx{'abcdefghij'[at]}awid-glossary" for at in range(order.index(reader))]
    plants = [form.format(id=one) for form in PLANTS for one in narrower]
    page = f"---\naudience: {reader}\n---\n# Page\n" + "".join(f"{one}\n" for one in plants)
    (tmp_path / "playbook/planted.md").write_text(page, "utf-8")
    assembly = assemble(tmp_path, Choice(audience=reader, as_of=date.fromisoformat(AS_OF)))
    assert assembly.made is None
    told = {one.place.line for one in assembly.problems if one.rule == "hidden-name"}
    assert told == set(range(5, 5 + len(plants)))
