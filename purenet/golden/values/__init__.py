"""Certified values: how they are proved (certify.py), kept (certified.py), written (case_files.py) and shown (pages.py)."""
