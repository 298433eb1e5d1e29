"""Compare reported values with certified ones, and name the mistake that explains a difference.

Read check.py (the comparison), evidence.py (what numbers say for or against a mistake), search.py and diagnosis.py (what is
named); by_hand.py checks numbers computed with a pencil. report.py, first_difference.py, findings.py, survey.py (several
cases) and lessons.py (one mistake) show the results.
"""
