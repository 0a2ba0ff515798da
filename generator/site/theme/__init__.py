"""What we change in the theme: the finder in place of its search, a page for what is not there. A
company's own `custom_dir` wins over what stands here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader
from mkdocs.config.defaults import MkDocsConfig

from generator.model.addresses import Delivery, index_address
from generator.pages.drawing.icons import draw_icon
from generator.pages.feedback_link import list_vote_links
from generator.pages.finder.index import STYLE_SHEET, find_script
from generator.schema.words import Words
from generator.site.assembly import Made
from generator.site.mkdocs_internals import (
    add_module,
    add_templates,
    pass_over_hidden,
)
from generator.site.offline.web_manifest import MANIFEST, PNG_ICONS

FOLDER = str(files("generator.site.theme"))
_WAYS = (
    ("home", ""),
    ("search", None),
    ("call", "call/"),
    ("news", "announcements/"),
    ("menu", None),
)
"""What stands in the bar at the bottom of a phone: its name and icon, and the page it leads to, if
it is one.
"""


_DEVICE_WORDS = (
    "news_count",
    "pinned",
    "recent",
    "kept_erase",
    "kept_erased",
    "vote_worked",
    "vote_not",
    "vote_noted",
    "vote_to_send",
    "vote_send",
    "vote_send_issue",
    "vote_sent",
    "chat_copied",
    "expired_since",
    "copy_offer",
    "copy_keep",
    "copy_keeping",
    "copy_kept",
    "copy_newer",
    "copy_not_made",
    "copy_read",
    "copy_remove",
)
"""What the scripts for what is kept on the device say."""


@dataclass(frozen=True)
class App:
    """Whether the site can be installed on a device, and whether a copy of it may be kept there."""

    is_app: bool = False
    is_kept: bool = False


def install_theme(config: MkDocsConfig, language: str, delivery: Delivery) -> None:
    """Put our partials before those of the theme, and add the finder's files.

    The theme speaks the language of the strategy, where it knows that language; English may also be
    what nobody chose.
    """
    if config.theme.name != "material":
        return
    known = [name for name in (language, language.partition("-")[0]) if _is_spoken(config, name)]
    if known and language != "en":
        config.theme["language"] = known[0]
    add_templates(config, FOLDER)
    pass_over_hidden(config)
    config.extra_css.insert(1, STYLE_SHEET)
    script = find_script(delivery)
    if delivery.from_folder:  # a browser loads no modules there; the scripts of pages come after it
        config.extra_javascript.insert(0, script)
    else:
        add_module(config, script)


def _is_spoken(config: MkDocsConfig, language: str) -> bool:
    return any(
        Path(folder, "partials", "languages", f"{language}.html").is_file()
        for folder in config.theme.dirs
    )


def furnish_theme(
    env: Environment, words: Words, made: Made, config: MkDocsConfig, app: App = App()
) -> None:
    """Give our partials their words; `theme/…` names the theme's own version of a partial that
    stands here.
    """
    if FOLDER not in config.theme.dirs:
        return
    pages, delivery, header = made.pages, made.delivery, made.edition.strategy.header
    others = [folder for folder in config.theme.dirs if folder != FOLDER]
    assert env.loader is not None  # noqa: S101  # MkDocs made it
    env.loader = ChoiceLoader([env.loader, PrefixLoader({"theme": FileSystemLoader(others)})])
    by_address = {page.address: page for page in pages.pages}
    lists = (
        index_address(kind)
        for kind in ("glossary", "objections", "competitors", "markets", "offerings")
    )
    listing = next((by_address[address] for address in lists if address in by_address), None)
    env.globals["playbook"] = {
        "words": words,
        "company": header.company,
        "app": app,
        "manifest": MANIFEST,
        "app_icon": PNG_ICONS[192],
        "vote_links": list_vote_links(made.desk, header.version, words) if made.desk else [],
        "device_words": {name: words.form(name) for name in _DEVICE_WORDS},
        "tasks": [replace(task, address=delivery.complete(task.address)) for task in pages.tasks],
        "icon": draw_icon,
        "ways": [
            {
                "name": name,
                "address": None if address is None else delivery.complete(address),
                "title": words(f"thumb_{name}"),
            }
            for name, address in _WAYS
            if address is None or address in by_address
        ],
    }
    env.globals["finder"] = {
        "words": words,
        "list": listing and replace(listing, address=delivery.complete(listing.address)),
    }
