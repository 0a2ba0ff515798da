"""Files that are written whole or not at all: in this process, and in real ones that fail, run out
of disk or are killed half-way.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.files.tree import OutsideError
from generator.files.writing import (
    TEMPORARY,
    append_text,
    sweep_strays,
    write_all,
    write_file,
)
from tests.playbooks import ROOT

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
    assert (done.stdout.strip(), done.stderr) == ("x/y/c", "")
    assert list_names(tmp_path) == ["a", "x", "x/y", "x/y/c", "x/y/c/in the way"]
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
    strays = [name for name in list_names(tmp_path) if name != "a"]
    assert strays
    assert all(TEMPORARY.fullmatch(name) for name in strays)
    write_file(tmp_path / "b", b"x")
    assert list_names(tmp_path) == ["a", "b"]
    assert (tmp_path / "a").read_text() == "old a"


def test_a_kill_between_two_renames_leaves_each_file_whole(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_text(f"old {name}")
    program = AT_RENAME.format(number=2, act="os.kill(os.getpid(), signal.SIGKILL)")
    done = run_python(
        tmp_path, program + "write_all(folder, {name: b'new ' + name.encode() for name in 'abc'})\n"
    )
    assert done.returncode == -9
    assert [(tmp_path / name).read_text() for name in "abc"] == ["new a", "old b", "old c"]
    write_all(tmp_path, {"d": b"x"})
    assert list_names(tmp_path) == ["a", "b", "c", "d"]


def test_only_strays_are_swept(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    write_file(tmp_path / "a", b"x")
    machine = _learn_machine(tmp_path)
    mine, dead = os.getpid(), gone.pid
    names = {
        f".playbook-{machine}-{mine}-00000001.tmp": True,
        f".playbook-{machine}-{dead}-00000002.tmp": False,
        f".playbook-{'0' * 8}-{dead}-00000003.tmp": True,
        f".playbook-{'0' * 8}-{dead}-00000004.tmp": False,
        f".playbook-{machine}-{mine}-00000005.tmp": False,
        f".playbook-{machine}-{'9' * 40}-00000006.tmp": False,
        ".playbook-notes.tmp": True,
        f"playbook-{machine}-{dead}-00000007.tmp": True,
    }
    for name in names:
        (tmp_path / name).write_text("x")
    for name in names:
        if name.endswith(("4.tmp", "5.tmp", "notes.tmp", "7.tmp")):
            os.utime(tmp_path / name, (0, 0))
    sweep_strays(tmp_path)
    sweep_strays(tmp_path / "nowhere")
    assert list_names(tmp_path) == sorted(["a", *(name for name, stays in names.items() if stays)])


def _learn_machine(folder: Path) -> str:
    """What names of files on their way say of this machine, from one that was left behind."""
    program = AT_RENAME.format(number=1, act="os.kill(os.getpid(), signal.SIGKILL)")
    run_python(folder, program + "write_file(folder / 'learn', b'x')\n")
    found = next(name for path in folder.iterdir() if (name := TEMPORARY.fullmatch(path.name)))
    return found["machine"]


def test_a_report_is_appended_to(tmp_path: Path) -> None:
    append_text(tmp_path / "summary", "one\n")
    append_text(tmp_path / "summary", "zwei é\n")
    assert (tmp_path / "summary").read_text("utf-8") == "one\nzwei é\n"
    with pytest.raises(FileNotFoundError, match="nowhere"):
        append_text(tmp_path / "nowhere/summary", "x")
