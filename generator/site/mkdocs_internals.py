"""All that we use of MkDocs beyond what its documentation promises to plugins: where a new version
of it breaks something, the place to mend is here.

Written for MkDocs 1.6.1 and Material for MkDocs 9.8.1. Each part says what it reaches for and why.
"""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import mkdocs
from jinja2 import Environment, FileSystemLoader
from mkdocs.commands.build import build, get_context
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents, get_toc
from mkdocs.utils.templates import TemplateContext as TemplateContext

# Running MkDocs

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

    Server = LiveReloadServer
else:
    Server = Any  # a build need not load what serves
"""The server of `mkdocs serve`: the event `serve` gives it to plugins, its class is not documented."""


def run_build(config: MkDocsConfig) -> None:
    """Build a site, as the command `mkdocs build` does.

    MkDocs documents no way to build from Python. Its command sends the events `startup` and
    `shutdown` itself; the function `build` does not. Plugins that know these events are kept for
    the whole process, ours among them.
    """
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()


def run_serve(config_file: Path, *, open_browser: bool, **options: Any) -> None:
    """Serve a site until interrupted, as the command `mkdocs serve` does, from Python."""
    from mkdocs.commands.serve import serve

    serve(str(config_file), open_in_browser=open_browser, strict=False, **options)


# What MkDocs says

_OWN_CODE = Path(mkdocs.__file__).parent
_OF_A_PAGE = re.compile(
    r"Doc file '(?P<page>[^']+)' contains an? [\w ]*link(?: to)? '(?P<link>[^']+)'"
)
_OF_A_SETTING = re.compile(r"Config value '?([\w.]+)'?: (?:Error: )?")
_CLASS = re.compile(r"<class '(\w+)'>")
_TYPES = {
    "list": "a list",
    "str": "a text",
    "NoneType": "nothing",
    "int": "a number",
    "dict": "a group of settings",
}


def find_link(warning: str) -> tuple[str, str] | None:
    """The hand-written page and the link in it that a warning of MkDocs is about.

    Its log is the only place where MkDocs says what it found; the wording is its own.
    """
    found = _OF_A_PAGE.match(warning)
    return (found["page"], found["link"]) if found else None


def is_of_mkdocs(record: logging.LogRecord) -> bool:
    """Whether MkDocs itself said something in its log, in which plugins write, too: by the file of
    the code that did.
    """
    return Path(record.pathname).is_relative_to(_OWN_CODE)


def plain_reason(error: str) -> str:
    """What MkDocs says of a configuration, without the words of Python around it."""
    named = _OF_A_SETTING.sub(r'"\1": ', error)
    return " ".join(
        _CLASS.sub(lambda found: _TYPES.get(found[1], found[1]), named).split()
    ).removesuffix(".")


# Other plugins, and the theme


def find_listener(
    config: MkDocsConfig, events: Iterable[str], ignored: Callable[[object, str], bool]
) -> str:
    """Who listens to any of these events, but for those that are `ignored` (plugin, name): the name
    of a plugin, or `a hook`; empty where nobody does.

    `PluginCollection.events` holds the bound methods; MkDocs offers no other way to know.
    """
    names = {id(plugin): name for name, plugin in config.plugins.items()}
    for event in events:
        for method in config.plugins.events[event]:
            owner = getattr(method, "__self__", None)
            name = names.get(id(owner), "")
            if not ignored(owner, name):
                return name or "a hook"
    return ""


SEARCH = "material/search"


def silence_search(config: MkDocsConfig) -> None:
    """Put Material's search to rest where a playbook still lists it: one search box is enough.

    The plugin reads its option `enabled` in its own event `startup` and later; once the
    configuration is loaded, setting the option is the only way to turn it off. Before its event
    `config`, that also saves what it makes ready there.
    """
    search = config.plugins.get(SEARCH)
    if search is not None:
        search.config["enabled"] = False


def is_switched_on(config: MkDocsConfig, name: str) -> bool:
    """Whether a plugin is listed and not turned off by its option `enabled`, which plugins of
    Material have.
    """
    plugin = config.plugins.get(name)
    return plugin is not None and bool(plugin.config.get("enabled", True))


def drop_shims(config: MkDocsConfig) -> None:
    """Leave out what Material's plugin `offline` fetches from another host for a search that is at
    rest here. It puts that among `extra.polyfills` in its own turn.
    """
    shims = config.extra.get("polyfills") or []
    config.extra["polyfills"] = [one for one in shims if "iframe-worker" not in str(one)]


def add_templates(config: MkDocsConfig, folder: str) -> None:
    """Look for templates in `folder` before the theme's own, and after those in `custom_dir`.

    `Theme.dirs` is the search path, in order; plugins are offered only whole themes.
    """
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, folder)


class _ShownTemplates(FileSystemLoader):
    """A theme's folders without those whose name begins with a dot."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for folder in map(Path, self.searchpath):
            for place, inner, names in os.walk(folder, followlinks=self.followlinks):
                inner[:] = [name for name in inner if not name.startswith(".")]
                found.update((Path(place) / name).relative_to(folder).as_posix() for name in names)
        return sorted(found)


def pass_over_hidden(config: MkDocsConfig) -> None:
    """Look for a theme's files in the folders alone that are shown.

    MkDocs lists all files of the theme in each build and drops those in folders that begin with a
    dot. In Material's `.icons` lie 12,000: that takes longer than the pages of a small playbook.
    """
    theme = config.theme
    make = type(theme).get_env

    def make_without() -> Environment:
        env = make(theme)
        env.loader = _ShownTemplates(theme.dirs)
        return env

    theme.get_env = make_without  # type: ignore[method-assign]


def add_module(config: MkDocsConfig, script: str) -> None:
    """Add a script that is loaded as a module. `extra_javascript` holds such objects once it is
    read; a text added by a plugin would be loaded as a plain script.
    """
    value = ExtraScriptValue(script)
    value.type = "module"
    config.extra_javascript.append(value)


# Pages and files


class MadeFile(File):
    """A file whose content is made when it is written, and not held until then.

    MkDocs keeps the content of every generated file for the whole build, in `_content`, which it
    reads once, when it writes the file.
    """

    _write: Callable[[], bytes] | None = None
    _given: str | bytes | None = None

    def make_by(self, write: Callable[[], bytes]) -> None:
        """Let `write` make the content, unless a plugin gives the file another one."""
        self._write, self._given = write, None

    @property
    def _content(self) -> str | bytes | None:  # the only place where MkDocs looks
        return self._given if self._given is not None or self._write is None else self._write()

    @_content.setter
    def _content(self, content: str | bytes | None) -> None:
        self._given = content


def make_file(config: MkDocsConfig, path: str, write: Callable[[], bytes]) -> File:
    """A file of the site that `write` makes when MkDocs writes it."""
    file = cast(MadeFile, MadeFile.generated(config, path, content=b""))
    file.make_by(write)
    return file


class MadePage(MkDocsPage):
    """A page whose HTML is made: there is no Markdown to convert. `list_anchors` gives the ids that
    a link may lead to.

    MkDocs takes a subclass for its own page where a file brings one. Converting thousands of empty
    texts takes seconds, so `render` is replaced by what that leaves behind: `_title_from_render`,
    `links_to_anchors` and `present_anchor_ids` are read by the validation of links.
    """

    is_listed = True
    """Whether the navigation lists it, and so marks it there."""

    def __init__(
        self, file: File, config: MkDocsConfig, list_anchors: Callable[[], set[str]]
    ) -> None:
        super().__init__(None, file, config)
        self._list_anchors = list_anchors

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """What the conversion of an empty text gives."""
        self.content, self.toc, self._title_from_render = "", TableOfContents([]), None
        self.links_to_anchors = {}

    @property
    def present_anchor_ids(self) -> set[str]:  # type: ignore[override]  # asked for only where some page leads to an anchor
        """The ids on the page."""
        return self._list_anchors()


def set_toc(page: MkDocsPage, headings: Sequence[Any]) -> None:
    """Give a page its table of contents: nested groups of `level`, `id`, `name` and `children`, as
    the Markdown extension `toc` leaves them, which is the only way in that MkDocs has.
    """
    page.toc = get_toc(list(headings))


def set_anchors(page: MkDocsPage, anchors: Set[str]) -> None:
    """Tell which ids a page has, when its HTML is replaced after MkDocs has looked for them:
    `present_anchor_ids` is what the validation of links reads.
    """
    page.present_anchor_ids = set(anchors)


def has_given_title(page: MkDocsPage) -> bool:
    """Whether somebody has given a page its title, in the navigation or in its front matter; else
    `Page.title` makes one of its text, as HTML, or of the file's name.
    """
    return "title" in page.meta or "title" in vars(page)


@contextmanager
def page_context(
    page: MkDocsPage, nav: Navigation, files: Sequence[File], config: MkDocsConfig
) -> Iterator[TemplateContext]:
    """Within this context, `page` is the one being built; gives the values for its template.

    Under `serve`, our pages are built when they are looked at, outside of a build of MkDocs, so
    that this repeats what `_build_page` does: `get_context`, and `active`, by which the theme knows
    where it is.
    """
    page.active = True
    try:
        yield get_context(nav, files, config, page)
    finally:
        page.active = False


# The server of `serve`

RELOADING = "/livereload/"
"""Where a browser waits for the next version of the site."""
_RELOAD_SCRIPT = re.compile(rf"{RELOADING}([0-9]+)/([0-9]+)\.js")


def watch_through(server: Server, wrap: Callable[[Any], Any]) -> None:
    """Put something in front of what looks for edits: `observer`, started with the server."""
    server.observer = wrap(server.observer)


def build_through(
    server: Server, wrap: Callable[[Callable[..., None]], Callable[..., None]]
) -> None:
    """Put something in front of what is called after an edit: `builder`, which the server reads
    anew each time.
    """
    server.builder = wrap(server.builder)


def served_folder(server: Server) -> Path:
    """The folder whose files are sent, `root`: MkDocs builds into a temporary one."""
    return Path(server.root)


def answer_through(server: Server, wrap: Callable[[Callable[..., Any]], Any]) -> None:
    """Put something in front of what answers a browser: the WSGI application, which is the server's
    own `serve_request` at first.
    """
    server.set_app(wrap(server.get_app() or server.serve_request))


def named_host(server: Server) -> str:
    """The name or address that the server was told to listen at."""
    return str(server.server_address[0])


def reload_by_file(server: Server) -> None:
    """Have the script that follows edits come as a file. MkDocs writes it into each page that it
    sends (`_inject_js_into_html`), where the policy of our pages would have to allow any script.
    """
    from mkdocs.livereload import _SCRIPT_TEMPLATE

    def name_script(content: bytes, epoch: int) -> bytes:
        head, end, rest = content.rpartition(b"</body>")
        asked = time.monotonic_ns() // 1_000_000
        script = b'<script src="%s%d/%d.js"></script>' % (RELOADING.encode(), epoch, asked)
        return b"".join((head, script, end, rest) if end else (content, script))

    def send_script(send: Callable[..., Any]) -> Callable[..., Any]:
        def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
            found = _RELOAD_SCRIPT.fullmatch(environ["PATH_INFO"])
            if found is None:
                return send(environ, start)
            script = _SCRIPT_TEMPLATE.substitute(epoch=found[1], request_id=found[2])
            start("200 OK", [("Content-Type", "application/javascript; charset=utf-8")])
            return [script.encode()]

        return answer

    setattr(server, "_inject_js_into_html", name_script)  # noqa: B010  # mypy lets nobody assign it
    answer_through(server, send_script)


def read_path(server: Server, environ: dict[str, Any]) -> str:
    """The path a browser asks for, within the site, decoded as the server does it; `mount_path` is
    where the site stands.
    """
    asked = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
    return str(asked.removeprefix(server.mount_path.rstrip("/")))
