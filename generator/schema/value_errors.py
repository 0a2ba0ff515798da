"""One value that does not fit its field: what is wrong, by the keyword of JSON Schema that it fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.problems.phrases import shorten, with_article
from generator.problems.rule import Rule
from generator.problems.suggestions import find_nearest
from generator.schema.corrections import (
    READERS,
    SIMPLE_ITEM,
    correct_day,
    is_figure_with_unit,
    name_values,
    narrow_figures,
    read_dates,
    read_figure,
    read_large,
    read_row,
    read_zone,
    single_out,
    strip_quotes,
)
from generator.schema.rules import (
    EMPTY_VALUE,
    OUT_OF_RANGE,
    REPEATED_ITEM,
    SEVERAL_LINES,
    TOO_LONG,
    UNKNOWN_VALUE,
    WRONG_DATE,
    WRONG_FORM,
    WRONG_TYPE,
    WRONG_VALUE,
)
from generator.schema.vocabulary import Field
from generator.syntax.lines import quote_scalar
from generator.syntax.rules import SMART_QUOTES

_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?")
_LIST_LIMIT = 12
_LONGEST_READ = 300
"""In a longer text nobody looks for what was meant."""
LEAVE_OUT = "Leave the line out until it is known."
_NOT_YET = frozenset(
    {"tbd", "tba", "tbc", "n/a", "na", "none", "unknown", "open", "?", "-", "–", "xx", "xxx"}
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is said of one value, and what would stand in its place; a machine may write that where it
    is `sure`. Without `fix`, that of the rule counts.
    """

    rule: Rule
    title: str
    why: str
    fix: str = ""
    replacement: str | None = None
    sure: bool = True


@dataclass(frozen=True)
class Misfit:
    """A value that fails a keyword of the schema. `written` is what the author wrote, where it
    stands on one line; `is_item` says that it is an item of a list; `unit` is what stands beside it
    as its unit.
    """

    keyword: str
    limit: Any
    value: Any
    field: Field
    written: str | None
    is_item: bool = False
    unit: str = ""

    @property
    def shown(self) -> str:
        """The value as it is quoted."""
        return show_value(self.written)

    @property
    def text(self) -> str:
        """The value as text, its figures as a machine reads them."""
        return narrow_figures(str(self.value))

    @property
    def name(self) -> str:
        """What the value is called: its field's title, or an item of it."""
        return f"an item of {self.field.title}" if self.is_item else self.field.title

    @property
    def found(self) -> str:
        """What stands there, by its form."""
        if isinstance(self.value, dict):
            return "a group of fields"
        return "a list" if isinstance(self.value, list) else "a text"


def tell_value(misfit: Misfit) -> Told:
    """What is said of a value that does not fit."""
    field, written = misfit.field, misfit.written
    if written is not None and misfit.keyword != "type" and strip_quotes(written) != written:
        bare = strip_quotes(written)
        return Told(
            rule=SMART_QUOTES,
            title=f"{misfit.shown} stands in typographic quotes, which YAML takes for letters",
            why="Word processors put them there; a value of this field needs none.",
            fix=f"Write {shorten(bare)}",
            replacement=bare,
        )
    if field.type in ("date", "day_or_month") and misfit.keyword != "type":
        return _tell_date(misfit)
    return _TELLERS.get(misfit.keyword, _tell_other)(misfit)


def describe(field: Field) -> str:
    """A field's title and description; where the description begins with the title, it says enough."""
    first = field.title.split()[0].lower() if field.title else ""
    begins_same = field.description.lower().split(" ")[0].rstrip(".,:;?!") == first
    return field.description if begins_same else f"{field.title}: {field.description}"


def show_value(written: str | None) -> str:
    """A value as it is quoted in a message."""
    return "this value" if written is None else f'"{shorten(written)}"'


def tell_enum(field: Field, shown: str) -> str:
    """The first line about a value that is none of those that may stand."""
    return f"{shown} is not {with_article(field.noun or field.title.lower())} we know"


def tell_form(field: Field, shown: str) -> str:
    """The first line about a value that does not have the form of its field."""
    if field.noun:
        return f"{shown} is not {with_article(field.noun)} as the playbook writes it"
    return f'{shown} does not have the form of "{field.title}"'


def list_some(names: Sequence[str]) -> str:
    """The first of some names; nobody reads forty."""
    return ", ".join(names[:_LIST_LIMIT]) + (" and more" if len(names) > _LIST_LIMIT else "")


def tell_limits(field: Field) -> str:
    """What may stand in a field: its values, or the form they have."""
    if field.labels:
        subject = _sentence(with_article(field.noun)) if field.noun else field.title
        return f"{subject} is one of: {list_some(list(field.labels))}."
    if not field.form:
        return describe(field)
    subject = (
        with_article(field.noun) if field.noun and field.noun not in field.form else field.title
    )
    return f"{_sentence(subject)} is {field.form}."


def tell_in_editor(field: Field) -> str:
    """What an editor says of a value that does not fit: our first line, which there cannot quote
    the value, and the limits.
    """
    if field.labels:
        return f"{_sentence(tell_enum(field, 'this'))}. {tell_limits(field)}"
    if field.type == "plain":
        return f"{_sentence(tell_plain('this'))}; a number there stands in double quotes."
    return f"{_sentence(tell_form(field, 'this'))}: {field.form.rstrip(':')}." if field.noun else ""


def tell_plain(title: str) -> str:
    """What is said first of too many lines."""
    return f"{title} takes text on one line only"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _tell_enum(misfit: Misfit) -> Told:
    field = misfit.field
    if isinstance(misfit.value, list | dict):
        return Told(
            rule=WRONG_TYPE,
            title=f"{field.title} takes one value, and {misfit.found} stands here",
            why=tell_limits(field),
            fix="Write one of these behind the colon.",
        )
    near = find_nearest(misfit.text, name_values(field))
    return Told(
        rule=UNKNOWN_VALUE,
        title=tell_enum(field, misfit.shown),
        why=tell_limits(field),
        fix=f'Did you mean "{near.word}"?' if near else "Write one of these.",
        replacement=near.word if near else None,
        sure=bool(near and near.sure),
    )


def _tell_const(misfit: Misfit) -> Told:
    return Told(
        rule=WRONG_VALUE,
        title=f"{misfit.shown} does not fit {misfit.field.title}",
        why=describe(misfit.field),
        fix=f"Only one value may stand here: {misfit.limit}",
        replacement=str(misfit.limit),
        sure=False,
    )


def _tell_date(misfit: Misfit) -> Told:
    field, text = misfit.field, misfit.text
    why = f"{field.title} is {field.form}."
    form = r"\d{4}-\d{2}-\d{2}" if field.type == "date" else r"\d{4}-\d{2}(-\d{2})?"
    if text == str(misfit.value) and re.fullmatch(form, text):
        return Told(
            rule=WRONG_DATE,
            title=f"{misfit.shown} is not in the calendar",
            why=why,
            fix=correct_day(text),
        )
    readings = read_dates(text[:_LONGEST_READ], rough=field.type == "day_or_month")
    zone = read_zone(text[:_LONGEST_READ])
    if zone:
        return _tell_zone(misfit, zone, why)
    fix = "Write year, month and day with hyphens, such as 2026-03-31."
    if readings:
        fix = f"Write {' or '.join(readings)}{', whichever is meant.' if len(readings) > 1 else ''}"
    elif re.fullmatch(r"\d{4}(-\d{2})?", text):
        fix = "Write the day as well, such as 2026-03-31."
    return Told(
        rule=WRONG_DATE,
        title=tell_form(field, misfit.shown),
        why=why,
        fix=fix,
        replacement=readings[0] if readings else None,
        sure=len(readings) == 1,
    )


def _tell_zone(misfit: Misfit, day: str, why: str) -> Told:
    """A day with a time of another zone, which may be the day before or after elsewhere."""
    return Told(
        rule=WRONG_DATE,
        title=f"{misfit.shown} is a time in a zone, and a day is wanted here",
        why=f"{why} Where you are, that time may lie on the day before or after.",
        fix=f"Write {day}, if that is the day where you are.",
        replacement=day,
        sure=False,
    )


def _tell_pattern(misfit: Misfit) -> Told:
    field = misfit.field
    if field.type == "plain":
        return Told(
            rule=SEVERAL_LINES,
            title=tell_plain(field.title),
            why="It is shown in lists and headings, where a second line has no place.",
        )
    read = READERS.get(field.noun)
    meant = read(misfit.text) if read is not None and len(misfit.text) <= _LONGEST_READ else None
    fix = f"Write {meant.word}" if meant and meant.word != misfit.text else "Write it in that form."
    return Told(
        rule=WRONG_FORM,
        title=tell_form(field, misfit.shown),
        why=tell_limits(field),
        fix=fix,
        replacement=meant.word
        if meant
        and (field.name != "id" or re.sub(r"[ _/]", "-", misfit.text.lower()) == meant.word)
        else None,
        sure=bool(meant and meant.sure and field.name != "id"),
    )


def _tell_range(misfit: Misfit) -> Told:
    is_most = "aximum" in misfit.keyword
    title = f"{misfit.shown} is too {'large' if is_most else 'small'} for {misfit.field.title}"
    fix = f"Write a number of {'at most' if is_most else 'at least'} {misfit.limit}."
    return Told(
        rule=OUT_OF_RANGE,
        title=title,
        why=describe(misfit.field),
        fix=fix,
        replacement=str(misfit.limit) if misfit.keyword in ("minimum", "maximum") else None,
        sure=False,
    )


def _tell_empty(misfit: Misfit) -> Told:
    return Told(
        rule=EMPTY_VALUE,
        title=f"{misfit.name} is empty",
        why=describe(misfit.field),
        fix="Write it; it must be there." if misfit.field.required and not misfit.is_item else "",
    )


def _tell_length(misfit: Misfit) -> Told:
    what = "items" if misfit.keyword == "maxItems" else "characters"
    return Told(
        rule=TOO_LONG,
        title=f"{misfit.name} is too long",
        why=f"It may have up to {misfit.limit} {what}.",
    )


def _tell_repeated(misfit: Misfit) -> Told:
    items: list[Any] = misfit.value
    twice = next((str(item) for number, item in enumerate(items) if item in items[:number]), "")
    return Told(
        rule=REPEATED_ITEM,
        title=f"{misfit.field.title} names {show_value(twice)} twice",
        why="Once is enough: each may stand one time.",
    )


def _tell_other(misfit: Misfit) -> Told:
    return Told(
        rule=WRONG_VALUE,
        title=f"{misfit.shown} does not fit {misfit.field.title}",
        why=tell_limits(misfit.field),
        fix="Change it so that it fits.",
    )


def _tell_type(misfit: Misfit) -> Told:
    field = misfit.field
    wanted = misfit.limit if isinstance(misfit.limit, str) else misfit.limit[0]
    if wanted == "array":
        return _tell_list(misfit)
    if wanted == "object":
        return _tell_group(misfit)
    if wanted in ("integer", "number"):
        return _tell_number(misfit, whole=wanted == "integer")
    if wanted == "boolean":
        return Told(
            rule=WRONG_TYPE,
            title=f"{misfit.shown} is neither yes nor no",
            why=describe(field),
            fix="Write yes or no.",
        )
    what = with_article(field.noun) if field.noun else "a text"
    title = f"{field.title} must be {what}, and {misfit.found} stands here"
    fix = "Write one text, without dashes or brackets."
    if isinstance(misfit.value, dict):
        fix = "If it is one text, put the whole of it in double quotes."
    return Told(
        rule=WRONG_TYPE,
        title=title,
        why=describe(field),
        fix=single_out(misfit.value, field.name) or fix,
    )


def _tell_list(misfit: Misfit) -> Told:
    """One value, or several in a row, where a list belongs."""
    field, value = misfit.field, misfit.value
    title = f"{field.title} must be a list, and {misfit.found} stands here"
    fix = "Write each item on a line of its own below it, with a dash and a space before it"
    replacement: str | None = None
    is_named = field.item is not None and field.item.type in ("reference", "enum")
    is_braced = isinstance(value, dict) and bool(value) and not any(value.values())
    words = re.split(r"[,;]", value) if isinstance(value, str) else list(value) if is_braced else []
    items = read_row(field, str(value)) or [word.strip() for word in words]
    is_row = len(items) > 1 and all(SIMPLE_ITEM.fullmatch(item) for item in items)
    if is_braced or is_row:
        shown = f"[{', '.join(items)}]"
        fix = f"Write it in square brackets: {field.name}: {shown}"
        if isinstance(value, str):
            replacement = shown
    elif isinstance(value, str) and "\n" not in value:
        fix, replacement = _tell_only_item(field, value, fix)
    return Told(
        rule=WRONG_TYPE,
        title=title,
        why=describe(field),
        fix=fix if fix[-1] in "]:" or ": - " in fix else f"{fix}.",
        replacement=replacement if misfit.written is not None else None,
        sure=is_named or len(items) == 1,
    )


def _tell_only_item(field: Field, value: str, fix: str) -> tuple[str, str | None]:
    """How to write the only item of a list, and the list that it makes; that is None where it would
    be a group of fields, or may be several items.
    """
    if len(value) < 40:
        fix += f": - {value}"
    if field.item is None or field.item.type == "object" or re.search(r"[,;]", value):
        return fix, None
    return fix, f"[{value}]" if SIMPLE_ITEM.fullmatch(value) else f"[{quote_scalar(value)}]"


def _tell_group(misfit: Misfit) -> Told:
    """A text where a group of fields belongs, such as a text for each step of a play."""
    field = misfit.field
    names = ", ".join(list(field.fields)[:_LIST_LIMIT])
    who = (
        misfit.name if field.name else with_article(field.title.lower())
    )  # an entry has no name of its own
    title = f"{who} must have fields of its own, and {misfit.found} stands here"
    fix = (
        f"Write its fields below it, indented: {names}."
        if names
        else "Write its fields below it, indented."
    )
    if isinstance(misfit.value, list) and any(isinstance(one, dict) for one in misfit.value):
        fix = (
            "Take away the dashes: its fields stand below it, indented, each on a line of its own."
        )
    first = next(
        (
            one.name
            for one in field.fields.values()
            if one.required and one.type in ("plain", "prose")
        ),
        None,
    )
    if first and field.name and isinstance(misfit.value, str):
        fix = f"Write {first}: before the text, if that is what it says. Its fields are: {names}."
    return Told(rule=WRONG_TYPE, title=title, why=describe(field), fix=fix)


def _tell_number(misfit: Misfit, *, whole: bool) -> Told:
    field, shown = misfit.field, misfit.shown
    what, why = "a whole number" if whole else "a number", describe(field)
    if not isinstance(misfit.value, str | int | float):
        return Told(
            rule=WRONG_TYPE,
            title=f"{field.title} must be {what}, and {misfit.found} stands here",
            why=why,
            fix="Write digits.",
        )
    text = misfit.text.strip()
    if re.fullmatch(r"-?0+\d+", text) and len(text) < 16:
        title, bare = f"{shown} begins with a zero", str(int(text))
        fix = f"Write {bare}"
        return Told(rule=WRONG_TYPE, title=title, why=why, fix=fix, replacement=bare, sure=False)
    replacement, sure = None, False
    fix = (
        "Write a whole number in digits, such as 3."
        if whole
        else "Write digits alone, with a point before decimals."
    )
    if text.lower() in _NOT_YET and not field.required:
        fix = LEAVE_OUT
    elif re.search(r"\d\s*(k|m|mn|mio|bn|thousand|million|billion)\b", text.lower()):
        fix = "Write the whole number in digits; a unit has a field of its own."
        replacement = read_large(text)
    else:
        digits, is_clear = read_figure(text)
        if (
            len(digits) < 16
            and _NUMBER.fullmatch(digits)
            and ":" not in text
            and not (whole and "." in digits)
        ):
            fix, replacement = f"Write the digits alone: {digits}", digits
            sure = is_clear or is_figure_with_unit(
                text, digits, {misfit.unit.casefold(), *field.name.split("_")}
            )
            if re.fullmatch(r"\D*\d{1,3},\d{3}\D*", text):
                fix += f"; or {digits[:-3]}.{digits[-3:]}, where the comma parts decimals"
            if re.match(r"[<>≤≥]", text):
                fix += '; that it is a limit says "direction" where there is such a field'
    return Told(
        rule=WRONG_TYPE,
        title=f"{shown} is not {what}",
        why=why,
        fix=fix,
        replacement=replacement,
        sure=sure,
    )


_TELLERS: Mapping[str, Callable[[Misfit], Told]] = {
    "type": _tell_type,
    "enum": _tell_enum,
    "const": _tell_const,
    "pattern": _tell_pattern,
    "format": _tell_pattern,
    "minimum": _tell_range,
    "maximum": _tell_range,
    "exclusiveMinimum": _tell_range,
    "exclusiveMaximum": _tell_range,
    "minItems": _tell_empty,
    "minLength": _tell_empty,
    "minProperties": _tell_empty,
    "maxLength": _tell_length,
    "maxItems": _tell_length,
    "uniqueItems": _tell_repeated,
}
"""Who explains which keyword of JSON Schema."""
