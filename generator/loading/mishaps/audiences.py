"""The header's circles of readers and its clock: whatever names one must name one that there is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from generator.loading.located_entry import Written
from generator.loading.manuscript import Manuscript
from generator.loading.rules import AUDIENCES_OUT_OF_ORDER, UNKNOWN_AUDIENCE, UNKNOWN_TIMEZONE
from generator.model.entry import AUDIENCES, DEFAULT_AUDIENCE, Key
from generator.model.header import Header
from generator.problems.problem import Edit, Place, Problem
from generator.problems.suggestions import find_nearest, suggest
from generator.syntax.document import Document, Route


def check_circles(
    header: Header, manuscript: Manuscript, unique: Mapping[Key, Written]
) -> Iterator[Problem]:
    """The time zone must be known, and every audience one of those in the header."""
    assert manuscript.header is not None  # noqa: S101  # there is a Header
    document, route = manuscript.header.document, manuscript.header.route
    try:
        ZoneInfo(header.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield _say_timezone(document, (*route, "timezone"), header.timezone)
    if DEFAULT_AUDIENCE not in header.audiences:
        yield document.problem(
            UNKNOWN_AUDIENCE,
            place=document.value_place((*route, "audiences")),
            title=f'the audiences must have "{DEFAULT_AUDIENCE}" among them',
            why="It is the audience of every entry that names none.",
            fix=f"Add {DEFAULT_AUDIENCE} to the list.",
            edits=_write_circles(
                document,
                (*route, "audiences"),
                sorted(
                    (*header.audiences, DEFAULT_AUDIENCE),
                    key=lambda one: AUDIENCES.index(one) if one in AUDIENCES else 0,
                ),
            ),
            certain=False,
        )
    yield from _check_order(header, document, (*route, "audiences"))
    for written in unique.values():
        audience = written.value.get("audience") if isinstance(written.value, dict) else None
        if isinstance(audience, str) and audience not in header.audiences:
            route = (*written.route, "audience")
            yield _say_audience(written.document, route, audience, header.audiences)
    described = manuscript.description
    for own_route, audience in described.audiences.items():
        if described.document is not None and audience not in (*header.audiences, "public"):
            yield _say_audience(described.document, own_route, audience, header.audiences)


def _say_timezone(document: Document, route: Route, timezone: str) -> Problem:
    zones = {zone: (zone.rpartition("/")[2],) for zone in sorted(available_timezones())}
    near = find_nearest(timezone, zones)
    return document.problem(
        UNKNOWN_TIMEZONE,
        place=document.value_place(route),
        title=f'"{timezone}" is not a time zone we know',
        why="It decides whose today counts.",
        fix=f'Did you mean "{near.word}"?' if near else "Write one such as Europe/Berlin.",
        replace_with=near.word if near else None,
        certain=bool(near and near.sure),
    )


def _say_audience(
    document: Document, route: Route, audience: str, audiences: Sequence[str]
) -> Problem:
    meant = suggest(audience, list(audiences))
    named = [part.strip() for part in audience.split(",")]
    fix = (
        f'Did you mean "{meant}"?'
        if meant
        else "Use one of these, or add it to audiences in the header."
    )
    if len(named) > 1 and set(named) <= set(audiences):
        meant = max(named, key=audiences.index)
        fix = f"Write {meant}; the narrower circles may read it too."
    return document.problem(
        UNKNOWN_AUDIENCE,
        place=document.value_place(route),
        title=f'"{audience}" is not an audience we know',
        why=f"The header knows: {', '.join(audiences)}.",
        fix=fix,
        replace_with=meant,
        certain=False,  # it decides who may read it
    )


def _check_order(header: Header, document: Document, route: Route) -> Iterator[Problem]:
    """The circles everybody knows must widen from first to last; of a company's own names nobody
    can tell.
    """
    written = [circle for circle in header.audiences if circle in AUDIENCES]
    sorted_circles = sorted(written, key=AUDIENCES.index)
    if written != sorted_circles:
        first, second = next(
            (one, other)
            for one, other in pairwise(written)
            if AUDIENCES.index(one) > AUDIENCES.index(other)
        )
        following = iter(sorted_circles)
        mended = [next(following) if one in AUDIENCES else one for one in header.audiences]
        yield document.problem(
            AUDIENCES_OUT_OF_ORDER,
            place=document.value_place(route),
            title=f'the audiences run from the narrowest to the widest, but "{first}" stands before "{second}"',
            why=f"Everybody gets what is meant for the own circle and wider ones: in this order, {first} would read "
            f"what is meant for {second}.",
            fix=f"Write them in this order: {', '.join(mended)}.",
            edits=_write_circles(document, route, mended),
            certain=False,  # it decides who may read what
        )


def _write_circles(document: Document, route: Route, circles: Sequence[str]) -> tuple[Edit, ...]:
    """What writes these circles in place of a list in brackets; nothing where it is written otherwise."""
    line = document.key_place(route).line
    found = re.search(r"\[[^\[\]#]*\](?=\s*(?:#.*)?$)", document.lines[line - 1])
    if found is None:
        return ()
    place = Place(document.file, line, found.start() + 1, line, found.end() + 1)
    return (Edit(place, f"[{', '.join(circles)}]"),)
