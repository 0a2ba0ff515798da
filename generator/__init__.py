"""Strategy as code: from a company's strategy in YAML to its sales playbook site."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("strategy-playbook")
except PackageNotFoundError:  # run from a plain copy of the source
    __version__ = "0"
