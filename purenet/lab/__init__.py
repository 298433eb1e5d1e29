"""The lab: a page in which a person changes numbers of a network, and the core computes everything again. Read answer.py first."""
