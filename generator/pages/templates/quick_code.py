"""What Jinja makes of our templates, where pages are made of thousands of small pieces."""

from __future__ import annotations

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape


def put_out(value: Any) -> str:
    """A value as HTML. Most are HTML already; Jinja's own way makes each of them once more."""
    return value if type(value) is Markup else escape(value)


class QuickCode(CodeGenerator):
    """Puts out values by `put_out`."""

    def visit_Template(  # noqa: N802  # as Jinja calls it
        self, node: nodes.Template, frame: Frame | None = None
    ) -> None:
        """A whole template, which begins with what it takes from elsewhere."""
        self.writeline(f"from {put_out.__module__} import put_out")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """What stands before a value that is put out, as in Jinja but for `put_out`."""
        if frame.eval_ctx.volatile:
            self.write("(put_out if context.eval_ctx.autoescape else str)(")
        else:
            self.write("put_out(" if frame.eval_ctx.autoescape else "str(")
        if finalize.src is not None:
            self.write(finalize.src)
