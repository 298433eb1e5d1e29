"""Requests of the lab at random: what a person can press or type, and what only a hostile page would send."""

import base64
import json
import re
import zlib

TYPED = ["0.5", "-2", "−0.25", "0", "3", "1e3", "0.123456789", "1", "100", "17"]
BAD = ["", " ", "abc", "nan", "inf", "-inf", "1e999", "1e-999", "1E-999999999", "1e999999999999", "9" * 5000]
BAD += ["x" * 5000, "0." + "3" * 6000, "1e300", "-1e308", "1e17", "1,5", "1/2", "１２", "²", "१", "<script>", "\ud800"]
BAD += ["\0", "1_000", "+", "-", "--1", "0x10", "1e", "Infinity", "sNaN", "-1", "-1000000", "1000000", "10000001"]
NAMES = ["w_i1j1", "w_i2j1", "w_j1k1", "b_j1", "b_k1", "y_i1", "t_k1", "y_i1⁽¹⁾", "t_k1⁽²⁾", "η", "μ", "λ", "delta_k1"]
NAMES += ["δ_j1", "δ_k1", "y_j1", "x_j1", "w_i1j1⁺", "activation 0", "activation 1", "loss", "gradient", "batch"]
NAMES += ["biases 0", "biases 1", "rounding", "layer", "example", "neuron 0", "neuron 1", "neuron 2", "example 1"]
NAMES += ["1", "2", "step", "nudge", "learn", "break", "answer", "neuron -1", "neuron x", "activation ²", "example x"]
NAMES += ["neuron", "activation", "__class__", "neuron 99999999999999999999", "biases 99", "hidden-derivative-missing"]
CHOICES = ["sigmoid", "tanh", "relu", "identity", "softmax", "threshold", "sign", "half squared error", "cross-entropy"]
CHOICES += ["binary cross-entropy", "mean squared error", "mean", "sum", "yes", "no", "decimals 4", "none"]
CHOICES += ["significant_digits 3", "updated-weights-in-hidden-delta", "hidden-derivative-missing", "no-such-thing"]
CASES = ["2x2x1", "mazur", "softmax-three-classes", "batch-mean", "momentum-batches", "xor-2-4-1", "deep-narrow"]
CASES += ["brownlee-training", "prakash", "brownlee-forward", "negnevitsky-xor-training", "xor-that-learns", "wide"]
DOES = (
    "open file save set bump choose more fewer draw hold take use tab step nudge nudge_what train go run look".split()
)
DOES += "mistake see answer hint".split()
NO_REQUESTS = [None, [], "open", 7, True, {}, {"do": 1}, {"do": "open", "case": ["2x2x1"]}, {"do": "__init__"}]
NO_REQUESTS += [
    {"do": "open", "case": name} for name in ("/etc/passwd", "-", "../2x2x1.json", "nothing", "", "2x2x1.json")
]


def packed(fields):
    """Return the text of an address that has any fields."""
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(fields).encode("utf-8"))).decode("ascii")


def random_request(source, state, parts):
    """Return a request after an answer: most are those of a control of the page, and some are anything."""
    kind = source.random()
    if kind < 0.35 and parts:
        return {"state": state, **pressed(source, parts)}
    if kind < 0.97:
        name, value = source.choice(NAMES), source.choice(source.choice([TYPED, BAD, CHOICES, NAMES]))
        return {"state": state, "do": source.choice(DOES), "name": name, "value": value}
    if kind < 0.98:
        return {"do": "open", "case": source.choice(CASES)}
    if kind < 0.99:
        return {"do": "open", "address": altered(source, state)}
    return source.choice(NO_REQUESTS)


def pressed(source, parts):
    """Return the request that some control of the page sends."""
    page = "".join(parts.values())
    tag = source.choice(re.findall(r"<(?:button|input|select) [^>]*data-do=[^>]*>", page))
    fields = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
    value = fields.get("value", "")
    if tag.startswith("<input"):
        value = source.choice([*TYPED, source.choice(BAD)])
        if fields.get("type") == "range":
            value = str(source.randint(int(fields["min"]), int(fields["max"])))
    if tag.startswith("<select"):
        menu = page[page.index(tag) :]
        value = source.choice(re.findall(r'<option value="([^"]*)"', menu[: menu.index("</select>")]))
    return {"do": fields["data-do"].replace("-", "_"), "name": fields.get("name", ""), "value": value}


def altered(source, state):
    """Return an address that was cut short or changed in one place."""
    place = source.randrange(len(state) or 1)
    return state[:place] + source.choice(["", source.choice("Aa_-é#") + state[place + 1 :]])
