"""Worksheets: a training step with numbers left out, for a class to compute by hand, and the key to each.

draw.py draws the numbers, and kindness.py says which are kind: a good size, and every mistake that can show in them does
(by_pencil.py). worksheet.py is one sheet with its key, pages.py and html_page.py show both. Read
purenet/golden/diagnosis/by_hand.py first, which grades what was written into one.
"""
