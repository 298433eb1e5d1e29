"""Certified values: how they are proved, and how they are written."""
