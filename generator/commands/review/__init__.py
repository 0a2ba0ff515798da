"""The stories of whoever answers for a change: what changes, who reviews it, and its release."""
