"""The templates of the pages, and those of the company's own that stand in for ours."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.runtime import Context
from markupsafe import escape

from generator.files.cache import keep_templates
from generator.pages.templates.quick_code import QuickCode


class OwnTemplateError(TemplateError):
    """A template of the company's own cannot be used: its name, the line (0 where it is not known)
    and what is wrong.
    """

    def __init__(self, message: str, name: str, line: int) -> None:
        super().__init__(message)
        self.name, self.line = name, line


class Templates:
    """Ours, with those in the folder `overrides` in place of ours of the same name."""

    def __init__(self, overrides: Path | None = None) -> None:
        self._overrides = overrides
        self._environment = _make_environment(overrides, tuple(_read_state(overrides)))

    def lay_out(self, name: str, **values: Any) -> str:
        """The text that a template makes of the values. Raises OwnTemplateError where one of the
        company's own fails.
        """
        with self._watched():
            return self._environment.get_template(f"{name}.html").render(**values)

    def lay_out_each(self, name: str, items: Iterable[object], **values: Any) -> Iterator[str]:
        """What the macro `each` of a template makes of every item: for thousands, a template of its
        own would take twice as long.

        Raises as `lay_out`.
        """
        with self._watched():
            each = getattr(
                self._environment.get_template(f"{name}.html").make_module(values), "each", None
            )
            if each is None:
                raise OwnTemplateError("it has no macro each(part)", f"{name}.html", 0)
            for item in items:
                yield each(item)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        try:
            yield
        except OwnTemplateError:
            raise
        except (
            Exception
        ) as error:  # a template of the company's own may do anything; a fault of ours goes on
            faulty = self._find_fault(error)
            if faulty is None:
                raise
            raise faulty from error

    def _find_fault(self, error: Exception) -> OwnTemplateError | None:
        """Where a template of the company's own went wrong: the last line of one that was being
        worked on.
        """
        places = [
            (frame.filename, frame.lineno or 0)
            for frame in traceback.extract_tb(error.__traceback__)
        ]
        if isinstance(error, TemplateSyntaxError):
            places.append((error.filename or "", error.lineno))
        folder = self._overrides
        own = [
            (Path(file), line)
            for file, line in places
            if folder and Path(file).is_relative_to(folder)
        ]
        if folder is None or not own:
            return None
        file, line = own[-1]
        what = str(error.message if isinstance(error, TemplateError) else error) or "it fails"
        return OwnTemplateError(what, file.relative_to(folder).as_posix(), line)


class _OwnTemplates(FileSystemLoader):
    """Templates of the company's own; one that is not text is a faulty one, too."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            raise OwnTemplateError("it is not written in UTF-8", template, 0) from error


class _QuickEnvironment(Environment):
    """Knows from the start what its templates know; Jinja looks it up anew for each page."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template knows beside the values it is given."""
        return {**self.globals, **(d or {})}


class _QuickContext(Context):
    """Calls a function without asking it first whether it wants the context: none does, and pages are
    made of calls.
    """

    def call(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """What a template calls; Jinja tells of the variables of a loop or block around, for who
        wants the context.
        """
        if kwargs:
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
        return function(*args, **kwargs)


def _read_state(folder: Path | None) -> Iterator[tuple[str, int]]:
    """What tells that templates of the company's own are no longer those that were read."""
    for file in sorted(folder.rglob("*")) if folder else ():
        yield str(file), file.stat().st_mtime_ns


@lru_cache(maxsize=1)
def _make_environment(overrides: Path | None, state: tuple[tuple[str, int], ...]) -> Environment:
    loaders: list[FileSystemLoader] = [_OwnTemplates(overrides)] if overrides else []
    ours = FileSystemLoader(Path(str(files("generator.pages.templates"))))
    environment = _QuickEnvironment(
        loader=ChoiceLoader([*loaders, ours]),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        bytecode_cache=keep_templates("quicker"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.context_class, environment.code_generator_class = _QuickContext, QuickCode
    environment.filters["tel"] = _digits_of
    environment.filters["mailto"] = lambda address: f"mailto:{escape(address)}"
    return environment


def _digits_of(number: str) -> str:
    """A phone number as a link dials it: an ASCII plus and digits; empty where it has no digits."""
    digits = re.sub(r"[^0-9]", "", number)
    return f"+{digits}" if digits and number.lstrip().startswith("+") else digits
