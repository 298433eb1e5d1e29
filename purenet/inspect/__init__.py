"""What can be asked of any network without tracing it: a summary, its structure, a gradient check, a history."""
