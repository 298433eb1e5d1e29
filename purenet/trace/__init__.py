"""A training step of any network, recorded: every number with its formula, as tables, pictures and a page."""

from purenet.trace.decisions import regions, regions_series
from purenet.trace.diagrams import picture_of
from purenet.trace.gradients import gradient_check
from purenet.trace.histories import History
from purenet.trace.images import mistake_images, weight_images
from purenet.trace.record import Row, Step, Trace, trace_step
from purenet.trace.structures import structure
from purenet.trace.summaries import summary
