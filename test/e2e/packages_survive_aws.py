#!/usr/bin/env python3
# labels: corpus registry survival
# timeout: 1800
"""The AWS kit: boto3 with the usual data packages, Powertools, moto, OpenTelemetry. Slimmed by the default rules, every module that imported still does."""
import survival

survival.check([
    "boto3+requests+pandas+numpy+Pillow+pymysql",
    "aws-lambda-powertools[all]",
    "opentelemetry-sdk==1.25.0",
    "moto",
])
