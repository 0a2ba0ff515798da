"""Fixtures shared by all tests: folders with small strategies, and what becomes of them."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from generator.files.tree import FolderTree
from generator.loading.loader import Loaded, load_strategy
from generator.model.edition import Edition, choose_edition
from generator.site.assembly import Assembly, assemble
from generator.site.choice import Choice
from tests.playbooks import (  # noqa: F401  # fixtures for all
    built_sites,
    copy_of_root,
    make_once,
    offline_site,
    playbook,
    released_site,
    started,
)
from tests.sample import MINIMAL_HEADER, TODAY, Entries, load_data
from tests.sequence import deal
from tests.trials import amount, figures

settings.register_profile(
    "suite",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=100,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("suite")

Files = Mapping[str, str | bytes]
MakeStrategy = Callable[..., Path]
Load = Callable[..., Loaded]
MakeEdition = Callable[..., Edition]


# Strategies are many objects that stay, and looking for rubbish among them is slow; as the command.
gc.set_threshold(50_000, 20, 100)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew", action="store_true", help="write the expected texts of tests/examples anew"
    )
    parser.addoption(
        "--trials", action="store_true", help="run the trials alone, in their large version"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--trials"):
        amount.try_all()
        config.pluginmanager.register(figures.Figures())


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    if workers > 1:
        items[:] = deal(items, workers)


@pytest.fixture
def repository() -> Path:
    """The root of the repository."""
    return Path(__file__).parent.parent


@pytest.fixture
def make_strategy(tmp_path: Path) -> MakeStrategy:
    """A folder with these files; a strategy.yaml with a sound header where none is given."""
    numbers = count()

    def make(files: Files | None = None) -> Path:
        root = tmp_path / f"strategy-{next(numbers)}"
        for path, content in {"strategy.yaml": MINIMAL_HEADER, **(files or {})}.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return make


@pytest.fixture
def load(make_strategy: MakeStrategy) -> Load:
    """What reading a folder with these files gives."""

    def load_files(files: Files | None = None) -> Loaded:
        return load_strategy(FolderTree(make_strategy(files)))

    return load_files


@pytest.fixture
def make_edition() -> MakeEdition:
    """What an audience gets of a strategy given as data."""

    def make(
        audience: str = "internal",
        today: date = TODAY,
        drafts: bool = False,
        header: Mapping[str, object] | None = None,
        **kinds: Entries,
    ) -> Edition:
        loaded = load_data(header, **kinds)
        assert loaded.strategy is not None
        return choose_edition(loaded.strategy, loaded.vocabulary, audience, today, drafts)

    return make


@pytest.fixture
def assemble_files(make_strategy: MakeStrategy) -> Callable[..., Assembly]:
    """What becomes of a folder with these files on the day of the tests."""
    return lambda files=None, **choice: assemble(
        make_strategy(files), Choice(**{"as_of": TODAY, **choice})
    )


@pytest.fixture
def ends() -> Callable[[], AbstractContextManager[None]]:
    """Stops what takes a minute of the processor's time, so that a loop without end is a failed test
    and not a suite that never ends. How busy the machine is makes no difference.
    """

    @contextmanager
    def limit() -> Iterator[None]:
        def stop(number: int, frame: object) -> None:
            raise TimeoutError("it does not come to an end")

        before = signal.signal(signal.SIGPROF, stop)
        signal.setitimer(signal.ITIMER_PROF, 60)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

    return limit
