"""Lines that no longer hang together as they did: half an entry that moved, a first line or a name that is
gone, a text that goes on at the edge. What may stand where says which reading was meant.
"""
