"""One YAML file, with the place of every key and value. The door is `read_source`."""
