"""What can be wrong, and how it is said. The door is `Problem`; `rule` is what a problem is
made of, `reporters` tells it.
"""

from generator.problems.problem import Problem

__all__ = ["Problem"]
