"""Programs to be tested: what they report (reported.py), what its digits tell (digits.py), and asking them (adapter.py)."""
