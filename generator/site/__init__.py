"""MkDocs, and only here: pages become a site, swapped into place. The door is `build_site`."""
