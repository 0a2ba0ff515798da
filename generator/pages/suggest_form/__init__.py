"""The form in which a reader proposes a change, and what the browser needs for it: nothing of it is
loaded before somebody asks for the form, and all of it is made of the edition. The door is
`list_form_files`; whoever has the files themselves gets the same form by `describe_kind`.
"""

from generator.pages.suggest_form.form_fields import describe_kind, list_offered
from generator.pages.suggest_form.form_files import (
    ADDRESS,
    FOLDER,
    WORDS,
    Proposals,
    list_form_files,
)

__all__ = [
    "ADDRESS",
    "FOLDER",
    "WORDS",
    "Proposals",
    "describe_kind",
    "list_form_files",
    "list_offered",
]
