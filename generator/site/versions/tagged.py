"""The files of a released version, laid out to be built once more."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.files.git import Repository
from generator.files.tree import FolderTree
from generator.files.workshop import open_temporary
from generator.loading.guides import PLAYBOOK, find_folder
from generator.loading.manuscript import FOLDER, MAIN_FILE
from generator.schema.custom_fields import CUSTOM_SCHEMA
from generator.schema.own_description import DESCRIPTION
from generator.schema.taken_kinds import keep_own_kinds


@contextmanager
def lay_out_commit(file: Path, repository: Repository, commit: str) -> Iterator[Path]:
    """The files of a commit, such as a released version, in a folder of their own, under today's
    mkdocs.yml (`file`), with today's templates and today's folder of pages. Gives the mkdocs.yml
    there.
    """
    with open_temporary() as workshop:
        root = workshop / "playbook-at-tag"
        with repository.open_tree(commit) as tree:
            then, now = find_folder(tree), find_folder(FolderTree(file.parent))
            own = (DESCRIPTION, CUSTOM_SCHEMA)
            pages = [path for path in tree.list_files(then) if path.endswith(".md")]
            files = keep_own_kinds(tree, pages)
            paths = [MAIN_FILE, *own, *files.list_files(FOLDER), *files.list_files(then)]
            for path in paths:
                if not path.startswith(f"{PLAYBOOK}/templates/"):
                    try:
                        content = files.read_bytes(path)
                    except OSError:
                        continue  # reading the strategy says what is missing
                    inner = path.removeprefix(f"{then}/")
                    target = root / (path if inner == path else f"{now}/{inner}")
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content)
        templates = file.parent / PLAYBOOK / "templates"
        if templates.is_dir():
            shutil.copytree(templates, root / PLAYBOOK / "templates", dirs_exist_ok=True)
        (root / now).mkdir(parents=True, exist_ok=True)
        shutil.copy(file, root / file.name)
        yield root / file.name
