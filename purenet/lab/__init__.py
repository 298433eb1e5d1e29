"""The lab: one function from a request to an answer, the page that asks, and the ways between them."""
