"""The pages people write by hand, in `playbook/` or the folder that mkdocs.yml names: whom each is for, what is wrong with it, where its
links lead.

Confidential by default: a page that does not say whom it is for is for those inside, and one that
seems to say it, but cannot be understood, is an error rather than a page for more readers than its
author meant.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, urlsplit

from generator.files.tree import Tree
from generator.loading.page_audience import read_audience
from generator.loading.references import KnownEntries, explain_broken
from generator.loading.rules import BROKEN_REFERENCE, UNKNOWN_AUDIENCE
from generator.loading.strategy_files import unreadable
from generator.model.addresses import address_of, index_address
from generator.model.builder import parse_key
from generator.model.circles import Circles
from generator.model.edition import Edition
from generator.model.entry import AUDIENCES, Key
from generator.model.markdown import (
    EntryLink,
    find_file_links,
    find_page_links,
    list_spellings,
    replace_page_links,
    take_out_page_comments,
)
from generator.model.raw_html.source import find_taken_out
from generator.model.strategy import Strategy
from generator.problems.phrases import join_words, shorten
from generator.problems.problem import Edit, Place, Problem, Severity
from generator.problems.rule import Rule
from generator.problems.suggestions import Suggestion, find_nearest
from generator.syntax.encoding import compose, decode

PLAYBOOK = "playbook"
"""The folder of the pages, where mkdocs.yml names no other, and of the templates of a company's own."""
_DOCS_DIR = re.compile(
    r"""^docs_dir[ \t]*:[ \t]*(["']?)(?P<folder>[^\n]*?)\1[ \t]*(?:[ \t]#.*)?$""", re.MULTILINE
)
_USUAL = "docs"
"""What MkDocs takes where mkdocs.yml names no folder."""
_TAKEN = frozenset({"strategy", "schema", "vendor", "site"})
"""Folders of a playbook that hold something else."""
_ALWAYS_THERE = {"index.md", "entries.json"}
_TARGET = re.compile(
    r"\]\(\s*<?([^)\s>]+)|^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)"
    r"|\b(?:href|src|srcset|poster|data)\s*=\s*[\"']?([^\"'\s>]+)",
    re.MULTILINE | re.IGNORECASE,
)
"""Where a page names a file: a link or image of Markdown, a definition of one, an attribute of
HTML.
"""
_HEAD = re.compile(r"---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)


BROKEN_LINK = Rule(
    id="broken-link",
    says="A link or image in a hand-written page leads to no page or file, or to one that not all its readers get.",
    why="Who follows it would find nothing. A link is written as the file is found from the page it stands in.",
)
RAW_HTML = Rule(
    id="raw-html",
    severity=Severity.WARNING,
    says="HTML in a hand-written page is taken out: it would run, load from elsewhere, send, or cover the page.",
    why="It could run or load something in the browsers of those who read the page.",
    fix="Say it in Markdown; or, where your company needs it, name the page under raw_html: of the plugin in mkdocs.yml.",
)
RULES = (BROKEN_LINK, RAW_HTML)
"""The rules of hand-written pages alone."""


@dataclass(frozen=True)
class HandWritten:
    """A page in `folder`: its path there and whom it is for.

    `unclear` is the number of the line that seems to say whom it is for but cannot be understood; 0
    where none does. Such a page is kept for the narrowest circle.
    """

    path: str
    text: str
    audience: str
    unclear: int = 0
    folder: str = PLAYBOOK

    @property
    def file(self) -> str:
        """Its path below the folder of mkdocs.yml."""
        return f"{self.folder}/{self.path}"


def find_folder(tree: Tree) -> str:
    """The folder of the hand-written pages, as mkdocs.yml names it. One that no playbook may have
    them in does not count: the build says so.
    """
    try:
        settings = tree.read_bytes("mkdocs.yml").decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError:
        return PLAYBOOK
    named = [found["folder"].strip() for found in _DOCS_DIR.finditer(settings)]
    if not named:
        return _USUAL if not tree.list_files(PLAYBOOK) and tree.list_files(_USUAL) else PLAYBOOK
    folder = posixpath.normpath(named[-1])
    first = folder.partition("/")[0]
    return PLAYBOOK if first in _TAKEN or first[:1] in (".", "/", "") else folder


def read_hand_written(
    tree: Tree, circles: Sequence[str] = AUDIENCES
) -> tuple[list[HandWritten], list[Problem]]:
    """Every page in the folder of pages; those that cannot be read come back as problems.

    `circles` are those of the header, the narrowest first.
    """
    pages: list[HandWritten] = []
    problems: list[Problem] = []
    folder = find_folder(tree)
    for file in tree.list_files(folder):
        path = file[len(folder) + 1 :]
        if not path.endswith(".md") or path.startswith("templates/"):
            continue
        try:
            text, problem = decode(file, tree.read_bytes(file))
        except OSError as error:
            text, problem = None, unreadable(file, error)
        if problem is not None or text is None:
            problems += [problem] if problem else []
        else:
            text = text.replace("\r\n", "\n").replace("\r", "\n")  # as MkDocs reads it
            audience = read_audience(text, circles)
            pages.append(HandWritten(path, text, audience.name, audience.unclear, folder))
    return pages, problems


@dataclass(frozen=True)
class Surroundings:
    """What a hand-written page may lead to: entries by name, files of their folder by path and the
    audience of pages.

    In a strategy that is not `complete`, no link to what may merely be unread (`unread`, or of one of
    the `unread_kinds`) is called broken.
    """

    strategy: Strategy
    known: KnownEntries
    files: Mapping[str, str]
    complete: bool
    unread: Set[Key] = frozenset()
    unread_kinds: Set[str] = frozenset()

    def may_hold(self, key: Key | None) -> bool:
        """Whether an entry may be there although it could not be read."""
        if self.complete:
            return False
        return key is None or key in self.unread or key.kind in self.unread_kinds


def list_files(tree: Tree, pages: Sequence[HandWritten], strategy: Strategy) -> dict[str, str]:
    """What a link of a page may name, and for whom it is: everything in the folder of pages, and the
    pages made of entries.
    """
    own = find_folder(tree)
    files = dict.fromkeys((file[len(own) + 1 :] for file in tree.list_files(own)), "")
    files |= {page.path: "" if page.unclear else page.audience for page in pages}
    for entry in strategy:
        folder, _, anchor = address_of(entry.key).partition("#")
        files[f"{folder}index.md"] = "" if anchor else entry.audience
        files[f"{index_address(entry.KIND)}index.md"] = ""
    return files


def check_page(page: HandWritten, around: Surroundings) -> list[Problem]:
    """What is wrong with a page."""
    strategy = around.strategy
    found = list(_check_files(page, around))
    if page.unclear:
        found.append(_say_unclear(page, strategy.header.audiences))
    elif page.audience not in strategy.header.audiences:
        found.append(_say_unknown(page, strategy))
    found += _check_html(page)
    lines = page.text.split("\n")
    for link in find_page_links(page.text):
        key = parse_key(link.target, ())
        if around.may_hold(key):
            continue
        if key is None or strategy.find(key) is None:
            broken = explain_broken(link.target, (), around.known)
            place = _place_of(link, page)
            can_be_mended = broken.replacement is not None and link.target_start is not None
            edits = (Edit(place, broken.replacement or ""),) if can_be_mended else ()
            is_sure = (broken.sure and around.complete) or broken.is_named
            excerpt = ((place.line, lines[place.line - 1]),)
            found.append(
                BROKEN_REFERENCE.problem(
                    place=place,
                    title=broken.title,
                    why=broken.why,
                    fix=broken.fix,
                    excerpt=excerpt,
                    edits=edits if is_sure else (),
                    proposed=() if is_sure else edits,
                )
            )
    return found


def drop_allowed(
    problems: Sequence[Problem], pages: Sequence[str], folder: str = PLAYBOOK
) -> tuple[Problem, ...]:
    """Problems without those about HTML in these pages of a folder, which are left as they are
    written.
    """
    files = {f"{folder}/{page}" for page in pages}
    return tuple(
        problem
        for problem in problems
        if problem.rule != RAW_HTML.id or problem.place.file not in files
    )


def _check_html(page: HandWritten) -> Iterator[Problem]:
    """What of a page's own HTML will not be on the site; its front matter is none."""
    head = _HEAD.match(page.text)
    body = head.end() if head else 0
    text = re.sub(r"[^\n]", " ", page.text[:body]) + page.text[body:]
    lines = page.text.split("\n")
    for line, names in find_taken_out(text).items():
        said = lines[line - 1]
        yield RAW_HTML.problem(
            place=Place(page.file, line, 1, line, 1),
            title=f"{join_words(names)} will be taken out of this page",
            excerpt=((line, said),),
        )


def _check_files(page: HandWritten, around: Surroundings) -> Iterator[Problem]:
    """Links to files: what MkDocs would not find, and pages that some readers of this one do not
    get.
    """
    circles = Circles(around.strategy.header.audiences)
    for address, line in find_file_links(page.text):
        path = unquote(urlsplit(address).path)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
        if (
            path.startswith(("/", "\\"))
            or not posixpath.splitext(path)[1]
            or target in _ALWAYS_THERE
        ):
            continue  # MkDocs takes these as they are
        audience = around.files.get(target)
        if audience is None:
            near = next((file for file in around.files if compose(file) == compose(target)), "")
            found = (
                Suggestion(near, sure=False) if near else find_nearest(target, tuple(around.files))
            )
            yield _say_broken(page, address, target, line, found)
        elif {audience, page.audience} <= set(circles.names) and circles.is_narrower(
            audience, page.audience
        ):
            yield _say_narrower(page, address, line, audience)


def _say_composition(meant: str) -> str:
    return (
        f'The file "{meant}" is there, but a letter of its name is written in two parts (a letter and its mark), as '
        "Macs do it, and the link in one. Rename the file: type its name anew."
    )


def _say_broken(
    page: HandWritten, address: str, target: str, line: int, near: Suggestion | None
) -> Problem:
    meant = posixpath.relpath(near.word, posixpath.dirname(page.path) or ".") if near else ""
    is_alike = near is not None and compose(target) != compose(near.word)
    problem = _problem(
        BROKEN_LINK,
        page,
        line,
        address,
        title=f'the link "{shorten(unquote(address))}" leads to no page or file',
        why="Who follows it would find nothing. A link is written as the file is found from this page.",
        fix=f'Did you mean "{meant}"?'
        if is_alike
        else _say_composition(meant)
        if near
        else "Correct the link, add the file, or delete the link.",
    )
    old = address[: len(urlsplit(address)._replace(query="", fragment="").geturl())]
    place = problem.place
    if near is None or not is_alike or place.end_column - place.column != len(address):
        return problem  # it is written in other signs
    end = place.column + len(old)
    edit = Edit(replace(place, end_column=end), quote(meant))
    return replace(problem, proposed=(edit,))


def _say_narrower(page: HandWritten, address: str, line: int, audience: str) -> Problem:
    return _problem(
        BROKEN_LINK,
        page,
        line,
        address,
        title=f'"{shorten(address)}" is for {audience} only, but this page has more readers',
        why=f"Some readers of this page, which is for {page.audience}, would follow a link to a page they do not get.",
        fix=f"Take the link away, or write audience: {audience} in this page too.",
    )


def _problem(
    rule: Rule, page: HandWritten, line: int, word: str, *, title: str, why: str, fix: str
) -> Problem:
    """A problem at a word on a line of a page."""
    text = page.text.split("\n")[line - 1]
    word = next((one for one in list_spellings(word) if one in text), "")
    column = max(text.find(word), 0) + 1
    place = Place(page.file, line, column, line, column + (len(word) or 1))
    return rule.problem(place=place, title=title, why=why, fix=fix, excerpt=((line, text),))


def resolve_links(text: str, page: str, edition: Edition) -> str:
    """A page as it goes to whoever makes HTML of it: its `entry:` links lead to page files, and of
    those not shown the words are left. For readers outside, it has no comments.
    """
    up = "../" * page.count("/")

    def lead_to_file(link: EntryLink) -> str:
        key = parse_key(link.target, ())
        if key is None or edition.strategy.find(key) is None:
            return link.words
        folder, _, anchor = address_of(key).partition("#")
        return link.lead_to(f"{up}{folder}index.md{'#' + anchor if anchor else ''}")

    if edition.is_for_outsiders:
        text = take_out_page_comments(text)
    return edition.hide_names(replace_page_links(text, lead_to_file))


def links_to(page: HandWritten, file: str) -> bool:
    """Whether a page links to a file or shows it, as seen from the page's source or from its
    address.
    """
    starts = {posixpath.dirname(page.path), page.path.removesuffix(".md")}
    for match in _TARGET.finditer(page.text):
        written = re.split(r"[?#]", unquote(next(filter(None, match.groups()))))[0]
        if written.startswith("/"):
            targets = {posixpath.normpath(written.lstrip("/"))}
        else:
            targets = {posixpath.normpath(posixpath.join(start, written)) for start in starts}
        if file in targets:
            return True
    return False


def may_name(page: HandWritten, file: str) -> bool:
    """Whether a page names a file anywhere at all, be it only by its last part."""
    name = posixpath.basename(file)
    return name in page.text or quote(name) in page.text


def _say_unclear(page: HandWritten, circles: Sequence[str]) -> Problem:
    line = page.text.split("\n")[page.unclear - 1]
    problem = _problem(
        UNKNOWN_AUDIENCE,
        page,
        page.unclear,
        line,
        title="this line seems to say for whom the page is, but it cannot be read so",
        why="A page that does not say it is shown to everybody inside.",
        fix="At the very top of the file: a line ---, then audience: leadership (or whom it is for), then --- again; "
        "in small letters, with one space behind the colon.",
    )
    named = [word for word in re.findall(r"[\w-]+", line.replace(":", " ")) if word in circles]
    written = f"audience: {named[0]}" if len(named) == 1 else ""
    lines = page.text.split("\n")
    lines[page.unclear - 1] = written
    read = read_audience("\n".join(lines), circles)
    if not written or read.unclear or read.name != named[0]:
        return problem
    place = Place(page.file, page.unclear, 1, page.unclear, len(line) + 1)
    return replace(problem, fix=f"Write {written}", proposed=(Edit(place, written),))


def _say_unknown(page: HandWritten, strategy: Strategy) -> Problem:
    return UNKNOWN_AUDIENCE.problem(
        place=Place(page.file, 1, 1, 1, 1),
        title=f'"{page.audience}" is not an audience we know',
        why=f"The header knows: {', '.join(strategy.header.audiences)}.",
        fix="Use one of these in the page's front matter.",
    )


def _place_of(link: EntryLink, page: HandWritten) -> Place:
    """Where a link names its entry, in lines and columns; where it begins, if it does not say it in
    so many words.
    """
    start = link.start if link.target_start is None else link.target_start
    line = page.text.count("\n", 0, start) + 1
    column = start - page.text.rfind("\n", 0, start)
    return Place(page.file, line, column, line, column + max(len(link.target), 1))
