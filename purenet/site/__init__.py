"""The book as a site: static pages that work from any folder, also without a server. It takes the extra `site`.

Read build.py first, which makes all pages, and links.py, which knows the address of everything that a text may name. An
address begins with / for the folder of the site; page.py makes it relative to the page that has it.
"""
