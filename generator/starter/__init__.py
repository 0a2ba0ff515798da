"""The files that another company's playbook begins with, and keeping the copied ones up to date. The
door is `make_starter`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from generator import __version__
from generator.files.tree import Tree
from generator.problems.problem import Place, Problem, Severity
from generator.problems.rule import Rule
from generator.schema.vocabulary import (
    KINDS,
    closed_custom_schema,
    schema_folder,
    standard_vocabulary,
)
from generator.starter.editor_settings import editor_settings
from generator.starter.hosts import ANY_HOST, HOSTS, NOWHERE, Home, is_for
from generator.starter.own_wheel import VENDOR, find_own_wheel
from generator.syntax.lines import quote_scalar

__all__ = [
    "MANIFEST",
    "USUAL_BRANCH",
    "VENDOR",
    "WITHDRAWN",
    "Choices",
    "Starter",
    "digest",
    "editor_settings",
    "find_own_wheel",
    "find_stale",
    "make_manifest",
    "make_starter",
    "read_choices",
    "read_manifest",
]

MANIFEST = ".playbook.json"
USUAL_BRANCH = "main"
WITHDRAWN = frozenset({".github/workflows/field-notes.yml"})
"""Files that older versions handed out and that have no use any more."""
_WORKFLOWS = (".github/workflows/playbook.yml",)
_BRANCHES = f"branches: [{USUAL_BRANCH}]"
_OWN = frozenset(
    {
        "strategy.yaml",
        "mkdocs.yml",
        "README.md",
        ".gitignore",
        "playbook/about.md",
        "schema/custom.schema.json",
        "playbook/templates/.gitkeep",
        "strategy/.gitkeep",
    }
)
"""Files that belong to the company from the first day on; the others are renewed by `upgrade`."""


STALE_COPY = Rule(
    id="stale-copy",
    severity=Severity.WARNING,
    says="Files that came with the playbook are those of another version.",
    why="The editor would complete and check by old rules. `playbook upgrade` renews them.",
    fix="Run: playbook upgrade",
)
RULES = (STALE_COPY,)
"""Every rule of this room."""


@dataclass(frozen=True)
class Starter:
    """The files of a new playbook by path: those that become the company's own, and those that
    `upgrade` renews.
    """

    own: Mapping[str, bytes]
    managed: Mapping[str, bytes]


@dataclass(frozen=True)
class Choices:
    """What somebody who begins a playbook chooses: the branch that is published, where the
    repository is kept, in which folder of it the playbook lies, where readers tell leadership
    something (the value of `tell:`), and the account of whoever answers for the playbook.
    """

    branch: str = USUAL_BRANCH
    home: Home = NOWHERE
    folder: str = ""
    tell: str = ""
    account: str = ""


USUAL = Choices()


def make_starter(company: str, today: date, choices: Choices = USUAL) -> Starter:
    """The files of a new playbook for a company."""
    branch, home = choices.branch, choices.home
    values = {
        "company": company,
        "today": today,
        "version": __version__,
        "kinds": _list_kinds(),
        "tell": choices.tell,
        "account": choices.account,
        "repository": home.address,
        "edit_uri": home.edit_uri(branch, choices.folder) if home.address else "",
    }
    written = {
        **_templates(values),
        **_schemas(),
        **_editor_files(),
    }
    for workflow in _WORKFLOWS:
        written[workflow] = _name_branch(written[workflow], branch)
    written["requirements.txt"] = _make_requirements()
    written["schema/custom.schema.json"] = _as_json(closed_custom_schema())
    written["playbook/templates/.gitkeep"] = b""
    written["strategy/.gitkeep"] = b""
    written = {path: content for path, content in written.items() if is_for(path, home.host)}
    return Starter(
        {path: content for path, content in written.items() if path in _OWN},
        {path: content for path, content in sorted(written.items()) if path not in _OWN},
    )


def guess_company(folder: Path) -> str:
    """A company's name from the name of its folder, until somebody writes it."""
    words = re.split(r"[-_ ]+", folder.resolve().name)
    return " ".join(word.capitalize() for word in words if word) or "Our company"


def _name_branch(workflow: bytes, branch: str) -> bytes:
    """The workflow with the branch that is published; in a pattern some signs stand for others."""
    pattern = re.sub(r"([\\+!*?\[\]])", r"\\\1", branch)
    name = branch if re.fullmatch(r"[a-z][a-z0-9_-]*", branch) else json.dumps(pattern)
    return workflow.decode().replace(_BRANCHES, f"branches: [{name}]", 1).encode()


def make_manifest(managed: Mapping[str, bytes], choices: Choices = USUAL) -> bytes:
    """What `upgrade` later compares with: the version, the branch that is published, the host whose
    files there are, and each copied file as it was handed out.
    """
    return _as_json(
        {
            "version": __version__,
            **({"branch": choices.branch} if choices.branch != USUAL_BRANCH else {}),
            **({"host": choices.home.host} if choices.home.host else {}),
            "files": {path: digest(content) for path, content in managed.items()},
        }
    )


def read_manifest(tree: Tree) -> Mapping[str, Any] | None:
    """The manifest of a playbook that began with `init`, or None."""
    try:
        manifest = json.loads(tree.read_bytes(MANIFEST))
    except (OSError, ValueError, RecursionError):
        return None
    return (
        manifest if isinstance(manifest, dict) and isinstance(manifest.get("files"), dict) else None
    )


def read_choices(manifest: Mapping[str, Any]) -> Choices:
    """What was chosen for a playbook, as far as the files that are renewed depend on it."""
    branch, host = manifest.get("branch", USUAL_BRANCH), manifest.get("host", ANY_HOST)
    return Choices(
        branch if isinstance(branch, str) else USUAL_BRANCH,
        Home(host if host in HOSTS else ANY_HOST),
    )


def digest(content: bytes) -> str:
    """What tells two versions of a file apart, whatever line ends git has given it."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def find_stale(tree: Tree) -> list[Problem]:
    """Whether the copied files are those of another version of the playbook."""
    manifest = read_manifest(tree)
    if manifest is None:
        return []
    managed = make_starter("", date(2000, 1, 1), read_choices(manifest)).managed
    if all(manifest["files"].get(path) == digest(content) for path, content in managed.items()):
        return []
    return [
        STALE_COPY.problem(
            place=Place(MANIFEST),
            title=f"the schemas and CI files here come from version {manifest.get('version')} of the playbook",
            why=f"This is version {__version__}. The editor may complete and check by old rules.",
        )
    ]


def _editor_files() -> dict[str, bytes]:
    return {
        ".vscode/settings.json": _as_json(editor_settings()),
        ".vscode/extensions.json": _as_json({"recommendations": ["redhat.vscode-yaml"]}),
    }


def _make_requirements() -> bytes:
    """All that the program needs, each package in one version with its hashes. The program itself
    is not among them.
    """
    package = Path(str(files("generator")))
    packaged = package / "requirements.lock"
    lock = packaged if packaged.is_file() else package.parent / "requirements.lock"
    rows = [row for row in lock.read_text("utf-8").splitlines() if row.strip()]
    kept = [row for row in rows if not row.lstrip().startswith("#")]
    head = "# What the program in vendor/ needs, each package with its hashes. playbook upgrade renews this file."
    return "\n".join([head, *kept, ""]).encode()


def _list_kinds() -> list[Mapping[str, str]]:
    kinds = standard_vocabulary().kinds
    return [{"name": name, "description": kinds[name].description} for name in KINDS]


def _schemas() -> dict[str, bytes]:
    folder = schema_folder()
    return {
        f"schema/{path.relative_to(folder).as_posix()}": path.read_bytes().replace(b"\r\n", b"\n")
        for path in sorted(folder.rglob("*.schema.json"))
        if path.name != "custom.schema.json"
    }


def _templates(values: Mapping[str, Any]) -> dict[str, bytes]:
    from jinja2 import Environment, StrictUndefined  # checking needs no templates

    environment = Environment(  # it writes YAML and Markdown
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701
    )
    environment.filters["quoted"] = quote_scalar
    return {
        path: environment.from_string(text).render(values).encode()
        if ("{{ " in text or "{% " in text) and "workflows" not in path and not path.endswith(".py")
        else text.encode()
        for path, text in _walk(files("generator.starter"), "")
    }


def _walk(folder: Traversable, prefix: str) -> list[tuple[str, str]]:
    found = []
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        name = item.name.replace("dot-", ".", 1) if item.name.startswith("dot-") else item.name
        if item.is_dir() and not name.startswith("__"):
            found += _walk(item, f"{prefix}{name}/")
        elif item.is_file() and not name.endswith(".py") and not name.endswith(".pyc"):
            found.append((prefix + name, item.read_text("utf-8").replace("\r\n", "\n")))
    return found


def _as_json(content: Any) -> bytes:
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()
