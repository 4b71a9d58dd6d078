#!/usr/bin/env python3
# labels: corpus registry
# timeout: 900
"""Cython in a slimmed package still compiles code that shares declarations with numpy and scipy."""

import slimtest

CODE = """
import os, tempfile
folder = tempfile.mkdtemp()
source = os.path.join(folder, "made.pyx")
open(source, "w").write('''
cimport numpy as np
from numpy.random cimport bitgen_t
from scipy.linalg.cython_blas cimport ddot
def total(np.ndarray[double] x): return x.sum()
''')
from Cython.Compiler.Main import compile_single, CompilationOptions
from Cython.Compiler import Options
result = compile_single(source, CompilationOptions(Options.default_options, language_level=3), "made")
assert result.num_errors == 0 and os.path.getsize(result.c_file) > 10000
"""
folder = slimtest.pip_target("cython-numpy-scipy", ["cython", "numpy", "scipy"])
with slimtest.workdir() as work:
    slimtest.slim(slimtest.zip_folder(folder), "-o", work / "out.zip")
    after = slimtest.unzip(work / "out.zip", work / "after")
    for place in (folder, after):
        done = slimtest.python_in(place, CODE)
        assert done.returncode == 0, (place, done.stdout[-2000:], done.stderr[-2000:])
    assert not (after / "scipy/linalg/tests").exists()
