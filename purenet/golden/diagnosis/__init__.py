"""Compare reported values with certified ones, and name the mistake that explains a difference.

Read check.py (the comparison), then diagnosis.py (naming the mistake). report.py, first_difference.py, survey.py (several
cases) and lessons.py (one mistake) show the results.
"""
