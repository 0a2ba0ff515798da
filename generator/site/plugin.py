"""The door for plain MkDocs: its events, each handed on to what is being built or previewed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from generator.files.memory import NO_MEMORY, Memory
from generator.problems.problem import Problem, has_errors
from generator.problems.reporters import UNCHANGED, Summary, report_terminal
from generator.site.assembly import Assembly, assemble
from generator.site.building import Building, prepare
from generator.site.choice import Choice
from generator.site.content import Content
from generator.site.csp import SitePolicy
from generator.site.leaks.written import LastSite
from generator.site.mkdocs_internals import (
    Server,
    TemplateContext,
    build_through,
    reload_by_file,
    silence_search,
    watch_through,
)
from generator.site.page_skeleton import find_obstacle
from generator.site.plugin_options import (
    PlaybookOptions,
    edit_base_of,
    read_as_written,
    read_choice,
    root_of,
)
from generator.site.serve.access import answer_own_names
from generator.site.serve.preview import Preview, make_frame
from generator.site.serve.watcher import Watcher
from generator.site.theme.escaping import mark_html, mark_typeset
from generator.site.theme.stopped import find_stopped

_log = logging.getLogger("mkdocs.plugins.playbook")


class LeakError(Abort):
    """What was written for readers outside holds something hidden; `problems` say what."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        effect = "What was written has been taken away again."
        super().__init__("\n" + report_terminal(self.problems, Summary(0, effect)))


Rebuild = Callable[[], None]
"""What builds a site anew after an edit."""


@dataclass(frozen=True)
class BuildRequest:
    """What a command asks of the plugin; by itself, MkDocs asks for nothing of this.

    Without a `choice`, mkdocs.yml chooses. The `assembly` is what the next build shows, and that
    build alone; later ones read the files anew. Under `serve`, `memory` is what an assembly was
    made with, `guard` goes round every build that follows an edit, and `heed` is told of everything
    that was read.
    """

    choice: Choice | None = None
    assembly: Assembly | None = None
    memory: Memory = NO_MEMORY
    guard: Callable[[Rebuild], Rebuild] | None = None
    heed: Callable[[Assembly], None] | None = None


class PlaybookPlugin(BasePlugin[PlaybookOptions]):
    """Hands the pages of the strategy to MkDocs. A command says in `request` what it wants.

    MkDocs makes one object of this class and keeps it for the whole process: between the builds of
    one `serve`, and for builds that have nothing to do with each other. So nothing of a build is
    kept here but the build itself, made anew in `on_config`.
    """

    def __init__(self) -> None:
        self.request = BuildRequest()
        self._is_served = False
        self._preview: Preview | None = None
        """What is served; None where nothing is, or nothing good was found yet."""
        self._build: Building | None = None
        self._is_dirty = False
        self._last_site: LastSite | None = None

    @property
    def _building(self) -> Building:
        """The build that MkDocs is in the midst of; every event but the first belongs to one."""
        if self._build is None:
            raise Abort("the plugin playbook was called before on_config")
        return self._build

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """A new run of MkDocs begins."""
        self._is_served, self._preview = command == "serve", None
        self._is_dirty, self._last_site = dirty, None
        if not self._is_served:
            self.request = replace(self.request, memory=NO_MEMORY)
        elif self.request.memory is NO_MEMORY:
            self.request = replace(self.request, memory=Memory())

    @event_priority(100)
    def _silence(self, config: MkDocsConfig) -> MkDocsConfig:
        """Before the theme's own search makes itself ready."""
        silence_search(config)
        return config

    def _begin(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check, before MkDocs touches anything."""
        edit_base = edit_base_of(config)
        content = self._read_content(self._make_assemble(config, edit_base))
        prepare(config, content)
        obstacle = find_obstacle(config, self)
        is_fast = self.config.speed_ups and not obstacle
        if obstacle:
            _log.info("The pages are laid out one by one: %s", obstacle)
        for name, effect in find_stopped(config):
            _log.info("%s has no effect on a playbook: %s", name, effect)
        self._build = Building(
            config,
            content,
            SitePolicy(),
            edit_base,
            is_fast=is_fast,
            on_demand=is_fast and self._is_served,
            as_written=read_as_written(self.config),
            is_published=not self._is_served,
            offline_copy=self.config.offline_copy,
        )
        return config

    on_config = CombinedEvent(_silence, _begin)

    def _make_assemble(self, config: MkDocsConfig, edit_base: str) -> Callable[[], Assembly]:
        """What reads the strategy, for the reader that the command or this configuration names."""
        choice = self.request.choice or replace(
            read_choice(self.config, config), edit_base=edit_base
        )
        root, memory, heed = root_of(config), self.request.memory, self.request.heed

        def read() -> Assembly:
            assembly = assemble(root, choice, memory)
            if heed is not None:
                heed(assembly)
            return assembly

        return read

    def _read_content(self, read: Callable[[], Assembly]) -> Content:
        """What this build shows: what a command hands over for it, else what is read now."""
        given = self.request.assembly
        self.request = replace(self.request, assembly=None)  # it is for one build
        if self._preview is not None:
            return self._preview.rebuild(read)
        content = _accept(given or read(), "" if self._is_served else UNCHANGED)
        if self._is_served:
            self._preview = Preview(content, read)
        return content

    @event_priority(-100)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Keep the site that stands there, where the new one may yet turn out to tell too much."""
        is_guarded = self._building.content.made.telling is not None and not self._is_served
        self._last_site = LastSite(Path(config.site_dir)) if is_guarded else None
        if self._last_site is not None and not self._is_dirty:
            self._last_site.put_aside()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add our pages and files; leave out what this reader does not get."""
        self._building.add_files(files)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Put the pages that the navigation does not list where they belong."""
        building = self._building
        building.arrange(nav, files)
        if self._preview is not None and building.on_demand:
            self._preview.expect(make_frame(building, nav, files))
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Furnish the theme; under `serve`, leave our pages to whoever asks for them."""
        building = self._building
        building.add_index(files)
        mark_typeset(file.page for file in files.documentation_pages())
        layout = building.furnish(env)
        if self._preview is not None and building.on_demand:
            building.take_out(files)
            self._preview.begin(building, layout)
        return env

    @event_priority(100)
    def _set_title_aside(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Titles of ours are no templates, whatever other plugins make of a title."""
        self._building.set_title_aside(page)
        return markdown

    @event_priority(-100)
    def _read_page(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Describe our pages; resolve links to entries in hand-written ones."""
        return self._building.read(markdown, page)

    on_page_markdown = CombinedEvent(_set_title_aside, _read_page)

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Put our body in place."""
        return self._building.put_in(html, page)

    @event_priority(-200)  # after Material's blog, too
    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Say what of the page is HTML, when no other plugin changes it any more."""
        mark_html(page, context)
        return context

    @event_priority(-100)
    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """The page for what is not there has a policy as well."""
        is_page = template_name.endswith(".html")
        return self._building.finish(output_content) if is_page else output_content

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Finish the page: its policy goes on when nobody changes it any more."""
        return self._building.protect(output, page)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the headers of the whole site, and what a device needs to keep it; search what was written for readers outside."""
        if self._is_served:
            return
        self._building.write_headers()
        self._building.write_device_files()
        leaks = self._building.search(self.config.may_know)
        if leaks:
            raise LeakError(leaks)
        if self._last_site is not None:
            self._last_site.forget()

    def on_build_error(self, *, error: Exception) -> None:
        """Nothing is shown in a frame that was not built to its end, and nothing stays of a site for
        readers outside that was not found to be good.
        """
        if self._last_site is not None:
            self._last_site.bring_back()
        if self._preview is not None:
            self._preview.end()

    def on_serve(
        self, server: Server, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> Server:
        """Go in front of the server, and let whoever serves go round each build."""
        watch_through(server, Watcher)
        reload_by_file(server)
        if self._preview is not None:
            self._preview.attach(server)
        answer_own_names(server)
        if self.request.guard is not None:
            build_through(server, self.request.guard)
        return server


def _accept(assembly: Assembly, effect: str) -> Content:
    """What a sound assembly shows; a faulty one ends the build here. `effect` says what that means
    for the site.
    """
    if assembly.made is None:
        errors = [problem for problem in assembly.problems if has_errors((problem,))]
        raise Abort("\n" + report_terminal(errors, Summary(assembly.files, effect)))
    return Content(assembly.made)
