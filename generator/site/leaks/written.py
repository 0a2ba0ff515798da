"""What a build wrote: searched for what must not be in it, and taken away again where it is."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from generator.pages.extra_files import list_own_files
from generator.pages.finder.scripts import HERE, WORKER, list_scripts
from generator.problems.problem import Problem
from generator.site.leaks.known_words import list_known_texts, list_theme_files
from generator.site.leaks.search import TEXTS, find_leaks
from generator.site.leaks.telling import Telling

_REMARK = re.compile(r"(?:^|(?<=\s))#.*")


def search_site(
    site: Path, telling: Telling, settings: str, given: Path, theme: Sequence[str]
) -> list[Problem]:
    """What in a written site tells of something hidden.

    `settings` is the text of mkdocs.yml. In the folder `given` lie the files that go onto the site
    as they are; their texts are for these readers, since they get them. `theme` are the folders of
    the theme.
    """
    texts = [_REMARK.sub("", settings)]
    for file in sorted(given.rglob("*")) if given.is_dir() else ():
        if file.name.endswith(TEXTS) and (site / file.relative_to(given)).is_file():
            texts.append(file.read_text("utf-8", "replace"))
    known = partial(list_known_texts, theme)
    return find_leaks(_list_files(site, theme), telling, "\n".join(texts), known)


def _list_files(site: Path, theme: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Every file of a site but those that come unchanged with the program or the theme."""
    own = {asset.path: asset for asset in (*list_own_files(), *list_scripts())}
    brought: dict[str, list[Path]] = {}
    for folder in theme:
        for path, source in list_theme_files(folder):
            brought.setdefault(path, []).append(source)
    for file in sorted(site.rglob("*")):
        if not file.is_file():
            continue
        path, content = file.relative_to(site).as_posix(), file.read_bytes()
        is_ours = path in (WORKER, HERE) or (path in own and own[path].content == content)
        if not is_ours and all(one.read_bytes() != content for one in brought.get(path, ())):
            yield path, content


class LastSite:
    """The site that stood in a folder before, kept beside it until the new one is found to be good.
    MkDocs itself empties the folder before it builds.
    """

    def __init__(self, site: Path) -> None:
        self._site = site
        self._kept: Path | None = None

    def put_aside(self) -> None:
        """Move what stands there out of MkDocs' way. Files that begin with a dot stay, as they do
        with MkDocs.
        """
        name = f".{self._site.name}-before-"
        for stale in self._site.parent.glob(f"{name}*"):
            shutil.rmtree(stale, ignore_errors=True)
        found = list(_list_own(self._site))
        if found:
            self._kept = Path(tempfile.mkdtemp(prefix=name, dir=self._site.parent))
            _move(found, self._kept)

    def bring_back(self) -> None:
        """Take away what was written, and put back what stood there."""
        for path in _list_own(self._site):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        if self._kept is not None:
            _move(_list_own(self._kept), self._site)
        self.forget()

    def forget(self) -> None:
        """The new one is good."""
        if self._kept is not None:
            shutil.rmtree(self._kept, ignore_errors=True)
            self._kept = None


def _list_own(folder: Path) -> Iterable[Path]:
    if not folder.is_dir():
        return []
    return [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")]


def _move(paths: Iterable[Path], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in paths:
        shutil.move(path, folder / path.name)
