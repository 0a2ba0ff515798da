"""The way back to YAML: what the program writes into a strategy."""
