"""Edits are seen once, however they are saved; and where the system says nothing, by looking."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers.polling import PollingObserver

from generator.site.serve.watcher import Watcher
from tests.playbooks import PATIENCE


class Log(FileSystemEventHandler):
    """What was told of files, and a bell that rings then."""

    def __init__(self) -> None:
        self.events: list[FileSystemEvent] = []
        self.bell = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if not event.is_directory:
            self.events.append(event)
            self.bell.set()


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[Path, Log]]:
    (tmp_path / "strategy").mkdir()
    (tmp_path / "strategy.yaml").write_text("old\n")
    (tmp_path / "other.yaml").write_text("old\n")
    watcher, log = Watcher(PollingObserver(timeout=0.05)), Log()
    watcher.schedule(log, str(tmp_path / "strategy"), recursive=True)
    watcher.schedule(log, str(tmp_path / "strategy.yaml"), recursive=True)
    watcher.start()
    yield tmp_path, log
    watcher.stop()
    watcher.join()


def save(path: Path) -> None:
    path.write_text("new and longer\n")


def replace(path: Path) -> None:
    """As many editors save: a new file takes the place of the old one."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text("new and longer\n")
    os.replace(beside, path)


@pytest.mark.parametrize("way", [save, replace])
@pytest.mark.parametrize("name", ["strategy.yaml", "strategy/objections.yaml"])
def test_a_saved_file_is_told_of(watched, way, name):
    folder, log = watched
    way(folder / name)
    assert log.bell.wait(PATIENCE)
    log.bell.clear()
    way(folder / name)  # the file is another one by now, and still watched
    assert log.bell.wait(PATIENCE)


def test_a_new_folder_is_watched_as_well(watched):
    folder, log = watched
    (folder / "strategy/objections").mkdir()
    (folder / "strategy/objections/pricey.yaml").write_text("id: pricey\n")
    assert log.bell.wait(PATIENCE)


def test_reading_and_the_file_beside_are_no_edits(watched):
    folder, log = watched
    (folder / "strategy.yaml").read_text()
    save(folder / "other.yaml")
    save(folder / "strategy/last.yaml")
    assert log.bell.wait(PATIENCE)
    assert {Path(str(event.src_path)).name for event in log.events} == {"last.yaml"}


def test_looking_does_where_the_system_tells_nothing(tmp_path, monkeypatch):
    (tmp_path / "strategy.yaml").write_text("old\n")
    watcher, log = Watcher(PollingObserver(timeout=0.05)), Log()
    watcher.schedule(log, str(tmp_path / "strategy.yaml"))
    watcher._listening.unschedule_all()  # a disk of which the system never tells
    watcher.start()
    save(tmp_path / "strategy.yaml")
    assert log.bell.wait(PATIENCE)
    watcher.stop()
    watcher.join()
