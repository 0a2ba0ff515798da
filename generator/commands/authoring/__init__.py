"""The stories of whoever writes the strategy: from the first file to what is due again."""
