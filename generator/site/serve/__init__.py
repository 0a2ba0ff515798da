"""The site while it is edited: pages made when they are looked at, and edits seen."""
