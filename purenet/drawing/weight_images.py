"""Small images as SVG: the weights of a first layer whose inputs are pixels, and the images that are misclassified."""

from purenet.arithmetic.expression import value_of
from purenet.drawing.sheet import sheet
from purenet.drawing.svg import Element, length_text
from purenet.drawing.text import LABEL, shown_number, text, text_width
from purenet.errors import NetworkError, check_number, count
from purenet.training import is_right

SIDE = 88  # about the pixels of an image along its longer side, on the page
MOST_SQUARES = 30_000  # weights drawn in one picture; of more neurons than that, the first
ACROSS = 8  # images beside each other
CAPTIONS = 40  # below an image, for two lines of words
BETWEEN = 14
MISTAKES = 40  # images that are shown unless more are asked for
SHADES = 16  # of a pixel, from paper to ink
IMAGES_STYLE = """svg .image rect{fill:none;stroke:var(--muted);stroke-width:.8}
svg .weights .positive{fill:var(--operand)}
svg .weights .negative{fill:none;stroke:var(--done);stroke-width:1.1}
svg .ink{fill:var(--text);shape-rendering:crispEdges}
svg .tiny{font-size:12px;fill:var(--text);text-anchor:middle}
"""


def weight_images(network, width, height):
    """Return the weights of each neuron of the first layer as an image, as the text of an SVG file.

    An image is `width` pixels wide and `height` high. Each weight is a square at the place of its pixel: the larger the
    weight, the larger the square; filled if it is positive, outlined if it is negative. Raises NetworkError unless
    there are as many inputs as pixels.
    """
    neurons = network.layers[0].neurons
    check_size(width, height, len(neurons[0].weights))
    for neuron in neurons:
        for i, weight in enumerate(neuron.weights):
            check_number(value_of(weight), f"weight {i + 1} of neuron {neuron.name}")
    drawn = neurons[: max(1, MOST_SQUARES // (width * height))]
    largest = max(abs(value_of(weight)) for neuron in neurons for weight in neuron.weights)
    cell = max(4, SIDE // max(width, height))
    images = []
    for neuron in drawn:
        weights = [value_of(weight) for weight in neuron.weights]
        words = f"{neuron.name}: weights from {shown_number(min(weights))} to {shown_number(max(weights))}"
        if neuron.bias is not None:
            words += f", bias {shown_number(value_of(neuron.bias))}"
        image = Element("g", {"class": "image weights", "data-neuron": neuron.name}, Element("title", {}, words))
        for kind, chosen in (("positive", lambda w: w > 0), ("negative", lambda w: w < 0)):
            squares = [(n, abs(w) / largest) for n, w in enumerate(weights) if chosen(w)]
            path = "".join(square(n % width, n // width, share, cell, kind) for n, share in squares)
            image.add(Element("path", {"class": kind, "d": path}) if path else None)
        images.append((image, [neuron.name]))
    layer = network.layers[0].letter.upper()
    lines = [
        f"Layer {layer}: {count(len(neurons), 'neuron')} with {width} x {height} weights each. "
        f"The larger a square, the larger the weight; the largest is {shown_number(largest)} in size.",
        "Filled squares are positive: ink there raises the net input. Outlined ones are negative.",
    ]
    if len(drawn) < len(neurons):
        lines.append(f"{len(neurons) - len(drawn)} more neurons are left out.")
    return gallery("The weights of the first layer", lines, images, (width * cell, height * cell), captions=LABEL + 8)


def mistake_images(network, examples, width, height, labels=None, most=MISTAKES):
    """Return the images that a network misclassifies, each with its answer and the truth, as the text of an SVG file.

    `examples` are pairs of pixels and targets, one target for each class; `labels` names the classes. At most the first
    `most` mistakes are drawn. Raises NetworkError for sizes that do not fit.
    """
    check_size(width, height, len(network.layers[0].neurons[0].weights))
    classes = len(network.layers[-1].neurons)
    if classes < 2:
        raise NetworkError("mistakes are drawn for networks with an output for each class, not for those with 1 output")
    labels = labels or [str(n + 1) for n in range(classes)]
    if len(labels) != classes:
        raise NetworkError(f"the network has {classes} outputs but got {count(len(labels), 'label')}")
    if type(most) is not int or most < 1:
        raise NetworkError(f"at least 1 mistake must be drawn, not {most!r}")
    total, wrong = 0, []
    for inputs, targets in examples:
        total += 1
        outputs = network.forward(inputs)
        if not is_right(outputs, targets):
            wrong.append((total, list(inputs), targets.index(max(targets)), outputs))
    if total == 0:
        raise NetworkError("there are no examples to look for mistakes in")
    cell = max(4, SIDE // max(width, height))
    images = [mistake(*found, labels, width, cell) for found in wrong[:most]]
    verb = "are" if len(wrong) > 1 else "is"
    lines = [f"{len(wrong) or 'None'} of {count(total, 'image')} {verb} misclassified."]
    if len(wrong) > most:
        lines[0] += f" Here are the first {most}."
    if images:
        lines.append("Below each: the answer of the network and the truth, each with the output for that class.")
    return gallery("The mistakes of the network", lines, images, (width * cell, height * cell), captions=CAPTIONS)


def mistake(place, inputs, target, outputs, labels, width, cell):
    """Return a misclassified image and the lines below it."""
    said = outputs.index(max(outputs))
    captions = [caption("says", labels[said], outputs[said]), caption("is", labels[target], outputs[target])]
    words = f"image {place}: the network says {labels[said]} ({shown_number(outputs[said])}), it is {labels[target]} "
    words += f"({shown_number(outputs[target])})"
    image = Element("g", {"class": "image", "data-example": place}, Element("title", {}, words))
    brightest = max(max(inputs), 1)
    shades = [min(SHADES, max(0, round(SHADES * value / brightest))) for value in inputs]
    for shade in sorted(set(shades) - {0}):
        path = "".join(run(n, width, cell) for n, found in enumerate(shades) if found == shade)
        image.add(Element("path", {"class": "ink", "d": path, "fill-opacity": f"{shade / SHADES:.3f}"}))
    return image, captions


def caption(word, label, output):
    """Return a line below an image; a label that would run into the next image is cut short."""
    line = f"{word} {label} ({output:.2f})"
    while text_width(line, LABEL) > SIDE + BETWEEN - 2 and len(label) > 2:
        label = label.rstrip("…")[:-1] + "…"
        line = f"{word} {label} ({output:.2f})"
    return line


def run(n, width, cell):
    return f"M{n % width * cell} {n // width * cell}h{cell}v{cell}h-{cell}z"


def square(column, row, share, cell, kind):
    """Return the path of a square in the middle of a cell whose area is a share of the largest."""
    # the line around an outlined one is half outside it
    side = (cell - 1.0) * float(share) ** 0.5 - (1.1 if kind == "negative" else 0)
    side = max(side, 0.3)
    x, y, side = (length_text(v) for v in ((column + 0.5) * cell - side / 2, (row + 0.5) * cell - side / 2, side))
    return f"M{x} {y}h{side}v{side}h-{side}z"


def check_size(width, height, inputs):
    """Raise NetworkError unless an image of a size has a pixel for each input."""
    for size in (width, height):
        if type(size) is not int or size < 1:
            raise NetworkError(f"an image is a whole number of pixels wide and high, not {width!r} x {height!r}")
    if width * height != inputs:
        raise NetworkError(
            f"{width} x {height} pixels are {width * height}, but the network has {count(inputs, 'input')}"
        )


def gallery(title, lines, images, size, captions):
    """Return images in rows, each with a frame and lines of words below it."""
    width, height = size
    step = max(width, SIDE) + BETWEEN
    elements = []
    for place, (image, words) in enumerate(images):
        x, y = place % ACROSS * step, place // ACROSS * (height + captions + BETWEEN)
        image.attributes["transform"] = f"translate({length_text(x + (step - BETWEEN - width) / 2)} {y})"
        image.add(Element("rect", {"x": -1, "y": -1, "width": width + 2, "height": height + 2}))
        for row, line in enumerate(words):
            image.add(text("tiny", width / 2, height + 16 + 15 * row, line))
        elements.append(image)
    rows = -(-len(images) // ACROSS)
    spoken = "; ".join(image.children[0].children[0] for image, _ in images[:ACROSS])
    rest = f"; and {len(images) - ACROSS} more" if len(images) > ACROSS else ""
    description = " ".join([*lines, f"{spoken}{rest}."] if images else lines)
    space = (
        min(len(images), ACROSS) * step - BETWEEN if images else 0,
        max(0, rows * (height + captions + BETWEEN) - BETWEEN),
    )
    return sheet(title, lines, description, space, elements, [IMAGES_STYLE])
