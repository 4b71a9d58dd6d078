#!/usr/bin/env python3
# labels: corpus registry lambda
# timeout: 900
"""Functions as people deploy them answer every event as before, under Lambda's own runtime client: handlers behind API Gateway,
S3 events, databases, models, tokens. Floors: nothing is compared where nothing answers."""
import sys

import handlers

WAYS = {"default": [], "all that is on offer": ["--enable", "python-comments", "--services", "auto", "--bytecode", "init",
                                                "--handler", "app.handler", "--python", sys.executable]}
names = sorted(path.parent.name for path in handlers.HANDLERS.glob("*/app.py"))
assert len(names) >= 8, names
assert sum(len(handlers.events_of(name)) for name in names) >= 60
for name in names:
    handlers.check(name, WAYS)
