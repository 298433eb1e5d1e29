"""A training step of any network, recorded: every number with its formula, as tables."""

from purenet.trace.record import Row, Step, Trace, trace_step
from purenet.trace.summaries import summary
