"""One function from a request to an answer."""


def answer(request):
    """Return the answer to a request."""
    return {"state": {}, "parts": {"main": "<p>…</p>"}}
