"""An author's text in Markdown: in a comment on a git host, where some signs call people and lead to
other issues, and in a file of the repository, which people also read as it is.
"""

from __future__ import annotations

import re

from generator.problems.terminal_style import visible

_MARKUP = re.compile(r"[&<\\`*_\[\]|~$#]")
_CALLS = re.compile(
    r"(@|#(?=\w)|(?<=\w)!(?=\d)|(?<!\w)[!%&$](?=\w)|:(?=//)|\bwww(?=\.)|\bGH(?=-\d)|mailto(?=:))"
)
_UNSEEN = "&#8203;"
_MARKUP_IN_FILES = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])"  # would take the next sign's meaning away
    r"|`|<(?=[A-Za-z/!?])|&(?=#?\w+;)"
    r"|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|(?<=\w)\*(?=\w)|~(?=~)"
    r"|\[(?=[^\]]*\](?:\(|\[|:))"  # a link
    r"|(?<![\w/])@(?=\w)|(?<!\w)#(?=\d)"  # calls a person, leads to an issue
)


def escape_comment(text: str) -> str:
    """An author's text for a comment on a git host, which shows just this text: no markup, no link,
    no mention, no reference.
    """
    parts = _CALLS.split(visible(" ".join(text.split())))
    plain = [_MARKUP.sub(lambda sign: f"&#{ord(sign[0])};", part) for part in parts]
    return "".join(part + (_UNSEEN if number % 2 else "") for number, part in enumerate(plain))


def escape_file(text: str) -> str:
    """An author's text for a Markdown file of the repository: a backslash before what would be
    markup, a mention or a reference there, and nothing else changed, so that it reads well in an
    editor, too. Hosts make no mentions and references of what stands in files.
    """
    return _MARKUP_IN_FILES.sub(lambda sign: "\\" + sign[0], visible(" ".join(text.split())))
