"""A training as a spreadsheet that computes it again: workbook.py first, then formulas.py, branches.py and look.py."""
