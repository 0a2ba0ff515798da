"""The form in which a reader proposes a change, and what the browser needs for it: nothing of it is
loaded before somebody asks for the form, and all of it is made of the edition. The door is
`list_form_files`.
"""

from generator.pages.suggest_form.form_files import ADDRESS, FOLDER, Proposals, list_form_files

__all__ = ["ADDRESS", "FOLDER", "Proposals", "list_form_files"]
