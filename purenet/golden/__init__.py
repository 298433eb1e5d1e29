"""Golden values: certified numbers of training steps, to test an implementation of your own against, in any language.

Read, in this order: program.py (running a case), certify.py (how a value and its tolerance are proved), values.py (what
a program reports), check.py (the comparison), mistakes/ (a catalogue of mistakes, each a lesson), diagnosis.py (naming
the one that was made), adapter.py (asking a running program). PROTOCOL.md says how to report values.
"""
