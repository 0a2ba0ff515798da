"""What is shown under `serve`: the last good state of the strategy, in the frame that MkDocs has
built round it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from generator.files.program import describe_files
from generator.pages.finder.scripts import FOLDER as FINDER
from generator.pages.page import Asset
from generator.problems.problem import has_errors
from generator.problems.reporters import Summary, report_terminal
from generator.problems.terminal_style import Look
from generator.site.assembly import Assembly, Made
from generator.site.building import Building, list_own_assets
from generator.site.content import Content
from generator.site.csp import SitePolicy
from generator.site.mkdocs_internals import Server, page_context
from generator.site.nav import outline
from generator.site.page_skeleton import Layout
from generator.site.serve.on_demand import FilesOnDemand

_NOTICE_WIDTH = 72
"""So many letters stand on a line of a notice on a page."""


@dataclass(frozen=True)
class Frame:
    """What MkDocs has built round our pages: each may be laid out in it for as long as its marks
    stay as they are.

    `sources` is what the files of the configuration and the hand-written pages were, `outline` what
    of our pages shows outside of them.
    """

    config: MkDocsConfig
    nav: Navigation
    files: Sequence[File]
    unlisted: Set[str]
    sources: object
    outline: object

    @cached_property
    def pages(self) -> Mapping[str, MkDocsPage]:
        """The pages by the file that each becomes."""
        return {file.dest_uri: file.page for file in self.files if file.page is not None}

    def has_same_sources(self) -> bool:
        """Whether the files that MkDocs reads are what they were."""
        return self.sources == describe_sources(self.config)

    def suits(self, made: Made) -> bool:
        """Whether what was made stands in this frame as it would in one of its own."""
        return self.outline == outline(made, self.unlisted)


def make_frame(building: Building, nav: Navigation, files: Files) -> Frame:
    """The frame of a build whose navigation is made."""
    unlisted, config = building.list_unlisted(nav), building.config
    return Frame(
        config,
        nav,
        files.documentation_pages(inclusion=InclusionLevel.is_in_serve),
        unlisted,
        describe_sources(config),
        outline(building.content.made, unlisted),
    )


def describe_sources(config: MkDocsConfig) -> object:
    """The files that MkDocs reads, each with its size and time: what a frame depends on beside the
    strategy.
    """
    folders = {str(folder) for folder in (config.docs_dir, config.theme.custom_dir) if folder}
    files = [list(describe_files(Path(folder))) for folder in sorted(folders)]
    return Path(config.config_file_path).read_bytes(), files


@dataclass(frozen=True)
class Served:
    """What a browser gets of ours: one content in one frame."""

    content: Content
    frame: Frame
    layout: Layout
    policy: SitePolicy

    @cached_property
    def index(self) -> Mapping[str, Asset]:
        """What the finder knows, by path. It takes as long as all pages together."""
        found = self.content.list_index(self.frame.files)
        return {asset.path: asset for asset in found}

    def make(self, path: str) -> bytes | None:
        """A file of ours, as it is now; None where it is none, or MkDocs has made it in a way of
        its own.
        """
        page = self.frame.pages.get(path)
        if page is not None:
            html = self._lay_out(page)
            return None if html is None else html.encode("utf-8", errors="xmlcharrefreplace")
        own = {asset.path: asset for asset in list_own_assets(self.content, self.policy)}
        asset = own.get(path)
        if asset is None and path.startswith(FINDER) and path.endswith((".json", ".js")):
            asset = self.index.get(path)
        return None if asset is None else asset.content

    def _lay_out(self, page: MkDocsPage) -> str | None:
        is_ours = page.file.src_uri in self.content.pages
        if not is_ours and ("template" in page.meta or not page.file.inclusion.is_included()):
            return None
        frame, layout = self.frame, self.layout
        with page_context(page, frame.nav, frame.files, frame.config) as context:
            if is_ours:
                return layout.lay_out(self.content, page, context)
            return layout.lay_out_hand_written(self.content.notice, page, context)


class Preview:
    """A strategy that is looked at while it is edited, from its first good state on. `assemble`
    reads it anew, for the reader that the configuration names.
    """

    def __init__(self, content: Content, assemble: Callable[[], Assembly]) -> None:
        self._content, self._assemble = content, assemble
        self._told: Assembly | None = None
        """The faulty assembly that the author has been told of; None where the last was sound."""
        self._handed_on: Assembly | None = None
        """What was read for a frame that it does not suit: the build that follows shows it."""
        self._expected: Frame | None = None
        """What MkDocs is building round our pages."""
        self._served: Served | None = None
        """None where MkDocs makes every page itself, and while it builds."""
        self._files = FilesOnDemand(lambda path: self._served.make(path) if self._served else None)

    def attach(self, server: Server) -> None:
        """Go in front of the server."""
        self._files.attach(server, self._take_over)

    def rebuild(self, assemble: Callable[[], Assembly]) -> Content:
        """What the build that begins now shows; from here on, `assemble` reads the strategy."""
        assembly, self._handed_on, self._served = self._handed_on, None, None
        self._assemble = assemble
        return self._take(assembly or assemble())

    def expect(self, frame: Frame) -> None:
        """Our pages will be served in this frame."""
        self._expected = frame

    def begin(self, building: Building, layout: Layout) -> None:
        """Serve from what MkDocs is building, now that the theme is furnished."""
        frame, self._expected = self._expected, None
        if frame is not None:
            self._served = Served(building.content, frame, layout, building.policy)
        self._files.forget()

    def end(self) -> None:
        """What was not built to its end is no frame for anything."""
        self._served = self._expected = None

    def _take(self, assembly: Assembly) -> Content:
        """Show what was made; of what is faulty, show that it is, over the last good pages."""
        if assembly.made is not None:
            self._content, self._told = Content(assembly.made), None
        elif assembly is not self._told:
            self._content = replace(self._content, notice=_tell(assembly, self._content))
            self._told = assembly
        return self._content

    def _take_over(self) -> bool:
        """Take an edit over into what is served. False where the frame has changed, and MkDocs must
        build it anew.
        """
        served = self._served
        if served is None or not served.frame.has_same_sources():
            return False
        assembly = self._assemble()
        content = self._take(assembly)
        if not served.frame.suits(content.made):
            self._handed_on = assembly
            return False
        self._served = replace(served, content=content)
        self._files.forget()
        return True


def _tell(faulty: Assembly, content: Content) -> Markup:
    """Say on the terminal what is wrong, which is where the author looks, and make the notice for
    the pages.
    """
    errors = [problem for problem in faulty.problems if has_errors((problem,))]
    summary = Summary(faulty.files, "")
    print(report_terminal(errors, summary), flush=True)
    notice = Markup(
        '<div class="pb-notice" role="alert"><p><strong>{}</strong></p><pre>{}</pre></div>'
    )
    return notice.format(
        content.words("preview_broken"), report_terminal(errors, summary, Look(_NOTICE_WIDTH))
    )
