"""Who gets in: people whom the sign-in in front names, by way of that sign-in alone, in a page of ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from generator.workbench.guard import (
    RefusedError,
    check_body,
    check_name,
    check_origin,
    is_same,
    writes,
)
from generator.workbench.service.person import NobodyError, Person, read_person

TOKEN = "x-playbook-token"  # noqa: S105  # the name of a header
Network = IPv4Network | IPv6Network
_USUAL_PORTS = {"https": 443, "http": 80}
_MOST_TOLD = 100
_MOST_BYTES = 400_000
"""What a form may send at once: an entry is a fraction of it, and others wait for what is long."""


@dataclass(frozen=True)
class Door:
    """The address under which people open the service, the header that says who they are, and from
    where alone that header is believed. `secret` makes the tokens; `note` tells whoever runs it.
    """

    address: str
    header: str
    proxies: Sequence[Network]
    secret: bytes = field(repr=False)
    note: Callable[[str], None] = field(default=lambda line: None, repr=False)
    _told: set[str] = field(default_factory=set, repr=False)

    def admit(self, scope: Scope, headers: Headers) -> Scope:
        """Whoever the sign-in names. Raises RefusedError."""
        self._check_peer(scope)
        person = self._find_person(headers)
        check_name(headers, self._hosts)
        check_origin(scope, headers, (self._origin,))
        _check_site(scope, headers)
        if writes(scope) and not is_same(headers.get(TOKEN, ""), person.token(self.secret)):
            raise RefusedError(403, "This was not asked by a page that you have open here.")
        check_body(scope, headers, _MOST_BYTES)
        path = self._strip(scope["path"])
        return {**scope, "path": path, "raw_path": path.encode(), "root_path": "", "person": person}

    def _check_peer(self, scope: Scope) -> None:
        peer = (scope.get("client") or ("",))[0]
        if not is_in(peer, self.proxies):
            self._tell(f"refused: a request from {peer}, which is no trusted proxy")
            raise RefusedError(403, "This server answers its sign-in only.")

    def _find_person(self, headers: Headers) -> Person:
        values = [value for name, value in headers.raw if name == self.header.lower().encode()]
        try:
            if len(values) == 1:
                return read_person(values[0])
        except NobodyError:
            pass
        self._tell(f"refused: a request with {len(values) or 'no'} header {self.header}, none good")
        raise RefusedError(401, "The sign-in did not say who you are.")

    def _tell(self, line: str) -> None:
        """Each thing once: nobody fills a disk with what was refused."""
        if line not in self._told and len(self._told) < _MOST_TOLD:
            self._told.add(line)
            self.note(line)

    @property
    def _origin(self) -> str:
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def _hosts(self) -> tuple[str, ...]:
        parts = urlsplit(self.address)
        usual = _USUAL_PORTS.get(parts.scheme)
        if parts.port not in (None, usual):
            return (parts.netloc,)
        return (str(parts.hostname), f"{parts.hostname}:{usual}")

    def _strip(self, path: str) -> str:
        """A path below the address, whether or not the proxy has left the folder of that before it."""
        folder = urlsplit(self.address).path.rstrip("/")
        return path.removeprefix(folder) if path.startswith(f"{folder}/") else path


def is_in(peer: str, networks: Sequence[Network]) -> bool:
    """Whether an address lies in one of these networks, however it is written."""
    try:
        address = ip_address(peer)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in network for network in networks)


def read_network(text: str) -> Network:
    """An address or a network, as an administrator writes it. Raises ValueError."""
    network = ip_network(text, strict=False)
    if network.prefixlen == 0:
        raise ValueError(f"{text} is everybody")
    return network


def _check_site(scope: Scope, headers: Headers) -> None:
    """Refuse what a browser says that another site has asked for, but for opening the first page."""
    if headers.get("sec-fetch-site", "none") in ("same-origin", "none"):
        return
    is_opened = headers.get("sec-fetch-mode") == "navigate" and not writes(scope)
    if not (is_opened and headers.get("sec-fetch-dest", "document") == "document"):
        raise RefusedError(403, "This was asked by a page of another site.")
