"""Formulas and matrices of a case as programs."""
