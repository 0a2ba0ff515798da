"""An edition as pages and files, before any site builder has seen them. The door is `render_pages`."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.pages.registry import render_pages
else:

    def __getattr__(name: str) -> Any:
        """The door, opened only for those who go through it: templates take long to import."""
        if name != "render_pages":
            raise AttributeError(f"module {__name__} has no attribute {name}")
        from generator.pages.registry import render_pages

        return render_pages


__all__ = ["render_pages"]
