"""What changed lately, entry by entry: for readers who ask what is new since they last looked."""
