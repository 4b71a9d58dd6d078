#!/usr/bin/env python3
# labels: corpus registry survival
# timeout: 1800
"""Numbers: scipy of today and the pair whose tests are imported at run time, duckdb, nltk. Slimmed by the default rules, every module that imported still does."""
import survival
from survival import Floor

survival.check({
    "scipy": Floor(0, 0, 0),
    "numpy==2.2.6+scipy==1.15.2": Floor(0, 0, 0),
    "duckdb": Floor(0, 0, 0),
    "nltk": Floor(0, 0, 0),
})
