"""HTML that people write by hand: what of it stays, and how that is said to its author."""
