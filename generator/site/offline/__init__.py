"""The site on a reader's device: what a browser needs to install it, and to keep a copy of it for
when there is no network.
"""
