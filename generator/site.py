"""Running MkDocs, and putting the finished site in place of the old one in one step."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from generator.assemble import Assembly, Choice
from generator.mkdocs_plugin import PlaybookPlugin, edit_base_of
from generator.problem import Place, Problem, Severity

_OWN_FOLDERS = ("playbook", "strategy", "schema", ".git", ".github", ".vscode")


class SiteError(Exception):
    """The tool cannot run: no mkdocs.yml, or one that cannot be used. The text is one line for the terminal."""


def read_config(file: Path, **options: Any) -> MkDocsConfig:
    """The configuration in `mkdocs.yml`. Raises SiteError where it cannot be used."""
    if not file.is_file():
        raise SiteError(f"there is no {file}; run this in the folder of a playbook, or name the file with --config")
    try:
        with _quiet_logs():
            config = load_config(str(file), **options)
    except ConfigurationError as error:
        raise SiteError(f"{file} cannot be used: {_one_line(error)}") from error
    except Abort as error:
        raise SiteError(f"{file} cannot be used: {_one_line(error)}") from error
    if _find_plugin(config) is None:
        raise SiteError(f"{file} does not name the plugin: add playbook to the list under plugins:")
    return config


def complete_choice(config: MkDocsConfig, choice: Choice) -> Choice:
    """What the command line chooses, and mkdocs.yml where it leaves something open."""
    try:
        said = _plugin_of(config).read_choice()
    except Abort as error:
        raise SiteError(_one_line(error)) from error
    return replace(choice, audience=choice.audience or said.audience, as_of=choice.as_of or said.as_of,
                   drafts=choice.drafts or said.drafts, edit_base=edit_base_of(config))  # fmt: skip


def _find_plugin(config: MkDocsConfig) -> PlaybookPlugin | None:
    return next((plugin for plugin in config.plugins.values() if isinstance(plugin, PlaybookPlugin)), None)


def _plugin_of(config: MkDocsConfig) -> PlaybookPlugin:
    """Our plugin in a configuration from `read_config`. MkDocs keeps one object of it for the whole process."""
    plugin = _find_plugin(config)
    assert plugin is not None  # noqa: S101  # read_config has seen to it
    return plugin


def build_site(file: Path, assembly: Assembly, site_dir: Path) -> list[Problem]:
    """Build the site of an assembly. The old site stays as it is until the new one is complete, and where anything fails.

    Returns the problems MkDocs found in hand-written pages; with any, nothing was put in place.
    """
    target = Path(os.path.abspath(site_dir))
    target = target.resolve() if target.is_symlink() else target
    _refuse_precious(target, file)
    target.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=f".{target.name}-new-", dir=target.parent))
    try:
        made = workshop / "site"
        warnings = _run_mkdocs(file, assembly, made)
        if not warnings:
            _swap(made, target, workshop / "old")
        return warnings
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def serve_site(file: Path, choice: Choice, assembly: Assembly, address: str | None, open_browser: bool) -> None:
    """Serve the site and follow every edit, until interrupted. Raises SiteError where the address is taken.

    `assembly` is what the first build shows; later ones read the files anew.
    """
    plugin = _plugin_of(read_config(file))
    plugin.choice, plugin.assembly = choice, assembly
    options: dict[str, Any] = {"dev_addr": address} if address else {}
    try:
        serve(str(file), open_in_browser=open_browser, strict=False, **options)
    except OSError as error:
        raise SiteError(
            f"the address cannot be used: {(error.strerror or str(error)).lower()}; try another with --address"
        ) from error


def _run_mkdocs(file: Path, assembly: Assembly, made: Path) -> list[Problem]:
    config = read_config(file, site_dir=str(made), strict=False)
    _plugin_of(config).assembly = assembly
    with _collected_warnings() as warnings:
        try:
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
            config.plugins.on_shutdown()
        except MkDocsException as error:
            warnings.append(_one_line(error))
    return [
        Problem(
            "site-builder",
            Severity.ERROR,
            Place(file.name),
            text,
            "MkDocs, which builds the site, says this of a page or of mkdocs.yml.",
            "Mend the page or the setting it names.",
        )
        for text in warnings
    ]


def _swap(made: Path, target: Path, old: Path) -> None:
    """Two renames on one file system; if the second fails, the first is taken back."""
    os.chmod(made, 0o755)  # noqa: S103  # a site is there to be read
    if target.exists():
        target.rename(old)
    try:
        made.rename(target)
    except BaseException:  # an interruption between the two must not cost the old site either
        if old.exists() and not target.exists():
            old.rename(target)
        raise


def _refuse_precious(target: Path, file: Path) -> None:
    """A site_dir that holds other things than a site would be lost when the new site takes its place."""
    root = file.resolve().parent
    if root == target or root.is_relative_to(target):
        raise SiteError(
            f"site_dir in {file} is {target}, which holds the playbook itself; name a folder of its own"
        )
    if target.exists() and not target.is_dir():
        raise SiteError(f"{target} is a file; the site needs a folder of that name")
    if any(target == own or target.is_relative_to(own) for own in (root / name for name in _OWN_FOLDERS)):
        raise SiteError(f"{target} belongs to the playbook itself; choose another site_dir")
    is_ours = (
        (target / "entries.json").is_file() and (target / "404.html").is_file() and not (target / ".git").exists()
    )
    if target.is_dir() and any(target.iterdir()) and not is_ours:
        raise SiteError(f"{target} holds files that are no site of ours; empty it or choose another site_dir")


@contextlib.contextmanager
def _collected_warnings() -> Iterator[list[str]]:
    """What MkDocs logs from warning upward, instead of on the terminal."""
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    logger, collector = logging.getLogger("mkdocs"), Collector(logging.WARNING)
    before = logger.propagate
    logger.addHandler(collector)
    logger.propagate = False
    try:
        yield found
    finally:
        logger.removeHandler(collector)
        logger.propagate = before


@contextlib.contextmanager
def _quiet_logs() -> Iterator[None]:
    with _collected_warnings():
        yield


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
