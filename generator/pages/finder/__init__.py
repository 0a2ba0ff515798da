"""The finder: its index, and in `browser/` the half that runs in the reader's browser."""
