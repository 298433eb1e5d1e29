"""A training as a spreadsheet that computes it again: read workbook.py first."""
