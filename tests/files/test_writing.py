"""Files that are written whole or not at all: in this process, and in real ones that fail, run out
of disk or are killed half-way.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import textwrap
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from generator.files.tree import OutsideError
from generator.files.workshop import NAME, digest, sweep
from generator.files.writing import append_text, change_folder, write_all, write_file
from tests.playbooks import ROOT
from tests.repositories import git, make_repository

NOBODY = 65534
"""The user without rights: whoever is root may write into a folder that is read-only."""


def list_names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def run_python(folder: Path, program: str) -> subprocess.CompletedProcess[str]:
    """A program in a real process of its own, which knows this module and has `folder`."""
    head = (
        "import os, resource, signal, sys\n"
        "from pathlib import Path\n"
        "from generator.files.writing import append_text, write_all, write_file\n"
        "folder = Path(sys.argv[1])\n"
    )
    return subprocess.run(
        [sys.executable, "-c", head + textwrap.dedent(program), str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that other users reach, which those of pytest are not."""
    folder = Path(tempfile.mkdtemp(prefix="playbook-test-"))
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o777)
    shutil.rmtree(folder)


def test_a_file_is_new_or_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    for content in (b"one\r\n", "zwei \u00e9 \ufeff".encode(), b""):
        write_file(tmp_path / "a.txt", content)
        assert (tmp_path / "a.txt").read_bytes() == content
        assert list_names(tmp_path) == ["a.txt"]


def test_a_name_as_long_as_the_disk_takes_can_be_written(tmp_path: Path) -> None:
    write_file(tmp_path / ("x" * 255), b"one")
    write_file(tmp_path / ("x" * 255), b"two")
    assert (tmp_path / ("x" * 255)).read_bytes() == b"two"


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o755])
def test_an_existing_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "a.txt"
    file.write_text("old")
    file.chmod(mode)
    write_file(file, b"new")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"new", mode)


@pytest.mark.parametrize(("umask", "mode"), [("022", 0o644), ("077", 0o600), ("002", 0o664)])
def test_a_new_file_has_the_mode_that_the_umask_leaves(
    tmp_path: Path, umask: str, mode: int
) -> None:
    done = run_python(tmp_path, f"os.umask(0o{umask}); write_file(folder / 'a', b'x')")
    assert (done.returncode, done.stderr) == (0, "")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == mode


def test_a_mode_that_is_named_counts(tmp_path: Path) -> None:
    write_file(tmp_path / "a", b"x", mode=0o640)
    write_all(tmp_path, {"a": b"y", "b": b"z"}, mode=0o604)
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in "ab"} == {0o604}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_an_existing_file_keeps_its_owner(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    os.chown(tmp_path / "a", NOBODY, NOBODY)
    write_file(tmp_path / "a", b"new")
    found = (tmp_path / "a").stat()
    assert (found.st_uid, found.st_gid) == (NOBODY, NOBODY)


def test_missing_folders_are_made_where_one_asks_for_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as error:
        write_file(tmp_path / "x/y/a.txt", b"x")
    assert error.value.filename == str(tmp_path / "x/y/a.txt")
    assert list_names(tmp_path) == []
    write_file(tmp_path / "x/y/a.txt", b"x", with_folders=True)
    assert list_names(tmp_path) == ["x", "x/y", "x/y/a.txt"]


def test_a_link_is_followed_within_the_root_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "root/real").mkdir(parents=True)
    (tmp_path / "root/real/a.txt").write_text("old")
    (tmp_path / "root/a.txt").symlink_to("real/a.txt")
    (tmp_path / "root/folder").symlink_to("real")
    write_all(tmp_path / "root", {"a.txt": b"one"})
    assert (tmp_path / "root/real/a.txt").read_bytes() == b"one"
    write_all(tmp_path / "root", {"folder/a.txt": b"two", "folder/b.txt": b"new"})
    assert (tmp_path / "root/real/a.txt").read_bytes() == b"two"
    assert (tmp_path / "root/real/b.txt").read_bytes() == b"new"
    assert (tmp_path / "root/a.txt").is_symlink()
    assert (tmp_path / "root/folder").is_symlink()


@pytest.mark.parametrize("name", ["link.txt", "new.txt", "folder/a.txt", "../a.txt", "folder/b"])
def test_nothing_is_written_outside_the_root(tmp_path: Path, name: str) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.txt").write_text("mine")
    (tmp_path / "root/link.txt").symlink_to(tmp_path / "out/a.txt")
    (tmp_path / "root/new.txt").symlink_to(tmp_path / "out/new.txt")
    (tmp_path / "root/folder").symlink_to(tmp_path / "out")
    before = list_names(tmp_path)
    with pytest.raises(OutsideError) as error:
        write_all(tmp_path / "root", {"first.txt": b"x", name: b"x"})
    assert error.value.filename == str(tmp_path / "root" / name)
    assert (list_names(tmp_path), (tmp_path / "out/a.txt").read_text()) == (before, "mine")


def test_a_link_that_was_named_leads_within_its_own_folder_or_the_working_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here/reports").mkdir(parents=True)
    (tmp_path / "here/reports/a.txt").symlink_to("../a.txt")
    with pytest.raises(OutsideError):
        write_file(tmp_path / "here/reports/a.txt", b"x")
    monkeypatch.chdir(tmp_path / "here")
    write_file(Path("reports/a.txt"), b"x")
    assert (tmp_path / "here/a.txt").read_bytes() == b"x"
    (tmp_path / "here/out.txt").symlink_to(tmp_path / "out.txt")
    with pytest.raises(OutsideError):
        write_file(Path("out.txt"), b"x")
    write_file(Path("out.txt"), b"x", root=tmp_path)
    assert (tmp_path / "out.txt").read_bytes() == b"x"


def test_a_root_that_is_a_link_itself_is_the_folder_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "root").symlink_to("real")
    write_all(tmp_path / "root", {"x/a.txt": b"x"})
    assert list_names(tmp_path / "real") == ["x", "x/a.txt"]


@pytest.mark.parametrize("name", ["folder", "circle", "pipe"])
def test_what_is_no_file_is_not_replaced(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "circle").symlink_to("circle")
    os.mkfifo(tmp_path / "pipe")
    before = list_names(tmp_path)
    with pytest.raises(OSError, match=name):
        write_all(tmp_path, {"first": b"x", name: b"x"})
    if name != "pipe":
        with pytest.raises(OSError, match=name):
            write_file(tmp_path / name, b"x")
    assert list_names(tmp_path) == before


def test_a_stream_is_written_to_directly(tmp_path: Path) -> None:
    write_file(Path(os.devnull), b"x")
    done = run_python(tmp_path, "write_file(Path('/dev/stdout'), b'said')")
    assert (done.returncode, done.stdout) == (0, "said")
    os.mkfifo(tmp_path / "pipe")
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    write_file(tmp_path / "pipe", b"through")
    reader.join()
    assert got == [b"through"]


def test_all_are_written_with_their_folders(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("old")
    write_all(tmp_path / ".", {"a/x/1": b"1", "b.txt": b"new", "a/2": b"2"})
    assert list_names(tmp_path) == ["a", "a/2", "a/x", "a/x/1", "b.txt"]
    assert (tmp_path / "b.txt").read_bytes() == b"new"
    write_all(tmp_path / "fresh/one", {})
    assert list_names(tmp_path) == ["a", "a/2", "a/x", "a/x/1", "b.txt"]


def test_a_file_without_content_is_taken_away_with_what_is_written(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("x")
    write_all(tmp_path, {"old": None, "sub/new": b"y", "never-there": None})
    assert list_names(tmp_path) == ["sub", "sub/new"]
    write_all(tmp_path, {"sub/new": None})
    assert list_names(tmp_path) == ["sub"]
    (tmp_path / "link").symlink_to("sub")
    with pytest.raises(OSError, match="link"):
        write_all(tmp_path, {"link": None, "a": b"a"})
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("call", ["os.unlink", "Path.unlink"])
@pytest.mark.parametrize("number", range(1, 4))
def test_a_file_taken_away_comes_back_where_the_run_is_killed(
    tmp_path: Path, call: str, number: int
) -> None:
    (tmp_path / "old").write_text("x")
    program = f"""
        seen, real = [], {call}
        def stop(*given, **named):
            seen.append(given)
            if len(seen) == {number}:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given, **named)
        {call} = stop
        write_all(folder, {{"new": b"x", "old": None}})
    """
    done = run_python(tmp_path, program)
    sweep(tmp_path)
    assert list_names(tmp_path) in (["old"], ["new"]), done.stderr
    assert done.returncode == 0 or number > 2 or list_names(tmp_path) == ["old"]


def test_a_folder_that_cannot_be_made_leaves_no_other(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file in the way")
    with pytest.raises(OSError, match="taken"):
        write_all(tmp_path, {"a/b/c": b"x", "taken/d": b"y"})
    assert list_names(tmp_path) == ["taken"]


def test_a_disk_that_is_full_half_way_leaves_everything_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old a")
    done = run_python(
        tmp_path,
        """
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        for write in (
            lambda: write_file(folder / "a", b"x" * 2000),
            lambda: write_all(folder, {"a": b"new", "new/b": b"x" * 2000}),
            lambda: append_text(folder / "a", "x" * 2000),
        ):
            try:
                write()
            except OSError as error:
                print(os.path.relpath(error.filename, folder))
        """,
    )
    assert (done.stdout.split(), done.stderr) == (["a", "new/b", "a"], "")
    assert list_names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_text() == "old a"


def test_a_folder_that_is_read_only_leaves_everything_as_it_was(public: Path) -> None:
    (public / "open").mkdir(mode=0o777)
    (public / "open").chmod(0o777)
    (public / "closed").mkdir()
    for name in ("open/a", "closed/b"):
        (public / name).write_text("old")
        (public / name).chmod(0o666)
    (public / "closed").chmod(0o555)
    done = run_python(
        public,
        f"""
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid({NOBODY})
            os.setuid({NOBODY})
        for files in ({{"open/a": b"x", "closed/b": b"x"}}, {{"open/new/a": b"x", "closed/c": b"x"}}):
            try:
                write_all(folder, files)
            except PermissionError as error:
                print(os.path.relpath(error.filename, folder))
        """,
    )
    assert (done.stdout.split(), done.stderr) == (["closed/b", "closed/c"], "")
    assert list_names(public) == ["closed", "closed/b", "open", "open/a"]
    assert (public / "open/a").read_text() == "old"


def test_a_file_that_is_protected_is_not_replaced(public: Path) -> None:
    (public / "a").write_text("old")
    (public / "a").chmod(0o444)
    done = run_python(
        public,
        f"""
        if os.geteuid() == 0:
            os.setgid({NOBODY})
            os.setuid({NOBODY})
        try:
            write_file(folder / "a", b"new")
        except PermissionError as error:
            print(os.path.relpath(error.filename, folder))
        """,
    )
    assert (done.stdout.strip(), done.stderr) == ("a", "")
    assert (public / "a").read_text() == "old"


AT_RENAME = """
seen = []
def watch(event, arguments):
    if event == "os.rename":
        seen.append(arguments[1])
        if len(seen) == {number}:
            {act}
sys.addaudithook(watch)
"""
"""Does something just before the rename of that number, in the very process that renames."""


def test_a_rename_that_fails_half_way_puts_back_what_was_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old a")
    before = (tmp_path / "a").stat()
    in_the_way = "os.makedirs(os.path.join(arguments[1], 'in the way'))"
    program = AT_RENAME.format(number=3, act=in_the_way) + textwrap.dedent(
        """
        try:
            write_all(folder, {"a": b"new a", "x/b": b"new b", "x/y/c": b"new c", "d": b"new d"})
        except OSError as error:
            print(os.path.relpath(error.filename, folder))
        """
    )
    done = run_python(tmp_path, program)
    assert (done.stdout.strip(), done.stderr) == ("x/b", "")
    assert list_names(tmp_path) == ["a", "x", "x/in the way"]
    assert (tmp_path / "a").read_text() == "old a"
    after = (tmp_path / "a").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_an_interruption_half_way_is_undone_as_well(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old a")
    program = AT_RENAME.format(number=2, act="os.kill(os.getpid(), signal.SIGTERM)")
    program += "signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))\n"
    program += "write_all(folder, {'a': b'new a', 'x/b': b'new b', 'c': b'new c'})\n"
    done = run_python(tmp_path, program)
    assert (done.returncode, done.stderr) == (128 + 15, "")
    assert list_names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_text() == "old a"


def test_a_kill_before_the_rename_leaves_the_old_file_and_the_next_write_sweeps(
    tmp_path: Path,
) -> None:
    (tmp_path / "a").write_text("old a")
    program = AT_RENAME.format(number=1, act="os.kill(os.getpid(), signal.SIGKILL)")
    done = run_python(tmp_path, program + "write_file(folder / 'a', b'new a')\n")
    assert done.returncode == -9
    assert (tmp_path / "a").read_text() == "old a"
    (stray,) = [name for name in os.listdir(tmp_path) if name != "a"]
    assert NAME.fullmatch(stray)
    assert stat.S_IMODE((tmp_path / stray).stat().st_mode) == 0o700
    write_file(tmp_path / "b", b"x")
    assert list_names(tmp_path) == ["a", "b"]
    assert (tmp_path / "a").read_text() == "old a"


@pytest.mark.parametrize("number", range(1, 6))
def test_a_kill_between_two_renames_is_undone_by_the_next_sweep(
    tmp_path: Path, number: int
) -> None:
    for name in "ab":
        (tmp_path / name).write_text(f"old {name}")
    before = {name: (tmp_path / name).stat().st_ino for name in "ab"}
    program = AT_RENAME.format(number=number, act="os.kill(os.getpid(), signal.SIGKILL)")
    program += "write_all(folder, {name: b'new' for name in ('a', 'b', 'x/y', 'd')})\n"
    done = run_python(tmp_path, program)
    assert done.returncode == -9
    renamed = ["a", "b", "x", "d"][: number - 2] if number > 1 else []  # the first: the journal
    assert [name for name in renamed if (tmp_path / name).is_dir() != (name == "x")] == []
    assert sweep(tmp_path) == sorted(renamed)
    assert list_names(tmp_path) == ["a", "b"]
    assert {name: (tmp_path / name).read_text() for name in "ab"} == {"a": "old a", "b": "old b"}
    assert {name: (tmp_path / name).stat().st_ino for name in "ab"} == before


def leave_half_written(folder: Path) -> None:
    """What a run leaves that was killed when a and x had their new content, and z had not."""
    for name in "az":
        (folder / name).write_text(f"old {name}")
    program = AT_RENAME.format(number=4, act="os.kill(os.getpid(), signal.SIGKILL)")
    program += "write_all(folder, {name: b'new' for name in ('a', 'x/y', 'z')})\n"
    assert run_python(folder, program).returncode == -9
    assert ((folder / "a").read_text(), (folder / "x/y").read_text()) == ("new", "new")


def test_what_somebody_has_changed_since_the_kill_stays(tmp_path: Path) -> None:
    leave_half_written(tmp_path)
    (tmp_path / "a").write_text("mine")
    (tmp_path / "x/mine").write_text("mine")
    assert sweep(tmp_path) == ["x"]
    assert list_names(tmp_path) == ["a", "x", "x/mine", "z"]
    assert ((tmp_path / "a").read_text(), (tmp_path / "z").read_text()) == ("mine", "old z")


def test_undoing_that_is_killed_itself_is_undone_by_the_next_one(tmp_path: Path) -> None:
    for number in range(1, 4):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        leave_half_written(folder)
        program = AT_RENAME.format(number=number, act="os.kill(os.getpid(), signal.SIGKILL)")
        program += "from generator.files.workshop import sweep\nsweep(folder)\n"
        run_python(folder, program)
        sweep(folder)
        assert list_names(folder) == ["a", "z"]
        assert (folder / "a").read_text() == "old a"


def test_what_cannot_be_put_back_now_is_put_back_later(public: Path) -> None:
    leave_half_written(public)
    (stray,) = public.glob(".playbook-*")
    (public / "a").unlink()
    (public / "a").mkdir()  # a folder in the way
    sweep(public)
    assert stray.is_dir()
    (public / "a").rmdir()
    (public / "a").write_text("new")
    assert sweep(public) == ["a"]
    assert list_names(public) == ["a", "z"]
    assert (public / "a").read_text() == "old a"


def make_stray(folder: Path) -> Path:
    """A folder that has all the marks of a workshop."""
    folder.mkdir(mode=0o700)
    (folder / ".gitignore").write_text("*\n")
    return folder


@pytest.mark.parametrize("mode", [0o700, 0o755])
@pytest.mark.parametrize("ignored", [None, "", "*\n", "mine\n"])
def test_a_folder_that_only_bears_the_name_of_a_workshop_is_left_alone(
    tmp_path: Path, mode: int, ignored: str | None
) -> None:
    """Somebody moves a folder of ours to such a name, or has it in a repository that we clone."""
    stray = tmp_path / f".playbook-{'0' * 8}-1-00000001.tmp"
    stray.mkdir()
    stray.chmod(mode)
    (stray / "precious").write_text("mine")
    if ignored is not None:
        (stray / ".gitignore").write_text(ignored)
    (tmp_path / "a").write_text("new")
    step = {"path": "a", "made": "0", "old": "precious", "digests": {"": digest(tmp_path / "a")}}
    (stray / "journal.json").write_text(json.dumps([step]))
    is_workshop = mode == 0o700 and ignored in ("", "*\n")
    assert sweep(tmp_path) == (["a"] if is_workshop else [])
    assert stray.exists() is not is_workshop
    assert (tmp_path / "a").read_text() == ("mine" if is_workshop else "new")


EVIL = {
    "outside": "../victim",
    "further in, and outside": "x/../../victim",
    "absolute": "{victim}",
    "through a link": "link/victim",
    "of git": ".git/hooks/pre-commit",
    "of git, in other letters": ".GIT/hooks/pre-commit",
    "of git, with a sign that some disks leave out": ".g\u200cit/hooks/pre-commit",
    "of git, further in": "sub/.git/config",
}


@pytest.mark.parametrize("path", EVIL.values(), ids=EVIL)
def test_a_journal_from_elsewhere_reaches_nothing_outside(tmp_path: Path, path: str) -> None:
    """A copied folder may bring a workshop along that somebody made up."""
    victim, root = tmp_path / "victim", tmp_path / "root"
    victim.write_text("mine")
    for folder in (".git/hooks", "sub/.git", "x"):
        (root / folder).mkdir(parents=True)
    (root / "link").symlink_to(tmp_path)
    stray = root / f".playbook-{'0' * 8}-1-00000001.tmp"
    for old in ("old", ""):
        make_stray(stray)
        (stray / "old").write_text("#!/bin/sh\n")
        digests = {"": hashlib.sha256(b"mine").hexdigest()}
        step = {"path": path.format(victim=victim), "made": "0", "old": old, "digests": digests}
        (stray / "journal.json").write_text(json.dumps([step]))
        before = list_names(tmp_path)
        assert sweep(root) == []
        assert not stray.exists()
        assert list_names(tmp_path) == [name for name in before if ".playbook-" not in name]
        assert victim.read_text() == "mine"


@pytest.mark.parametrize(
    "journal",
    [
        "",
        "[",
        "7",
        "[7]",
        '[{"path": "a"}]',
        '[{"path": "a", "made": "0", "old": "../a", "digests": {}}]',
        '[{"path": "a", "made": "0", "old": "old", "digests": {"x": "y"}}]',
        '[{"path": "a\\u0000", "made": "0", "old": "old", "digests": {}}]',
        '[{"path": 7, "made": "0", "old": "old", "digests": {}}]',
        '[{"path": "a", "made": [], "old": {}, "digests": 7}]',
        "[" * 100_000,
    ],
)
def test_a_journal_that_is_damaged_is_thrown_away(tmp_path: Path, journal: str) -> None:
    (tmp_path / "a").write_text("mine")
    stray = make_stray(tmp_path / f".playbook-{'0' * 8}-1-00000001.tmp")
    (stray / "journal.json").write_text(journal)
    assert sweep(tmp_path) == []
    assert list_names(tmp_path) == ["a"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_a_workshop_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    stray = make_stray(tmp_path / f".playbook-{'0' * 8}-1-00000001.tmp")
    os.chown(stray, NOBODY, NOBODY)
    assert sweep(tmp_path) == []
    assert stray.is_dir()


def test_only_what_nobody_works_in_is_swept(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    working = start_writing(tmp_path)
    (live,) = tmp_path.glob(".playbook-*")
    machine = live.name.split("-")[1]
    mine, dead = os.getpid(), gone.pid
    names = {
        f".playbook-{machine}-{mine}-00000001.tmp": True,
        f".playbook-{machine}-{dead}-00000002.tmp": False,
        f".playbook-{'0' * 8}-{dead}-00000003.tmp": True,
        f".playbook-{'0' * 8}-{dead}-00000004.tmp": False,
        f".playbook-{machine}-{'9' * 40}-00000006.tmp": False,
        ".playbook-notes.tmp": True,
        f"playbook-{machine}-{dead}-00000007.tmp": True,
    }
    for name in names:  # files, as earlier versions left them: told by their names and their age
        (tmp_path / name).write_text("x")
        if name.endswith(("4.tmp", "notes.tmp", "7.tmp")):
            os.utime(tmp_path / name, (0, 0))
    forsaken = tmp_path / f".playbook-{machine}-{mine}-00000008.tmp"
    make_stray(forsaken)  # the number of its process belongs to another one by now
    sweep(tmp_path)
    sweep(tmp_path / "nowhere")
    left = {name for name, stays in names.items() if stays} | {live.name}
    assert set(os.listdir(tmp_path)) == left
    working.kill()
    working.wait()
    sweep(tmp_path)
    assert set(os.listdir(tmp_path)) == left - {live.name}


def start_writing(folder: Path) -> subprocess.Popen[str]:
    """A process that holds a workshop in a folder, until it is killed."""
    program = (
        "import sys\nfrom pathlib import Path\n"
        "from generator.files.workshop import open_workshop\n"
        "with open_workshop(Path(sys.argv[1])):\n    print(flush=True)\n    sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    process.stdout.readline()
    return process


def test_git_sees_nothing_of_a_workshop(tmp_path: Path) -> None:
    make_repository(tmp_path, {"a": "x"})
    working = start_writing(tmp_path)
    git(tmp_path, "add", "--all")
    assert git(tmp_path, "status", "--porcelain", "--untracked-files=all") == ""
    working.kill()
    working.wait()
    assert git(tmp_path, "status", "--porcelain", "--untracked-files=all") == ""


def test_a_new_file_takes_nobodys_place(tmp_path: Path) -> None:
    """Somebody else writes it just before the rename."""
    act = "open(os.path.join(arguments[1]), 'w').write('theirs')"
    program = AT_RENAME.format(number=1, act=act) + textwrap.dedent(
        """
        try:
            write_file(folder / "a", b"ours")
        except FileExistsError as error:
            print(os.path.relpath(error.filename, folder))
        """
    )
    done = run_python(tmp_path, program)
    assert (done.stdout.strip(), done.stderr) == ("a", "")
    assert list_names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_text() == "theirs"


def test_a_report_is_appended_to(tmp_path: Path) -> None:
    append_text(tmp_path / "summary", "one\n")
    append_text(tmp_path / "summary", "zwei é\n")
    assert (tmp_path / "summary").read_text("utf-8") == "one\nzwei é\n"
    with pytest.raises(FileNotFoundError, match="nowhere"):
        append_text(tmp_path / "nowhere/summary", "x")


# Whole folders

WITHOUT_EXCHANGE = """
import generator.files.renaming
generator.files.renaming._find_renameat2 = lambda: None
"""
"""As on a system that cannot exchange two names."""


def change_program(number: int, act: str, *, exchanging: bool) -> str:
    return (
        ("" if exchanging else WITHOUT_EXCHANGE)
        + AT_RENAME.format(number=number, act=act)
        + textwrap.dedent(
            """
            from generator.files.writing import change_folder
            with change_folder(folder / "site") as fresh:
                (fresh / "new").write_text("new")
                (fresh / "old").unlink()
            """
        )
    )


def test_a_folder_is_changed_whole_or_not_at_all(tmp_path: Path) -> None:
    with change_folder(tmp_path / "x/site") as fresh:
        (fresh / "a").write_text("a")
        assert not (tmp_path / "x/site").exists()
    assert list_names(tmp_path) == ["x", "x/site", "x/site/a"]
    with suppress(KeyError), change_folder(tmp_path / "x/site") as fresh:
        (fresh / "a").unlink()
        raise KeyError
    assert list_names(tmp_path) == ["x", "x/site", "x/site/a"]
    with change_folder(tmp_path / "x/site") as fresh:
        write_all(fresh, {"a": b"b"})
        assert (tmp_path / "x/site/a").read_text() == "a"
    assert (tmp_path / "x/site/a").read_text() == "b"
    assert list_names(tmp_path) == ["x", "x/site", "x/site/a"]


@pytest.mark.parametrize("exchanging", [True, False])
def test_a_folder_is_there_at_every_moment_or_comes_back(tmp_path: Path, exchanging: bool) -> None:
    states, number = [], 1
    while not states or states[-1] != "done":
        folder = tmp_path / f"{number}"
        (folder / "site").mkdir(parents=True)
        (folder / "site/old").write_text("old")
        program = change_program(
            number, "os.kill(os.getpid(), signal.SIGKILL)", exchanging=exchanging
        )
        done = run_python(folder, program)
        assert done.stderr == ""
        names = os.listdir(folder / "site") if (folder / "site").exists() else ["none"]
        sweep(folder)
        assert list_names(folder) in (["site", "site/old"], ["site", "site/new"])
        states.append("done" if done.returncode == 0 else "".join(names))
        number += 1
    assert states == (["old", "done"] if exchanging else ["old", "old", "none", "done"])


def test_where_names_cannot_be_exchanged_a_failure_puts_the_old_folder_back(
    tmp_path: Path,
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/old").write_text("old")
    done = run_python(tmp_path, change_program(3, "raise OSError('full')", exchanging=False))
    assert done.stderr.endswith("OSError: full\n")
    assert list_names(tmp_path) == ["site", "site/old"]
