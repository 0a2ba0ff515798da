"""Files to a strategy. The door is `load_strategy`."""
