"""Files to a strategy. The door is `load_strategy`: the strategy of a tree, as far as its entries
are sound, and the problems of the others.
"""

from generator.loading.loader import load_strategy

__all__ = ["load_strategy"]
