"""The form for whoever keeps the strategy, on their own machine: a small server for one person, which
reads the whole strategy, says at once what the check says of an edit, and writes it by the engine of
edit notes: into the folder, or as a branch that is proposed. The door is `open_workbench`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.workbench.app import open_workbench
else:

    def __getattr__(name: str) -> Any:
        """The door, opened only for those who go through it: no other command needs a server."""
        if name != "open_workbench":
            raise AttributeError(f"module {__name__} has no attribute {name}")
        from generator.workbench.app import open_workbench

        return open_workbench


__all__ = ["open_workbench"]
