"""What touches a disk or git. The door is `Tree`: the files of a strategy, in a folder or at a
commit.
"""

from generator.files.tree import Tree

__all__ = ["Tree"]
