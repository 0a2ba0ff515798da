"""One story a file, each read like a table of contents; `cli` takes the arguments."""
