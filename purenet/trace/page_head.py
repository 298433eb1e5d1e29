"""The beginning of a page of HTML: what it may load and run, its title, its style."""

import base64
import hashlib

from purenet.drawing.svg import escape


def page_head(title, policy, *elements):
    """Return a page up to its body: its Content-Security-Policy, its title, and further elements of its head, as markup."""
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>",
        *elements,
        "</head>\n<body>",
    ]
    return "\n".join(parts)


def whole_page(title, style, script, body):
    """Return a page that needs no other file: it contains its style and its script."""
    head = page_head(title, own_policy([style], script), f"<style>{style}</style>")
    return "\n".join([head, body, f"<script>{script}</script>\n</body>\n</html>\n"])


def own_policy(styles, script=""):
    """Return the Content-Security-Policy of a page that needs no other file: only its own styles and script are allowed."""
    allowed = [f"style-src {' '.join(map(digest, styles))}", *([f"script-src {digest(script)}"] if script else [])]
    return "; ".join(["default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"])


def digest(text):
    """Return the hash by which a Content-Security-Policy allows a style or a script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"
