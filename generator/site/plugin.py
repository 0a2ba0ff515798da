"""The door for plain MkDocs: our pages become generated files, and all that MkDocs and its theme do
works with them.
"""

from __future__ import annotations

import logging
import os
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents, get_toc
from mkdocs.utils.templates import TemplateContext

from generator.files.cache import keep_templates
from generator.files.memory import NO_MEMORY, Memory
from generator.files.program import describe_files
from generator.loading.guides import resolve_links
from generator.model.addresses import edit_address
from generator.pages.finder.index import FOLDER as FINDER
from generator.pages.finder.index import list_scripts, make_index, tell_address
from generator.pages.page import Asset, Body, Page
from generator.pages.registry import SCRIPT, STYLE_SHEETS
from generator.problems.problem import has_errors
from generator.problems.reporters import UNCHANGED, Summary, report_terminal
from generator.problems.terminal_style import Look
from generator.schema.words import Words, read_words
from generator.site.assembly import Assembly, Made, assemble
from generator.site.build_request import Choice
from generator.site.csp import Inline, find_inline, protect, write_headers
from generator.site.nav import add_guides, list_absent, list_menu, outline, prune_menu
from generator.site.page_skeleton import READY, MadePage, Shells, find_obstacle
from generator.site.plugin_options import PlaybookOptions, edit_base_of, read_choice
from generator.site.private_files import leave_out
from generator.site.serve.preview import Preview
from generator.site.serve.watcher import Watcher
from generator.site.theme import furnish_theme, install_theme

_NOTICE_WIDTH = 72
"""So many letters stand on a line of a notice on a page."""
_log = logging.getLogger("mkdocs.plugins.playbook")


@dataclass(frozen=True)
class _Frame:
    """What MkDocs has built round our pages, under `serve`: each may be laid out in it for as long
    as its marks stay as they are.
    """

    config: MkDocsConfig
    nav: Navigation
    files: Sequence[File]
    written: Sequence[tuple[str, str]]
    marks: object

    @cached_property
    def pages(self) -> Mapping[str, MkDocsPage]:
        """The pages by the file that each becomes."""
        return {file.dest_uri: file.page for file in self.files if file.page is not None}


class PlaybookPlugin(BasePlugin[PlaybookOptions]):
    """Hands the pages of the strategy to MkDocs. `choice` and `assembly` may be set by a command
    that made them.

    So may, for `serve`, the `memory` that the assembly was made with, and `guard`, which goes round
    every build that follows an edit.
    """

    def __init__(self) -> None:
        self.choice: Choice | None = None
        self.assembly: Assembly | None = None
        self.guard: Callable[[Callable[[], None]], Callable[[], None]] | None = None
        self.memory: Memory = NO_MEMORY
        self._preview: Preview | None = None
        self._frame: _Frame | None = None
        self._made: Made | None = None
        self._told: Assembly | None = None
        self._ours: dict[str, Page] = {}
        self._index: Sequence[Asset] = ()
        self._notice = Markup("")
        self._inline = Inline()
        self._unlisted: Set[str] = frozenset()
        self._edit_base = ""
        self._is_fast = False
        self._shells: Shells | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keeps this object between the builds of one `serve`."""
        self._preview = Preview() if command == "serve" else None
        if command != "serve":
            self.memory = NO_MEMORY
        elif self.memory is NO_MEMORY:
            self.memory = Memory()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Go in front of the server, and let whoever serves go round each build."""
        observer: Any = Watcher(server.observer)
        server.observer = observer
        if self._preview is not None:
            self._preview.attach(server, self._take_over)
        if self.guard is not None:
            server.builder = self.guard(server.builder)
        return server

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check, before MkDocs touches anything."""
        given, self.assembly, self._frame = (
            self.assembly,
            None,
            None,
        )  # what is handed over is for one build
        self._edit_base = edit_base_of(config)
        self._take(given or self._assemble(config))
        root = _root_of(config)
        config.watch.extend(
            str(path)
            for path in (root / "strategy.yaml", root / "strategy", root / "schema")
            if path.exists()
        )
        config.extra_css[:0] = STYLE_SHEETS
        tables = config.mdx_configs.setdefault("tables", {})
        tables.setdefault(
            "use_align_attribute", True
        )  # the policy of our pages takes no style attributes
        config.extra_javascript.append(SCRIPT)
        install_theme(config, self.made.edition.strategy.header.language)
        obstacle = find_obstacle(config, self)
        self._is_fast = self.config.speed_ups and not obstacle
        if obstacle:
            _log.info("The pages are laid out one by one: %s", obstacle)
        if (
            self.made.edition.is_for_outsiders
        ):  # where the strategy is kept is nobody's business outside
            config.repo_url = config.repo_name = config.edit_uri = config.edit_uri_template = None
        return config

    def _assemble(self, config: MkDocsConfig) -> Assembly:
        said = replace(read_choice(self.config, config.site_url or ""), edit_base=self._edit_base)
        return assemble(_root_of(config), self.choice or said, self.memory)

    def _take(self, assembly: Assembly) -> None:
        """Show what was made; of what is faulty, show that it is, over the last good pages."""
        if assembly.made is not None:
            self._made, self._notice = assembly.made, Markup("")
        elif assembly is not self._told:
            self._notice, self._told = self._tell(assembly), assembly
        self._ours = {page.path: page for page in self.made.pages.pages}
        self._index = ()

    def _tell(self, faulty: Assembly) -> Markup:
        """Under `serve`, a faulty edit leaves the last good pages in place, with a notice; else the
        build ends here.
        """
        errors = [problem for problem in faulty.problems if has_errors((problem,))]
        summary = Summary(faulty.files, "" if self._preview else UNCHANGED)
        report = report_terminal(errors, summary)
        if self._preview is None or self._made is None:
            raise Abort("\n" + report)
        print(report, flush=True)  # the terminal of `serve` is where the author looks
        words = self.words
        notice = Markup(
            '<div class="pb-notice" role="alert"><p><strong>{}</strong></p><pre>{}</pre></div>'
        )
        return notice.format(
            words("preview_broken"), report_terminal(errors, summary, Look(_NOTICE_WIDTH))
        )

    @property
    def made(self) -> Made:
        """What this build is made of; on_config has seen to it."""
        if self._made is None:
            raise Abort("the plugin playbook was called before on_config")
        return self._made

    @property
    def words(self) -> Words:
        """The words of the interface, in the language of this strategy."""
        return read_words(self.made.edition.strategy.header.language)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add our pages and files; leave out hand-written ones that this reader does not get."""
        made = self.made
        leave_out(files, config, made)
        hand_written = [
            file.src_uri for file in files.documentation_pages() if file.inclusion.is_in_nav()
        ]
        way_out = Path(os.path.relpath(_root_of(config), config.docs_dir)).as_posix()
        for page in made.pages.pages:
            file = File.generated(config, page.path, content="")
            file.edit_uri = posixpath.join(way_out, page.place.file)
            if self._is_fast:
                MadePage(file, config, partial(_find_anchors, page))
            files.append(file)
        self._inline = Inline()
        index = () if self._is_on_demand else self._list_index(_list_published(files, made))
        for asset in (*self._list_own_assets(), *index):
            files.append(
                File.generated(
                    config, asset.path, content=b"" if self._is_on_demand else asset.content
                )
            )
        if config.nav is None:
            config.nav = list(list_menu(made.pages.navigation))
            if hand_written:
                add_guides(config.nav, self.words("group_more"), self.words("guides"), hand_written)
        else:
            config.nav = prune_menu(config.nav, list_absent(made))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """A page that the navigation does not list belongs where the page that lists it stands."""
        listed = {page.file.src_uri for page in nav.pages}
        self._unlisted = self._ours.keys() - listed
        pages = {file.src_uri: file.page for file in files.documentation_pages()}
        for path in self._unlisted:
            page, index = pages.get(path), pages.get(f"{path.partition('/')[0]}/index.md")
            if page is not None and index is not None:
                page.parent = index.parent
        if self._is_on_demand:
            shown = files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
            self._frame = _Frame(
                config, nav, shown, _list_published(files, self.made), self._mark(config)
            )
        return nav

    def _list_own_assets(self) -> Iterator[Asset]:
        """All files beside the pages, but for what the finder knows."""
        for asset in self.made.pages.assets:
            yield (
                replace(asset, write=partial(self._write_page, asset))
                if asset.path.endswith(".html")
                else asset
            )
        yield from list_scripts()

    def _list_index(self, written: Sequence[tuple[str, str]]) -> Iterator[Asset]:
        """What the finder knows. `written` are the hand-written pages that are published: it finds
        them, too.
        """
        made = self.made
        tell = tell_address(made.desk, self.words) if made.desk else ""
        yield from make_index(made.edition, made.pages.pages, written, tell)

    def _write_page(self, asset: Asset) -> bytes:
        return self._protect(asset.content.decode()).encode()

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Take the theme's templates as they were compiled before; under `serve`, leave our pages
        to whoever asks for them.
        """
        env.bytecode_cache = keep_templates()
        env.filters["striptags"] = _strip_tags
        furnish_theme(env, self.made.pages, self.words, config)
        self._shells = (
            Shells(env.get_template("main.html"), self._protect) if self._is_fast else None
        )
        if self._preview is not None and self._is_on_demand:
            ours = {*self._ours, *(asset.path for asset in self._list_own_assets())}
            for file in [file for file in files if file.src_uri in ours and file.src_dir is None]:
                files.remove(file)
            self._preview.begin(Path(config.site_dir), self._make)
        return env

    # Under `serve`

    @property
    def _is_on_demand(self) -> bool:
        """Whether our pages are made when a browser asks for them."""
        return self._preview is not None and self._is_fast

    def _mark(self, config: MkDocsConfig) -> object:
        """All that the frame depends on: the files that MkDocs reads, and what of ours stands
        outside our own pages.
        """
        folders = {str(folder) for folder in (config.docs_dir, config.theme.custom_dir) if folder}
        files = [list(describe_files(Path(folder))) for folder in sorted(folders)]
        return Path(config.config_file_path).read_bytes(), files, outline(self.made, self._unlisted)

    def _take_over(self) -> bool:
        """Take an edit over into what is served. False where the frame has changed, and MkDocs must
        build it anew.
        """
        if self._preview is None or self._frame is None:
            return False
        config = self._frame.config
        assembly = self._assemble(config)
        self._take(assembly)
        if self._frame.marks != self._mark(config):
            self.assembly = assembly
            return False
        self._preview.forget()
        return True

    def _make(self, path: str) -> bytes | None:
        """A file of ours, as it is now."""
        frame = self._frame
        if frame is None:
            return None
        page = frame.pages.get(path)
        if page is not None:
            html = self._lay_out_in(frame, page)
            return html.encode("utf-8", errors="xmlcharrefreplace") if html is not None else None
        asset = next((asset for asset in self._list_own_assets() if asset.path == path), None)
        if asset is None and path.startswith(FINDER) and path.endswith(".json"):
            self._index = self._index or list(self._list_index(frame.written))
            asset = next((asset for asset in self._index if asset.path == path), None)
        return asset.content if asset is not None else None

    def _lay_out_in(self, frame: _Frame, page: MkDocsPage) -> str | None:
        """The finished page; None for a hand-written one that is laid out in a way of its own."""
        is_ours = page.file.src_uri in self._ours
        if not is_ours and ("template" in page.meta or not page.file.inclusion.is_included()):
            return None
        page.active = True  # tells the theme which page it is
        try:
            context = get_context(frame.nav, frame.files, frame.config, page)
            return (
                self._lay_out(page, context)
                if is_ours
                else self._lay_out_hand_written(page, context)
            )
        finally:
            page.active = False

    def _lay_out_hand_written(self, page: MkDocsPage, context: TemplateContext) -> str:
        """A page as MkDocs has read it, with the notice of now."""
        assert self._shells is not None  # noqa: S101  # only on the fast way
        content = page.content or ""
        page.content = f"{self._notice}{content}"
        try:
            return self._shells.lay_out(page, context, is_listed=True)
        finally:
            page.content = content

    def on_build_error(self, *, error: Exception) -> None:
        """What was not built to its end is no frame for anything."""
        self._frame = None

    # Pages

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Our pages bring title and description as data; in hand-written ones, links to entries are
        resolved.
        """
        made = self.made
        page.update_date = made.edition.today.isoformat()
        ours = self._ours.get(page.file.src_uri)
        if ours is None:
            return resolve_links(markdown, page.file.src_uri, made.edition)
        self._describe(page, ours)
        return markdown

    def _describe(self, page: MkDocsPage, ours: Page) -> None:
        """Give a page what is said of it: its title, what is shown beside it, where it is edited."""
        page.meta = {
            "title": Markup.escape(ours.title),
            "description": Markup.escape(ours.description),
            "hide": (["toc"] if ours.wide else []) + (["navigation"] if ours.alone else []),
            "search": {"exclude": ours.hidden},
            **({"template": READY} if self._is_fast else {}),
        }
        if page.edit_url:
            page.edit_url = edit_address(self._edit_base, ours.place) or page.edit_url

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Put our body in place; on the fast way, that is done when the page is laid out."""
        ours = self._ours.get(page.file.src_uri)
        if ours is None:
            return html if self._is_on_demand else f"{self._notice}{html}"
        return "" if self._is_fast else self._fill(page, ours)

    def _fill(self, page: MkDocsPage, ours: Page) -> str:
        body = ours.lay_out()
        page.toc = _table_of_contents(ours.title, body)
        if not self._is_fast:
            page.present_anchor_ids = _list_anchors(body)
        head, end, rest = body.html.partition("</h1>")
        return f"{head}{end}{self._notice}{rest}"

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """On the fast way, lay out a page of ours: it is made, written and forgotten."""
        if page.meta.get("template") == READY:
            ready: Any = {"ready": self._lay_out(page, context)}
            return {**context, **ready}
        return context

    def _lay_out(self, page: MkDocsPage, context: TemplateContext) -> str:
        """The finished page. Those that the navigation does not list have all but their content in
        common.
        """
        assert self._shells is not None  # noqa: S101  # only on the fast way
        ours = self._ours[page.file.src_uri]
        self._describe(page, ours)
        page.content = self._fill(page, ours)
        try:
            return self._shells.lay_out(
                page, context, is_listed=page.file.src_uri not in self._unlisted
            )
        finally:
            page.content, page.toc = "", TableOfContents([])

    def _protect(self, html: str) -> str:
        """A page with its policy; its scripts are remembered for the headers of the whole site."""
        inline = find_inline(html)
        self._inline |= inline
        return protect(html, inline, live_reload=self._preview is not None)

    @event_priority(-100)
    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """The page for what is not there has a policy as well."""
        return self._protect(output_content) if template_name.endswith(".html") else output_content

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Give the page its policy, when no other plugin changes it any more."""
        return output if page.meta.get("template") == READY else self._protect(output)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the headers of the whole site."""
        if self._preview is not None:
            return
        for asset in write_headers(
            self._inline, confidential=not self.made.edition.is_for_outsiders
        ):
            target = Path(config.site_dir, asset.path)
            if not target.exists():  # a company may bring its own
                target.write_bytes(asset.content)


def _root_of(config: MkDocsConfig) -> Path:
    """The folder of the playbook."""
    return Path(config.config_file_path or "mkdocs.yml").resolve().parent


def _list_published(files: Files, made: Made) -> list[tuple[str, str]]:
    """The hand-written pages that MkDocs publishes, by path, with their texts."""
    published = {
        file.src_uri for file in files.documentation_pages() if file.inclusion.is_included()
    }
    return [(page.path, page.text) for page in made.hand_written if page.path in published]


def _find_anchors(page: Page) -> set[str]:
    return _list_anchors(page.lay_out())


def _list_anchors(body: Body) -> set[str]:
    return {heading.id for heading in body.headings}


def _strip_tags(text: str) -> Markup:
    """Jinja's filter, but safe to print: its own gives `<` back for `&lt;`, and themes print it as
    it is.
    """
    return Markup.escape(Markup(text).striptags())  # noqa: S704  # only to be stripped


def _table_of_contents(title: str, body: Body) -> TableOfContents:
    top: dict[str, Any] = {"level": 1, "id": "", "name": Markup.escape(title), "children": []}
    path = [top]
    for heading in body.headings:
        while path[-1]["level"] >= heading.level:
            path.pop()
        item = {
            "level": heading.level,
            "id": heading.id,
            "name": Markup.escape(heading.text),
            "children": [],
        }
        path[-1]["children"].append(item)
        path.append(item)
    return get_toc(top["children"])
