#!/usr/bin/env python3
# labels: corpus registry survival
# timeout: 1800
"""Compiled and metadata-reading packages. Slimmed by the default rules, every module that imported still does."""
import survival
from survival import Floor

survival.check({
    "cryptography": Floor(80, 2, 2_000_000),
    "lxml": Floor(18, 1, 1_000_000),
    "psycopg2-binary": Floor(10, 1, 200_000),
    "grpcio": Floor(40, 1, 400_000),
    "openai": Floor(1500, 9, 7_000_000),
    "anthropic": Floor(2000, 10, 7_000_000),
})
