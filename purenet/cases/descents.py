"""The descents by the names that cases and commands give them, each with its settings. Read descent.py first."""

from purenet.cases.biases import FrozenBiasAdam, FrozenBiasAdamW, FrozenBiasDescent
from purenet.descent import Adam, AdamW, GradientDescent
from purenet.errors import NetworkError, quoted

OF_MOMENTUM, OF_MOMENTS = ("momentum", "weight_decay"), ("beta1", "beta2", "epsilon", "weight_decay")
SETTINGS = {"gradient": OF_MOMENTUM, "nesterov": OF_MOMENTUM, "adam": OF_MOMENTS, "adamw": OF_MOMENTS}
ALL_SETTINGS = tuple(dict.fromkeys((*OF_MOMENTUM, *OF_MOMENTS)))
NEEDED = {"gradient": (), "nesterov": ("momentum",), "adam": OF_MOMENTS[:3], "adamw": OF_MOMENTS[:3]}  # in a case
# of `purenet train`, where nobody says another
USUAL = {"momentum": 0.0, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weight_decay": 0.0}
KINDS = {"adam": (Adam, FrozenBiasAdam), "adamw": (AdamW, FrozenBiasAdamW)}


def descent_of(name, learning_rate, settings, trained_biases=True):
    """Return the descent of a name; `settings` is a dictionary that has those of the name, and may have others."""
    kind, frozen = KINDS.get(name, (GradientDescent, FrozenBiasDescent))
    more = {"nesterov": True} if name == "nesterov" else {}
    own = {field: settings[field] for field in SETTINGS[name]}
    return (kind if trained_biases else frozen)(learning_rate, **own, **more)


def check_fields(name, given):
    """Raise NetworkError for a setting among the given names that a descent does not have, or that it needs and lacks."""
    for field in ALL_SETTINGS:
        if field in given and field not in SETTINGS[name]:
            raise NetworkError(f"{field} is of no use to the descent {quoted(name)}: {owners(field)} have it")
        if field in NEEDED[name] and field not in given:
            raise NetworkError(f"the descent {quoted(name)} needs {field}")


def owners(field):
    """Return the names of the descents that have a setting, as words: "adam and adamw"."""
    return " and ".join(name for name, fields in SETTINGS.items() if field in fields)
