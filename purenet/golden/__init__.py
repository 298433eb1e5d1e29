"""Golden values: certified numbers of training steps, to test an implementation of your own against, in any language.

Four rooms, to be read in this order:

    values/      certified values: how they and their tolerances are proved (certify.py), and how they are written
    mistakes/    a catalogue of mistakes that published programs make, each a few lines of a plain program done wrong
    programs/    the values that a program reports: read from a file, or asked of the running program
    diagnosis/   comparing reported values with certified ones, and naming the mistake that explains a difference

Read purenet/trace/case_run.py before them: it runs a case, and names its numbers. generate.py writes golden cases,
testing.py is a helper for pytest, and PROTOCOL.md says how to report values.
"""
