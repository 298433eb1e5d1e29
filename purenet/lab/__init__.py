"""The lab: a page in the browser where a person changes a number, and the core computes everything again."""
