"""The stories of whoever puts the playbook before its readers: as a site, as files, by version."""
