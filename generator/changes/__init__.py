"""Two versions of a strategy, and what is different. The door is `compare`: from two strategies to
the changes between them, in the order of the files.
"""

from generator.changes.comparison import compare

__all__ = ["compare"]
