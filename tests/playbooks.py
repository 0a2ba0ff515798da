"""Sites built once with the real MkDocs, and playbooks to try things on."""

from __future__ import annotations

import fcntl
import gc
import io
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config.defaults import MkDocsConfig

from generator.commands.cli import run
from tests.repositories import commit, git, make_repository

ROOT = Path(__file__).parent.parent
AS_OF = "2026-11-22"
LONGEST = 300
"""Seconds after which a process hangs, on however busy a machine."""
PATIENCE = 100
"""Seconds to wait for what is to come; it comes within one where nothing else runs."""

Run = Callable[..., "subprocess.CompletedProcess[str]"]
_OF_WHOEVER_RUNS_THE_TESTS = ("SOURCE_DATE_EPOCH", "FORCE_COLOR")


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Wait for what is to come; `what` says what did not."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def run_playbook(
    *arguments: str | Path, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The command, in this process: from a folder, with an environment and an output of its own."""
    words = [str(argument) for argument in arguments]
    with ExitStack() as stack:
        out, err = (
            stack.enter_context(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) for _ in range(2)
        )
        with (
            chdir(cwd or ROOT),
            _environment(environment),
            _as_in_a_new_process(),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = run(words)
        return subprocess.CompletedProcess(words, code, _read(out), _read(err))


def start_playbook(
    *arguments: str | Path, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, where that is the point: it takes a second longer."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=cwd or ROOT,
        env={**_own_environment(), "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONGEST,
        check=False,
    )


def _own_environment() -> dict[str, str]:
    return {
        name: value for name, value in os.environ.items() if name not in _OF_WHOEVER_RUNS_THE_TESTS
    }


@contextmanager
def _environment(more: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    wanted = {**_own_environment(), **more}
    try:
        os.environ.clear()
        os.environ.update(wanted)
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _as_in_a_new_process() -> Iterator[None]:
    """What a command leaves behind in its process, and what it would find there of another: the
    plugins MkDocs keeps, how a signal is answered, when rubbish is collected.
    """
    option: Any = dict(MkDocsConfig._schema)["plugins"]
    kept = option.plugin_cache
    plugins, answer, thresholds = dict(kept), signal.getsignal(signal.SIGTERM), gc.get_threshold()
    kept.clear()
    try:
        yield
    finally:
        kept.clear()
        kept.update(plugins)
        signal.signal(signal.SIGTERM, answer)
        gc.set_threshold(*thresholds)
        gc.enable()
        gc.unfreeze()


def _read(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def read_files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def playbook() -> Run:
    """Run the command `playbook`."""
    return run_playbook


@pytest.fixture
def started(tmp_path: Path) -> Path:
    """A playbook as `init` makes it."""
    folder = tmp_path / "acme"
    made = run_playbook("init", folder, "--company", 'Acme "Tools" & Sons: Ltd')
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(scope="session")
def copy_of_root(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """A fresh copy of the root playbook's own files."""

    def copy() -> Path:
        return copy_root(tmp_path_factory.mktemp("root") / "playbook-copy")

    return copy


@pytest.fixture(scope="session")
def make_once(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Callable[[str, Callable[[Path], None]], Path]:
    """A folder by its name, made once in a run of the tests, whichever worker needs it first.
    Whoever gets it reads only.
    """
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "made-once"
    shared.mkdir(exist_ok=True)

    def make(name: str, write: Callable[[Path], None]) -> Path:
        target, done = shared / name, shared / f"{name}.done"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(target, ignore_errors=True)
                target.mkdir()
                write(target)
                done.touch()
        return target

    return make


class BuiltSites(dict[str, Path]):
    """The strategies of the repository, built, each when it is first asked for."""

    CONFIGS: Mapping[str, Path] = {
        "root": ROOT / "mkdocs.yml",
        "posthog": ROOT / "examples/posthog/mkdocs.yml",
        "sourcegraph": ROOT / "examples/sourcegraph/mkdocs.yml",
        "parcel-post": ROOT / "examples/parcel-post/mkdocs.yml",
    }

    def __init__(self, make_once: Callable[[str, Callable[[Path], None]], Path]) -> None:
        super().__init__()
        self._make_once = make_once

    def __missing__(self, name: str) -> Path:
        def build(folder: Path) -> None:
            build_site(self.CONFIGS[name], folder / "site")

        self[name] = self._make_once(name, build) / "site"
        return self[name]


def build_site(config: Path, target: Path, *options: str) -> None:
    """The site of a playbook on the day of the tests."""
    done = run_playbook(
        "build", "--config", config, "--site-dir", target, "--as-of", AS_OF, *options
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def built_sites(make_once: Callable[[str, Callable[[Path], None]], Path]) -> Mapping[str, Path]:
    """The strategies of the repository, built."""
    return BuiltSites(make_once)


@pytest.fixture(scope="session")
def released_site(make_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """The root site as leadership reads it, two released versions after its beginning and with a
    change since; and with a kind of the company's own.
    """
    return make_once("released", _build_released) / "site"


@pytest.fixture(scope="session")
def offline_site(make_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """The root site as it is made to be opened from a folder, and with a hand-written page of its
    own.
    """

    def build(folder: Path) -> None:
        root = copy_root(folder / "playbook-copy")
        settings = (root / "mkdocs.yml").read_text("utf-8")
        (root / "mkdocs.yml").write_text(
            settings.replace("plugins:\n", "plugins:\n  - offline\n"), "utf-8"
        )
        (root / "playbook/price-talk.md").write_text(
            "# Price talk\n\nThe word is xylophone. [An answer](entry:objections/too-expensive)\n",
            "utf-8",
        )
        build_site(root / "mkdocs.yml", folder / "site")

    return make_once("offline", build) / "site"


def copy_root(folder: Path) -> Path:
    """Copy the root playbook's own files into a new folder."""
    folder.mkdir()
    for name in ("strategy.yaml", "mkdocs.yml"):
        shutil.copy(ROOT / name, folder / name)
    for name in ("strategy", "playbook", "schema"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


_OWN_KIND = {
    "schema/custom.yaml": "kinds:\n  partners:\n    title: Partner\n    plural: Partners\n"
    "    description: Who installs what we sell.\n    fields:\n"
    "      grade: {title: Grade, value: choice, choices: [gold, silver], filter: yes, in_lists: yes}\n"
    "      terms: {title: Terms, value: prose}\n"
    "      serves: {title: Serves, value: reference, refers_to: markets, several: yes}\n",
    "strategy/partners.yaml": "- id: frostbau\n  name: Frostbau\n  grade: gold\n"
    "  terms: They **install**, we commission.\n  serves: [dairies]\n",
}


def _build_released(folder: Path) -> None:
    root = copy_root(folder / "playbook-copy")
    (root / "schema/custom.schema.json").unlink()
    settings = (root / "mkdocs.yml").read_text("utf-8")
    with_components = settings.replace("- playbook:", "- playbook:\n      components: true", 1)
    (root / "mkdocs.yml").write_text(with_components, "utf-8")
    for path, text in _OWN_KIND.items():
        (root / path).write_text(text, "utf-8")
    header = (root / "strategy.yaml").read_text("utf-8")
    markets = (root / "strategy/markets.yaml").read_text("utf-8")
    make_repository(
        root,
        {
            "strategy.yaml": header.replace('version: "2026.4"', 'version: "2026.3"'),
            "strategy/markets.yaml": markets.replace(
                "priority: secondary", "priority: opportunistic", 1
            ),
        },
    )
    _tag(root, "2026.3", "2026-07-01")
    commit(root, {"strategy.yaml": header, "strategy/markets.yaml": markets})
    _tag(root, "2026.4", "2026-10-01")
    commit(
        root,
        {
            "strategy/markets.yaml": markets.replace(
                "priority: opportunistic", "priority: secondary", 1
            )
        },
    )
    build_site(root / "mkdocs.yml", folder / "site", "--audience", "leadership")


def _tag(root: Path, version: str, day: str) -> None:
    git(root, "tag", "-a", f"v{version}", "-m", version, GIT_COMMITTER_DATE=f"{day}T12:00:00Z")
