"""The adapters are programs of their own: they are run, not collected as tests."""

collect_ignore_glob = ["*.py"]
