from decimal import Decimal
from fractions import Fraction

import pytest

from purenet import History, NetworkError
from purenet.drawing.loss_curve import thinned
from purenet.training import Epoch
from tests.drawing.svg_reader import SPACE, of_class, read, texts


def history(*losses, accuracy=0.5):
    return History(Epoch(number, loss, accuracy) for number, loss in enumerate(losses, start=1))


def points(path):
    return [tuple(map(float, pair.split())) for pair in path.get("d")[1:].split("L")]


def heights(root):
    """Return the places of the numbers at the left axis, by number; the axis of the loss comes first."""
    found = {}
    for element in of_class(root, "end"):
        found.setdefault(float(element.text.replace("−", "-").split(" %")[0]), float(element.get("y")) - 4)
    return found


def test_the_title_counts_the_epochs_of_the_training_where_some_are_left_out():
    some = History(Epoch(number, 0.5, 0.5) for number in (1, 10, 100))
    assert some.picture().title == "The loss of a training of 100 epochs"
    assert History(some[1:2]).picture().title == "The loss of a training of 1 epoch"


def test_the_curve_passes_through_the_losses_of_the_core():
    root = read(history(0.5, 0.3, 0.25, 0.125).picture())
    curve, accuracy = [points(path) for path in of_class(root, "curve")]
    axis = heights(root)
    assert set(axis) >= {0.0, 0.1, 0.2, 0.3, 0.4, 0.5}
    for (_, y), loss in zip(curve, (0.5, 0.3, 0.25, 0.125)):
        assert (axis[0.0] - y) / (axis[0.0] - axis[0.5]) == pytest.approx(loss / 0.5, abs=1e-3)
    assert [x for x, _ in curve] == pytest.approx([0, 560 / 3, 1120 / 3, 560], abs=0.01)
    assert {y for _, y in accuracy} == {320.0}  # in the middle of the 90 px from 0 to 100 %
    description = root.find(f"{SPACE}desc").text
    assert description == (
        "The loss falls from 0.5 in epoch 1 to 0.125 in epoch 4. The accuracy goes from 50.0 % to 50.0 %."
    )


def test_more_than_two_decades_make_the_axis_logarithmic():
    equal = read(history(1.0, 0.01).picture())
    assert "logarithmic" not in equal.find(f"{SPACE}desc").text
    root = read(history(1.0, 0.1, 0.001).picture(accuracy=False))
    assert "logarithmic" in root.find(f"{SPACE}desc").text
    axis = heights(root)
    assert [axis[loss] for loss in (1.0, 0.1, 0.001)] == pytest.approx(
        [y for _, y in points(of_class(root, "curve")[0])], abs=0.02
    )
    assert axis[1.0] - axis[0.1] == pytest.approx(axis[0.1] - axis[0.01], abs=0.02)
    assert "logarithmic" not in history(1.0, 0.1, 0.0).picture()  # 0 has no logarithm


def test_the_accuracy_is_left_out_on_request():
    with_it, without = history(0.5, 0.25).picture(), history(0.5, 0.25).picture(accuracy=False)
    assert "accuracy" in texts(read(with_it)) and "accuracy" not in without


@pytest.mark.parametrize(
    "losses, words",
    [
        ((0.5,), "The loss of epoch 1 is 0.5."),
        ((0.25, 0.5), "The loss rises from 0.25 in epoch 1 to 0.5 in epoch 2. Its lowest is 0.25, in epoch 1."),
        ((0.0, 0.0), "The loss goes from 0.0 in epoch 1 to 0.0 in epoch 2."),
        ((1e300, 1e-300), "The loss falls from 1e+300 in epoch 1 to 1e-300 in epoch 2."),
        ((-1.0, -2.5), "The loss falls from −1.0 in epoch 1 to −2.5 in epoch 2."),
        ((Fraction(1, 2), Fraction(1, 4)), "The loss falls from 1/2 in epoch 1 to 1/4 in epoch 2."),
        ((Decimal("0.5"), Decimal("0.25")), "The loss falls from 0.5 in epoch 1 to 0.25 in epoch 2."),
    ],
)
def test_any_history_is_drawn_and_described(losses, words):
    assert words in read(history(*losses).picture()).find(f"{SPACE}desc").text


@pytest.mark.parametrize(
    "losses, message",
    [
        ((), "^there is no epoch to draw: train first$"),
        ((0.5, float("nan")), "^the loss of epoch 2 must be a finite number, not nan$"),
        ((1e308, -1e308), "^losses from -1e\\+308 to 1e\\+308 are too far apart to draw$"),
    ],
)
def test_losses_that_cannot_be_drawn(losses, message):
    with pytest.raises(NetworkError, match=message):
        history(*losses).picture()


def test_a_long_training_makes_a_picture_of_a_sensible_size_without_losing_a_peak():
    losses = [1 / number for number in range(1, 200_001)]
    losses[123_456] = 7.5
    picture = history(*losses).picture()
    assert len(picture) < 60_000
    kept = thinned(list(enumerate(losses)))
    assert {(0, 1.0), (123_456, 7.5), (199_999, 1 / 200_000)} <= set(kept)
    assert kept == sorted(kept) and set(kept) <= set(enumerate(losses))


def test_the_epochs_at_the_axis_are_whole_numbers_and_begin_with_the_first():
    root = read(History([Epoch(41, 0.5, 0.5), Epoch(42, 0.4, 0.5), Epoch(43, 0.3, 0.5)]).picture())
    below = [element.text for element in of_class(root, "tick") if "middle" in element.get("class")]
    assert below == ["41", "42", "43"]


def test_what_is_held_out_has_a_curve_of_its_own_and_words():
    held_out = [Epoch(1, 0.4, 0.75), Epoch(2, 0.2, 0.875), Epoch(3, 0.3, 0.8125)]
    root = read(History([Epoch(1, 0.5, 0.5), Epoch(2, 0.25, 0.75), Epoch(3, 0.125, 1.0)]).picture(True, held_out))
    curve = points(next(path for path in of_class(root, "curve") if "held-out" in path.get("class")))
    axis = heights(root)
    for (_, y), loss in zip(curve, (0.4, 0.2, 0.3)):
        assert (axis[0.0] - y) / (axis[0.0] - axis[0.5]) == pytest.approx(loss / 0.5, abs=1e-3)
    assert {"learned from", "held out"} <= set(texts(root))
    assert root.find(f"{SPACE}desc").text.endswith(
        "Held out: the loss goes from 0.4 to 0.3, the accuracy from 75.0 % to 81.2 %. Its lowest loss is 0.2, in epoch 2. "
        "These are computed after each epoch; the others within it, each example before its step."
    )
