"""What the lab shows, packed into the address of its page: a case, and what is chosen to be seen of it.

The page sends this text with each request and gets the next one back, so nothing is remembered between requests, and an
address that a teacher sends opens the same lab elsewhere.
"""

import base64
import functools
import re
import zlib

from purenet.arithmetic.pencil import RULE_FIELDS, Pencil, written_name
from purenet.cases import Case, case_names, load_case
from purenet.errors import NetworkError, quoted
from purenet.golden.diagnosis.lessons import find
from purenet.lab.numbers import plain_data
from purenet.lab.sizes import steps_traced, within_limits
from purenet.lab.starts import STARTS, start_data
from purenet.storage.files import parse_json
from purenet.storage.json_text import json_text
from purenet.trace.record import trace_case

LONGEST = 1_000_000  # bytes of a state, unpacked
LONGEST_ANSWER = 60  # characters
WIDEST = 2.0  # to each side of a number, of the nudges
TABS = ("step", "nudge", "learn", "break", "answer")
CHOICES = {  # the rest of a state, each with the value that it has at first
    "case": "2x2x1",  # the name of the case that was opened, "" for a file
    "data": None,  # the data of the case where it was changed or comes from a file
    "before": None,  # the data before the last change, to mark what changed
    "held_out": [],  # examples that are not trained on
    "tab": "step",
    "step": 1,  # of the trace
    "way": "numbers",  # how a step is shown: with its picture, or in matrices
    "nudged": "",  # the symbol of the number that is nudged, and by how much
    "nudge": "0.1",
    "done": 0,  # training steps done in "learn", and that which is shown
    "shown": 0,
    "mistake": "",
    "written": {},  # answers by symbol, texts of digits
    "hints": {},  # by symbol, how many were asked for
    "drawn": 0,  # how often weights were drawn
}


def is_count(value):
    return 0 <= value <= 10**6


def is_nudge(text):
    return re.fullmatch(r"-?[0-9]\.[0-9]{1,9}", text) and abs(float(text)) <= WIDEST


def are_answers(written):
    return all(isinstance(digits, str) and len(digits) <= LONGEST_ANSWER for digits in written.values())


def are_hints(hints):
    return all(type(given) is int and 0 <= given <= 3 for given in hints.values())


CHECKS = {  # of values that have the right type
    "case": lambda name: name in ("", *STARTS, *case_names()),  # a name of anything else would be that of a file
    **dict.fromkeys(("step", "done", "shown", "drawn"), is_count),
    "nudge": is_nudge,
    "way": lambda way: way in ("numbers", "columns", "rows"),
    "written": are_answers,
    "hints": are_hints,
}


class State:
    """The state of a lab; its attributes are the fields of `CHOICES`."""

    def __init__(self, **choices):
        """Take some fields; raise NetworkError for one that is not as it should be."""
        for name, value in {**CHOICES, **choices}.items():
            first = CHOICES.get(name, value)
            of_its_type = name in CHOICES and (first is None or type(value) is type(first))
            if not of_its_type or not CHECKS.get(name, lambda value: True)(value):
                raise NetworkError(f"the lab cannot read {quoted(name)} in this address: open a case instead")
            setattr(self, name, value)
        if self.tab not in TABS:
            raise NetworkError(f"the lab has no part {quoted(self.tab)}: it has {', '.join(TABS)}")
        if self.mistake:
            find(self.mistake)

    @classmethod
    def unpacked(cls, text):
        """Return the state in the text of an address; raise NetworkError if it holds none."""
        try:
            packed = base64.urlsafe_b64decode(text.lstrip("#").encode("ascii") + b"==")
            unpacker = zlib.decompressobj()
            unpacked = unpacker.decompress(packed, LONGEST).decode("utf-8")
            whole = unpacker.eof
        except (ValueError, zlib.error):
            whole = False
        if not whole:
            raise NetworkError("this address is not one of the lab, or it was cut short: copy it again, or open a case")
        data = parse_json(unpacked, "the address")
        if not isinstance(data, dict):
            raise NetworkError("this address is not one of the lab: open a case instead")
        return cls(**data).with_checked_data()

    def with_checked_data(self):
        """Return the state with data as any case has it; raise NetworkError for what is no case that the lab shows."""
        if self.data is None and not self.case:
            raise NetworkError("this address names no case: open one instead")
        found = self.but(**{name: self.plain(getattr(self, name)) for name in ("data", "before")})
        if found.held_out:
            held_out = Case({"network": found.numbers["network"], "examples": found.held_out}, "the examples held out")
            found.held_out = plain_data(held_out)["examples"]
        return found

    def plain(self, data):
        return None if data is None else within_limits(plain_data(case_of(json_text(data), self.case)))

    def packed(self):
        """Return the state as the text of an address."""
        fields = {name: getattr(self, name) for name in CHOICES if getattr(self, name) != CHOICES[name]}
        text = json_text(fields).encode("utf-8", "backslashreplace")  # half a pair of surrogates becomes an escape
        if len(text) > LONGEST:
            raise NetworkError(f"this is more than an address holds: {len(text):,} bytes, and {LONGEST:,} are the most")
        return base64.urlsafe_b64encode(zlib.compress(text, 9)).decode("ascii").rstrip("=")

    def but(self, **choices):
        """Return the state with other choices."""
        return State(**{**{name: getattr(self, name) for name in CHOICES}, **choices})

    @property
    def is_changed(self):
        """Whether the case is no longer one that comes with purenet."""
        return self.data is not None and self.case != ""

    @property
    def numbers(self):
        """The data of the case, to be changed in a copy."""
        if self.data is not None:
            return self.data
        return data_of(self.case)

    @property
    def text(self):
        """The data of the case as JSON, by which results are remembered."""
        return json_text(self.numbers)

    def the_case(self):
        """Return the case."""
        return case_of(self.text, self.case)

    def trace(self):
        """Return the trace of the case, by hand where it declares rounding, and in full precision."""
        return traced(self.text, self.case)

    def file_data(self):
        """Return the data for a file, without rules of rounding that are of no use in it."""
        data, pencil = dict(self.numbers), self.trace().pencil
        rules = data.pop("rounding", None)
        return {**data, "rounding": rules_used(rules, pencil)} if pencil else data

    def trace_in_full(self, mistake=""):
        """Return the trace in full precision alone, or that of a program with a mistake."""
        return traced(self.text, self.case, mistake, by_hand=False)

    def trace_before(self):
        """Return the trace before the last change, None if there is none."""
        return None if self.before is None else traced(json_text(self.before), self.case)


@functools.lru_cache(maxsize=8)
def data_of(name):
    """Return the data of a start or of a case that comes with purenet."""
    return start_data(name) if name in STARTS else plain_data(load_case(name))


@functools.lru_cache(maxsize=8)
def case_of(text, name):
    return Case(parse_json(text, name or "the case"), name or "the case")


@functools.lru_cache(maxsize=8)
def traced(text, name, mistake="", by_hand=True):
    """Return the trace of a case in a JSON text, of its first steps if there are many."""
    case = case_of(text, name)
    steps = steps_traced(case) if steps_traced(case) < len(case.batch_sizes) else None
    plan = {"steps": steps, "program": find(mistake) if mistake else None, "groups": []}
    if by_hand and case.rounding is not None:
        trace = trace_case(case, rounding=LabPencil(case.rounding), **plan)
        if rules_used(case.rounding, trace.pencil) != {}:
            return trace
    return trace_case(case, rounding={}, **plan)


def rules_used(rules, pencil):
    """Return the rules by which a pencil has rounded: after a change, the quantity of another may be gone."""
    if not isinstance(rules, dict):
        return rules
    return {
        name: rule for name, rule in rules.items() if name in RULE_FIELDS or written_name(name) not in pencil.unused
    }


class LabPencil(Pencil):
    """Rounds as a case says, and a rule for a quantity that is there no more, after a change, is no error."""

    def check_used(self):
        """Let rules be unused."""
