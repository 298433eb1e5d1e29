"""Compare reported values with certified ones, and name the mistake that explains a difference."""
