"""A filled worksheet of seed 7, computed without purenet: Decimals, each rounded to four decimals before going on."""

from decimal import ROUND_HALF_UP, Decimal

WEIGHTS = {"i1j1": "-0.3", "i2j1": "-0.6", "i1j2": "0.1", "i2j2": "-0.1", "j1k1": "0.4", "j2k1": "-0.2"}
BIASES = {"j1": "-0.5", "j2": "-0.1", "k1": "0.6"}
INPUTS, TARGET, RATE = {"i1": Decimal("0.6"), "i2": Decimal("0.4")}, Decimal(1), Decimal("0.5")


def rounded(number):
    return number.quantize(Decimal("0.0001"), ROUND_HALF_UP)


def filled(forgotten=()):
    """Return the numbers of a person by symbol, who forgets the slope of the neurons in `forgotten`, and goes on rightly."""
    w = {name: Decimal(text) for name, text in WEIGHTS.items()}
    b = {name: Decimal(text) for name, text in BIASES.items()}
    found, y, delta = {}, dict(INPUTS), {}
    for layer, before in ((("j1", "j2"), ("i1", "i2")), (("k1",), ("j1", "j2"))):
        for j in layer:
            x = found[f"x_{j}"] = rounded(w[before[0] + j] * y[before[0]] + w[before[1] + j] * y[before[1]] + b[j])
            y[j] = found[f"y_{j}"] = rounded(1 / (1 + (-x).exp()))
    found["E"] = rounded((y["k1"] - TARGET) ** 2 / 2)
    delta["k1"] = rounded(y["k1"] * (1 - y["k1"]) * (y["k1"] - TARGET))
    for j in ("j1", "j2"):
        slope = Decimal(1) if j in forgotten else y[j] * (1 - y[j])
        delta[j] = rounded(slope * w[j + "k1"] * delta["k1"])
    gradients = {name: rounded(delta[name[2:]] * y[name[:2]]) for name in w}
    found.update({f"δ_{j}": number for j, number in delta.items()})
    found.update({f"∇w_{name}": number for name, number in gradients.items()})
    found.update({f"∇b_{j}": number for j, number in delta.items()})
    found.update({f"w_{name}⁺": rounded(w[name] - RATE * gradients[name]) for name in w})
    found.update({f"b_{j}⁺": rounded(b[j] - RATE * delta[j]) for j in b})
    return found


def typed(answers, numbers):
    """Return the text of a file of answers with numbers typed in, a dictionary from symbols."""
    lines = [f"{line}{numbers[line.strip()]}" if line.strip() in numbers else line for line in answers.splitlines()]
    return "\n".join(lines) + "\n"
