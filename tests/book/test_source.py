from purenet.book.source import function_in, is_unwritten, parsed


def test_of_two_functions_with_a_name_the_last_counts_as_in_python():
    tree = parsed("def f():\n    pass\n\n\ndef f():\n    return 1\n", "a.py")
    assert function_in(tree, "f").lineno == 5
    assert not is_unwritten(function_in(tree, "f"))


def test_a_class_is_no_function():
    assert function_in(parsed("class f:\n    pass\n", "a.py"), "f") is None
