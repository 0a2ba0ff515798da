"""Where an entry lives on the site: a function of its kind and id alone, for good. And where its
file is edited.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from generator.model.entry import Key
from generator.problems.problem import Place


@dataclass(frozen=True, slots=True)
class Placement:
    """The folder of a kind on the site, and whether each entry has a page of its own or an anchor
    on the kind's page.
    """

    folder: str
    own_pages: bool


PLACEMENTS = {
    "markets": Placement("markets", True),
    "personas": Placement("personas", True),
    "value_drivers": Placement("value-drivers", True),
    "offerings": Placement("offerings", True),
    "differentiators": Placement("differentiators", True),
    "wins": Placement("wins", True),
    "competitors": Placement("competitors", True),
    "objections": Placement("objections", True),
    "plays": Placement("plays", True),
    "stages": Placement("stages", True),
    "paths": Placement("paths", True),
    "skills": Placement("skills", False),
    "assumptions": Placement("assumptions", False),
    "proof": Placement("proof", False),
    "qualification": Placement("qualification", False),
    "objectives": Placement("objectives", False),
    "people": Placement("people", False),
    "assets": Placement("assets", False),
    "glossary": Placement("glossary", False),
    "field_notes": Placement("field-notes", False),
    "announcements": Placement("announcements", False),
}

HOME_FIELDS = frozenset({"tagline", "statement", "vision", "mission", "not_now"})
"""The fields of the header that the home page shows; the others stand under "How we work"."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a site reaches its readers, as far as its links must know.

    It `names_files` where whoever delivers it opens no folder by itself: links then lead to
    `index.html`. It is opened `from_folder` where it need not be delivered at all: pages then ask
    for nothing that a browser gives them from a server alone. `site` is its address, where that is
    known.
    """

    names_files: bool = False
    from_folder: bool = False
    site: str = ""

    def complete(self, link: str) -> str:
        """A link or an address, naming the file that it leads to where it must."""
        return name_file(link) if self.names_files else link

    def whole(self, address: str) -> str:
        """An address of the site as readers elsewhere need it: absolute, where the site's own is
        known.
        """
        address = self.complete(address)
        return f"{self.site.rstrip('/')}/{address}" if self.site else address


PLAIN = Delivery()
INDEX = "index.html"
"""The file that an address of a folder stands for."""


def name_file(link: str) -> str:
    """A link to a folder as one to the page in it; any other as it is."""
    path, sign, anchor = link.partition("#")
    if path.endswith("/") or not (path or sign):
        path = f"{path.removeprefix('./')}{INDEX}"
    return f"{path}{sign}{anchor}"


TAKEN = frozenset(
    [
        *("404", "assets", "blob", "call", "coaching", "compare", "components", "entries", "feed"),
        *("finder", "fonts", "health", "how-we-work", "images", "img", "index", "javascripts"),
        *(
            "latest",
            "new-here",
            "one-to-one",
            "playbook",
            "practise",
            "print",
            "questions",
            "scorecard",
            "search",
        ),
        *("sitemap", "strategy", "stylesheets", "suggest", "tags", "templates", "versions"),
    ]
)
"""Folders and files of a site that are no kind's, so that no kind of a company's own may be."""


def placement_of(kind: str) -> Placement:
    """Where a kind is on the site; of a company's own kinds, each entry has a page of its own."""
    return PLACEMENTS.get(kind) or Placement(kind.replace("_", "-"), True)


def is_taken(kind: str) -> bool:
    """Whether a kind of a company's own would have an address that something else has."""
    folder = placement_of(kind).folder
    return folder in TAKEN or any(one.folder == folder for one in PLACEMENTS.values())


def address_of(key: Key) -> str:
    """The address of an entry relative to the root of the site: `objections/too-expensive/` or
    `proof/#milk-plant`.
    """
    placement = placement_of(key.kind)
    return (
        f"{placement.folder}/{key.id}/" if placement.own_pages else f"{placement.folder}/#{key.id}"
    )


@cache
def index_address(kind: str) -> str:
    """The address of the page that lists all entries of a kind."""
    return f"{placement_of(kind).folder}/"


def details_address(key: Key) -> str:
    """The address of the page with what a row cannot hold, where a list is too long to be opened in
    place.
    """
    return f"{index_address(key.kind)}{key.id}/"


def version_address(version: str) -> str:
    """The address of the page that says what changed in a released version."""
    return f"versions/{version}/"


def relative_address(target: str, page: str) -> str:
    """The link from the page at address `page` to `target`, both relative to the root
    (`markets/dairies/`, ``).
    """
    start = target.partition("/")[0]
    if start and page and not page.startswith(f"{start}/") and "//" not in target:
        return (
            "../" * page.count("/") + target
        )  # most links, of which a site has thousands, lead to another folder
    folder, _, anchor = target.partition("#")
    here, there = (
        [part for part in page.split("/") if part],
        [part for part in folder.split("/") if part],
    )
    ends_in_folder = folder.endswith("/") or not folder
    shared = 0
    while (
        shared < min(len(here), len(there) - (0 if ends_in_folder else 1))
        and here[shared] == there[shared]
    ):
        shared += 1
    path = "../" * (len(here) - shared) + "/".join(there[shared:])
    if there[shared:] and ends_in_folder:
        path += "/"
    if not path and not anchor:
        path = "./"
    return f"{path}#{anchor}" if anchor else path


def edit_address(base: str, place: Place) -> str:
    """Where the git host lets one edit this place of a file; empty where nobody knows.

    `base` is the address before a file's path there, and empty where mkdocs.yml does not say.
    """
    line = f"#L{place.line}" if place.line else ""
    return f"{base}{quote(place.file)}{line}" if base and place.file else ""
