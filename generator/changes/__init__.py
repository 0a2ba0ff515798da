"""Two versions of a strategy, and what is different. The door is `compare`."""
