"""What was probably meant by a value that is not written as it must be: dates, intervals, ids,
codes of languages.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable, Mapping, Set
from datetime import date
from typing import Any

from generator.problems.phrases import shorten
from generator.problems.suggestions import Suggestion
from generator.schema.vocabulary import Field, is_id
from generator.schema.words import translate_everywhere
from generator.syntax.lines import CURLY_QUOTES

_LOOSE_DATE = re.compile(
    r"(\d{4})(?:[-/. ]|年 ?)(\d{1,2})(?:[-/. ]|月 ?)(\d{1,2})日?(?:[Tt ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_ZONED = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)? ?(?:[Zz]|utc|gmt|[-+]\d{2}:?(?:\d{2})?)"
)
_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_NAMED_DATE = re.compile(r"(?:(\d{1,2})\.? ([^\W\d]+)\.?|([^\W\d]+)\.? (\d{1,2})) (\d{4})")
_MONTHS = (
    ("jan", "jän"),
    ("feb",),
    ("mar", "mär"),
    ("apr",),
    ("may", "mai"),
    ("jun",),
    ("jul",),
    ("aug",),
    ("sep",),
    ("oct", "okt"),
    ("nov",),
    ("dec", "dez"),
)
"""The first letters of the months in English and German."""
_INTERVAL = re.compile(
    r"(?:every +)?(\d{1,4}|an?|one|two|three|six|twelve)? *(d|w|m|y|days?|weeks?|months?|years?)"
)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "six": 6, "twelve": 12}
_RHYTHMS = {
    "daily": "1d",
    "weekly": "1w",
    "biweekly": "2w",
    "fortnightly": "2w",
    "monthly": "30d",
    "quarterly": "90d",
    "every quarter": "90d",
    "quarter": "90d",
    "half-yearly": "180d",
    "half a year": "180d",
    "yearly": "1y",
    "annually": "1y",
    "annual": "1y",
}
_LANGUAGES = {
    "ar": "arabic العربية",
    "bg": "bulgarian български",
    "cs": "czech čeština",
    "da": "danish dansk",
    "de": "german deutsch",
    "el": "greek ελληνικά",
    "en": "english",
    "es": "spanish español castellano",
    "et": "estonian eesti",
    "fi": "finnish suomi",
    "fr": "french français",
    "he": "hebrew עברית",
    "hi": "hindi हिन्दी",
    "hr": "croatian hrvatski",
    "hu": "hungarian magyar",
    "id": "indonesian",
    "it": "italian italiano",
    "ja": "japanese 日本語",
    "ko": "korean 한국어",
    "lt": "lithuanian lietuvių",
    "lv": "latvian latviešu",
    "nb": "norwegian norsk",
    "nl": "dutch nederlands",
    "pl": "polish polski",
    "pt": "portuguese português",
    "ro": "romanian română",
    "ru": "russian русский",
    "sk": "slovak slovenčina",
    "sl": "slovenian slovenščina",
    "sv": "swedish svenska",
    "th": "thai ไทย",
    "tr": "turkish türkçe",
    "uk": "ukrainian українська",
    "vi": "vietnamese",
    "zh": "chinese 中文",
}
_LETTERS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "ø": "o",
        "å": "a",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "&": " and ",
    }
)
_LONGEST_ID = 80
SIMPLE_ITEM = re.compile(r"[\w/.-]+(?: [\w/.-]+){0,2}")
"""An item that may stand in square brackets as it is: a few words. With more, its commas are those
of a sentence.
"""


_BETWEEN = re.compile(r"[,;/|、，；・]|\s(?:and|und|et|y|e|og|och|&|\+)\s")
"""What stands between the items of a row, in the languages of Europe and of East Asia."""
_WIDE = 0xFEE0
"""So far behind the signs of an English keyboard stand their wide forms."""


def narrow_figures(text: str) -> str:
    """A text with the figures of any writing, and the wide signs of Chinese and Japanese keyboards, as
    those of an English one.
    """
    if text.isascii():
        return text
    return "".join(
        chr(ord(sign) - _WIDE)
        if "\uff01" <= sign <= "\uff5e"
        else str(unicodedata.decimal(sign))
        if sign.isdecimal()
        else sign
        for sign in text
    )


def read_row(field: Field, value: str) -> list[str]:
    """The items of a list that is written in a row, with whatever between them, where all are known."""
    items = [narrow_figures(item.strip()) for item in _BETWEEN.split(value)]
    item = field.item
    if len(items) < 2 or item is None or not (item.labels or item.type == "reference"):
        return []
    known = all(one in item.labels if item.labels else is_id(one) for one in items)
    return items if known else []


def name_values(field: Field) -> dict[str, tuple[str, ...]]:
    """The values of a field with what they are called, in every language."""
    return {value: translate_everywhere(label) for value, label in field.labels.items()}


def read_dates(text: str, *, rough: bool = False) -> list[str]:
    """The dates that may have been meant, in the right form; `rough` where a month is enough."""
    plain = " ".join(text.lower().split()).replace(",", "")
    loose, day_first, named = (
        _LOOSE_DATE.fullmatch(plain),
        _DAY_FIRST.fullmatch(plain),
        _NAMED_DATE.fullmatch(plain),
    )
    numbers: list[tuple[str, str, str]] = []
    if loose:
        numbers = [(loose[1], loose[2], loose[3])]
    elif day_first:
        day, mark, month, year = day_first.groups()
        numbers = (
            [(year, month, day)]
            if mark == "." or day == month
            else [(year, month, day), (year, day, month)]
        )
    elif named and _month(named[2] or named[3]):
        numbers = [(named[5], str(_month(named[2] or named[3])), named[1] or named[4])]
    found = [made for year, month, day in numbers if (made := _make_date(year, month, day))]
    return found or ([month] if rough and (month := _read_month(plain)) else [])


def read_zone(text: str) -> str | None:
    """The day of a time that says its zone, such as `2026-11-27T23:30:00Z`; None where it says none."""
    found = _ZONED.fullmatch(" ".join(text.lower().split()))
    return _make_date(*found[1].split("-")) if found else None


def _make_date(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _read_month(text: str) -> str | None:
    """`11/2025` and `March 2026` as `2025-11` and `2026-03`."""
    match = re.fullmatch(r"(?:(\d{1,2})[-/. ]|([^\W\d]+)\.? )(\d{4})", text)
    month = int(match[1]) if match and match[1] else _month(match[2]) if match else 0
    return f"{match[3]}-{month:02}" if match and 1 <= month <= 12 else None


def _month(name: str) -> int:
    """The number of a month by its name, 0 where it is none."""
    return next(
        (number for number, names in enumerate(_MONTHS, 1) if name[:3] in names and len(name) > 2),
        0,
    )


def read_interval(text: str) -> Suggestion | None:
    """`90 days` and `quarterly` as `90d`; sure only where the unit is named."""
    plain = " ".join(text.lower().split())
    if plain in _RHYTHMS:
        return Suggestion(_RHYTHMS[plain], False)
    match = _INTERVAL.fullmatch(plain)
    if plain.isdigit() and 0 < int(plain) < 10_000:
        return Suggestion(f"{int(plain)}d", False)
    if not match:
        return None
    number = _NUMBERS.get(match[1] or "a") or int(match[1])
    return Suggestion(f"{number}{match[2][0]}", match[1] is not None) if number else None


def read_language(text: str) -> Suggestion | None:
    """`English` and `Deutsch` as `en` and `de`; `EN` and `en_us` in the right letters."""
    word = unicodedata.normalize("NFC", text).strip().lower()
    for code, names in _LANGUAGES.items():
        if word in names.split():
            return Suggestion(code, True)
    parts = re.fullmatch(r"([a-z]{2,3})(?:[-_]([a-z]{2}))?", word)
    return (
        Suggestion(f"{parts[1]}-{parts[2].upper()}" if parts[2] else parts[1], True)
        if parts
        else None
    )


def read_address(text: str) -> Suggestion | None:
    """`www.example.com` as `https://www.example.com`, and a bare mail address with its `mailto:`."""
    word = text.strip()
    if re.fullmatch(r"www\.[^\s/]+\.[^\s/]+\S*", word, re.IGNORECASE):
        return Suggestion(f"https://{word}", True)
    if re.fullmatch(r"[^@\s:/]+@[^@\s/]+\.[^@\s/]+", word):
        return Suggestion(f"mailto:{word}", True)
    slip = re.fullmatch(r"(https?):?/{0,2}([^\s/]+\.\S+)", word)
    return Suggestion(f"{slip[1]}://{slip[2]}", True) if slip else None


def read_id(text: str) -> Suggestion | None:
    """The nearest text that has the form of an id: `Käserei & Co` as `kaeserei-and-co`. Never sure:
    it is an address.
    """
    found = make_id(text)
    return Suggestion(found, False) if found else None


def make_id(text: str) -> str:
    """A text in the form of an id, empty where no letter or digit of it can stand in one."""
    plain = unicodedata.normalize("NFC", text).lower().translate(_LETTERS)
    plain = "".join(
        one for one in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(one)
    )
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_ID].strip("-")


def correct_day(text: str) -> str:
    """What is wrong with a date that has the right form."""
    year, month = int(text[:4]), int(text[5:7])
    if year < 1:
        return "Correct the year."
    if not 1 <= month <= 12:
        return "There are 12 months; correct the month."
    return f"{calendar.month_name[month]} {year} has {calendar.monthrange(year, month)[1]} days; correct the day."


def read_figure(text: str) -> tuple[str, bool]:
    """The digits of a figure as other countries write it, with a point before its decimals (`1.400,5` as
    `1400.5`), and whether it has but one reading. Empty where there are none.
    """
    plain = re.sub(r"(?<=\d)[\s'’](?=\d{3}(?!\d))", "", text)
    found = re.search(r"-?\d[\d.,]*", plain)
    if found is None or re.search(r"\d", plain[: found.start()] + plain[found.end() :]):
        return "", False
    figure = found[0].rstrip(".,")
    marks = [sign for sign in figure if sign in ".,"]
    last = marks[-1] if marks else ""
    is_grouped = len(set(marks)) == 1 and len(marks) > 1
    if len(set(marks)) > 1:
        figure = figure.replace("," if last == "." else ".", "").replace(last, ".")
    elif is_grouped or re.fullmatch(r"-?\d{1,3},\d{3}", figure):
        figure = figure.replace(last, "")
    else:
        figure = figure.replace(",", ".")
    if is_grouped and not re.fullmatch(r"-?\d{1,3}([.,]\d{3})+", found[0].rstrip(".,")):
        return "", False
    is_alone = re.fullmatch(r"-?[\d.,'’\s]+", text) is not None
    groups = re.split(r"[.,]", found[0].lstrip("-"))
    well_grouped = all(len(one) == 3 for one in groups[1 : None if is_grouped else -1])
    return figure, is_alone and len(marks) > 1 and well_grouped


def read_large(text: str) -> str | None:
    """The digits of `12k` and `1.5 million`, where they make a whole number."""
    found = re.fullmatch(
        r"(\d{1,4}(?:[.,]\d{1,3})?)\s*(?:(k|thousand)|(m|mn|mio|million)|(bn|billion))\.?",
        text.lower(),
    )
    if found is None:
        return None
    times = 10**3 if found[2] else 10**6 if found[3] else 10**9
    whole = round(float(found[1].replace(",", ".")) * times, 3)
    return str(int(whole)) if whole == int(whole) else None


def is_figure_with_unit(text: str, digits: str, units: Set[str]) -> bool:
    """Whether a text is the figure `digits` and nothing but its unit: a sign of a currency or percent,
    the code of a currency, or one of `units`. A figure with a mark that may part its thousands has two
    readings.
    """
    before = re.fullmatch(r"([€$£¥]|[A-Z]{3}) ?([0-9]+(?:\.[0-9]{1,2})?)", text)
    if before:
        return before[2] == digits
    found = re.fullmatch(r"\+?(-?[0-9]+(?:\.[0-9]+)?)\s*(\S{0,20}(?: \S{1,20})?)", text)
    if not found or found[1] != digits or re.fullmatch(r"-?[0-9]+\.[0-9]{3}", digits):
        return False
    unit = found[2].strip(".").casefold()
    is_code = re.fullmatch(r"[A-Z]{3}", found[2]) is not None
    return is_code or unit in {"", "%", "€", "$", "£", "¥", "percent"} | units


def single_out(value: Any, name: str) -> str:
    """How to write the only item of a list as the one value that it is; empty where it is none."""
    is_one = isinstance(value, list) and len(value) == 1 and isinstance(value[0], str)
    if not is_one or "\n" in value[0]:
        return ""
    return f"Write it without a bracket or dash: {name}: {shorten(value[0])}"


def strip_quotes(text: str) -> str:
    """A text without the typographic quotes around it."""
    word = text.strip()
    is_quoted = len(word) > 2 and word[0] in CURLY_QUOTES and word[-1] in CURLY_QUOTES
    return word[1:-1].strip() if is_quoted else text


READERS: Mapping[str, Callable[[str], Suggestion | None]] = {
    "id": read_id,
    "reference": read_id,
    "interval": read_interval,
    "language code": read_language,
    "address": read_address,
    "location": read_address,
}
"""Who reads what was meant, by what the schema calls the value (`x-noun`)."""
