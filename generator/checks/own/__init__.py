"""Checks of a company's own: rules as data, and those of packages it has installed. The door is
`list_own_checks`.
"""

from generator.checks.own.rules import CHECKS, OWN, list_own_checks

__all__ = ["CHECKS", "OWN", "list_own_checks"]
