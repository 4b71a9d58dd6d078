#!/usr/bin/env python3
# labels: corpus registry functions
# timeout: 1800
"""The functions of test/corpus/data answer after slimming as before, by default and with each way of bytecode."""
import functions

functions.check("data", at_least=29)
