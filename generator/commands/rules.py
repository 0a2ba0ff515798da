"""Every rule, put together from the rooms that know them: for `explain`, and for the page of rules."""

from __future__ import annotations

from generator import starter
from generator.checks import CHECKS, hidden_names, project
from generator.checks.own import installed
from generator.loading import guides
from generator.loading import rules as loading
from generator.problems.rule import Rule
from generator.schema import rules as schema
from generator.site import rules as site
from generator.syntax import rules as syntax

_ROOMS = (
    *syntax.RULES,
    *schema.RULES,
    *loading.RULES,
    *guides.RULES,
    *starter.RULES,
    *project.RULES,
    hidden_names.HIDDEN_NAME,
    *site.RULES,
)
_LAST = (
    schema.NEWER_FORMAT,
    schema.OLDER_FORMAT,
    loading.MISSING_FILE,
    loading.UNREADABLE_FILE,
    loading.LINK_OUTSIDE,
    loading.STRAY_FILE,
    starter.STALE_COPY,
    schema.FAULTY_CUSTOM_SCHEMA,
    project.MISSING_DOCUMENT,
    installed.MISSING_CHECK,
    hidden_names.HIDDEN_NAME,
    site.ADDRESS_TAKEN,
    site.FAULTY_TEMPLATE,
    guides.BROKEN_LINK,
    guides.RAW_HTML,
    site.SITE_BUILDER,
    site.LEAK,
)
"""Of the rules of form, those about files and pages as a whole are told behind those about what
stands in them.
"""

ALL_RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (*(one for one in _ROOMS if one not in _LAST), *_LAST, *CHECKS.values())
}
"""Every rule a problem may name, by its id: those of form first, then those of meaning."""
