"""One story a file, each read like a table of contents. The door is `run`: the command line, which
`cli` takes apart.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.commands.cli import run
else:

    def __getattr__(name: str) -> Any:
        """The door; who needs one story need not read the whole command line."""
        if name != "run":
            raise AttributeError(f"module {__name__} has no attribute {name}")
        from generator.commands.cli import run

        return run


__all__ = ["run"]
