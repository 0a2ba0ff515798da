"""The door for plain MkDocs: our pages become generated files, and all that MkDocs and its theme do works with them."""

from __future__ import annotations

import logging
import os
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, urljoin

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config import base, config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents, get_toc

from generator.assemble import Assembly, Choice, Made, assemble, resolve_links
from generator.model import DEFAULT_AUDIENCE
from generator.page import Group, Page
from generator.pages import STYLE_SHEET
from generator.preview import Preview
from generator.problem import has_errors
from generator.report import UNCHANGED, Summary, report_terminal
from generator.words import read_words

_log = logging.getLogger("mkdocs.plugins.playbook")


class PlaybookOptions(base.Config):
    """What `mkdocs.yml` may set under `plugins: - playbook:`."""

    audience = config_options.Type(str, default=DEFAULT_AUDIENCE)
    drafts = config_options.Type(bool, default=False)
    as_of = config_options.Optional(config_options.Type(str))
    max_megabytes = config_options.Type((int, float), default=2)


class PlaybookPlugin(BasePlugin[PlaybookOptions]):
    """Hands the pages of the strategy to MkDocs. `choice` and `assembly` may be set by a command that made them."""

    def __init__(self) -> None:
        self.choice: Choice | None = None
        self.assembly: Assembly | None = None
        self._preview: Preview | None = None
        self._made: Made | None = None
        self._ours: dict[str, Page] = {}
        self._notice = Markup("")

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keeps this object between the builds of one `serve`."""
        self._preview = Preview() if command == "serve" else None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read, check and render, before MkDocs touches anything."""
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        given, self.assembly = self.assembly, None  # what a command hands over is for one build
        assembly = given or assemble(
            root, self.choice or replace(self.read_choice(), edit_base=edit_base_of(config))
        )
        if assembly.made is None:
            self._notice = self._tell(assembly)
        else:
            self._made, self._notice = assembly.made, Markup("")
        config.watch.extend(
            str(path) for path in (root / "strategy.yaml", root / "strategy", root / "schema") if path.exists()
        )
        config.extra_css.insert(0, STYLE_SHEET)
        if self.made.edition.is_for_outsiders:  # where the strategy is kept is nobody's business outside
            config.repo_url = config.repo_name = config.edit_uri = config.edit_uri_template = None
        return config

    def read_choice(self) -> Choice:
        """What mkdocs.yml chooses. Raises mkdocs.exceptions.Abort where it is no choice."""
        try:
            as_of = date.fromisoformat(self.config.as_of) if self.config.as_of else None
        except ValueError:
            raise Abort(f'mkdocs.yml: as_of must be a date such as 2026-03-31, not "{self.config.as_of}"') from None
        return Choice(self.config.audience, as_of, self.config.drafts, int(self.config.max_megabytes * 1_000_000))

    def _tell(self, faulty: Assembly) -> Markup:
        """Under `serve`, a faulty edit leaves the last good pages in place, with a notice; else the build ends here."""
        errors = [problem for problem in faulty.problems if has_errors((problem,))]
        report = report_terminal(errors, Summary(faulty.files, "" if self._preview else UNCHANGED))
        if self._preview is None or self._made is None:
            raise Abort("\n" + report)
        print(report, flush=True)  # the terminal of `serve` is where the author looks
        words = read_words(self._made.edition.strategy.header.language)
        notice = Markup('<div class="pb-notice" role="alert"><p><strong>{}</strong></p><pre>{}</pre></div>')
        return notice.format(words("preview_broken"), report)

    @property
    def made(self) -> Made:
        """What this build is made of; on_config has seen to it."""
        if self._made is None:
            raise Abort("the plugin playbook was called before on_config")
        return self._made

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add our pages and files; leave out hand-written ones that this reader does not get."""
        made = self.made
        self._ours = {page.path: page for page in made.pages.pages}
        self._leave_out(files, config)
        hand_written = [file.src_uri for file in files.documentation_pages() if file.inclusion.is_in_nav()]
        docs = Path(config.docs_dir)
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        for page in made.pages.pages:
            file = File.generated(config, page.path, content="")
            file.edit_uri = posixpath.join(Path(os.path.relpath(root, docs)).as_posix(), page.place.file)
            files.append(file)
        for asset in made.pages.assets:
            files.append(File.generated(config, asset.path, content=asset.content))
        if config.nav is None:
            config.nav = list(_list_navigation(made.pages.navigation))
            if hand_written:
                title = read_words(made.edition.strategy.header.language)("guides")
                config.nav.append({title: hand_written})
        return files

    def _leave_out(self, files: Files, config: MkDocsConfig) -> None:
        """For readers outside, a file is left out unless a page or entry they get names it."""
        edition = self.made.edition
        shown = {page.path: page.text for page in self.made.hand_written}
        for file in [file for file in files.documentation_pages() if file.src_uri not in shown]:
            files.remove(file)
        if not edition.is_for_outsiders:
            return
        theme = config.theme
        named = {str(getattr(asset, "url", "")) for asset in edition.strategy.of("assets")}
        named |= {
            str(path)
            for path in (*config.extra_css, *config.extra_javascript, theme.get("logo"), theme.get("favicon"))
        }
        folders = {Path(folder).resolve() for folder in (config.docs_dir, theme.custom_dir) if folder}
        for file in list(files):
            ours = file.src_dir is not None and Path(file.src_dir).resolve() in folders
            if (
                ours
                and not file.is_documentation_page()
                and file.src_uri not in named
                and not any(_names(page, text, file.src_uri) for page, text in shown.items())
            ):
                files.remove(file)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Under `serve`, compile the theme's templates once, and carry over what this edit does not touch."""
        env.filters["striptags"] = _strip_tags
        if self._preview is not None:
            env.bytecode_cache = self._preview.templates
            texts = [(page.path, page.text) for page in self.made.hand_written]
            shell = (_read_shell(config), self._notice, texts, config.nav, self.made.edition.today)
            self._preview.carry_over(self._ours, shell, files, config)
        return env

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Under `serve`, remember the finished page."""
        if self._preview is not None and page.file.src_uri in self._ours:
            self._preview.keep(page.file.src_uri, output)
        return output

    @event_priority(100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Under `serve`, make the search index whole again."""
        if self._preview is not None:
            self._preview.complete_search(config)

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Our pages bring title and description as data; in hand-written ones, links to entries are resolved."""
        made = self.made
        page.update_date = made.edition.today.isoformat()
        ours = self._ours.get(page.file.src_uri)
        if ours is None:
            return resolve_links(markdown, page.file.src_uri, made.edition)
        page.meta = {"title": Markup.escape(ours.title), "description": Markup.escape(ours.description)}
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


def edit_base_of(config: MkDocsConfig) -> str:
    """The address before the path of a file where the git host edits it; empty where mkdocs.yml does not say."""
    if not config.repo_url or not config.edit_uri:
        return ""
    docs = Path(config.docs_dir)
    root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
    way = posixpath.normpath(posixpath.join(config.edit_uri, Path(os.path.relpath(root, docs)).as_posix()))
    return urljoin(f"{config.repo_url.rstrip('/')}/", f"{way.strip('/')}/")


def _names(page: str, text: str, file: str) -> bool:
    """Whether a hand-written page names a file, as seen from the page's source or from its address."""
    folder = posixpath.dirname(page)
    seen_from = {folder, page.removesuffix(".md")}
    paths = {posixpath.relpath(file, start or ".") for start in seen_from} | {f"/{file}"}
    written = "|".join(re.escape(way) for path in paths for way in (path, quote(path)))
    return re.search(rf"(?<![\w/.%-])(?:\./)?(?:{written})(?![\w%-])", text) is not None


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


def _list_navigation(items: Sequence[Group | Page]) -> Iterator[dict[str, Any]]:
    for item in items:
        if isinstance(item, Group):
            yield {Markup.escape(item.title): list(_list_navigation(item.items))}
        else:
            yield {Markup.escape(item.title): item.path}
