"""What reviewers of a change look at: the pages of two sites beside each other."""
