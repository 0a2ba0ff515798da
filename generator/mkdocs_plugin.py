"""The door for plain MkDocs: our pages become generated files, and all that MkDocs and its theme do works with them."""

from __future__ import annotations

import logging
import os
import posixpath
from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit, urlunsplit

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config import base, config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents, get_toc
from mkdocs.utils.templates import TemplateContext

from generator.address import edit_address
from generator.assemble import Assembly, Choice, Made, assemble
from generator.cache import keep_templates
from generator.csp import Inline, find_inline, protect, write_headers
from generator.hand_written import links_to, may_name, resolve_links
from generator.menu import add_guides, list_absent, list_menu, prune_menu
from generator.model import DEFAULT_AUDIENCE
from generator.page import Asset, Page
from generator.pages import SCRIPT, STYLE_SHEETS
from generator.preview import Preview
from generator.problem import Place, has_errors
from generator.report import UNCHANGED, Summary, report_terminal
from generator.search import make_search, tell_address
from generator.shell import READY, MadePage, Shells, find_obstacle
from generator.tell import open_desk
from generator.theme import furnish_theme, install_theme
from generator.words import Words, read_words

_log = logging.getLogger("mkdocs.plugins.playbook")


class PlaybookOptions(base.Config):
    """What `mkdocs.yml` may set under `plugins: - playbook:`."""

    audience = config_options.Type(str, default=DEFAULT_AUDIENCE)
    drafts = config_options.Type(bool, default=False)
    as_of = config_options.Optional(config_options.Type(str))
    max_megabytes = config_options.Type((int, float), default=2)
    tell = config_options.Type((str, dict), default="")
    publish = config_options.Type(dict, default={})
    speed_ups = config_options.Type(bool, default=True)


class PlaybookPlugin(BasePlugin[PlaybookOptions]):
    """Hands the pages of the strategy to MkDocs. `choice` and `assembly` may be set by a command that made them.

    So may `guard`, which under `serve` goes round every build that follows an edit.
    """

    def __init__(self) -> None:
        self.choice: Choice | None = None
        self.assembly: Assembly | None = None
        self.guard: Callable[[Callable[[], None]], Callable[[], None]] | None = None
        self._preview: Preview | None = None
        self._made: Made | None = None
        self._ours: dict[str, Page] = {}
        self._notice = Markup("")
        self._inline = Inline()
        self._unlisted: Set[str] = frozenset()
        self._edit_base = ""
        self._is_fast = False
        self._shells: Shells | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keeps this object between the builds of one `serve`."""
        self._preview = Preview() if command == "serve" else None

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Let whoever serves go round each build."""
        if self.guard is not None:
            server.builder = self.guard(server.builder)
        return server

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read, check and render, before MkDocs touches anything."""
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        given, self.assembly = self.assembly, None  # what a command hands over is for one build
        self._edit_base = edit_base_of(config)
        chosen = self.choice or replace(self.read_choice(config.site_url or ""), edit_base=self._edit_base)
        assembly = given or assemble(root, chosen)
        if assembly.made is None:
            self._notice = self._tell(assembly)
        else:
            self._made, self._notice = assembly.made, Markup("")
        config.watch.extend(
            str(path) for path in (root / "strategy.yaml", root / "strategy", root / "schema") if path.exists()
        )
        config.extra_css[:0] = STYLE_SHEETS
        tables = config.mdx_configs.setdefault("tables", {})
        tables.setdefault("use_align_attribute", True)  # the policy of our pages takes no style attributes
        config.extra_javascript.append(SCRIPT)
        install_theme(config, self.made.edition.strategy.header.language)
        obstacle = find_obstacle(config, self)
        self._is_fast = self.config.speed_ups and not obstacle
        if obstacle:
            _log.info("The pages are laid out one by one: %s", obstacle)
        if self.made.edition.is_for_outsiders:  # where the strategy is kept is nobody's business outside
            config.repo_url = config.repo_name = config.edit_uri = config.edit_uri_template = None
        return config

    def read_choice(self, site: str) -> Choice:
        """What mkdocs.yml chooses; `site` is where the site will stand, if that is known.

        Raises mkdocs.exceptions.Abort where it is no choice.
        """
        try:
            as_of = date.fromisoformat(self.config.as_of) if self.config.as_of else None
        except ValueError:
            raise Abort(f'mkdocs.yml: as_of must be a date such as 2026-03-31, not "{self.config.as_of}"') from None
        if not 0 < self.config.max_megabytes <= 1000:  # .nan is no number between them either
            raise Abort(f"mkdocs.yml: max_megabytes must be a number such as 2, not {self.config.max_megabytes}")
        chosen: Any = self.config.tell  # a text or a group
        try:
            desk = open_desk(chosen, site)
        except ValueError as error:
            raise Abort(f"mkdocs.yml: tell cannot be used: {error}") from None
        size = int(self.config.max_megabytes * 1_000_000)
        return Choice(self.config.audience, as_of, self.config.drafts, size, desk)

    def _tell(self, faulty: Assembly) -> Markup:
        """Under `serve`, a faulty edit leaves the last good pages in place, with a notice; else the build ends here."""
        errors = [problem for problem in faulty.problems if has_errors((problem,))]
        report = report_terminal(errors, Summary(faulty.files, "" if self._preview else UNCHANGED))
        if self._preview is None or self._made is None:
            raise Abort("\n" + report)
        print(report, flush=True)  # the terminal of `serve` is where the author looks
        words = self.words
        notice = Markup('<div class="pb-notice" role="alert"><p><strong>{}</strong></p><pre>{}</pre></div>')
        return notice.format(words("preview_broken"), report)

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
        pages = made.pages.pages
        if (
            self._preview is not None
        ):  # an edit moves the lines of all that stands below it, and changes nothing there
            pages = tuple(replace(page, place=Place(page.place.file)) for page in pages)
        self._ours = {page.path: page for page in pages}
        self._leave_out(files, config)
        hand_written = [file.src_uri for file in files.documentation_pages() if file.inclusion.is_in_nav()]
        docs = Path(config.docs_dir)
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        for page in made.pages.pages:
            file = File.generated(config, page.path, content="")
            file.edit_uri = posixpath.join(Path(os.path.relpath(root, docs)).as_posix(), page.place.file)
            if self._is_fast:
                MadePage(None, file, config)
            files.append(file)
        self._inline = Inline()
        for asset in (*made.pages.assets, *self._make_search(files)):
            content = self._protect(asset.content.decode()) if asset.path.endswith(".html") else asset.content
            files.append(File.generated(config, asset.path, content=content))
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
        return nav

    def _make_search(self, files: Files) -> Sequence[Asset]:
        """The finder's files: it finds our pages, and the hand-written ones that MkDocs publishes."""
        made = self.made
        published = {file.src_uri for file in files.documentation_pages() if file.inclusion.is_included()}
        written = [(page.path, page.text) for page in made.hand_written if page.path in published]
        tell = tell_address(made.desk, self.words) if made.desk else ""
        return make_search(made.edition, made.pages.pages, written, tell)

    def _leave_out(self, files: Files, config: MkDocsConfig) -> None:
        """Leave out the pages this reader does not get, and the files that only such pages or entries name.

        For readers outside, a file is left out unless a page or entry they get names it.
        """
        made = self.made
        shown = {page.path for page in made.hand_written}
        for file in [file for file in files.documentation_pages() if file.src_uri not in shown]:
            files.remove(file)
        theme = config.theme
        needed = {str(path) for path in (*config.extra_css, *config.extra_javascript,
                                         theme.get("logo"), theme.get("favicon"))}  # fmt: skip
        needed |= {str(getattr(asset, "url", "")) for asset in made.edition.strategy.of("assets")}
        folders = {Path(folder).resolve() for folder in (config.docs_dir, theme.custom_dir) if folder}
        for file in list(files):
            is_ours = file.src_dir is not None and Path(file.src_dir).resolve() in folders
            if is_ours and not file.is_documentation_page() and not _may_be_had(file.src_uri, needed, made):
                files.remove(file)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Take the theme's templates as they were compiled before; under `serve`, carry over what this edit does not touch."""
        env.bytecode_cache = keep_templates()
        env.filters["striptags"] = _strip_tags
        furnish_theme(env, self.made.pages, self.words, config)
        self._shells = Shells(env.get_template("main.html"), self._protect) if self._is_fast else None
        if self._preview is not None:
            texts = [(page.path, page.text) for page in self.made.hand_written]
            shell = (_read_shell(config), self._notice, texts, config.nav, self.made.edition.today)
            self._preview.carry_over(self._ours, shell, files, config)
        return env

    def _protect(self, html: str) -> str:
        """A page with its policy; its scripts are remembered for the headers of the whole site."""
        inline = find_inline(html)
        self._inline |= inline
        return protect(html, inline, live_reload=self._preview is not None)

    @event_priority(-100)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The page for what is not there has a policy as well."""
        return self._protect(output_content) if template_name.endswith(".html") else output_content

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Give the page its policy, when no other plugin changes it any more; under `serve`, remember it."""
        if page.meta.get("template") != READY:
            output = self._protect(output)
        if self._preview is not None and page.file.src_uri in self._ours:
            self._preview.keep(page.file.src_uri, output)
        return output

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Lay out a page that is not listed in the navigation: many have all but their content in common."""
        if self._shells is not None and page.meta.get("template") == READY:
            ready: Any = {"ready": self._shells.lay_out(page, context)}
            return {**context, **ready}
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the headers of the whole site."""
        if self._preview is not None:
            return
        for asset in write_headers(self._inline, confidential=not self.made.edition.is_for_outsiders):
            target = Path(config.site_dir, asset.path)
            if not target.exists():  # a company may bring its own
                target.write_bytes(asset.content)

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Our pages bring title and description as data; in hand-written ones, links to entries are resolved."""
        made = self.made
        page.update_date = made.edition.today.isoformat()
        ours = self._ours.get(page.file.src_uri)
        if ours is None:
            return resolve_links(markdown, page.file.src_uri, made.edition)
        page.meta = {
            "title": Markup.escape(ours.title),
            "description": Markup.escape(ours.description),
            "hide": (["toc"] if ours.wide else []) + (["navigation"] if ours.alone else []),
            "search": {"exclude": ours.hidden},
        }
        if self._is_fast and page.file.src_uri in self._unlisted:
            page.meta["template"] = READY
        if page.edit_url:
            page.edit_url = edit_address(self._edit_base, ours.place) or page.edit_url
        return markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Put our body in place, with its headings as the table of contents."""
        ours = self._ours.get(page.file.src_uri)
        if ours is None:
            return self._notice + html if self._notice else html
        page.toc = _table_of_contents(ours)
        page.present_anchor_ids = {heading.id for heading in ours.headings}
        head, end, rest = ours.body.partition("</h1>")
        return f"{head}{end}{self._notice}{rest}"


def _may_be_had(file: str, needed: Set[str], made: Made) -> bool:
    """Whether the reader gets a file that somebody put into `playbook/`."""
    if file in needed or any(links_to(page, file) for page in made.hand_written):
        return True
    if made.edition.is_for_outsiders:
        return False
    return file not in made.kept_documents and not any(may_name(page, file) for page in made.kept_back)


def edit_base_of(config: MkDocsConfig) -> str:
    """The address before the path of a file where the git host edits it; empty where mkdocs.yml does not say.

    A template (`edit_uri_template`) is followed where it ends in the path of the file.
    """
    way = (config.edit_uri_template or "").removesuffix("{path}") or config.edit_uri or ""
    if not way or "{" in way or not (config.repo_url or "://" in way):
        return ""
    root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
    up = Path(os.path.relpath(root, config.docs_dir)).as_posix()
    found = urlsplit(urljoin(f"{(config.repo_url or '').rstrip('/')}/", f"{way.rstrip('/')}/{up}"))
    return f"{urlunsplit(found._replace(path=posixpath.normpath(found.path)))}/"


def _read_shell(config: MkDocsConfig) -> list[bytes]:
    """Whatever else a finished page depends on: the configuration and the templates of the company."""
    files = [Path(config.config_file_path), *sorted(Path(config.docs_dir, "templates").rglob("*"))]
    return [file.read_bytes() for file in files if file.is_file()]


def _strip_tags(text: str) -> Markup:
    """Jinja's filter, but safe to print: its own gives `<` back for `&lt;`, and themes print it as it is."""
    return Markup.escape(Markup(text).striptags())  # noqa: S704  # only to be stripped


def _table_of_contents(page: Page) -> TableOfContents:
    top: dict[str, Any] = {"level": 1, "id": "", "name": Markup.escape(page.title), "children": []}
    path = [top]
    for heading in page.headings:
        while path[-1]["level"] >= heading.level:
            path.pop()
        item = {"level": heading.level, "id": heading.id, "name": Markup.escape(heading.text), "children": []}
        path[-1]["children"].append(item)
        path.append(item)
    return get_toc(top["children"])
