"""The page of the lab."""

import json
from html import escape


def lab_page(carrier, first):
    """Return the page, which begins with a request, and whose requests are carried by a script."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>purenet lab</title>\n'
        f'<link rel="stylesheet" href="lab.css">\n<script defer src="{carrier}"></script>\n'
        f'<script defer src="lab.js"></script>\n</head>\n<body data-first="{escape(json.dumps(first))}"></body>\n</html>\n'
    )
