"""Commands that are killed at a stop point: just before they change anything on disk for the n-th
time, or call git for the n-th time. Nothing depends on when that is.

`python -m tests.trials.stop_points` answers a line of JSON with a line of JSON: it has loaded the
program once, and forks for each command. `Stopper` talks to it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.playbooks import ROOT
from tests.repositories import PERSON

KILLED = 137
CHANGING = frozenset({"os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "os.truncate"})


@dataclass(frozen=True)
class Run:
    """How a command ended: its exit code (KILLED), what it said, and the changes that it came to."""

    code: int
    said: str
    changes: list[str]


class Stopper:
    """A process that runs commands, and kills them where it is told to.

    All that counts as a change lies in `area`, which also holds caches and temporary folders.
    """

    def __init__(self, area: Path) -> None:
        self.area = area
        self._tools = area / "tools"
        self._tools.mkdir(parents=True)
        for name in ("temp", "cache"):
            (area / name).mkdir()
        (self._tools / "git").write_text(GIT.format(area=area, git=_find_git()))
        (self._tools / "git").chmod(0o755)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.trials.stop_points", str(area)],
            cwd=ROOT,
            env={**os.environ, **PERSON, "PYTHONPATH": str(ROOT), **self._environment()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _environment(self) -> dict[str, str]:
        return {
            "TMPDIR": str(self.area / "temp"),
            "XDG_CACHE_HOME": str(self.area / "cache"),
            "PATH": f"{self._tools}:{os.environ['PATH']}",
        }

    def run(self, *arguments: str | Path, cwd: Path, at: int = 0, how: str = "change") -> Run:
        """Run a command, to its end or until it is killed: before its change number `at`, before
        (`git`) or after (`git-done`) its call number `at` of git. `plain` as well means a system
        that cannot exchange names.
        """
        shutil.rmtree(self.area / "calls", ignore_errors=True)
        (self.area / "calls").mkdir()
        (self.area / "kill").write_text(f"{at if how.startswith('git') else 0} {how}")
        request = {"arguments": [*map(str, arguments)], "cwd": str(cwd), "at": at, "how": how}
        (run,) = self._ask(request)
        return run

    def run_two(
        self, first: Sequence[str], second: Sequence[str], *, cwd: Path, at: int
    ) -> tuple[Run, Run]:
        """Run two commands at once: the first stops before its change number `at` until the second
        has ended, or says that it waits; then both go on to their ends.
        """
        (self.area / "kill").write_text("0")
        request = {"arguments": first, "second": second, "cwd": str(cwd), "at": at, "how": "pause"}
        one, other = self._ask(request)
        return one, other

    def _ask(self, request: dict[str, Any]) -> list[Run]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return [Run(**answer) for answer in json.loads(self._process.stdout.readline())]

    def count_calls(self) -> int:
        """How often the last command called git."""
        return len(list((self.area / "calls").iterdir()))

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


GIT = """\
#!/bin/sh
# Stands before the real git; kills whoever calls it for the n-th time.
calls=1
while ! mkdir "{area}/calls/$calls" 2> /dev/null; do calls=$((calls + 1)); done
read number how < "{area}/kill"
if [ $calls = "$number" ]; then
  case "$how $*" in
    *--batch*) ;; # it answers as long as somebody asks
    git-done*) "{git}" "$@" > /dev/null ;;
  esac
  kill -9 $PPID
  exit 1
fi
exec "{git}" "$@"
"""


def choose_points(changes: list[str], *, few: bool) -> list[int]:
    """The numbers of the changes to stop at. Of long series of the same (files that are written
    into a workshop, or taken away) the first, the second, the one in the middle and the last; of
    the `few`, the renaming in the middle, and what comes after the last.
    """
    chosen, start = {len(changes)}, 0
    for number in range(1, len(changes) + 1):
        if number == len(changes) or _shape(changes[number]) != _shape(changes[start]):
            chosen |= {start + 1, min(start + 2, number), (start + number) // 2 + 1, number}
            start = number
    renaming = [
        number for number, change in enumerate(changes, 1) if change.startswith("os.rename")
    ]
    about = {renaming[len(renaming) // 2], renaming[-1] + 1}
    return sorted(one for one in (about if few else chosen) if one <= len(changes))


def _shape(change: str) -> str:
    event, _, path = change.partition(" ")
    is_inner = event in ("open", "os.mkdir") and ".tmp/" in path
    return "inner" if is_inner else "gone" if path.startswith("*") else change


def _find_git() -> str:
    found = shutil.which("git")
    assert found
    return found


# In the process that forks


def _serve(area: Path) -> None:
    import generator.commands.cli
    import generator.commands.publishing.build
    import generator.site.assembly
    import generator.site.builder  # noqa: F401

    for line in sys.stdin:
        request = json.loads(line)
        if "second" in request:
            answers = _run_two(request, area)
        else:
            process = _fork(request, area, "one")
            answers = [_tell(area, "one", os.waitpid(process, 0)[1])]
        print(json.dumps(answers), flush=True)


def _run_two(request: dict[str, Any], area: Path) -> list[dict[str, Any]]:
    for name in ("paused", "go"):
        (area / name).unlink(missing_ok=True)
        os.mkfifo(area / name)
    # opened for both, so that nobody waits for the other to open them
    pipes = {name: os.open(area / name, os.O_RDWR) for name in ("paused", "go")}
    first = _fork(request, area, "one")
    os.read(pipes["paused"], 1)  # it stands still, or is at its end
    second = _fork({**request, "arguments": request["second"], "how": "", "at": 0}, area, "two")
    status = None
    while status is None and "waiting for" not in _read_said(area, "two"):
        process, found = os.waitpid(second, os.WNOHANG)
        status = found if process else None
        time.sleep(0.01)
    os.write(pipes["go"], b"x")
    answers = [_tell(area, "one", os.waitpid(first, 0)[1])]
    answers.append(_tell(area, "two", os.waitpid(second, 0)[1] if status is None else status))
    for pipe in pipes.values():
        os.close(pipe)
    return answers


def _fork(request: dict[str, Any], area: Path, name: str) -> int:
    for what in ("said", "changes"):
        (area / f"{what}-{name}").write_text("")
    process = os.fork()
    if process == 0:
        _run_here(request, area, name)
    return process


def _tell(area: Path, name: str, status: int) -> dict[str, Any]:
    code = os.waitstatus_to_exitcode(status)
    return {
        "code": KILLED if code == -9 else code,
        "said": _read_said(area, name),
        "changes": (area / f"changes-{name}").read_text().splitlines(),
    }


def _read_said(area: Path, name: str) -> str:
    return (area / f"said-{name}").read_text("utf-8", "replace")


def _run_here(request: dict[str, Any], area: Path, name: str) -> None:
    from generator.commands.cli import run
    from generator.files import renaming

    os.chdir(request["cwd"])
    said = os.open(area / f"said-{name}", os.O_WRONLY)
    os.dup2(said, 1)
    os.dup2(said, 2)
    seen: list[str] = []
    log = os.open(area / f"changes-{name}", os.O_WRONLY)
    if "plain" in request["how"]:
        renaming._find_renameat2 = lambda: None  # type: ignore[assignment]
    last = request["at"] if not request["how"].startswith("git") else 0

    def pause() -> None:
        pipe = os.open(area / "paused", os.O_WRONLY)
        os.write(pipe, b"x")
        os.close(pipe)
        pipe = os.open(area / "go", os.O_RDONLY)
        os.read(pipe, 1)
        os.close(pipe)

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        change = _name_change(event, arguments, area)
        if change:
            seen.append(change)
            os.write(log, (change + "\n").encode())
            if len(seen) == last and request["how"] != "pause":
                os._exit(KILLED)
            if len(seen) == last:
                pause()

    sys.addaudithook(watch)
    try:
        code = run(request["arguments"])
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException as error:
        os.write(1, f"Traceback: {error!r}".encode())
        code = 99
    if request["how"] == "pause" and len(seen) < last:
        pause()
    os._exit(code)


def _name_change(event: str, arguments: tuple[Any, ...], area: Path) -> str:
    """What is about to change in the area; empty where nothing does, or nothing that counts."""
    if event == "open":
        path, _, flags = arguments
        if not isinstance(path, str) or not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            return ""
    elif event in CHANGING:
        path = arguments[0]
    else:
        return ""
    if isinstance(path, bytes | os.PathLike):
        path = os.fsdecode(path)
    if not isinstance(path, str):
        return ""
    if not path.startswith("/") and event in ("os.remove", "os.rmdir") and arguments[1] != -1:
        return f"{event} *{path}"  # below a folder that is taken away
    path = os.path.abspath(path)
    if not path.startswith(f"{area}/") or path.startswith(f"{area}/cache/"):
        return ""
    if os.path.dirname(path) == str(area):  # our own
        return ""
    return f"{event} {path[len(str(area)) :]}"


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
