"""Two sites beside each other, as their reviewers look at them: which pages changed, and each before
and after.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from generator.pages.page import Asset
from generator.pages.templates import Templates
from generator.schema.words import Words

BEFORE, AFTER = "before", "after"
"""The folders in which the two sites stand."""
INDEX, STYLE_SHEET = "index.html", "compared.css"


@dataclass(frozen=True)
class Seen:
    """A page as a reader gets it: what it is called, and all that it says."""

    title: str
    content: str


@dataclass(frozen=True)
class Changed:
    """A page that is not the same: its file in both sites, and what it is called. `fate` is one of
    `changed`, `new` and `gone`.
    """

    file: str
    title: str
    fate: str


def find_changed(before: Mapping[str, Seen], after: Mapping[str, Seen]) -> Sequence[Changed]:
    """The pages that differ, by their files: in the order of the newer site, and after that those
    that are no more.
    """
    listed = [
        Changed(file, page.title, "changed" if file in before else "new")
        for file, page in after.items()
        if before.get(file) != page
    ]
    gone = [file for file in before if file not in after]
    return [*listed, *(Changed(file, before[file].title, "gone") for file in gone)]


def lay_beside(changed: Sequence[Changed], words: Words, language: str) -> Iterator[Asset]:
    """The page that lists them, and one for each on which it stands before and after."""
    templates, css = Templates(), files("generator.pages.templates").joinpath(STYLE_SHEET)
    pages = [(one, f"changed-{number}.html") for number, one in enumerate(changed, 1)]
    folders = {"before": BEFORE, "after": AFTER}
    groups = {
        fate: [(one, page) for one, page in pages if one.fate == fate]
        for fate in ("changed", "new", "gone")
    }
    common = {"words": words, "language": language, "folders": folders}
    yield _lay_out(templates, INDEX, "compared", {**common, "groups": groups})
    for number, (one, page) in enumerate(pages):
        around = {
            "earlier": pages[number - 1][1] if number else "",
            "later": pages[number + 1][1] if number + 1 < len(pages) else "",
        }
        yield _lay_out(templates, page, "compared_page", {**common, **around, "page": one})
    yield Asset(STYLE_SHEET, css.read_bytes)


def _lay_out(templates: Templates, path: str, name: str, values: Mapping[str, object]) -> Asset:
    html = templates.lay_out(name, **values).encode()
    return Asset(path, lambda: html)
