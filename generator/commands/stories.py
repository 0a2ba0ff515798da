"""The stories, each like a table of contents. What they print goes through `say`; what they return
is the exit code.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from generator.checks.project import check_content, choose_today, today_from_environment
from generator.commands.agenda_text import FORMATS as AGENDA_FORMATS
from generator.commands.agenda_text import write_issues
from generator.commands.rules import ALL_RULES
from generator.editing.draft import draft_entry
from generator.editing.verification import VerificationError, verify_entries
from generator.files.git import folder_in_repository
from generator.files.memory import Memory
from generator.files.tree import FolderTree
from generator.loading.guides import PLAYBOOK, resolve_links
from generator.loading.loader import Loaded, load_strategy
from generator.loading.strategy_files import FOLDER, MAIN_FILE
from generator.model.insights.agenda import list_items
from generator.model.strategy import AUDIENCES, Interval, Key, Strategy
from generator.problems.fixes import mend_texts, write_atomically
from generator.problems.phrases import count_of, join_words
from generator.problems.problem import Problem, Severity, has_errors
from generator.problems.reporters import (
    FORMATS,
    UNCHANGED,
    Summary,
    choose_format,
    summarise_github,
)
from generator.problems.suggestions import suggest
from generator.problems.terminal_style import Look
from generator.schema.vocabulary import KINDS, is_id, standard_vocabulary
from generator.site.build_request import Choice
from generator.site.build_stamp import read_inputs, recall, remember
from generator.starter import MANIFEST, digest, make_manifest, make_starter, read_manifest
from generator.syntax.lines import quote_scalar

FINE, PROBLEMS, CANNOT_RUN = 0, 1, 2


class CannotRunError(Exception):
    """The tool cannot run. The text is one line for the terminal."""


@dataclass(frozen=True)
class Terminal:
    """Where a command speaks: results, then what only a watching person needs."""

    say: Callable[[str], None]
    note: Callable[[str], None]
    look: Look

    def report(
        self, format_name: str, problems: tuple[Problem, ...] | list[Problem], summary: Summary
    ) -> None:
        """Say the problems in a format of `report.FORMATS`."""
        self.say(FORMATS[format_name](problems, summary, self.look))


@dataclass(frozen=True)
class Answer:
    """How `check` answers: the format, a file that gets it instead of the terminal, and the
    environment of the run.

    Where it is `strict`, warnings fail as well.
    """

    format: str = "auto"
    output: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    strict: bool = False


def check(
    path: Path, answer: Answer, max_bytes: int, terminal: Terminal, as_of: date | None = None
) -> int:
    """Check the strategy in a folder (or of a strategy.yaml) and say every problem."""
    root = _root_of(path)
    loaded, pages, problems = check_content(root, max_bytes, as_of)
    warned = answer.strict and any(problem.severity is Severity.WARNING for problem in problems)
    failed = warned or has_errors(problems)
    summary = Summary(
        len(loaded.files) + len(pages), UNCHANGED if failed else "", folder_in_repository(root)
    )
    chosen = choose_format(answer.format, answer.environment)
    if answer.output is not None:
        if answer.output.suffix in (".yaml", ".yml", ".md"):
            raise CannotRunError(
                f"{answer.output} looks like a part of the playbook; name another file for the report"
            )
        answer.output.write_text(FORMATS[chosen](problems, summary, Look()), "utf-8")
        chosen = "terminal"
    terminal.report(chosen, problems, summary)
    step_summary = answer.environment.get("GITHUB_STEP_SUMMARY")
    if chosen == "github" and step_summary:
        with Path(step_summary).open("a", encoding="utf-8") as file:
            file.write(summarise_github(problems, summary))
    return PROBLEMS if failed else FINE


def fix(path: Path, max_bytes: int, terminal: Terminal) -> int:
    """Mend what a machine can safely mend in the strategy and the hand-written pages, show it, and
    say what is left.
    """
    root = _root_of(path)
    tree = FolderTree(root)
    loaded, pages, _ = check_content(root, max_bytes)
    written = (*loaded.files, *(f"{PLAYBOOK}/{page.path}" for page in pages))
    texts = {file: text for file in written if (text := _text_of(tree, file)) is not None}

    def find_problems(changed: Mapping[str, str]) -> tuple[Problem, ...]:
        return check_content(root, max_bytes, changed=changed)[2]

    mended = mend_texts(texts, find_problems)
    for change in mended:
        write_atomically((root / change.file).resolve(), change.after)
        terminal.say(change.diff)
    count = len(mended)
    files = "1 file was" if count == 1 else f"{count} files were"
    terminal.say(
        f"{files} changed.\n\n"
        if count
        else "There was nothing that a machine can safely mend.\n\n"
    )
    return check(path, Answer("terminal"), max_bytes, terminal)


def explain(name: str, terminal: Terminal) -> int:
    """Say why a rule exists, with a bad and a good example."""
    rule = ALL_RULES.get(name.strip("[]"))
    if rule is None:
        near = suggest(name, list(ALL_RULES))
        raise CannotRunError(
            f'there is no rule "{name}"; '
            + (f'did you mean "{near}"?' if near else "see docs/rules.md")
        )
    terminal.say(rule.tell())
    return FINE


@dataclass(frozen=True)
class Wanted:
    """What `due` is asked for: how far ahead, of whom, in which format, and a folder that gets an
    issue per owner instead.
    """

    within: str | None = None
    owner: str | None = None
    format: str = "text"
    folder: Path | None = None


def due(root: Path, wanted: Wanted, as_of: date | None, max_bytes: int, terminal: Terminal) -> int:
    """List what each owner must look at."""
    _, strategy = read_sound(root, max_bytes)
    owner = wanted.owner
    if owner is not None and strategy.find(Key("people", owner)) is None:
        near = suggest(owner, {person.id: (person.title,) for person in strategy.of("people")})
        raise CannotRunError(
            f'there is no "{owner}" among the people'
            + (f'; did you mean "{near}"?' if near else "")
        )
    today = choose_today(strategy, as_of)
    length = (
        parse_interval(wanted.within) if wanted.within else strategy.header.checks.due_soon.length
    )
    items = list_items(strategy, today, length, owner)
    if wanted.folder is None:
        terminal.say(AGENDA_FORMATS[wanted.format](items, strategy, today))
        return FINE
    issues = list(write_issues(items, strategy, today))
    for name, text in issues:
        _write(wanted.folder / f"{name}.md", text.encode())
    terminal.say(f"{count_of(len(issues), 'issue')} written into {_shown(wanted.folder)}.\n")
    return FINE


def verify(
    root: Path,
    names: Sequence[str],
    day: date | None,
    as_of: date | None,
    max_bytes: int,
    terminal: Terminal,
) -> int:
    """Note in the files that somebody has read these entries: all of them, or none where one cannot
    be found.
    """
    _, strategy = read_sound(root, max_bytes)
    today = choose_today(strategy, as_of)
    if day is not None and day > today:
        raise CannotRunError(f"{day} has not come yet; nobody can have read an entry on that day")
    try:
        changed = verify_entries(FolderTree(root), names, day or today, max_bytes)
    except VerificationError as error:
        raise CannotRunError(str(error)) from error
    for file, text in changed.items():
        write_atomically((root / file).resolve(), text)
    files = join_words(list(changed))
    terminal.say(
        f"{count_of(len(set(names)), 'entry', 'entries')} verified on {day or today}, in {files}.\n"
    )
    return FINE


def read_sound(root: Path, max_bytes: int) -> tuple[Loaded, Strategy]:
    """What reading gave, and the sound part of the strategy, whatever else is wrong with it."""
    loaded = load_strategy(FolderTree(root), max_bytes)
    if loaded.strategy is None:
        raise CannotRunError(
            f"the strategy in {root} cannot be read; playbook check says what is wrong"
        )
    return loaded, loaded.strategy


def parse_interval(text: str) -> timedelta:
    """A stretch of time as the options take it. Raises CannotRunError where it is none."""
    if not re.fullmatch(r"[1-9][0-9]{0,3}[dwmy]", text, re.ASCII):
        raise CannotRunError(
            f'"{text}" is not a stretch of time; write a number and d, w, m or y, such as 30d'
        )
    return Interval(text).length


def build(file: Path, choice: Choice, terminal: Terminal, site_dir: Path | None = None) -> int:
    """Build the site. With any error nothing is written. `file` is the mkdocs.yml; the strategy
    lies beside it.
    """
    from generator.site.assembly import assemble
    from generator.site.builder import (  # MkDocs takes a second to import
        SiteError,
        build_site,
        complete_choice,
        find_slowness,
        is_self_contained,
        read_config,
    )

    try:
        config = read_config(file)
        target, choice = site_dir or Path(config.site_dir), complete_choice(config, choice)
        inputs = read_inputs(file, choice) if is_self_contained(file, config) else ""
        if inputs and (said := recall(target, inputs)):
            terminal.say(f"{said}\nNothing has changed since it was built.\n")
            return FINE
        terminal.note("reading the strategy …")
        assembly = assemble(file.resolve().parent, choice)
        if assembly.made is None:
            terminal.report("terminal", assembly.problems, Summary(assembly.files, UNCHANGED))
            return PROBLEMS
        pages = count_of(len(assembly.made.pages.pages), "page")
        terminal.note(f"building {pages} …")
        faults = build_site(file, assembly, target)
    except SiteError as error:
        raise CannotRunError(str(error)) from error
    consequence = (
        UNCHANGED
        if faults
        else f"The site with {pages} is in {_shown(target)}.{find_slowness(config)}"
    )
    if inputs and not faults:
        edition = assembly.made.edition
        is_fixed = choice.as_of or today_from_environment()
        remember(
            target,
            inputs,
            consequence,
            edition.today,
            "" if is_fixed else edition.strategy.header.timezone,
        )
    terminal.report("terminal", [*assembly.problems, *faults], Summary(assembly.files, consequence))
    return PROBLEMS if faults else FINE


def serve(
    file: Path, choice: Choice, terminal: Terminal, address: str | None, open_browser: bool
) -> int:
    """Serve the site on this machine and follow every edit."""
    from generator.site.assembly import assemble
    from generator.site.builder import SiteError, complete_choice, read_config, serve_site

    try:
        config = read_config(file)
        choice, memory = complete_choice(config, choice), Memory()
        assembly = assemble(file.resolve().parent, choice, memory)
        if assembly.made is None:
            terminal.report(
                "terminal",
                assembly.problems,
                Summary(assembly.files, "Mend this, then start again."),
            )
            return PROBLEMS
        where = address or config.dev_addr
        terminal.say(f"Serving on http://{where}/ and following every edit. Ctrl+C ends it.\n")
        serve_site(file, choice, assembly, memory, address, open_browser)
    except SiteError as error:
        raise CannotRunError(str(error)) from error
    return FINE


def render(file: Path, folder: Path, choice: Choice, terminal: Terminal) -> int:
    """Write the pages as plain files for another builder: Markdown files with front matter and an
    HTML body.
    """
    from generator.site.assembly import assemble
    from generator.site.builder import SiteError, complete_choice, read_config

    try:
        choice = complete_choice(read_config(file), choice)
    except SiteError as error:
        raise CannotRunError(str(error)) from error
    assembly = assemble(file.resolve().parent, choice)
    made = assembly.made
    if made is None:
        terminal.report(
            "terminal", assembly.problems, Summary(assembly.files, "Nothing was written.")
        )
        return PROBLEMS
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotRunError(f"{folder} is not an empty folder; the pages need one of their own")
    for page in made.pages.pages:
        head = f"---\ntitle: {quote_scalar(page.title)}\ndescription: {quote_scalar(page.description)}\n---\n\n"
        _write(folder / page.path, (head + f"<div>\n{page.lay_out().html}</div>\n").encode())
    for asset in made.pages.assets:
        _write(folder / asset.path, asset.content)
    for written in made.hand_written:
        _write(
            folder / written.path, resolve_links(written.text, written.path, made.edition).encode()
        )
    count = len(made.pages.pages) + len(made.hand_written)
    terminal.report(
        "terminal",
        assembly.problems,
        Summary(
            assembly.files,
            f"{count_of(count, 'page')} {'is' if count == 1 else 'are'} in {_shown(folder)}.",
        ),
    )
    return FINE


def parse_day(text: str | None) -> date | None:
    """A date as the options take it. Raises CannotRunError where it is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CannotRunError(
            f'"{text}" is not a date; write year-month-day, such as 2026-03-31'
        ) from None


def init(folder: Path, company: str | None, terminal: Terminal) -> int:
    """Begin the playbook of a company in a folder."""
    starter = make_starter(
        " ".join((company or "").split()) or _company_from(folder), datetime.now(UTC).date()
    )
    planned = {**starter.own, **starter.managed, MANIFEST: make_manifest(starter.managed)}
    kept = [path for path in ("README.md", ".gitignore") if (folder / path).exists()]
    taken = [path for path in planned if (folder / path).exists() and path not in kept]
    if taken:
        raise CannotRunError(f"{folder} already holds {', '.join(taken[:3])}; nothing was written")
    _write_all(folder, {path: content for path, content in planned.items() if path not in kept})
    terminal.say(
        f"A playbook begins in {_shown(folder)}. Open strategy.yaml there; then, in that folder:\n"
        "  playbook check    says whether all is well\n"
        "  playbook serve    shows the site and follows every edit\n"
    )
    return FINE


def upgrade(root: Path, terminal: Terminal) -> int:
    """Renew the files that `init` copied. What somebody changed is kept, with the new one beside
    it.
    """
    manifest = read_manifest(FolderTree(root))
    if manifest is None:
        raise CannotRunError(
            f"{root / MANIFEST} is missing; this playbook did not begin with playbook init"
        )
    managed = make_starter(_company_from(root), datetime.now(UTC).date()).managed
    kept = 0
    for path, content in managed.items():
        target = root / path
        now = target.read_bytes() if target.exists() else None
        if now is not None and digest(now) == digest(content):
            continue
        if now is None and path in manifest["files"]:
            terminal.say(f"left out {path}, which was deleted here\n")
            continue
        if now is None or digest(now) == manifest["files"].get(path):
            _write(target, content)
            terminal.say(f"renewed  {path}\n")
        else:
            kept += 1
            _write(target.with_name(target.name + ".new"), content)
            terminal.say(f"kept     {path}, which was changed here; the new one is {path}.new\n")
    _write(root / MANIFEST, make_manifest(managed))
    terminal.say(
        "All other copies are those of this version.\n"
        if kept
        else "All copies are those of this version.\n"
    )
    return FINE


def new(root: Path, kind: str, entry_id: str, terminal: Terminal, today: date | None) -> int:
    """Write a new entry to fill in, in a file of its own."""
    vocabulary = standard_vocabulary()
    if kind not in KINDS:
        near = suggest(kind, {key: (found.title,) for key, found in vocabulary.kinds.items()})
        hint = f'did you mean "{near}"?' if near else f"kinds are: {', '.join(KINDS)}"
        raise CannotRunError(f'"{kind}" is not a kind of entry; {hint}')
    if not is_id(entry_id) or "\n" in entry_id:  # Python's $ lets a line end pass
        raise CannotRunError(
            f'"{entry_id}" cannot be an id; write lower-case words joined by hyphens, such as too-expensive'
        )
    if not (root / MAIN_FILE).is_file():
        raise CannotRunError(
            f"there is no {MAIN_FILE} in {root}; begin a playbook with: playbook init FOLDER"
        )
    loaded, _, _ = check_content(root)
    known = loaded.strategy.find(Key(kind, entry_id)) if loaded.strategy else None
    path = f"{FOLDER}/{kind}/{entry_id}.yaml"
    if Key(kind, entry_id) in loaded.keys or (root / path).exists():
        raise CannotRunError(
            f'"{entry_id}" exists already{f", in {known.place.file}" if known else ""}'
        )
    circles = loaded.strategy.header.audiences if loaded.strategy else AUDIENCES
    text = draft_entry(
        vocabulary.kinds[kind], entry_id, today or datetime.now(UTC).date(), circles[0]
    )
    _write(root / path, text.encode())
    terminal.say(
        f"Wrote {path}. Fill it in, then take away the line that keeps it from being published.\n"
    )
    return FINE


def _text_of(tree: FolderTree, file: str) -> str | None:
    """A file of the strategy as text, where it is sound UTF-8 without a byte-order mark."""
    try:
        return tree.read_bytes(file).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _root_of(path: Path) -> Path:
    """The folder of a strategy, from its path or that of its strategy.yaml."""
    if path.is_dir():
        return path
    if path.name == MAIN_FILE and path.is_file():
        return path.parent
    if path.is_file():
        raise CannotRunError(
            f"{path} is one file of a strategy; name the folder that holds {MAIN_FILE}"
        )
    raise CannotRunError(f"there is no folder {path}; name the folder that holds {MAIN_FILE}")


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _write_all(folder: Path, planned: Mapping[str, bytes]) -> None:
    """Write all of these files, or none."""
    inside = [
        parent
        for name in planned
        for parent in (folder / name).parents
        if parent.is_relative_to(folder)
    ]
    new_folders = sorted({parent for parent in inside if not parent.exists()}, reverse=True)
    written: list[Path] = []
    try:
        for name, content in planned.items():
            written.append(folder / name)
            _write(folder / name, content)
    except BaseException:
        with contextlib.suppress(OSError):
            for file in written:
                file.unlink(missing_ok=True)
        for path in new_folders:
            with contextlib.suppress(OSError):
                path.rmdir()
        raise


def _shown(path: Path) -> str:
    """A path as seen from here, where that is shorter."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix() + "/"
    except ValueError:
        return str(path)


def _company_from(folder: Path) -> str:
    """A company's name from the name of its folder, until somebody writes it."""
    words = re.split(r"[-_ ]+", folder.resolve().name)
    return " ".join(word.capitalize() for word in words if word) or "Our company"
