from tests.trace.test_record import trace_2x2x1

OF_A_TRACE = """\
A training step
===============

Layer J, by hand

neuron    inputs y    net input x    output y    delta δ    gradients ∇w    new weights w⁺
--------  ----------  -------------  ----------  ---------  --------------  ------------------
j1        1.0, 1.0    1.0            0.731       0.0227     0.0227, 0.0227  0.499773, 0.499773
j2        1.0, 1.0    1.0            0.731       0.0227     0.0227, 0.0227  0.499773, 0.499773

Layer K, by hand

neuron    inputs y      net input x    output y    delta δ    gradients ∇w        new weights w⁺
--------  ------------  -------------  ----------  ---------  ------------------  ----------------------
k1        0.731, 0.731  0.731          0.731       0.231      0.168861, 0.168861  0.49831139, 0.49831139

Layer J, in full precision

neuron    inputs y    net input x    output y    delta δ    gradients ∇w          new weights w⁺
--------  ----------  -------------  ----------  ---------  --------------------  ------------------
j1        1.0, 1.0    1.0            0.731059    0.0227144  0.0227144, 0.0227144  0.499773, 0.499773
j2        1.0, 1.0    1.0            0.731059    0.0227144  0.0227144, 0.0227144  0.499773, 0.499773

Layer K, in full precision

neuron    inputs y            net input x    output y    delta δ    gradients ∇w        new weights w⁺
--------  ------------------  -------------  ----------  ---------  ------------------  ------------------
k1        0.731059, 0.731059  0.731059       0.731059    0.231059   0.168917, 0.168917  0.498311, 0.498311
"""


def test_a_trace_is_summed_up_by_hand_and_in_full_precision():
    assert trace_2x2x1().summary(digits=6).to("text", width=120) == OF_A_TRACE
