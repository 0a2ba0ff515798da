"""Files in the folder of a strategy that hold none of its entries: by their names, by what they hold,
or because they are copies. Each is told in one sentence, and what follows from it is held back.
"""
