"""Shape and words: which fields there are, and what an executive calls them. The door is
`standard_vocabulary`: all kinds of entries and their fields, as the files in `schema/` have them.
"""

from generator.schema.vocabulary import standard_vocabulary

__all__ = ["standard_vocabulary"]
