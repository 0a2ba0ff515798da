"""The frozen strategy, and what follows from it by thought alone (`insights`). The door is
`Strategy`; `edition` decides who reads what of it.
"""

from generator.model.strategy import Strategy

__all__ = ["Strategy"]
