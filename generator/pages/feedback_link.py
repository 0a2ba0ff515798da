"""The link by which a reader tells leadership something: an issue that is begun, or a mail, with
all that places it.

The link is plain: nothing is sent before the reader sends it, and no service in between sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode, urlsplit

WAYS = ("github", "gitlab", "mail")


@dataclass(frozen=True)
class Desk:
    """Where leadership listens: `way` is one of WAYS, `address` a repository or a mailbox.

    `site` is where the site will stand, if that is known. Readers outside get the link only where
    `outsiders` says so. `mail` is a mailbox beside a repository, for whoever has no account there.
    """

    way: str
    address: str
    site: str = ""
    outsiders: bool = False
    mail: str = ""


@dataclass(frozen=True)
class Subject:
    """What a reader speaks of: the key of an entry (empty for a page), its title, its address and
    the version read.
    """

    key: str
    title: str
    address: str
    version: str


def open_desk(chosen: Mapping[str, object] | str, site: str = "") -> Desk | None:
    """The desk that `tell:` in mkdocs.yml sets up: an address that shows of itself what it is, or
    `{way: address}`.

    Raises ValueError, with the reason, where that is no desk.
    """
    if not chosen:
        return None
    if isinstance(chosen, str):
        chosen = {_guess_way(chosen): chosen}
    ways = [way for way in WAYS if way in chosen]
    unknown = sorted(set(chosen) - {*WAYS, "outsiders"})
    if unknown:
        raise ValueError(
            f'it knows no "{unknown[0]}"; it takes one of {", ".join(WAYS)}, and outsiders'
        )
    if not ways or len([way for way in ways if way != "mail"]) > 1:
        raise ValueError(f"name one of {', '.join(WAYS)}; beside a repository, mail may stand too")
    outsiders = chosen.get("outsiders", False)
    if not isinstance(outsiders, bool):
        raise ValueError("outsiders is true or false")
    read = {way: _read_address(way, chosen[way]) for way in ways}
    beside = read.get("mail", "") if ways[0] != "mail" else ""
    return Desk(ways[0], read[ways[0]], site, outsiders, beside)


def _read_address(way: str, address: object) -> str:
    if not isinstance(address, str):
        raise ValueError(f"{way} is an address")
    address = address.removeprefix("mailto:").rstrip("/")
    if way == "mail":
        if address.count("@") != 1 or any(letter in address for letter in " ?&,;<>\"'"):
            raise ValueError(f'"{address}" is no mail address')
    elif not address.startswith(("https://", "http://")) or any(
        letter in address for letter in " ?#<>\"'"
    ):
        raise ValueError(f'"{address}" is no address of a repository')
    return address


def _guess_way(address: str) -> str:
    """By the name of the host; a repository whose host does not give it away needs the longer form."""
    if address.startswith("mailto:") or ("@" in address and "/" not in address):
        return "mail"
    host = urlsplit(address).netloc.lower()
    for way in ("github", "gitlab"):
        if way in host:
            return way
    raise ValueError(
        f'say what "{address}" is: {{github: {address}}}, {{gitlab: {address}}} or {{mail: {address}}}'
    )


def write_link(desk: Desk, subject: Subject, words: Callable[..., str]) -> str:
    """The link with title and text filled in. `words` is the catalogue of the interface."""
    title = words("tell_title", title=subject.title)
    place = f"{desk.site.rstrip('/')}/{subject.address}" if desk.site else f"/{subject.address}"
    lines = [
        words("tell_prompt"),
        "",
        "",
        "--",
        f"{subject.title} ({subject.key})" if subject.key else subject.title,
        place,
        words("tell_version", version=subject.version),
    ]
    return compose(desk, title, "\n".join(lines))


def list_vote_links(desk: Desk, version: str, words: Callable[..., str]) -> list[str]:
    """The links by which readers say which answers worked, `{n}` and `{lines}` standing for how many
    and which: a mail first, which needs no account.
    """
    ways = [replace(desk, way="mail", address=desk.mail)] if desk.mail else []
    title = words("vote_subject", n="{n}")
    text = words("vote_body", lines="{lines}", version=version)
    found = [compose(one, title, text) for one in (*ways, desk)]
    return [
        link.replace(quote("{n}"), "{n}").replace(quote("{lines}"), "{lines}") for link in found
    ]


def list_note_links(desk: Desk) -> list[dict[str, str]]:
    """The ways to send an edit note, the first of them as `tell` is set, with links that have `{title}`
    and `{body}` in them.
    """
    ways = [desk, *([replace(desk, way="mail", address=desk.mail)] if desk.mail else [])]
    found = [(one.way, compose(one, "{title}", "{body}")) for one in ways]
    return [
        {
            "way": "mail" if way == "mail" else "issue",
            "link": link.replace(quote("{title}"), "{title}").replace(quote("{body}"), "{body}"),
        }
        for way, link in found
    ]


def write_receipt_link(
    desk: Desk, subject: Subject, receipt: str, words: Callable[..., str]
) -> str:
    """The link by which a reader says to have read something; `receipt` is the line that names it."""
    place = f"{desk.site.rstrip('/')}/{subject.address}" if desk.site else f"/{subject.address}"
    lines = [
        words("read_text"),
        "",
        subject.title,
        place,
        words("tell_version", version=subject.version),
        "",
        receipt,
    ]
    return compose(desk, words("read_title", title=subject.title), "\n".join(lines))


def compose(desk: Desk, title: str, text: str) -> str:
    """The link that begins an issue or a mail with this title and text."""
    return _WRITERS[desk.way](desk.address, title, text)


def _github(repository: str, title: str, text: str) -> str:
    return f"{repository}/issues/new?{urlencode({'title': title, 'body': text}, quote_via=quote)}"


def _gitlab(repository: str, title: str, text: str) -> str:
    query = urlencode({"issue[title]": title, "issue[description]": text}, quote_via=quote)
    return f"{repository}/-/issues/new?{query}"


def _mail(mailbox: str, title: str, text: str) -> str:
    query = urlencode({"subject": title, "body": text.replace("\n", "\r\n")}, quote_via=quote)
    return f"mailto:{quote(mailbox, safe='@+.')}?{query}"


_WRITERS = {"github": _github, "gitlab": _gitlab, "mail": _mail}
