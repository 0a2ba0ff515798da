"""The versions of a site side by side, and what an older one says of itself."""
