"""Fields that do not stand where they belong: moved in or out of a group, cut in two by a comma."""
