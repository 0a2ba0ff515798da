"""What Jinja makes of our templates, where pages are made of thousands of small pieces."""

from __future__ import annotations

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape


def put_out(value: Any) -> str:
    """A value as HTML. Most are HTML already; Jinja's own way makes each of them once more."""
    return value if type(value) is Markup else escape(value)


class QuickMacro(Macro):
    """A macro that is called with values for its arguments, as nearly all are: Jinja's own way looks
    for whatever else may come with a call, and a page is made of hundreds.
    """

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._is_plain = not (self.caller or self.catch_kwargs or self.catch_varargs)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """What the macro makes of the values."""
        if self._is_plain and len(args) <= len(self.arguments):
            others = [kwargs.pop(name, missing) for name in self.arguments[len(args) :]]
            if not kwargs:
                return Markup(self._func(*args, *others))  # noqa: S704  # it has put out its values
            args = (*args, *others)
        return super().__call__(*args, **kwargs)


class QuickCode(CodeGenerator):
    """Puts out values by `put_out`, and makes each macro a `QuickMacro`."""

    def visit_Template(  # noqa: N802  # as Jinja calls it
        self, node: nodes.Template, frame: Frame | None = None
    ) -> None:
        """A whole template, which begins with what it takes from elsewhere."""
        self.writeline(f"from {put_out.__module__} import QuickMacro, put_out")
        super().visit_Template(node, frame)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """The making of a macro, which Jinja writes as `Macro(...)`."""
        self.write("Quick")
        super().macro_def(macro_ref, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """What stands before a value that is put out, as in Jinja but for `put_out`."""
        if frame.eval_ctx.volatile:
            self.write("(put_out if context.eval_ctx.autoescape else str)(")
        else:
            self.write("put_out(" if frame.eval_ctx.autoescape else "str(")
        if finalize.src is not None:
            self.write(finalize.src)
