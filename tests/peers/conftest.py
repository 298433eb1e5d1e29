"""What needs mpmath is imported by the test that needs it, and not collected by itself."""

collect_ignore = ["enclosures.py"]
