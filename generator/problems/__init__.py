"""What can be wrong, and how it is said. The door is `Problem`; `rules` lists what a problem may
be, `reporters` tells it.
"""
