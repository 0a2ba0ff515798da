"""One build: our pages become generated files of MkDocs, and all that MkDocs and its theme do works
with them.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from pathlib import Path

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from generator.loading.guides import PLAYBOOK, resolve_links
from generator.model.edition import Reach
from generator.model.raw_html.allow_list import clean_html
from generator.model.raw_html.drawings import clean_drawing
from generator.pages.finder.page_text import take_out_comments
from generator.pages.finder.scripts import list_scripts
from generator.pages.page import Asset, Page
from generator.pages.registry import MODULE, SCRIPTS, STYLE_SHEETS
from generator.problems.problem import Problem
from generator.site.content import Content, describe, fill, list_anchors
from generator.site.csp import SitePolicy, protect_file, write_headers
from generator.site.leaks.written import search_site
from generator.site.mkdocs_internals import MadePage, add_module, drop_shims, make_file
from generator.site.nav import add_guides, list_absent, list_menu, prune_menu
from generator.site.offline.copy_files import list_copy_files
from generator.site.offline.web_manifest import list_app_files
from generator.site.page_skeleton import Layout
from generator.site.plugin_options import root_of
from generator.site.private_files import leave_out
from generator.site.theme import App, furnish_theme, install_theme
from generator.site.theme.escaping import clean_settings, disarm, escape_all, mark_title
from generator.site.theme.scripts import list_trusted


def prepare(config: MkDocsConfig, content: Content) -> None:
    """Put our styles, scripts and partials into a configuration, and have the sources watched."""
    root = root_of(config)
    config.watch.extend(
        str(path)
        for path in (root / "strategy.yaml", root / "strategy", root / "schema")
        if path.exists()
    )
    config.extra_css[:0] = STYLE_SHEETS
    tables = config.mdx_configs.setdefault("tables", {})
    # the policy of our pages takes no style attributes
    tables.setdefault("use_align_attribute", True)
    config.extra_javascript.extend(SCRIPTS)
    if not content.made.delivery.from_folder:  # where a browser loads no modules
        add_module(config, MODULE)
    clean_settings(config)
    edition = content.made.edition
    install_theme(config, edition.strategy.header.language, content.made.delivery)
    if not edition.shows(Reach.INSIDE):  # where it is kept is nobody's business outside
        config.repo_url = config.repo_name = config.edit_uri = config.edit_uri_template = None


def refuse_left_out(config: MkDocsConfig, pages: Sequence[Page]) -> None:
    """Raise PluginError where mkdocs.yml leaves out a page of ours, to which others lead."""
    for name in ("exclude_docs", "draft_docs"):
        patterns = config.get(name)
        out = [page.path for page in pages if patterns and patterns.match_file(page.path)]
        if out:
            raise PluginError(
                f"{name} in mkdocs.yml leaves out {out[0]}, a page of the playbook that other pages lead to. "
                "Take the pattern out of it; what readers do not get is said by audience in the strategy"
            )


_SHOWN_XML = re.compile(
    rb"w3\.org/(?:1999/xhtml|2000/svg)|<\?xml-stylesheet|<!ENTITY|^(?:\xff\xfe|\xfe\xff)"
)
"""What makes a browser show XML as a page."""
_WAYS: Mapping[str, Callable[[bytes], bytes]] = {
    **dict.fromkeys((".html", ".htm", ".shtml"), protect_file),
    **dict.fromkeys((".svg", ".xhtml", ".xht"), clean_drawing),
    ".xml": lambda content: clean_drawing(content) if _SHOWN_XML.search(content) else content,
}
"""What is done to files that a browser shows as pages, by the end of their names."""


class Building:
    """What happens to our content between a configuration and a finished site.

    With `is_fast`, pages of ours are laid out by their shells; `on_demand`, they are left to the
    preview, which makes them when somebody asks for them. `edit_base` is the address before the
    path of a file where the git host edits it. Hand-written pages are cleaned but for those that are
    left `as_written`. A site that `is_published` can be installed on a device; with `offline_copy`,
    those of its readers who may can keep a copy there.
    """

    def __init__(
        self,
        config: MkDocsConfig,
        content: Content,
        policy: SitePolicy,
        edit_base: str,
        *,
        is_fast: bool,
        on_demand: bool,
        as_written: Sequence[str] = (),
        is_published: bool = False,
        offline_copy: bool = False,
    ) -> None:
        self.as_written = as_written
        made = content.made
        self.is_app = is_published and not made.delivery.from_folder
        self.is_kept = self.is_app and offline_copy and made.edition.may_be_kept
        self.config, self.content, self.policy = config, content, policy
        self.edit_base, self.on_demand = edit_base, on_demand
        self._is_fast = is_fast
        self._titles: dict[str, str | None] = {}

    def add_files(self, files: Files) -> None:
        """Add our pages and files; leave out hand-written ones that this reader does not get. Sets
        the menu.
        """
        config, made = self.config, self.content.made
        if made.delivery.from_folder:
            drop_shims(config)
        leave_out(files, config, made)
        self._disarm_files(files)
        hand_written = [
            file.src_uri for file in files.documentation_pages() if file.inclusion.is_in_nav()
        ]
        way_out = Path(os.path.relpath(root_of(config), config.docs_dir)).as_posix()
        refuse_left_out(config, made.pages.pages)
        for page in made.pages.pages:
            file = File.generated(config, page.path, content="", inclusion=InclusionLevel.INCLUDED)
            # where an address cannot be led out of docs_dir, MkDocs would make a wrong one of it
            file.edit_uri = posixpath.join(way_out, page.place.file) if self.edit_base else None
            if self._is_fast:
                MadePage(file, config, partial(_find_anchors, page))
            files.append(file)
        for asset in list_own_assets(self.content, self.policy):
            # on demand, only that there are such
            write = bytes if self.on_demand else asset.write
            files.append(make_file(config, asset.path, write))
        if config.nav is None:
            config.nav = list(list_menu(made.pages.navigation))
            if hand_written:
                words = self.content.words
                add_guides(config.nav, words("group_more"), words("guides"), hand_written)
        else:
            config.nav = prune_menu(config.nav, list_absent(made))

    def add_index(self, files: Files) -> None:
        """Add what the finder knows, now that MkDocs has read every page; on demand, the preview
        makes it.
        """
        if self.on_demand:
            return
        for asset in self.content.list_index(files.documentation_pages()):
            included = InclusionLevel.INCLUDED
            files.append(
                File.generated(self.config, asset.path, content=asset.content, inclusion=included)
            )

    def _disarm_files(self, files: Files) -> None:
        """Pages and drawings that somebody put beside the hand-written pages run nothing either,
        but for those left as written.
        """
        for file in list(files):
            way = _WAYS.get(posixpath.splitext(file.src_uri)[1].lower())
            if way is None or file.src_dir != self.config.docs_dir or file.abs_src_path is None:
                continue
            if file.src_uri not in self.as_written:
                content = Path(file.abs_src_path).read_bytes()
                disarmed = way(content)
                if disarmed != content:
                    files.remove(file)
                    files.append(File.generated(self.config, file.src_uri, content=disarmed))

    def arrange(self, nav: Navigation, files: Files) -> None:
        """A page that the navigation does not list belongs where the page that lists it stands."""
        pages = {file.src_uri: file.page for file in files.documentation_pages()}
        if nav.homepage is None:  # MkDocs finds it only where it stands in no group
            nav.homepage = pages.get("index.md")
        for path in self.list_unlisted(nav):
            page, index = pages.get(path), pages.get(f"{path.partition('/')[0]}/index.md")
            if isinstance(page, MadePage):
                page.is_listed = False
            if page is not None and index is not None:
                page.parent = index.parent

    def list_unlisted(self, nav: Navigation) -> Set[str]:
        """The paths of our pages that a navigation does not list."""
        return self.content.pages.keys() - {page.file.src_uri for page in nav.pages}

    def take_out(self, files: Files) -> None:
        """Leave nothing of ours to MkDocs."""
        own = list_own_assets(self.content, self.policy)
        ours = {*self.content.pages, *(asset.path for asset in own)}
        for file in [file for file in files if file.src_uri in ours and file.src_dir is None]:
            files.remove(file)

    def furnish(self, env: Environment) -> Layout:
        """Take the theme's templates as they were compiled before, and give them what ours need.
        Returns what lays out our pages the fast way.
        """
        escape_all(env)
        self.policy.trusted = list_trusted(env, self.config)
        made = self.content.made
        app = App(is_app=self.is_app, is_kept=self.is_kept)
        furnish_theme(env, self.content.words, made, self.config, app)
        layout = Layout(env, self.finish, self.edit_base)

        @pass_context
        def lay_out(context: Context, page: MkDocsPage) -> Markup:
            values = context.get_all()
            if page.file.src_uri in self.content.pages:
                html = layout.lay_out(self.content, page, values)
            else:  # the front matter of a hand-written page may name this template
                html = env.get_template("main.html").render(values)
            return Markup(html)  # noqa: S704  # a whole page, made by the theme

        env.globals["lay_out"] = lay_out  # which the template READY asks for
        return layout

    # Pages

    def set_title_aside(self, page: MkDocsPage) -> None:
        """Take the title from a page of ours until `read` gives it back: plugins that fill in
        templates would take what an author wrote for one.
        """
        if page.file.src_uri in self.content.pages:
            self._titles[page.file.src_uri] = vars(page).pop("title", None)

    def read(self, markdown: str, page: MkDocsPage) -> str:
        """Our pages bring title and description as data; in hand-written ones, links to entries are
        resolved.
        """
        edition = self.content.made.edition
        page.update_date = edition.today.isoformat()
        ours = self.content.pages.get(page.file.src_uri)
        if ours is None:
            disarm(page.meta)
            return resolve_links(markdown, page.file.src_uri, edition)
        title = self._titles.pop(page.file.src_uri, None)
        vars(page).pop("title", None)
        if title is not None:
            page.title = title
        describe(page, ours, self.edit_base, is_for_everybody=edition.is_for_everybody)
        return markdown

    def put_in(self, html: str, page: MkDocsPage) -> str:
        """Our body in place; on the fast way, that is done when the page is laid out."""
        ours = self.content.pages.get(page.file.src_uri)
        if ours is None:
            mark_title(page)
            if page.file.src_uri not in self.as_written:
                html = clean_html(html)
            return html if self.on_demand else f"{self.content.notice}{html}"
        return "" if isinstance(page, MadePage) else fill(page, ours, self.content.notice)

    def protect(self, html: str, page: MkDocsPage) -> str:
        """The page finished, when no other plugin changes it any more; on the fast way, it is so
        already.
        """
        return html if isinstance(page, MadePage) else self.finish(html)

    def finish(self, html: str) -> str:
        """A page with its policy; what only its source shows is not for readers outside."""
        if self.content.made.edition.is_for_outsiders:
            html = take_out_comments(html)
        return self.policy.protect(html)

    def search(self, may_know: Sequence[str]) -> list[Problem]:
        """What in the written site tells readers outside of something that they do not get.
        `may_know` are words that everybody may know.
        """
        config, telling = self.config, self.content.made.telling
        if telling is None:
            return []
        file = Path(config.config_file_path or "")
        settings = file.read_text("utf-8", "replace") if file.is_file() else ""
        known = "\n".join([settings, *may_know])
        site, given = Path(config.site_dir), Path(config.docs_dir)
        own = root_of(config) / PLAYBOOK / "templates"
        return search_site(site, telling, known, given, [*config.theme.dirs, str(own)])

    def write_device_files(self) -> None:
        """Write what a device needs to install the site and to keep a copy of it, last of all: the
        copy is of what stands there.
        """
        made, site = self.content.made, Path(self.config.site_dir)
        header = made.edition.strategy.header
        if not self.is_app:
            return
        for asset in list_app_files(self.config, header.company, header.language):
            _write_into(site, asset)
        names_files = made.delivery.names_files
        strategy, kept = made.edition.strategy, self.is_kept
        for asset in list_copy_files(site, strategy, is_kept=kept, names_files=names_files):
            _write_into(site, asset)

    def write_headers(self) -> None:
        """Write the headers of the whole site, unless a company brings its own."""
        confidential = self.content.made.edition.shows(Reach.INSIDE)
        for asset in write_headers(self.policy.inline, confidential=confidential):
            _write_into(Path(self.config.site_dir), asset)


def _write_into(site: Path, asset: Asset) -> None:
    """Write a file into a built site, unless a company brings its own."""
    target = site / asset.path
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(asset.content)


def list_own_assets(content: Content, policy: SitePolicy) -> Sequence[Asset]:
    """All files beside the pages, but for what the finder knows."""

    def protect(asset: Asset) -> bytes:
        return policy.protect(asset.content.decode()).encode()

    assets = [
        replace(asset, write=partial(protect, asset)) if asset.path.endswith(".html") else asset
        for asset in content.made.pages.assets
    ]
    return [*assets, *list_scripts()]


def _find_anchors(page: Page) -> set[str]:
    return list_anchors(page.lay_out())
