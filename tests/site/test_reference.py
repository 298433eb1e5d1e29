import purenet
from purenet.golden import testing
from purenet.site.reference import doc_blocks, public_entries


def entries():
    return {entry.name: entry for entry in public_entries()}


def test_all_that_purenet_offers_has_an_entry():
    assert set(purenet.__all__) <= set(entries())
    assert {"golden_tests", "load_case", "xor", "Sheet", "trained"} <= set(entries())
    assert entries()["golden_tests"].module == testing.__name__


def test_an_entry_has_its_signature_its_docstring_and_its_line():
    entry = entries()["Neuron.weigh"]
    assert (entry.kind, entry.signature, entry.file) == ("function", "(inputs)", "purenet/neuron.py")
    assert entry.doc == "Compute the net input x_j = Σ_i w_ij · y_i + b_j."
    with open(purenet.neuron.__file__, encoding="utf-8") as file:
        assert file.read().splitlines()[entry.line - 1] == "    def weigh(self, inputs):"
    assert entries()["Neuron"].signature == "(weights, bias=None, activation=None)"
    assert entries()["ReLU"].signature == entries()["NetworkError"].signature == ""


def test_a_property_has_no_parameters():
    assert (entries()["Trace.examples"].kind, entries()["Trace.examples"].signature) == ("property", "")


def test_doctests_and_lines_keep_their_form():
    assert doc_blocks("A.\n\n    x    y\n\n    z\n\n>>> 1\n1\n\n>>> 2\n2\n\nB.") == [
        ("prose", "A."),
        ("lines", "x    y\n\nz"),
        ("doctest", ">>> 1\n1\n\n>>> 2\n2"),
        ("prose", "B."),
    ]


def test_each_entry_leads_to_a_place_of_its_own():
    addresses = [entry.address for entry in public_entries()]
    assert len(addresses) == len(set(addresses))
