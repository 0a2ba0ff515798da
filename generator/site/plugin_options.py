"""What a company sets in `mkdocs.yml`: our own options, and what MkDocs' settings mean for us."""

from __future__ import annotations

import os
import posixpath
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from mkdocs.config import base, config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from generator.model.addresses import Delivery
from generator.model.entry import DEFAULT_AUDIENCE
from generator.pages.feedback_link import open_desk
from generator.site.choice import Choice
from generator.site.mkdocs_internals import is_switched_on


class PlaybookOptions(base.Config):
    """What `mkdocs.yml` may set under `plugins: - playbook:`."""

    audience = config_options.Type(str, default=DEFAULT_AUDIENCE)
    drafts = config_options.Type(bool, default=False)
    as_of = config_options.Optional(config_options.Type(str))
    max_megabytes = config_options.Type((int, float), default=2)
    tell = config_options.Type((str, dict), default="")
    edit = config_options.Type(bool, default=False)
    components = config_options.Type(bool, default=False)
    publish = config_options.Type(dict, default={})
    may_know = config_options.ListOfItems(config_options.Type(str), default=[])
    offline_copy = config_options.Type(bool, default=False)
    speed_ups = config_options.Type(bool, default=True)
    raw_html = config_options.ListOfItems(config_options.Type(str), default=[])
    checks = config_options.ListOfItems(config_options.Type(str), default=[])


def read_choice(options: PlaybookOptions, config: MkDocsConfig) -> Choice:
    """What mkdocs.yml chooses.

    Raises mkdocs.exceptions.Abort where it is no choice.
    """
    try:
        as_of = date.fromisoformat(options.as_of) if options.as_of else None
    except ValueError:
        raise Abort(
            f'mkdocs.yml: as_of must be a date such as 2026-03-31, not "{options.as_of}"'
        ) from None
    if not 0 < options.max_megabytes <= 1000:  # .nan is no number between them either
        raise Abort(
            f"mkdocs.yml: max_megabytes must be a number such as 2, not {options.max_megabytes}"
        )
    chosen: Any = options.tell  # a text or a group
    try:
        desk = open_desk(chosen, config.site_url or "")
    except ValueError as error:
        raise Abort(f"mkdocs.yml: tell cannot be used: {error}") from None
    size = int(options.max_megabytes * 1_000_000)
    return Choice(
        options.audience,
        as_of,
        options.drafts,
        size,
        desk,
        folders=list_own_folders(config),
        as_written=read_as_written(options),
        delivery=read_delivery(config),
        edit=options.edit,
        components=options.components,
    )


def read_delivery(config: MkDocsConfig) -> Delivery:
    """How the site reaches its readers. Material's plugin `offline` makes a site that is opened from
    a folder; it says so to MkDocs only in its own turn, which may come after ours.
    """
    is_offline = any(is_switched_on(config, name) for name in ("material/offline", "offline"))
    names_files = is_offline or not config.use_directory_urls
    return Delivery(names_files, is_offline, config.site_url or "")


def read_as_written(options: PlaybookOptions) -> tuple[str, ...]:
    """The hand-written pages whose HTML is left as it is written: their paths in the folder of
    pages.
    """
    return tuple(path.removeprefix("./") for path in options.raw_html)


def folder_of(config: MkDocsConfig) -> Path:
    """The folder of mkdocs.yml, by the way that it was named."""
    return Path(os.path.abspath(config.config_file_path or "mkdocs.yml")).parent


def list_own_folders(config: MkDocsConfig) -> tuple[str, ...]:
    """The folders below that of mkdocs.yml which it names: of the pages and of the company's own
    theme; relative to it.
    """
    named = filter(None, (config.docs_dir, config.theme.custom_dir))
    found = (Path(os.path.relpath(folder, folder_of(config))).as_posix() for folder in named)
    return tuple(folder for folder in found if folder.partition("/")[0] not in ("..", "."))


def root_of(config: MkDocsConfig) -> Path:
    """The folder of the playbook: where its mkdocs.yml lies."""
    return Path(config.config_file_path or "mkdocs.yml").resolve().parent


def edit_base_of(config: MkDocsConfig) -> str:
    """The address before the path of a file where the git host edits it; empty where mkdocs.yml
    does not say.

    A template (`edit_uri_template`) is followed where it ends in the path of the file.
    """
    template = str(config.edit_uri_template or "")  # MkDocs has a type of its own for it
    way = template.removesuffix("{path}") or config.edit_uri or ""
    if not way or "{" in way or not (config.repo_url or "://" in way):
        return ""
    up = Path(os.path.relpath(root_of(config), config.docs_dir)).as_posix()
    repository = (config.repo_url or "").rstrip("/")
    is_asked = way.startswith(("?", "#"))  # MkDocs hangs these at the address of the repository
    whole = repository + way if is_asked else urljoin(f"{repository}/", way)
    head, folder = _split_folder(whole)
    path = posixpath.normpath(f"{folder.rstrip('/')}/{up}")
    return head if path == "." else f"{head}{path.rstrip('/')}/"


def _split_folder(address: str) -> tuple[str, str]:
    """An address to edit at, before the way to a folder, and that way: in the path, or in the last
    value of what is asked for.
    """
    asked = max(address.rfind(sign) for sign in "?#")
    if asked >= 0:
        start = max(asked, address.rfind("=", asked), address.rfind("&", asked)) + 1
    else:
        start = len(urlunsplit(urlsplit(address)._replace(path=""))) + 1
    return address[:start], address[start:]
