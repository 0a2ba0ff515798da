"""MkDocs, and only here: pages become a site, swapped into place. The door is `build_site`; what to
build is said with `choice`, which needs no MkDocs.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.site.builder import build_site
else:

    def __getattr__(name: str) -> Any:
        """The door, opened only for those who go through it: MkDocs takes a second to import."""
        if name != "build_site":
            raise AttributeError(f"module {__name__} has no attribute {name}")
        from generator.site.builder import build_site

        return build_site


__all__ = ["build_site"]
