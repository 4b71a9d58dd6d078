import greeter


def test_counts_letters():
    assert greeter.greet("Ada") == "Hello, Ada! That is 3 letters."
