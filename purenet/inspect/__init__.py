"""Tools for any network, without a trace: a summary, its structure, a gradient check, a history of a training."""
