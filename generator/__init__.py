"""Strategy as code: from a company's strategy in YAML to its sales playbook site."""

__version__ = "0.1.0"
