"""Chapter 19. From sums to matrices: the transpose, the outer product, the batch, and what broadcasting hides."""

from purenet import Layer, Network, Neuron, trace_case, trace_training
from purenet.book import Chapter, Choice, Matrices, Number
from purenet.cases import load_case
from purenet.code.matrix_programs import numpy_program
from purenet.document.table import Table
from purenet.errors import NetworkError
from purenet.golden.mistakes import CATALOGUE

chapter = Chapter(
    19,
    "From sums to matrices",
    question="Nearly all programs are in matrices. Why is there a transpose in them?",
    assumes="the sums of chapter 3, and mini-batches from chapter 6.",
)

EXAMPLES = [([1.0, 0.5], [1.0, 0.0]), ([0.0, 1.0], [0.0, 1.0]), ([0.5, -1.0], [1.0, 1.0]), ([2.0, 1.0], [0.0, 0.0])]
SQUARE, OBLONG = "a-sigmoid", "a3-not-square"
TRANSPOSED = ("weights-transposed-backward", "gradient-transposed")
HIDDEN = {  # a mistake, and the line of a program with NumPy in which it is made
    "bias-gradient-scalar-sum": "grad_b = np.sum(Delta) / n",
    "bias-gradient-scalar-mean": "grad_b = np.mean(Delta)",
    "bias-batch-sum": "grad_W, grad_b = Delta.T @ Y / n, Delta.sum(0)",
    "softmax-over-batch": "Y = P / P.sum()",
    "softmax-over-examples": "Y = P / P.sum(axis=0)",
    "softmax-max-over-batch": "P = np.exp(X - X.max())",
    "batch-mean-error-last-example": "error = (Y - T).mean(axis=0)",
    "bias-column-misaligned": "slopes = (Delta @ W)[:, 1:]",
}


def network():
    hidden = [Neuron([0.5, -1.0], 0.25), Neuron([1.0, 0.5], -0.5), Neuron([-0.5, 2.0], 0.0)]
    return Network([Layer(hidden), Layer([Neuron([1.0, -0.5, 0.5], 0.0), Neuron([0.5, 1.0, -1.0], 0.25)])])


def wrong_numbers(id, name):
    """Return how many numbers of a case a mistake makes wrong, in words, or that its program stops."""
    case = load_case(name)
    right = trace_case(case)
    try:
        wrong = trace_case(case, program=CATALOGUE[id])
    except NetworkError:
        return "it stops"
    pairs = [(row.value, wrong.rows[symbol].value) for symbol, row in right.rows.items() if symbol in wrong.rows]
    return f"{sum(abs(a - b) > 1e-12 for a, b in pairs)} of {len(pairs)}"


@chapter.content
def from_sums_to_matrices():
    one = trace_training(network(), EXAMPLES[:1], 0.5, rounding=3, title="One example")
    columns = one.matrices()
    yield """
purenet computes one number after the other. Programs that must be fast hand
whole tables of numbers to a library, and its formulas have fewer letters, but
also a transpose here and a sum over "axis 0" there, and nobody says why. All of
it is in the sums that you know. Here is a network 2-3-2; it is not square on
purpose. Every number is rounded to 3 decimals.

The way forward
---------------

The numbers of a layer are written below one another, as a column. The weights
become a table, W_J, with a row for each neuron: row 1 holds the list
`weights` of j1, row 2 that of j2.

"""
    yield Matrices(columns, [2])
    yield """
The product W_J · y_I is made so that this comes out right: each row is
multiplied by the column, entry by entry, and added up. That is the sum of one
neuron. Look at the shapes, written rows×columns: 3×2 · 2×1 is 3×1. The two
numbers in the middle must be the same, for a neuron has a weight for each
input; those at the ends are the shape of the result.

Why the transpose
-----------------

On the way back, a neuron of J needs Σ_k w_jk·δ_k (chapter 3): it adds up over
the neurons k that it feeds. Where are the weights with which j1 feeds them?
Forward, w_j1k1 is the first number in the list of k1, and w_j1k2 the first in
the list of k2. So they are in column 1 of W_K. But a product multiplies rows.
To have column 1 as a row, exchange rows and columns: that is the transpose,
W_Kᵀ, and nothing else.

"""
    yield Matrices(columns, [9])
    row = one.row("δ_j2")
    yield f"""
Take δ_j2, the second entry. Its row of W_Kᵀ times the column δ_K is the sum of
the trace:

    δ_j2 = {row.formula}
         = {row.numbers} {row.by_hand}

The shapes would have said so. δ_K is 2×1, and ∂E/∂y_J must be 3×1, one for each
neuron of J. Of W_K, 2×3, and W_Kᵀ, 3×2, only the second can do it. The sign ⊙
is different: it multiplies entry by entry, because each neuron has a slope of
its own, and hands it to nobody.

If a layer is square, no shape complains. Then a forgotten or a needless
transpose gives numbers, which are wrong. Two mistakes of the catalogue, on a
network 3-3-3 and on one that is 3-4-2:

"""
    rows = [[id, wrong_numbers(id, SQUARE), wrong_numbers(id, OBLONG)] for id in TRANSPOSED]
    yield Table(["mistake", "wrong numbers, 3-3-3", "3-4-2"], rows, [(0,), (1,), (2,)], plain=["mistake"])
    yield """
So test with layers that are not square.

Why the outer product
---------------------

∇w_ij = δ_j·y_i has no sum at all. There is one for each pair of a neuron j and
an input i: a table with as many rows and columns as W_J. A column times a row
is just this table of all products, and it is called the outer product.

"""
    yield Matrices(columns, [10])
    yield """
The transpose at y_I only lays the column down, so that the shapes fit: 3×1
times 1×2 is 3×2. The one in the middle is the number of terms in each sum. A
sum of one term is a product.

Where the batch goes
--------------------

Now four examples share a step. Each is a column, and the columns are put beside
one another:

"""
    batch = trace_training(network(), EXAMPLES, 0.5, rounding=2, title="Four examples")
    yield Matrices(batch.matrices(), [2])
    yield """
Nothing had to change. Column 3 of X_J comes from column 3 of Y_I alone, so the
examples go through the network side by side and do not meet. They meet in one
place, in the gradients:

"""
    yield Matrices(batch.matrices(), [10])
    terms = " + ".join(batch.row(f"∇w_i1j1{mark}").numbers for mark in ("⁽¹⁾", "⁽²⁾", "⁽³⁾", "⁽⁴⁾"))
    yield f"""
The number in the middle, 1 for one example, is 4 now: each entry is a sum over
the examples. Row 1 of Δ_J and column 1 of Y_Iᵀ have what j1 and i1 had in each
of the four, and ∇w_i1j1 is

    ({terms}) / 4

That is {batch.row("∇w_i1j1").by_hand.lstrip("=≈ ")}, the gradient of a mini-batch (chapter 6); by hand, each product is
rounded before it is added. A bias has nothing to be multiplied by, so its
deltas are multiplied by ones, which adds them up.

In rows
-------

NumPy and PyTorch keep an example in a row. Then all that was a column is a row,
and every product is turned around, for (A · B)ᵀ is Bᵀ · Aᵀ. The weights stay as
they are, so the transposes are elsewhere:

    columns                          rows
    X_J = W_J · Y_I + b_J            X_J = Y_I · W_Jᵀ + b_J
    Δ_J = (W_Kᵀ · Δ_K) ⊙ f′(X_J)     Δ_J = (Δ_K · W_K) ⊙ f′(X_J)
    ∇W_J = Δ_J · Y_Iᵀ                ∇W_J = Δ_Jᵀ · Y_I

Neither is the right one. Ask of each product what its rows and its columns are,
and what is in the middle: inputs on the way forward, the neurons of the next
layer on the way back, examples in the gradients. `purenet walkthrough xor-batch
--matrices --rows` shows all steps in rows, and here are lines of the program
with NumPy that purenet writes for that case, with the shapes in comments:

"""
    wanted = ("X_K", "de_dY_J", "Delta_J", "grad_W_J", "grad_b_J")
    lines = numpy_program(load_case("xor-batch")).splitlines()
    code = "\n".join(f"    {line}" for line in lines if line.split(" = ")[0] in wanted)
    yield f"""
{code.replace("  # ", chr(10) + "        # ")}

What broadcasting hides
-----------------------

X_J is 4×2 there and b_J only 1×2, and still the program adds them. The library
repeats a single row, or a single column, or a single number, as often as it is
needed. That is called broadcasting. It is what one wants for a bias: all
examples have the same one. But it also repeats what was never meant to be, and
no error tells. These are mistakes of the catalogue, each with a line that makes
it. P are the powers e^x, and n is the number of examples:

"""
    yield Table(
        ["mistake", "a line that makes it"],
        [[id, line] for id, line in HIDDEN.items()],
        [(0,), (1,)],
        plain=["mistake", "a line that makes it"],
    )
    softmax = "b-softmax-cross-entropy"
    yield f"""
The first two add up without an axis. So all entries become a single number, and
all biases of the layer move alike. The third divides by n in one place and not
in the other. The softmax of the fourth divides by the sum over the whole batch,
and that of the fifth by the sum over each class. All have shapes that fit. With
softmax-over-batch, {wrong_numbers("softmax-over-batch", softmax)} numbers of the golden case
{softmax} are wrong. With one example in each step it is no
mistake at all: a test needs a batch. In the sixth, an example far below the
largest number of the batch becomes 0/0.

The seventh takes a mean too early. The mean of the products δ_j·y_i is not the
product of the means, just as (1·1 + 3·3) / 2 is not 2·2. The last keeps the
biases as a column of the weights, and leaves out the wrong one. `purenet
mistakes ID` shows each of them with its formula and its numbers.

Three habits help. Write the shape behind every line. Test with sizes that are
all different, inputs, neurons of each layer, outputs and examples. And keep a
sum at hand for one entry: `purenet walkthrough CASE --matrices --only δ_j1` has
its row, its column and its numbers.

Now read `Layer.input_gradients` in purenet/layer.py once more. Its two loops
are W_Kᵀ · δ_K, and the outer one goes over the rows of the transpose.
"""


chapter.exercises(
    Number(
        """
A layer has 5 neurons and 3 inputs. 8 examples are in rows, 8×3. How many
entries has X_J?
""",
        answer=40,
        exact=True,
        wrong={
            "15": "That is W_J, 5×3. It knows nothing of the examples.",
            "24": "That is Y_I, 8×3. Each example has a net input for each neuron.",
            "120": "The 3 in the middle of 8×3 · 3×5 is added up: it is not in the result.",
            "5": "That is for one example.",
        },
        hint="8×3 · 3×5: the ends remain.",
        because="X_J = Y_I · W_Jᵀ is 8×3 · 3×5, so 8×5.",
    ),
    Number(
        """
W_K has the rows (1, 2, −1) and (3, 0.5, 2). The entries of δ_K are 2 and −1.
What is the second entry of W_Kᵀ · δ_K?
""",
        answer="3.5",
        exact=True,
        wrong={
            "4": "That is its sum without the weight of k2, 2·2. j2 feeds k2 as well, with 0.5.",
            "-1": "That is the first entry: column 1 of W_K.",
            "-4": "That is the third entry: column 3 of W_K.",
            "5.5": "That is row 2 of W_K times (2, −1, 0). What j2 sends out is in column 2.",
            "4.5": "δ_k2 is negative.",
        },
        hint="Row 2 of W_Kᵀ is column 2 of W_K: the weights with which j2 feeds k1 and k2.",
        because="2·2 + 0.5·(−1).",
    ),
    Choice(
        """
In rows, Δ_J is 16×4 and Y_I is 16×3. Why does Δ_Jᵀ · Y_I add up the gradients
of the 16 examples?
""",
        {
            "Because 4×16 · 16×3 adds up over what is in the middle, and that is the examples.": True,
            "Because NumPy adds up axis 0 of every product.": (
                "A product has no axis of its own: its sums go over the two sides that meet."
            ),
            "It does not: they must be added up before, and divided by 16.": (
                "If Δ and Y are added up first, each delta meets inputs of other examples."
            ),
        },
        right="Because 4×16 · 16×3 adds up over what is in the middle, and that is the examples.",
        hint="Write the shapes of both below the product.",
    ),
    Choice(
        """
A program in rows has grad_b = np.sum(Delta) where it should say
Delta.sum(axis=0). The layer has 4 neurons. What happens?
""",
        {
            "An error: a number cannot be subtracted from a row of 4.": (
                "It can: the number is repeated four times. That is broadcasting."
            ),
            "All 4 biases move by one number, the sum of all deltas, and nothing complains.": True,
            "Nothing changes, for the sum is the same.": "The sum over the neurons should not have been taken.",
        },
        right="All 4 biases move by one number, the sum of all deltas, and nothing complains.",
        hint="bias-gradient-scalar-sum is its name in the catalogue.",
    ),
    Choice(
        """
You test a matrix program with a network 3-3-3 and one example in each step. Of
these mistakes, which can it not show at all?
""",
        {
            "The weights are read with row and column exchanged on the way back.": (
                "The numbers are wrong; only no shape complains, as all are 3×3."
            ),
            "Softmax divides by the sum over the whole batch.": True,
            "The gradient of every bias is one number, the sum over its neurons.": (
                "The biases of three neurons then move alike: that shows."
            ),
        },
        right="Softmax divides by the sum over the whole batch.",
        hint="What is the batch, if a step has one example?",
    ),
)

if __name__ == "__main__":
    chapter.tell()
