"""Other programs: the values that they report, and running them."""
