"""Formulas as programs. In this order: unknown.py runs the core on numbers without values, branches.py follows both answers
to each comparison, statements.py lists what was computed, languages.py and program.py write it.
matrix_lines.py, matrix_program.py and matrix_programs.py write the equations of the matrix view (see trace/matrices.py).
"""
