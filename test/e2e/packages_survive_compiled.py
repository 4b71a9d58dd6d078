#!/usr/bin/env python3
# labels: corpus registry survival
# timeout: 1800
"""Compiled and metadata-reading packages. Slimmed by the default rules, every module that imported still does."""
import survival

survival.check([
    "cryptography",
    "lxml",
    "psycopg2-binary",
    "grpcio",
    "openai",
    "anthropic",
])
