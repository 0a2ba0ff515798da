"""What can be wrong with the shape of an entry or of the header: its fields and their values."""

from __future__ import annotations

from generator.problems.example import GOOD_TERM
from generator.problems.rule import Rule

_MARKET = "- id: dairies\n  name: Dairies\n  priority: {priority}\n  summary: Plants that heat and cool.\n"

_METHOD = "- id: four\n  method: Four questions\n  elements:\n    - {{name: Money, question: {question}}}\n"

UNKNOWN_FIELD = Rule(
    id="unknown-field",
    says="A field has a name we do not know.",
    why="It would be shown nowhere. Often it is a slip of the pen, or it stands a level too deep or too high.",
    bad="- id: lift\n  term: Lift\n  meening: How far heat is raised.\n",
    good=GOOD_TERM,
)

COMMA_IN_TEXT = Rule(
    id="comma-in-text",
    says="A comma inside braces cuts a text in two.",
    why="Between braces a comma ends a value; what stands behind it would be shown nowhere. Double quotes keep a text whole.",
    bad=_METHOD.format(question="Who signs, and who pays?"),
    good=_METHOD.format(question='"Who signs, and who pays?"'),
    file="strategy/qualification.yaml",
)

MISSING_FIELD = Rule(
    id="missing-field",
    says="A field that every entry of its kind needs is missing or empty.",
    why="Without it the page would be of no use to a seller. At the end of a file it may be a sign that the file was cut off.",
    bad="- id: lift\n  term: Lift\n",
    good=GOOD_TERM,
)

UNKNOWN_VALUE = Rule(
    id="unknown-value",
    says="A value is none of those that may stand here.",
    why="The site sorts and filters by these words, so they must be the same everywhere.",
    bad=_MARKET.format(priority="secundary"),
    good=_MARKET.format(priority="secondary"),
    file="strategy/markets.yaml",
)

WRONG_TYPE = Rule(
    id="wrong-type",
    says="A list, a text, a number or a group of fields stands where something else belongs.",
    why="Each field has one form, which the page is laid out for.",
    bad=GOOD_TERM + "  also: rise\n",
    good=GOOD_TERM + "  also:\n    - rise\n",
)

WRONG_DATE = Rule(
    id="wrong-date",
    says="A date does not have the form year-month-day, or is not in the calendar.",
    why="3/4/2026 is March to some readers and April to others; 2026-04-03 is clear to all.",
    bad=GOOD_TERM + "  reviewed_on: 3.4.2026\n",
    good=GOOD_TERM + "  reviewed_on: 2026-04-03\n",
)

WRONG_FORM = Rule(
    id="wrong-form",
    says="A value does not have the form of its field.",
    why="An id becomes a part of a web address; an interval is counted in days; a link must lead somewhere.",
    bad="- id: Temperature Lift\n  term: Lift\n  meaning: How far heat is raised.\n",
    good="- id: temperature-lift\n  term: Lift\n  meaning: How far heat is raised.\n",
)

SEVERAL_LINES = Rule(
    id="several-lines",
    says="A text that has room for one line has several.",
    why="It is shown in lists and headings. Long texts have fields of their own.",
    fix="Write it on one line. A long line may be folded over several with >-",
    bad="- id: lift\n  term: |\n    Lift\n    of heat\n  meaning: How far heat is raised.\n",
    good=GOOD_TERM,
)

OUT_OF_RANGE = Rule(
    id="out-of-range",
    says="A number is too large or too small.",
    why="Nothing sensible can be meant by it.",
    bad="- id: study\n  name: Study\n  order: -1\n  buyer_step: Orders a study\n  exit_criteria: [Order signed]\n",
    good="- id: study\n  name: Study\n  order: 1\n  buyer_step: Orders a study\n  exit_criteria: [Order signed]\n",
    file="strategy/stages.yaml",
)

EMPTY_VALUE = Rule(
    id="empty-value",
    says="A text or list is written, but empty.",
    why="An empty heading helps nobody. What is not known yet is better left out.",
    fix="Write it, or delete the line if it is not needed.",
    bad=GOOD_TERM + '  tags: [""]\n',
    good=GOOD_TERM,
)

EMPTY_ITEM = Rule(
    id="empty-item",
    says="An item of a list is empty.",
    why="A dash stands there with nothing behind it.",
    bad=GOOD_TERM + "  also:\n    - rise\n    -\n",
    good=GOOD_TERM + "  also:\n    - rise\n",
)

TOO_LONG = Rule(
    id="too-long",
    says="A value is longer than its place allows.",
    why="Ids become web addresses, which people copy and type.",
    fix="Shorten it.",
    bad=f"- id: {'lift' * 25}\n  term: Lift\n  meaning: How far heat is raised.\n",
    good=GOOD_TERM,
)

REPEATED_ITEM = Rule(
    id="repeated-item",
    says="A list names the same thing twice.",
    why="Once is enough; a second time is mostly a slip.",
    fix="Delete one of the two.",
    bad=GOOD_TERM + "  also: [rise, rise]\n",
    good=GOOD_TERM + "  also: [rise]\n",
)

WRONG_VALUE = Rule(
    id="wrong-value",
    says="A value does not fit the rules your company made for a field of its own.",
    why="They stand in schema/custom.schema.json.",
)

OWN_FIELD_TWICE = Rule(
    id="own-field-twice",
    says="A field of your company's own stands in one entry twice.",
    why="It may be written beside the other fields or below custom:, and only one value can count.",
    fix="Delete one of the two.",
)

NEWER_FORMAT = Rule(
    id="newer-format",
    says="The strategy was written for a newer version of the playbook.",
    why="This version might misread it. Install the newer one.",
    fix="Install the newer version of strategy-playbook.",
)

OLDER_FORMAT = Rule(
    id="older-format",
    says="The strategy is written in an older format than something in it needs.",
    why="An older version of the playbook would not know what this is.",
    fix="Run: playbook upgrade",
)

FAULTY_CUSTOM_SCHEMA = Rule(
    id="custom-schema",
    says="The schema of your company's own fields cannot be used.",
    why="Without it nobody can tell whether these fields are right.",
    fix="Mend it, or put back the last version that worked.",
)

OWN_DESCRIPTION = Rule(
    id="own-description",
    says="The description of your company's own fields and kinds has a fault.",
    why="Editor, checks and pages are made from it.",
)

TWO_DESCRIPTIONS = Rule(
    id="two-descriptions",
    says="Your company's own fields are described in two files.",
    why="Nobody could tell which of the two counts.",
    fix="Run: playbook upgrade --convert. It moves what schema/custom.schema.json describes into schema/custom.yaml.",
)

RULES = (
    UNKNOWN_FIELD,
    COMMA_IN_TEXT,
    MISSING_FIELD,
    UNKNOWN_VALUE,
    WRONG_TYPE,
    WRONG_DATE,
    WRONG_FORM,
    SEVERAL_LINES,
    OUT_OF_RANGE,
    EMPTY_VALUE,
    EMPTY_ITEM,
    TOO_LONG,
    REPEATED_ITEM,
    WRONG_VALUE,
    OWN_FIELD_TWICE,
    NEWER_FORMAT,
    OLDER_FORMAT,
    FAULTY_CUSTOM_SCHEMA,
    OWN_DESCRIPTION,
    TWO_DESCRIPTIONS,
)
"""Every rule of this room."""
