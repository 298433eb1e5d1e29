"""Formulas as programs. Read trace/unknown.py first, for numbers without values, and trace/branches.py, which
follows both answers to each comparison; then statements.py, which lists what was computed, languages.py and program.py.
matrix_lines.py, matrix_program.py and matrix_programs.py write the equations of the matrix view (see trace/matrices.py).
"""
