"""numpy: linear algebra, transforms, random streams, files, its testing tools and headers."""
import io
import os

import numpy as np


def computes():
    a = np.array([[3.0, 1, 2], [1, 2, 0], [2, 0, 5]])
    return [np.round(x, 9).tolist() for x in (np.linalg.solve(a, [1, 2, 3]), np.linalg.eigvalsh(a), np.abs(np.fft.fft(np.arange(8))),
                                              np.linalg.svd(a)[1], np.polynomial.Polynomial([1, -3, 2]).roots())]


def draws_random_numbers():
    rng = np.random.default_rng(7)
    return rng.integers(0, 100, 5).tolist(), np.random.Generator(np.random.MT19937(1)).random(3).round(12).tolist()


def saves_and_loads():
    out = io.BytesIO()
    np.savez_compressed(out, a=np.arange(5), b=np.array(["x", "y"]))
    loaded = np.load(io.BytesIO(out.getvalue()))
    return loaded["a"].tolist(), loaded["b"].tolist()


def tests_with_its_own_helpers():
    np.testing.assert_allclose(1.0, 1.0 + 1e-9)
    try:
        np.testing.assert_array_equal([1, 2], [1, 3])
    except AssertionError as error:
        return str(error).strip().splitlines()[0]


def tells_where_its_headers_would_be():
    return os.path.relpath(np.get_include(), os.path.dirname(np.__file__))


def describes_its_dtypes():
    return str(np.dtype([("a", "<i4"), ("b", "S3")])), np.finfo(np.float32).eps.item(), np.iinfo("u8").max
