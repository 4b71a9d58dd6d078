#!/usr/bin/env python3
# labels: corpus registry survival
# timeout: 1800
"""The web: frameworks, validation, clients. Slimmed by the default rules, every module that imported still does."""
import survival

survival.check([
    "pydantic",
    "fastapi",
    "flask",
    "sqlalchemy",
    "aiohttp",
    "jsonschema",
])
