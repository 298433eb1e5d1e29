"""A training step recorded: the recorder, the trace and its steps, and the trace as text, page and pictures."""
