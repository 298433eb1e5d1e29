"""Programs to be tested: the values that they report (reported.py), and asking a running one for them (adapter.py)."""
