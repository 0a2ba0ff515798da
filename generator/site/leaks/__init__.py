"""An edition for readers outside is searched, when it is written, for what they must not know."""
