"""One YAML file, with the place of every key and value. The door is `read_document`: from bytes to a
document, and the problems of the text.
"""

from generator.syntax.document import read_document

__all__ = ["read_document"]
