#!/usr/bin/env python3
# labels: corpus registry functions
# timeout: 1800
"""The functions of test/corpus/tools answer after slimming as before, by default and with each way of bytecode."""
import functions

functions.check("tools", at_least=19)
