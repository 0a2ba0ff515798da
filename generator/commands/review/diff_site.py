"""`playbook diff --site`: both versions as sites, with the pages that differ side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from generator.changes.release_history import Past
from generator.commands.settings import Settings
from generator.commands.terminal import CannotRunError, Terminal
from generator.files.git import Repository
from generator.files.workshop import open_workshop
from generator.files.writing import put_folder, write_all
from generator.model.addresses import Delivery
from generator.pages.review.compared import (
    AFTER,
    BEFORE,
    INDEX,
    STYLE_SHEET,
    Changed,
    Seen,
    find_changed,
    lay_beside,
)
from generator.problems.phrases import count_of, join_words
from generator.problems.problem import has_errors
from generator.problems.reporters import UNCHANGED, Summary
from generator.schema.words import read_words
from generator.site.assembly import Assembly, Made, assemble, published_as
from generator.site.choice import Choice


@dataclass(frozen=True)
class Ends:
    """Where a change begins and where it ends: two commits; None: the files that are here."""

    repository: Repository
    base: str
    head: str | None = None


def write_sites(settings: Settings, terminal: Terminal, ends: Ends, target: Path) -> bool:
    """Build both, and a page for each that differs, into a folder. Whether that could be done;
    where the newer one has faults, they are said, and nothing is written.
    """
    from generator.site.builder import SiteError, complete_choice, read_config

    _refuse_other(target)
    try:
        choice = complete_choice(
            read_config(settings.config),
            Choice("", settings.as_of, max_bytes=settings.max_bytes),
        )
        # whoever reviews a change opens it from a folder: artifacts of CI come as one
        choice = replace(choice, delivery=Delivery(names_files=True, from_folder=True))
        with open_workshop(target.absolute().parent) as workshop:
            made = workshop / "compared"
            after = _build(settings, choice, ends.repository, ends.head, made / AFTER)
            if isinstance(after, Assembly):
                terminal.report("terminal", after.problems, Summary(after.files, UNCHANGED))
                return False
            before = _build(settings, choice, ends.repository, ends.base, made / BEFORE)
            if isinstance(before, Assembly):
                terminal.say("The earlier version cannot be built, so every page counts as new.\n")
            old = {} if isinstance(before, Assembly) else dict(_list_seen(before))
            changed = find_changed(old, dict(_list_seen(after)))
            language = after.edition.strategy.header.language
            pages = lay_beside(changed, read_words(language), language)
            write_all(made, {page.path: page.content for page in pages}, mode=0o644, durable=False)
            made.chmod(0o755)
            put_folder(made, target.absolute(), workshop)
    except SiteError as error:
        raise CannotRunError(str(error)) from error
    terminal.say(f"{_count(changed)} Open {target / INDEX}.\n")
    return True


def _refuse_other(target: Path) -> None:
    """A folder that holds something else is left alone."""
    is_ours = (target / STYLE_SHEET).is_file() and (target / AFTER).is_dir()
    if target.exists() and not is_ours and (not target.is_dir() or any(target.iterdir())):
        raise CannotRunError(f"{target} holds something else; name a folder of its own")


def _build(
    settings: Settings, choice: Choice, repository: Repository, commit: str | None, site: Path
) -> Made | Assembly:
    """The site of a commit, or of the files here, and what it was made of. Of one with faults, the
    assembly that says them, and no site.
    """
    from generator.site.builder import build_site

    with _lay_out(settings, repository, commit) as config:
        past = Past(repository, commit) if commit else None
        assembly = assemble(config.resolve().parent, replace(choice, past=past))
        if assembly.made is None:
            return assembly
        faults = build_site(config, assembly, site)
        if has_errors(faults):
            return replace(assembly, problems=(*assembly.problems, *faults), made=None)
        return assembly.made


@contextmanager
def _lay_out(settings: Settings, repository: Repository, commit: str | None) -> Iterator[Path]:
    """The mkdocs.yml beside the files of a commit, or of those here."""
    from generator.site.versions.tagged import lay_out_commit

    with ExitStack() as stack:
        config = settings.config
        if commit:
            config = stack.enter_context(lay_out_commit(config.resolve(), repository, commit))
        yield config


def _list_seen(made: Made) -> Iterator[tuple[str, Seen]]:
    """Every page of a site, by its file."""
    for page in (one for one in made.pages.pages if not one.hidden):
        yield f"{page.address}{INDEX}", Seen(page.title, page.lay_out().html)
    for written in made.hand_written:
        name = written.path.removesuffix(".md")
        yield published_as(written.path, made.delivery), Seen(name, written.text)


def _count(changed: Sequence[Changed]) -> str:
    fates = Counter(one.fate for one in changed)
    parts = [f"{count_of(number, 'page')} {fate}" for fate, number in fates.items()]
    return f"{join_words(parts)}." if parts else "No page changes."
