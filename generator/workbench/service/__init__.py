"""The form for many people at once, behind a company's sign-in: each reads one edition and nothing else,
has edits of their own that wait until they send them, and proposes them as branches of a repository of
which a bare clone is kept here. The door is `open_service`.
"""

from generator.workbench.service.app import Settings, open_service

__all__ = ["Settings", "open_service"]
