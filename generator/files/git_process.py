"""Git as a process: the one module that runs it. Names that come from outside never reach git as
options, and nothing passes through a shell.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

_WHICH_REPOSITORY = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_GRAFT_FILE",
    "GIT_SHALLOW_FILE",
    "GIT_REPLACE_REF_BASE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_CEILING_DIRECTORIES",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_EXTERNAL_DIFF",
    "GIT_DEFAULT_HASH",
)
"""A hook of git's, from which we may be run, says by these which repository it is about. We say it
by the folder.
"""

_waiting: set[subprocess.Popen[bytes]] = set()


class GitError(Exception):
    """Git cannot do what was asked. The text is one line for the terminal; `whole` is all that git
    said.
    """

    def __init__(self, text: str, whole: str = "") -> None:
        super().__init__(text)
        self.whole = whole


class NoAnswerError(GitError):
    """Git has waited too long for a network or a person."""


def run_git(
    root: Path,
    arguments: Sequence[str],
    text: str | None = None,
    environment: Mapping[str, str] | None = None,
    patience: float | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """What became of a command of git, given a text. Raises GitError where git cannot be run, and
    NoAnswerError where it has not ended after so many seconds of `patience`.
    """
    command, given = _command(root, arguments), (text or "").encode("utf-8", "surrogateescape")
    try:
        if patience is not None:
            return _run_within(patience, command, given, _environment(environment))
        return subprocess.run(  # noqa: S603  # no shell, and names from outside never begin with a hyphen
            command,
            input=given,
            capture_output=True,
            env=_environment(environment),
            check=False,
        )
    except FileNotFoundError as error:
        raise GitError("git is not installed, and the history of the strategy is in it") from error
    except ValueError as error:
        raise GitError(f"git cannot be asked this: {error}") from error


def start_git(root: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """A command of git that is asked and answers as long as it runs."""
    return subprocess.Popen(  # noqa: S603  # nothing in it comes from outside
        _command(root, arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )


def _run_within(
    patience: float, command: list[str], given: bytes, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[bytes]:
    """Run what may wait for a network or a person. It has a session of its own, so that it ends with all
    that it has started, and that nothing of it asks in a terminal where nobody looks.
    """
    with subprocess.Popen(  # noqa: S603  # as in `run_git`
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    ) as process:
        _waiting.add(process)
        try:
            out, said = process.communicate(given, patience)
        except subprocess.TimeoutExpired as error:
            raise NoAnswerError(f"it did not answer within {patience:g} seconds") from error
        finally:
            was_stopped = process not in _waiting
            _waiting.discard(process)
            _end(process)
    if was_stopped:
        raise NoAnswerError("it was ended before it answered")
    return subprocess.CompletedProcess(command, process.returncode, out, said)


def stop_waiting() -> None:
    """End all that waits for a network or a person: who waits for it gets a NoAnswerError."""
    while _waiting:
        _end(_waiting.pop())


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process, if it still runs, and what it has started where the system has groups of
    processes.
    """
    if process.returncode is not None:
        return
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _command(root: Path, arguments: Sequence[str]) -> list[str]:
    return ["git", "-C", str(root), "--no-pager", "--literal-pathspecs", *arguments]


def _environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if name not in _WHICH_REPOSITORY}
    return {
        **own,
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
        **(more or {}),
    }
