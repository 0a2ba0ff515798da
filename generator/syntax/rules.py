"""What can be wrong with one YAML file, whatever it is about: its bytes, its characters, its lines."""

from __future__ import annotations

from generator.problems.example import GOOD_TERM, term_example
from generator.problems.rule import Rule

COLON_IN_TEXT = Rule(
    id="colon-in-text",
    says="A colon with a space behind it stands inside a text.",
    why="YAML takes the words before such a colon for the name of a field. Double quotes around the text keep it whole.",
    bad=term_example("meaning: Remember: heat is raised."),
    good=term_example('meaning: "Remember: heat is raised."'),
)

TAB_INDENTATION = Rule(
    id="tab-indentation",
    says="A line is indented with a tab.",
    why="YAML counts spaces, and a tab has no fixed width. Use two spaces for each level.",
    fix="Replace the tab by spaces, as many as the lines beside it have.",
    bad=term_example("meaning: How far heat is raised.", "\t"),
    good=GOOD_TERM,
)

OPEN_QUOTE = Rule(
    id="open-quote",
    says="A quote is opened and never closed.",
    why="Everything below it would be read as part of the text. An apostrophe inside single quotes is written twice.",
    bad=term_example('meaning: "How far heat is raised.'),
    good=term_example('meaning: "How far heat is raised."'),
)

TEXT_AFTER_QUOTE = Rule(
    id="text-after-quote",
    says="Text stands behind a closing quote.",
    why="A quoted value ends with its quote. To show quotes, put the whole text into quotes of the other sort.",
    bad=term_example('meaning: "Lift" is how far heat is raised.'),
    good=term_example("meaning: '\"Lift\" is how far heat is raised.'"),
)

BACKSLASH_IN_QUOTES = Rule(
    id="backslash-in-quotes",
    says="A backslash stands in double quotes.",
    why=r"Between double quotes, YAML reads \ as the start of a code, such as \n for a new line. Single quotes do not.",
    fix=r"Use single quotes around the value, or write \\ for each backslash.",
    bad=term_example('meaning: "See G:\\Shared\\heat."'),
    good=term_example("meaning: 'See G:\\Shared\\heat.'"),
)

SMART_QUOTES = Rule(
    id="smart-quotes",
    says="A value stands in typographic quotes.",
    why="Word processors replace straight quotes by curly ones, which YAML takes for letters: they protect nothing.",
    bad=term_example("meaning: “Remember: heat is raised.”"),
    good=term_example('meaning: "Remember: heat is raised."'),
)

SPECIAL_START = Rule(
    id="special-start",
    says="A value begins with a mark that YAML keeps for itself.",
    why="At the start of a value, @ % ` and some others mean something else in YAML. Double quotes make them text.",
    bad=term_example("meaning: @ means per unit here."),
    good=term_example('meaning: "@ means per unit here."'),
)

TEXT_AFTER_BAR = Rule(
    id="text-after-bar",
    says="Text stands behind > or | on the same line.",
    why="These marks announce a text of several lines, which begins on the next line.",
    fix="Begin the text on the next line, indented; or put the value in double quotes.",
    bad=term_example("meaning: > How far heat is raised."),
    good=term_example("meaning: >-\n    How far heat is raised."),
)

OPEN_BRACKET = Rule(
    id="open-bracket",
    says="A value that begins with [ or { is not closed.",
    why="YAML reads them as the start of a group. If it is text, put it in double quotes.",
    bad=term_example("meaning: [see the handbook"),
    good=term_example('meaning: "[see the handbook"'),
)

WRONG_INDENTATION = Rule(
    id="wrong-indentation",
    says="A line does not line up with those it belongs with.",
    why="In YAML the number of spaces at the start says what a line belongs to.",
    bad=term_example("meaning: How far heat is raised.", "   "),
    good=GOOD_TERM,
)

SPACE_AFTER_COLON = Rule(
    id="space-after-colon",
    says="A space is missing behind a field's colon.",
    why="Without it YAML takes name, colon and value for one word.",
    bad="- id: lift\n  term:Lift\n  meaning: How far heat is raised.\n",
    good=GOOD_TERM,
)

SPACE_AFTER_DASH = Rule(
    id="space-after-dash",
    says="A space is missing behind a dash.",
    why="Only a dash followed by a space begins an item of a list.",
    bad=GOOD_TERM + "  also:\n    - raise\n    -rise\n",
    good=GOOD_TERM + "  also:\n    - raise\n    - rise\n",
)

WRONG_BULLET = Rule(
    id="wrong-bullet",
    says="An item of a list begins with another mark than a hyphen.",
    why="Word processors turn hyphens into – or •. In YAML only a hyphen followed by a space begins an item.",
    bad=GOOD_TERM + "  also:\n    • raise\n    • rise\n",
    good=GOOD_TERM + "  also:\n    - raise\n    - rise\n",
)

MISSING_COLON = Rule(
    id="missing-colon",
    says="A line is neither a field nor an item of a list.",
    why="A field has a colon and a space behind its name; an item has a dash and a space before it.",
    bad="- id: lift\n  term\n  meaning: How far heat is raised.\n",
    good=GOOD_TERM,
)

MISSING_KEY = Rule(
    id="missing-key",
    says="A colon stands without a field's name before it.",
    why="Every value needs the name of its field.",
    fix="Write the field's name before the colon, or delete the line.",
    bad=term_example(": How far heat is raised."),
    good=GOOD_TERM,
)

MISSING_NAME = Rule(
    id="missing-name",
    says="The name of a field seems to be missing above what it holds.",
    why="Its line was deleted, or never pasted; what stands below it belongs to nothing.",
    bad="- id: lift\n  term: Lift\n    - rise\n  meaning: How far heat is raised.\n",
    good="- id: lift\n  term: Lift\n  also:\n    - rise\n  meaning: How far heat is raised.\n",
)

UNREADABLE_YAML = Rule(
    id="unreadable-yaml",
    says="A line cannot be read as YAML.",
    why="Something here follows none of YAML's rules. The line above may be the cause.",
    fix="Mend those above, then check again.",
)

DUPLICATE_KEY = Rule(
    id="duplicate-key",
    says="A field is written twice in one entry.",
    why="Only one can count, and nobody could tell which.",
    bad=GOOD_TERM + "  term: Rise\n",
    good=GOOD_TERM,
)

LOST_FIRST_LINE = Rule(
    id="lost-first-line",
    says="An item of a list seems to begin without its first line.",
    why="The line with the dash was deleted, or is a comment; what stands below it goes on with the item above.",
    bad=GOOD_TERM + "# - id: rise\n  term: Rise\n  meaning: The same, in other words.\n",
    good=GOOD_TERM + "- id: rise\n  term: Rise\n  meaning: The same, in other words.\n",
)

LOST_BEHIND_HASH = Rule(
    id="lost-behind-hash",
    says="Text stands behind a # that YAML takes for a comment.",
    why="A # with a space before it starts a comment; the rest of the line would be lost. Double quotes keep it. A comment has a space behind its #, too.",
    bad=term_example("meaning: We are #1 in lift."),
    good=term_example('meaning: "We are #1 in lift."'),
)

ALIAS = Rule(
    id="alias",
    says="A value begins with *.",
    why="In YAML that is a reference to text elsewhere. A strategy says everything where it stands, so that all readers see the same.",
    fix="If it is text, put it in double quotes. If it is a reference, write the text out.",
    bad=term_example("meaning: *heat"),
    good=term_example('meaning: "*heat"'),
)

ANCHOR = Rule(
    id="anchor",
    says="A value begins with &.",
    why="In YAML that is a marker, and its first word would be lost.",
    fix="Put the whole value in double quotes.",
    bad=term_example("meaning: &D raises heat"),
    good=term_example('meaning: "&D raises heat"'),
)

TAG = Rule(
    id="tag",
    says="A value begins with !.",
    why="In YAML that is an instruction, and its first word would be lost.",
    fix="Put the whole value in double quotes.",
    bad=term_example("meaning: !important to know"),
    good=term_example('meaning: "!important to know"'),
)

MERGE_KEY = Rule(
    id="merge-key",
    says="The field << copies one entry into another.",
    why="A strategy says everything where it stands, so that a change touches one entry only.",
    fix="Write the fields out.",
    bad=GOOD_TERM + "  <<: {term: Lift}\n",
    good=GOOD_TERM,
)

KEY_NOT_TEXT = Rule(
    id="key-not-text",
    says="A mark of YAML's own stands where a field's name belongs.",
    why="At the start of a line or value, { [ * & and ! mean something else in YAML.",
    fix="If it is text, put the whole text in double quotes.",
    bad=term_example("{meaning}: How far heat is raised."),
    good=GOOD_TERM,
)

SEVERAL_DOCUMENTS = Rule(
    id="several-documents",
    says="A line of three hyphens starts a second document.",
    why="A file of a strategy is read as one piece. In prose, a line of three hyphens must be indented.",
    bad=GOOD_TERM + "---\n" + GOOD_TERM,
    good=GOOD_TERM,
)

TOO_DEEP = Rule(
    id="too-deep",
    says="Lists and groups lie too deep in each other.",
    why="No part of a strategy needs more than a few levels; brackets that never close look like this.",
    fix="Check the brackets and the indentation on this line.",
    bad=term_example("meaning: " + "[" * 60),
    good=GOOD_TERM,
)

INVISIBLE_CHARACTER = Rule(
    id="invisible-character",
    says="A line holds a character that nobody can see.",
    why="Such characters come along with pasted text. They change what search and links find, or even the order in which a line is read.",
    bad=term_example("meaning: How far\u200b heat is raised."),
    good=GOOD_TERM,
)

NON_BREAKING_SPACE = Rule(
    id="non-breaking-space",
    says="A non-breaking space stands where an ordinary one belongs.",
    why="It looks like a space, but YAML takes it for a letter. Inside a text it may stay.",
    bad=term_example("meaning:\u00a0How far heat is raised."),
    good=GOOD_TERM,
)

MERGE_CONFLICT = Rule(
    id="merge-conflict",
    says="Two versions of some lines were never put together.",
    why="Git marks with <<<<<<<, ======= and >>>>>>> what two people changed at once. Keep one version and delete the marks.",
    fix="Keep the lines you want, and delete the others and the three marks.",
    bad="<<<<<<< HEAD\n"
    + GOOD_TERM
    + "=======\n- id: lift\n  term: Rise\n  meaning: Heat.\n>>>>>>> other\n",
    good=GOOD_TERM,
)

NOT_UTF_8 = Rule(
    id="not-utf-8",
    says="A file is saved in another encoding than UTF-8.",
    why="Letters such as ä and € would come out wrong. Every editor can save a file as UTF-8.",
)

EMPTY_FILE = Rule(
    id="empty-file",
    says="A file is empty.",
    why="Every file of a strategy holds at least one entry.",
    fix="Write an entry into it, or delete the file.",
    bad="# nothing yet\n",
    good=GOOD_TERM,
)

FILE_TOO_LARGE = Rule(
    id="file-too-large",
    says="A file is too large.",
    why="Files of a few hundred lines are pleasant to edit; a very large one is mostly a mistake. `--max-megabytes` raises the limit.",
    fix="Move some of its entries into files of their own in the folder strategy.",
)

RULES = (
    COLON_IN_TEXT,
    TAB_INDENTATION,
    OPEN_QUOTE,
    TEXT_AFTER_QUOTE,
    BACKSLASH_IN_QUOTES,
    SMART_QUOTES,
    SPECIAL_START,
    TEXT_AFTER_BAR,
    OPEN_BRACKET,
    WRONG_INDENTATION,
    SPACE_AFTER_COLON,
    SPACE_AFTER_DASH,
    WRONG_BULLET,
    MISSING_COLON,
    MISSING_KEY,
    UNREADABLE_YAML,
    DUPLICATE_KEY,
    LOST_FIRST_LINE,
    MISSING_NAME,
    LOST_BEHIND_HASH,
    ALIAS,
    ANCHOR,
    TAG,
    MERGE_KEY,
    KEY_NOT_TEXT,
    SEVERAL_DOCUMENTS,
    TOO_DEEP,
    INVISIBLE_CHARACTER,
    NON_BREAKING_SPACE,
    MERGE_CONFLICT,
    NOT_UTF_8,
    EMPTY_FILE,
    FILE_TOO_LARGE,
)
"""Every rule of this room, in the order in which they are explained."""
