#!/usr/bin/env python3
# labels: corpus registry survival
# timeout: 1800
"""The web: frameworks, validation, clients. Slimmed by the default rules, every module that imported still does."""
import survival
from survival import Floor

survival.check({
    "pydantic": Floor(90, 4, 1_500_000),
    "fastapi": Floor(200, 8, 3_000_000),
    "flask": Floor(100, 5, 1_500_000),
    "sqlalchemy": Floor(180, 2, 9_000_000),
    "aiohttp": Floor(85, 7, 5_000_000),
    "jsonschema": Floor(35, 4, 900_000),
})
