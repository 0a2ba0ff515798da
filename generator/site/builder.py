"""Running MkDocs, and putting the finished site in place of the old one in one step."""

from __future__ import annotations

import contextlib
import logging
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from generator.checks.project import today_from_environment
from generator.files.memory import Memory
from generator.files.tree import FolderTree
from generator.files.workshop import open_workshop
from generator.files.writing import put_folder, refuse_mount
from generator.loading.guides import PLAYBOOK, drop_allowed, find_folder
from generator.problems.problem import Place, Problem, has_errors
from generator.site.assembly import Assembly
from generator.site.choice import Choice
from generator.site.mkdocs_internals import (
    find_link,
    is_of_mkdocs,
    plain_reason,
    run_build,
    run_serve,
)
from generator.site.page_skeleton import AT_REST, find_obstacle
from generator.site.plugin import BuildRequest, LeakError, PlaybookPlugin, Rebuild
from generator.site.plugin_options import edit_base_of, read_as_written, read_choice
from generator.site.rules import OTHER_PLUGIN, SITE_BUILDER, STOPPED_SETTING
from generator.site.theme.stopped import find_stopped

_FROM_ELSEWHERE = ("INHERIT", "!ENV", "!relative", "!!python", "snippets", "hooks", "../")
_OWN_FOLDERS = ("playbook", "strategy", "schema", ".git", ".github", ".vscode", ".playbook")


class SiteError(Exception):
    """The tool cannot run: no mkdocs.yml, or one that cannot be used. The text is one line for the
    terminal.
    """


def read_config(file: Path, **options: Any) -> MkDocsConfig:
    """The configuration in `mkdocs.yml`. Raises SiteError where it cannot be used."""
    if not file.is_file():
        raise SiteError(
            f"there is no {file}; run this in the folder of a playbook, or name the file with --config"
        )
    if (
        os.environ.get("SOURCE_DATE_EPOCH") and today_from_environment() is None
    ):  # MkDocs would stumble over it later
        raise SiteError(
            "SOURCE_DATE_EPOCH must be a time in seconds since 1970, such as 1767225600; mend or unset it"
        )
    with _collected_warnings() as said:
        try:
            config = load_config(str(file), **options)
        except Abort as error:  # MkDocs has said why to its log
            reason = "; ".join(plain_reason(line) for line in said) or _one_line(error)
            raise SiteError(f"{file} cannot be used: {reason}") from error
        except ConfigurationError as error:
            raise SiteError(f"{file} cannot be used: {plain_reason(_one_line(error))}") from error
        except (
            RecursionError,
            TypeError,
            ValueError,
        ) as error:  # of YAML that nobody writes by accident
            raise SiteError(
                f"{file} cannot be used: it is not the YAML that a configuration is written in"
            ) from error
    if _find_plugin(config) is None:
        raise SiteError(f"{file} does not name the plugin: add playbook to the list under plugins:")
    _refuse_other_pages(file, config)
    return config


def _refuse_other_pages(file: Path, config: MkDocsConfig) -> None:
    """Raise SiteError where MkDocs takes its pages from another folder than everything else does:
    what stands there would be on no site, and no check would read it.
    """
    pages, root = Path(config.docs_dir).resolve(), file.resolve().parent
    folder = find_folder(FolderTree(root))
    if pages == (root / folder).resolve():
        return
    if pages.is_relative_to(root) or pages.name != PLAYBOOK:
        shown = os.path.relpath(pages, root).replace(os.sep, "/")
        raise SiteError(
            f"docs_dir in {file} is {shown}, but the pages of a playbook are read from {folder}/: "
            f"write docs_dir: {folder}, or name a folder of its own in mkdocs.yml itself"
        )


def complete_choice(config: MkDocsConfig, choice: Choice) -> Choice:
    """What the command line chooses, and mkdocs.yml where it leaves something open."""
    try:
        said = read_choice(_plugin_of(config).config, config)
    except Abort as error:
        raise SiteError(_one_line(error)) from error
    return replace(
        choice,
        audience=choice.audience or said.audience,
        as_of=choice.as_of or said.as_of,
        drafts=choice.drafts or said.drafts,
        desk=said.desk,
        edit_base=edit_base_of(config),
        folders=said.folders,
        as_written=said.as_written,
        delivery=said.delivery,
        edit=said.edit,
        components=choice.components or said.components,
    )


def leave_as_written(file: Path, problems: Sequence[Problem]) -> Sequence[Problem]:
    """Problems without those about HTML in pages that mkdocs.yml leaves as they are written; where
    it cannot be used, all.
    """
    try:
        pages = read_as_written(_plugin_of(read_config(file)).config)
    except SiteError:
        return problems
    return drop_allowed(problems, pages, find_folder(FolderTree(file.resolve().parent)))


def find_slowness(config: MkDocsConfig) -> str:
    """Why many pages take longer than they need to, as a sentence for the end of a build; empty
    where they do not.
    """
    plugin = _plugin_of(config)
    reason = find_obstacle(config, plugin) if plugin.config.speed_ups else ""
    return f" The pages were laid out one by one: {reason}." if reason else ""


def is_self_contained(file: Path, config: MkDocsConfig) -> bool:
    """Whether a site is made of nothing but what lies beside `file`: no code of the company's own,
    no setting from elsewhere.
    """
    own, text = _plugin_of(config), file.read_text("utf-8", "replace")
    has_more = any(
        plugin is not own and name not in AT_REST for name, plugin in config.plugins.items()
    )
    return (
        not has_more
        and not find_obstacle(config, own)
        and not any(word in text for word in _FROM_ELSEWHERE)
    )


def _find_plugin(config: MkDocsConfig) -> PlaybookPlugin | None:
    return next(
        (plugin for plugin in config.plugins.values() if isinstance(plugin, PlaybookPlugin)), None
    )


def _plugin_of(config: MkDocsConfig) -> PlaybookPlugin:
    """Our plugin in a configuration from `read_config`. MkDocs keeps one object of it for the whole
    process.
    """
    plugin = _find_plugin(config)
    assert plugin is not None  # noqa: S101  # read_config has seen to it
    return plugin


@dataclass(frozen=True)
class Publishing:
    """What mkdocs.yml says under `publish`: who may come to see the site, and how many released
    versions are kept.
    """

    visibility: str = "private"
    private_pages: str = ""
    keep: int = 12

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it, on purpose."""
        return self.visibility == "public"

    @property
    def is_allowed(self) -> bool:
        """Whether the site may go where it may be public."""
        return self.is_public or self.private_pages == "confirmed"

    @property
    def reason(self) -> str:
        """Why it may, or may not."""
        if self.is_public:
            return "mkdocs.yml says visibility: public, so everybody may read this site."
        if self.private_pages == "confirmed":
            return "mkdocs.yml says private-pages: confirmed, so only your people can open the place it goes to."
        return (
            "a sales strategy is confidential, and pages of a private repository are public on most git hosts; "
            "if only your people can open the place, write private-pages: confirmed under publish: in mkdocs.yml, "
            "if everybody may read it, visibility: public"
        )


def read_publishing(config: MkDocsConfig) -> Publishing:
    """What mkdocs.yml says about publishing. Raises SiteError where it says something else."""
    said = _plugin_of(config).config.publish
    unknown = sorted(set(said) - {"visibility", "private-pages", "keep"})
    if unknown:
        raise SiteError(
            f"mkdocs.yml, publish: {unknown[0]} is not known; known are visibility, private-pages, keep"
        )
    visibility, private, keep = (
        said.get("visibility", "private"),
        said.get("private-pages", ""),
        said.get("keep", 12),
    )
    if visibility not in ("private", "public"):
        raise SiteError(f"mkdocs.yml, publish: visibility is private or public, not {visibility}")
    if private not in ("", "confirmed"):
        raise SiteError(f"mkdocs.yml, publish: private-pages can only be confirmed, not {private}")
    if not isinstance(keep, int) or isinstance(keep, bool) or keep < 0:
        raise SiteError(f"mkdocs.yml, publish: keep is a number of versions (0: all), not {keep}")
    return Publishing(visibility, private, keep)


def build_site(
    file: Path, assembly: Assembly, site_dir: Path, *, versioned: bool = False
) -> list[Problem]:
    """Build the site of an assembly. The old site stays as it is until the new one is complete, and
    where anything fails.

    Returns what MkDocs and its plugins found; with an error among it, nothing was put in place. A
    `versioned` site has a selector of versions, and stands in a folder beside the others.
    """
    target = Path(os.path.abspath(site_dir))
    target = target.resolve() if target.is_symlink() else target
    _refuse_precious(target, file)
    _refuse_nested(target)
    refuse_mount(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with open_workshop(target.parent) as workshop:
        made = workshop / "site"
        problems = _run_mkdocs(file, assembly, made, versioned=versioned)
        if not has_errors(problems):
            os.chmod(made, 0o755)  # noqa: S103  # a site is there to be read
            put_folder(made, target, workshop)
        return problems


def serve_site(
    file: Path,
    choice: Choice,
    assembly: Assembly,
    memory: Memory,
    address: str | None,
    open_browser: bool,
    heed: Callable[[Assembly], None],
) -> None:
    """Serve the site and follow every edit, until interrupted. Raises SiteError where the address
    is taken.

    `assembly` is what the first build shows, made with this `memory`; later ones read what has
    changed, and `heed` is told of each.
    """
    plugin = _plugin_of(read_config(file))
    plugin.request = BuildRequest(choice, assembly, memory, partial(_guard, file), heed)
    options: dict[str, Any] = {"dev_addr": address} if address else {}
    try:
        run_serve(file, open_browser=open_browser, **options)
    except OSError as error:
        raise SiteError(
            f"the address cannot be used: {(error.strerror or str(error)).lower()}; try another with --address"
        ) from error


def _guard(file: Path, build_again: Rebuild) -> Rebuild:
    """`build_again`, but with a mkdocs.yml that cannot be used the last pages stay, and it is said
    why in our words.
    """
    sound = file.read_bytes()

    def build_guarded() -> None:
        nonlocal sound
        try:
            now = file.read_bytes() if file.is_file() else b""
            if now != sound:
                read_config(file)
        except SiteError as error:
            print(
                f"error: {error}\n\nMend it and save; until then the last good pages stay.",
                flush=True,
            )
            return
        sound = now
        build_again()

    return build_guarded


def _run_mkdocs(file: Path, assembly: Assembly, made: Path, *, versioned: bool) -> list[Problem]:
    config = read_config(file, site_dir=str(made))
    is_strict, config.strict = config.strict, False
    stopped = [_say_stopped(name, effect, file) for name, effect in find_stopped(config)]
    makes_menu = config.nav is None
    if versioned:
        config.extra["version"] = {"provider": "mike", "default": "latest", "alias": True}
        if config.site_url:
            config.site_url = f"{config.site_url.rstrip('/')}/latest/"
    if assembly.made is not None and assembly.made.delivery.names_files:
        config.use_directory_urls = False
    _plugin_of(config).request = BuildRequest(assembly=assembly)
    failures: list[str] = []
    with _collected_warnings() as warnings:
        try:
            run_build(config)
        except LeakError as error:
            return list(error.problems)
        except MkDocsException as error:
            failures.append(_one_line(error))
        except (
            TemplateError
        ) as error:  # in a template of the theme that the company has put its own in place of
            where = (
                f" of {error.name or error.filename}, line {error.lineno}"
                if isinstance(error, TemplateSyntaxError)
                else ""
            )
            failures.append(f"A template{where} cannot be used: {_one_line(error)}")
    return [
        *stopped,
        *(
            _say_warning(said, file.name, config.docs_dir)
            if is_strict or said.is_of_mkdocs
            else _say_of_plugin(said, file.name, makes_menu=makes_menu)
            for said in warnings
        ),
        *(_say_warning(text, file.name, config.docs_dir) for text in failures),
    ]


def _say_stopped(name: str, effect: str, file: Path) -> Problem:
    """A setting that does nothing, at its line."""
    key = re.compile(rf"\s*(?:- )?{re.escape(name.rpartition('.')[2])}\s*:")
    lines = file.read_text("utf-8", "replace").splitlines()
    line = next((number for number, text in enumerate(lines, 1) if key.match(text)), 0)
    return STOPPED_SETTING.problem(
        place=Place(file.name, line, 1, line, 1),
        title=f"{name} has no effect on a playbook: {effect}",
    )


def _say_of_plugin(text: str, config_file: str, *, makes_menu: bool) -> Problem:
    """What another plugin warns of; plain MkDocs would go on, and so do we."""
    if makes_menu and "'nav'" in text:
        why = "mkdocs.yml has no nav: the menu that is replaced is the one that the playbook makes of its pages."
        return OTHER_PLUGIN.problem(place=Place(config_file), title=text, why=why)
    return OTHER_PLUGIN.problem(place=Place(config_file), title=text)


def _say_warning(text: str, config_file: str, docs_dir: str) -> Problem:
    """What MkDocs says of a page stands at its line; all else is about the configuration."""
    found = find_link(text)
    place = Place(config_file)
    if found is not None:
        page, link = found
        lines = Path(docs_dir, page).read_text("utf-8", "replace").splitlines()
        line = next((number for number, line in enumerate(lines, 1) if link in line), 0)
        place = Place(f"{Path(docs_dir).name}/{page}", line, 1, line, 1)
    return SITE_BUILDER.problem(
        place=place,
        title=text,
        why="MkDocs, which builds the site, says this of a page or of mkdocs.yml.",
    )


def _refuse_precious(target: Path, file: Path) -> None:
    """A site_dir that holds other things than a site would be lost when the new site takes its
    place.
    """
    root = file.resolve().parent
    if root == target or root.is_relative_to(target):
        raise SiteError(
            f"site_dir in {file} is {target}, which holds the playbook itself; name a folder of its own"
        )
    if target.exists() and not target.is_dir():
        raise SiteError(f"{target} is a file; the site needs a folder of that name")
    if any(
        target == own or target.is_relative_to(own)
        for own in (root / name for name in (*_OWN_FOLDERS, find_folder(FolderTree(root))))
    ):
        raise SiteError(f"{target} belongs to the playbook itself; choose another site_dir")
    is_ours = (
        (target / "entries.json").is_file()
        and (target / "404.html").is_file()
        and not (target / ".git").exists()
    )
    if target.is_dir() and any(target.iterdir()) and not is_ours:
        raise SiteError(
            f"{target} holds files that are no site of ours; empty it or choose another site_dir"
        )


def _refuse_nested(target: Path) -> None:
    """A site is replaced as a whole; another one inside it would be lost."""
    inner = next((path.parent for path in sorted(target.glob("*/entries.json"))), None)
    if inner is not None:
        raise SiteError(
            f"{target} holds another site, {inner.name}, which would be lost; move that elsewhere first"
        )
    outer = next((folder for folder in target.parents if (folder / "entries.json").is_file()), None)
    if outer is not None:
        raise SiteError(
            f"{target} lies inside another site and would be lost when that is built anew; choose another site_dir"
        )


class _Warning(str):
    """What was logged, and whether MkDocs itself said it, and not a plugin."""

    is_of_mkdocs: bool


@contextlib.contextmanager
def _collected_warnings() -> Iterator[list[_Warning]]:
    """What MkDocs and its plugins log from warning upward, instead of on the terminal."""
    found: list[_Warning] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said = _Warning(record.getMessage())
            said.is_of_mkdocs = is_of_mkdocs(record)
            found.append(said)

    logger, collector = logging.getLogger("mkdocs"), Collector(logging.WARNING)
    before = logger.propagate
    logger.addHandler(collector)
    logger.propagate = False
    try:
        yield found
    finally:
        logger.removeHandler(collector)
        logger.propagate = before


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
