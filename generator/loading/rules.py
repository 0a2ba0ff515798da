"""What can be wrong with entries beside each other, with the header, and with where they are kept."""

from __future__ import annotations

from generator.problems.example import GOOD_TERM
from generator.problems.problem import Severity
from generator.problems.rule import Rule

_TERMS = (
    "- id: sink\n  term: Sink\n  meaning: Who takes the heat.\n  owner: anna\n\n"
    "- id: lift\n  term: Lift\n  meaning: How far heat is raised.\n{rest}\n"
    "- id: pinch\n  term: Pinch\n  meaning: Where heat gets scarce.\n{taken}\n"
    "- id: source\n  term: Source\n  meaning: Where the heat comes from.\n  owner: anna\n"
)

DUPLICATE_ID = Rule(
    id="duplicate-id",
    says="Two entries of a kind have the same id.",
    why="References and web addresses would not know which one is meant.",
    fix="Give one of them another id, or delete it.",
    bad=GOOD_TERM + GOOD_TERM.replace("Lift", "Rise"),
    good=GOOD_TERM + GOOD_TERM.replace("lift", "rise").replace("Lift", "Rise"),
)

BROKEN_REFERENCE = Rule(
    id="broken-reference",
    says="A reference leads nowhere, or to an entry of another kind.",
    why="Pages link to each other by these references; a seller would meet a dead end.",
    bad=GOOD_TERM + "  owner: nobody\n",
    good=GOOD_TERM,
)

FORMER_ID_IN_USE = Rule(
    id="former-id-in-use",
    says="A former id also belongs to another entry.",
    why="An old link can lead to one entry only.",
    bad=GOOD_TERM + "  former_ids: [rise]\n" + GOOD_TERM.replace("lift", "rise"),
    good=GOOD_TERM + "  former_ids: [rise]\n",
)

ID_AND_FILE_DIFFER = Rule(
    id="id-and-file-differ",
    says="A file with one entry has another name than the entry's id.",
    why="Whoever looks for an entry looks for a file of its name.",
    bad="id: lift\nterm: Lift\nmeaning: How far heat is raised.\n",
    good="id: rise\nterm: Rise\nmeaning: How far heat is raised.\n",
    file="strategy/glossary/rise.yaml",
)

UNKNOWN_KIND = Rule(
    id="unknown-kind",
    says="A list, file or folder does not bear the name of a kind of entry.",
    why="The name says what the entries in it are: markets, objections, plays …",
    bad=GOOD_TERM,
    good="",
    file="strategy/glosary.yaml",
)

UNKNOWN_AUDIENCE = Rule(
    id="unknown-audience",
    says="An audience is none of those in the header.",
    why="Who may read an entry must be clear, or it might be shown to the wrong people.",
    bad=GOOD_TERM + "  audience: everybody\n",
    good=GOOD_TERM + "  audience: partner\n",
)

AUDIENCES_OUT_OF_ORDER = Rule(
    id="audiences-out-of-order",
    says="The audiences in the header do not run from the narrowest to the widest.",
    why="Readers get what is meant for their own circle and for every wider one. With public first, everybody would read everything.",
)

UNKNOWN_TIMEZONE = Rule(
    id="unknown-timezone",
    says="The header names a time zone we do not know.",
    why="It decides whose today counts when entries take effect or expire.",
)

MISSING_HEADER = Rule(
    id="missing-header",
    says="The header of the strategy is missing.",
    why="Under strategy: stand the company, its statement and the version; every page needs them.",
)

MISSING_FILE = Rule(
    id="missing-file",
    says="There is no strategy.yaml.",
    why="It is where reading begins.",
)

UNREADABLE_FILE = Rule(
    id="unreadable-file",
    says="A file is there but cannot be read.",
    why="A part of the strategy would be missing.",
    fix="Check that it is an ordinary file and that you may read it.",
)

LINK_OUTSIDE = Rule(
    id="link-outside",
    says="A file is a link that leads out of the playbook's folder.",
    why="It would be another one on every machine, and might show what was never meant to be shown.",
    fix="Put the file itself here.",
)

NESTED_REPOSITORY = Rule(
    id="nested-repository",
    says="A folder of the playbook is a repository of its own, or a submodule.",
    why="What is in it stands in no commit of this repository: no review shows it, and no released version holds it.",
    fix="Put the files themselves here, and take away its .git and its lines in .gitmodules.",
)

STRAY_FILE = Rule(
    id="stray-file",
    severity=Severity.WARNING,
    says="A file in the folder strategy is not read.",
    why="Only files whose names end in .yaml hold entries.",
    fix="Rename it, or move it elsewhere.",
)

COPIED_FILE = Rule(
    id="copied-file",
    says="A file is a copy of another one that is there too.",
    why="Two files with the same entries contradict each other as soon as somebody changes one.",
    fix="Compare the two, keep what is right in the file with the right name, and delete the other.",
)

FOREIGN_FILE = Rule(
    id="foreign-file",
    says="A file holds something else than entries of its kind.",
    why="None of what stands in it belongs there, and its entries are missing in the strategy.",
    fix="Move it out of the folder strategy, and put back the file that was there before, if there was one.",
    bad="version: 2\nmodels:\n  - name: orders\n    columns: [{name: id}]\n",
    good=GOOD_TERM,
)

UNFETCHED_FILE = Rule(
    id="unfetched-file",
    says="Of a picture, a document or a page only a pointer of Git LFS is there.",
    why="The site would show the pointer in its place.",
)

TAKEN_OVER = Rule(
    id="fields-taken-over",
    severity=Severity.WARNING,
    says="An entry seems to have taken over the last fields of the one above it, or lacks as the only one of its list what all others have.",
    why="A new entry that is pasted into the middle of another takes its owner, its dates and its tags, without a word.",
    bad=_TERMS.format(rest="", taken="\n  owner: anna\n"),
    good=_TERMS.format(rest="  owner: anna\n", taken=""),
)

RULES = (
    DUPLICATE_ID,
    BROKEN_REFERENCE,
    FORMER_ID_IN_USE,
    ID_AND_FILE_DIFFER,
    UNKNOWN_KIND,
    UNKNOWN_AUDIENCE,
    AUDIENCES_OUT_OF_ORDER,
    UNKNOWN_TIMEZONE,
    MISSING_HEADER,
    MISSING_FILE,
    UNREADABLE_FILE,
    LINK_OUTSIDE,
    NESTED_REPOSITORY,
    STRAY_FILE,
    COPIED_FILE,
    FOREIGN_FILE,
    TAKEN_OVER,
    UNFETCHED_FILE,
)
"""Every rule of this room but that of hand-written pages alone, which stands in `guides`."""
