"""Every rule by the name that stands in brackets behind a problem: what it says, why it exists, a
bad and a good example.

The examples are pieces of a strategy; a test holds each to be bad, or good, by just this rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent, indent


@dataclass(frozen=True)
class Rule:
    """One rule. `bad` and `good` are the content of `file`; for rules about files as a whole they
    are empty.

    `family` says what sort of fault it is; the rules of this module are about form, those of
    `checks` about meaning.
    """

    name: str
    says: str
    why: str
    bad: str = ""
    good: str = ""
    file: str = "strategy/glossary.yaml"
    family: str = "form"

    @property
    def note(self) -> str:
        """What else there is to know of the rule, such as how much it weighs; empty where nothing."""
        return ""

    def tell(self) -> str:
        """The rule for a terminal."""
        parts = [f"{self.name}: {self.says}", self.why, *filter(None, [self.note])]
        for title, example in (("Bad", self.bad), ("Good", self.good)):
            if example:
                parts.append(f"{title} ({self.file}):\n\n{indent(example.rstrip(), '    ')}")
        return "\n\n".join(parts) + "\n"


def _rule(
    name: str,
    says: str,
    why: str,
    bad: str = "",
    good: str = "",
    file: str = "strategy/glossary.yaml",
) -> Rule:
    return Rule(name, says, why, dedent(bad).lstrip("\n"), dedent(good).lstrip("\n"), file)


def _term(line: str, indented: str = "  ") -> str:
    return f"- id: lift\n  term: Lift\n{indented}{line}\n"


_MARKET = "- id: dairies\n  name: Dairies\n  priority: {priority}\n  summary: Plants that heat and cool.\n"
_GOOD_TERM = _term("meaning: How far heat is raised.")
_MARKETS = "strategy/markets.yaml"

_TABLE = (
    _rule(
        "colon-in-text",
        "A colon with a space behind it stands inside a text.",
        "YAML takes the words before such a colon for the name of a field. Double quotes around the text keep it whole.",
        _term("meaning: Remember: heat is raised."),
        _term('meaning: "Remember: heat is raised."'),
    ),
    _rule(
        "tab-indentation",
        "A line is indented with a tab.",
        "YAML counts spaces, and a tab has no fixed width. Use two spaces for each level.",
        _term("meaning: How far heat is raised.", "\t"),
        _GOOD_TERM,
    ),
    _rule(
        "open-quote",
        "A quote is opened and never closed.",
        "Everything below it would be read as part of the text. An apostrophe inside single quotes is written twice.",
        _term('meaning: "How far heat is raised.'),
        _term('meaning: "How far heat is raised."'),
    ),
    _rule(
        "text-after-quote",
        "Text stands behind a closing quote.",
        "A quoted value ends with its quote. To show quotes, put the whole text into quotes of the other sort.",
        _term('meaning: "Lift" is how far heat is raised.'),
        _term("meaning: '\"Lift\" is how far heat is raised.'"),
    ),
    _rule(
        "backslash-in-quotes",
        "A backslash stands in double quotes.",
        r"Between double quotes, YAML reads \ as the start of a code, such as \n for a new line. Single quotes do not.",
        _term('meaning: "See G:\\Shared\\heat."'),
        _term("meaning: 'See G:\\Shared\\heat.'"),
    ),
    _rule(
        "smart-quotes",
        "A value stands in typographic quotes.",
        "Word processors replace straight quotes by curly ones, which YAML takes for letters: they protect nothing.",
        _term("meaning: “Remember: heat is raised.”"),
        _term('meaning: "Remember: heat is raised."'),
    ),
    _rule(
        "special-start",
        "A value begins with a mark that YAML keeps for itself.",
        "At the start of a value, @ % ` and some others mean something else in YAML. Double quotes make them text.",
        _term("meaning: @ means per unit here."),
        _term('meaning: "@ means per unit here."'),
    ),
    _rule(
        "text-after-bar",
        "Text stands behind > or | on the same line.",
        "These marks announce a text of several lines, which begins on the next line.",
        _term("meaning: > How far heat is raised."),
        _term("meaning: >-\n    How far heat is raised."),
    ),
    _rule(
        "open-bracket",
        "A value that begins with [ or { is not closed.",
        "YAML reads them as the start of a group. If it is text, put it in double quotes.",
        _term("meaning: [see the handbook"),
        _term('meaning: "[see the handbook"'),
    ),
    _rule(
        "wrong-indentation",
        "A line does not line up with those it belongs with.",
        "In YAML the number of spaces at the start says what a line belongs to.",
        _term("meaning: How far heat is raised.", "   "),
        _GOOD_TERM,
    ),
    _rule(
        "space-after-colon",
        "A space is missing behind a field's colon.",
        "Without it YAML takes name, colon and value for one word.",
        "- id: lift\n  term:Lift\n  meaning: How far heat is raised.\n",
        _GOOD_TERM,
    ),
    _rule(
        "space-after-dash",
        "A space is missing behind a dash.",
        "Only a dash followed by a space begins an item of a list.",
        _GOOD_TERM + "  also:\n    - raise\n    -rise\n",
        _GOOD_TERM + "  also:\n    - raise\n    - rise\n",
    ),
    _rule(
        "wrong-bullet",
        "An item of a list begins with another mark than a hyphen.",
        "Word processors turn hyphens into – or •. In YAML only a hyphen followed by a space begins an item.",
        _GOOD_TERM + "  also:\n    • raise\n    • rise\n",
        _GOOD_TERM + "  also:\n    - raise\n    - rise\n",
    ),
    _rule(
        "missing-colon",
        "A line is neither a field nor an item of a list.",
        "A field has a colon and a space behind its name; an item has a dash and a space before it.",
        "- id: lift\n  term\n  meaning: How far heat is raised.\n",
        _GOOD_TERM,
    ),
    _rule(
        "missing-key",
        "A colon stands without a field's name before it.",
        "Every value needs the name of its field.",
        _term(": How far heat is raised."),
        _GOOD_TERM,
    ),
    _rule(
        "unreadable-yaml",
        "A line cannot be read as YAML.",
        "Something here follows none of YAML's rules. The line above may be the cause.",
    ),
    _rule(
        "duplicate-key",
        "A field is written twice in one entry.",
        "Only one can count, and nobody could tell which.",
        _GOOD_TERM + "  term: Rise\n",
        _GOOD_TERM,
    ),
    _rule(
        "lost-behind-hash",
        "Text stands behind a # that YAML takes for a comment.",
        "A # with a space before it starts a comment; the rest of the line would be lost. Double quotes keep it. A comment has a space behind its #, too.",
        _term("meaning: We are #1 in lift."),
        _term('meaning: "We are #1 in lift."'),
    ),
    _rule(
        "alias",
        "A value begins with *.",
        "In YAML that is a reference to text elsewhere. A strategy says everything where it stands, so that all readers see the same.",
        _term("meaning: *heat"),
        _term('meaning: "*heat"'),
    ),
    _rule(
        "anchor",
        "A value begins with &.",
        "In YAML that is a marker, and its first word would be lost.",
        _term("meaning: &D raises heat"),
        _term('meaning: "&D raises heat"'),
    ),
    _rule(
        "tag",
        "A value begins with !.",
        "In YAML that is an instruction, and its first word would be lost.",
        _term("meaning: !important to know"),
        _term('meaning: "!important to know"'),
    ),
    _rule(
        "merge-key",
        "The field << copies one entry into another.",
        "A strategy says everything where it stands, so that a change touches one entry only.",
        _GOOD_TERM + "  <<: {term: Lift}\n",
        _GOOD_TERM,
    ),
    _rule(
        "key-not-text",
        "A mark of YAML's own stands where a field's name belongs.",
        "At the start of a line or value, { [ * & and ! mean something else in YAML.",
        _term("{meaning}: How far heat is raised."),
        _GOOD_TERM,
    ),
    _rule(
        "several-documents",
        "A line of three hyphens starts a second document.",
        "A file of a strategy is read as one piece. In prose, a line of three hyphens must be indented.",
        _GOOD_TERM + "---\n" + _GOOD_TERM,
        _GOOD_TERM,
    ),
    _rule(
        "too-deep",
        "Lists and groups lie too deep in each other.",
        "No part of a strategy needs more than a few levels; brackets that never close look like this.",
        _term("meaning: " + "[" * 60),
        _GOOD_TERM,
    ),
    _rule(
        "invisible-character",
        "A line holds a character that nobody can see.",
        "Such characters come along with pasted text. They change what search and links find, or even the order in which a line is read.",
        _term("meaning: How far\u200b heat is raised."),
        _GOOD_TERM,
    ),
    _rule(
        "non-breaking-space",
        "A non-breaking space stands where an ordinary one belongs.",
        "It looks like a space, but YAML takes it for a letter. Inside a text it may stay.",
        _term("meaning:\u00a0How far heat is raised."),
        _GOOD_TERM,
    ),
    _rule(
        "merge-conflict",
        "Two versions of some lines were never put together.",
        "Git marks with <<<<<<<, ======= and >>>>>>> what two people changed at once. Keep one version and delete the marks.",
        "<<<<<<< HEAD\n"
        + _GOOD_TERM
        + "=======\n- id: lift\n  term: Rise\n  meaning: Heat.\n>>>>>>> other\n",
        _GOOD_TERM,
    ),
    _rule(
        "not-utf-8",
        "A file is saved in another encoding than UTF-8.",
        "Letters such as ä and € would come out wrong. Every editor can save a file as UTF-8.",
    ),
    _rule(
        "empty-file",
        "A file is empty.",
        "Every file of a strategy holds at least one entry.",
        "# nothing yet\n",
        _GOOD_TERM,
    ),
    _rule(
        "file-too-large",
        "A file is too large.",
        "Files of a few hundred lines are pleasant to edit; a very large one is mostly a mistake. `--max-megabytes` raises the limit.",
    ),
    _rule(
        "unknown-field",
        "A field has a name we do not know.",
        "It would be shown nowhere. Often it is a slip of the pen, or it stands a level too deep or too high.",
        "- id: lift\n  term: Lift\n  meening: How far heat is raised.\n",
        _GOOD_TERM,
    ),
    _rule(
        "missing-field",
        "A field that every entry of its kind needs is missing or empty.",
        "Without it the page would be of no use to a seller. At the end of a file it may be a sign that the file was cut off.",
        "- id: lift\n  term: Lift\n",
        _GOOD_TERM,
    ),
    _rule(
        "unknown-value",
        "A value is none of those that may stand here.",
        "The site sorts and filters by these words, so they must be the same everywhere.",
        _MARKET.format(priority="secundary"),
        _MARKET.format(priority="secondary"),
        _MARKETS,
    ),
    _rule(
        "wrong-type",
        "A list, a text, a number or a group of fields stands where something else belongs.",
        "Each field has one form, which the page is laid out for.",
        _GOOD_TERM + "  also: rise\n",
        _GOOD_TERM + "  also:\n    - rise\n",
    ),
    _rule(
        "wrong-date",
        "A date does not have the form year-month-day, or is not in the calendar.",
        "3/4/2026 is March to some readers and April to others; 2026-04-03 is clear to all.",
        _GOOD_TERM + "  reviewed_on: 3.4.2026\n",
        _GOOD_TERM + "  reviewed_on: 2026-04-03\n",
    ),
    _rule(
        "wrong-form",
        "A value does not have the form of its field.",
        "An id becomes a part of a web address; an interval is counted in days; a link must lead somewhere.",
        "- id: Temperature Lift\n  term: Lift\n  meaning: How far heat is raised.\n",
        "- id: temperature-lift\n  term: Lift\n  meaning: How far heat is raised.\n",
    ),
    _rule(
        "several-lines",
        "A text that has room for one line has several.",
        "It is shown in lists and headings. Long texts have fields of their own.",
        "- id: lift\n  term: |\n    Lift\n    of heat\n  meaning: How far heat is raised.\n",
        _GOOD_TERM,
    ),
    _rule(
        "out-of-range",
        "A number is too large or too small.",
        "Nothing sensible can be meant by it.",
        "- id: study\n  name: Study\n  order: -1\n  buyer_step: Orders a study\n  exit_criteria: [Order signed]\n",
        "- id: study\n  name: Study\n  order: 1\n  buyer_step: Orders a study\n  exit_criteria: [Order signed]\n",
        "strategy/stages.yaml",
    ),
    _rule(
        "empty-value",
        "A text or list is written, but empty.",
        "An empty heading helps nobody. What is not known yet is better left out.",
        _GOOD_TERM + '  tags: [""]\n',
        _GOOD_TERM,
    ),
    _rule(
        "empty-item",
        "An item of a list is empty.",
        "A dash stands there with nothing behind it.",
        _GOOD_TERM + "  also:\n    - rise\n    -\n",
        _GOOD_TERM + "  also:\n    - rise\n",
    ),
    _rule(
        "too-long",
        "A value is longer than its place allows.",
        "Ids become web addresses, which people copy and type.",
        f"- id: {'lift' * 25}\n  term: Lift\n  meaning: How far heat is raised.\n",
        _GOOD_TERM,
    ),
    _rule(
        "repeated-item",
        "A list names the same thing twice.",
        "Once is enough; a second time is mostly a slip.",
        _GOOD_TERM + "  also: [rise, rise]\n",
        _GOOD_TERM + "  also: [rise]\n",
    ),
    _rule(
        "wrong-value",
        "A value does not fit the rules your company made for a field of its own.",
        "They stand in schema/custom.schema.json.",
    ),
    _rule(
        "duplicate-id",
        "Two entries of a kind have the same id.",
        "References and web addresses would not know which one is meant.",
        _GOOD_TERM + _GOOD_TERM.replace("Lift", "Rise"),
        _GOOD_TERM + _GOOD_TERM.replace("lift", "rise").replace("Lift", "Rise"),
    ),
    _rule(
        "broken-reference",
        "A reference leads nowhere, or to an entry of another kind.",
        "Pages link to each other by these references; a seller would meet a dead end.",
        _GOOD_TERM + "  owner: nobody\n",
        _GOOD_TERM,
    ),
    _rule(
        "former-id-in-use",
        "A former id also belongs to another entry.",
        "An old link can lead to one entry only.",
        _GOOD_TERM + "  former_ids: [rise]\n" + _GOOD_TERM.replace("lift", "rise"),
        _GOOD_TERM + "  former_ids: [rise]\n",
    ),
    _rule(
        "id-and-file-differ",
        "A file with one entry has another name than the entry's id.",
        "Whoever looks for an entry looks for a file of its name.",
        "id: lift\nterm: Lift\nmeaning: How far heat is raised.\n",
        "id: rise\nterm: Rise\nmeaning: How far heat is raised.\n",
        "strategy/glossary/rise.yaml",
    ),
    _rule(
        "unknown-kind",
        "A list, file or folder does not bear the name of a kind of entry.",
        "The name says what the entries in it are: markets, objections, plays …",
        _GOOD_TERM,
        "",
        "strategy/glosary.yaml",
    ),
    _rule(
        "unknown-audience",
        "An audience is none of those in the header.",
        "Who may read an entry must be clear, or it might be shown to the wrong people.",
        _GOOD_TERM + "  audience: everybody\n",
        _GOOD_TERM + "  audience: partner\n",
    ),
    _rule(
        "audiences-out-of-order",
        "The audiences in the header do not run from the narrowest to the widest.",
        "Readers get what is meant for their own circle and for every wider one. With public first, everybody would read everything.",
    ),
    _rule(
        "unknown-timezone",
        "The header names a time zone we do not know.",
        "It decides whose today counts when entries take effect or expire.",
    ),
    _rule(
        "missing-header",
        "The header of the strategy is missing.",
        "Under strategy: stand the company, its statement and the version; every page needs them.",
    ),
    _rule(
        "newer-format",
        "The strategy was written for a newer version of the playbook.",
        "This version might misread it. Install the newer one.",
    ),
    _rule("missing-file", "There is no strategy.yaml.", "It is where reading begins."),
    _rule(
        "unreadable-file",
        "A file is there but cannot be read.",
        "A part of the strategy would be missing.",
    ),
    _rule(
        "link-outside",
        "A file is a link that leads out of the playbook's folder.",
        "It would be another one on every machine, and might show what was never meant to be shown.",
    ),
    _rule(
        "stray-file",
        "A file in the folder strategy is not read.",
        "Only files whose names end in .yaml hold entries.",
    ),
    _rule(
        "stale-copy",
        "Files that came with the playbook are those of another version.",
        "The editor would complete and check by old rules. `playbook upgrade` renews them.",
    ),
    _rule(
        "custom-schema",
        "The schema of your company's own fields cannot be used.",
        "Without it nobody can tell whether these fields are right.",
    ),
    _rule(
        "missing-document",
        "An asset names a file that is not in the folder playbook.",
        "A seller would click on nothing.",
        "- id: prices\n  name: Prices\n  url: files/prices.pdf\n",
        "- id: prices\n  name: Prices\n  url: https://files.example.com/prices.pdf\n",
        "strategy/assets.yaml",
    ),
    _rule(
        "address-taken",
        "A hand-written page stands where the playbook puts one of its own.",
        "Both would have the same address, and one would be lost.",
    ),
    _rule(
        "faulty-template",
        "A template in playbook/templates/ cannot be used.",
        "It stands in for one of ours, so the page could not be made.",
    ),
    _rule(
        "broken-link",
        "A link or image in a hand-written page leads to no page or file, or to one that not all its readers get.",
        "Who follows it would find nothing. A link is written as the file is found from the page it stands in.",
    ),
    _rule(
        "site-builder",
        "MkDocs, which builds the site, found a fault in a page or in mkdocs.yml.",
        "Most often it is a link to a page that is not there.",
    ),
)
"""Slips in YAML, the shape of entries, how entries hang together, files and pages."""

RULES = {rule.name: rule for rule in _TABLE}
