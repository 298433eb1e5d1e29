"""Sections and tables as text, Markdown, LaTeX, HTML, JSON and CSV, and in notebooks."""
