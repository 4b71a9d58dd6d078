#!/usr/bin/env python3
# labels: corpus registry survival
# timeout: 1800
"""The AWS kit: boto3 with the usual data packages, Powertools, moto, OpenTelemetry. Slimmed by the default rules, every module that imported still does."""
import survival
from survival import Floor

survival.check({
    "boto3+requests+pandas+numpy+Pillow+pymysql": Floor(700, 12, 50_000_000),
    "aws-lambda-powertools[all]": Floor(700, 15, 8_000_000),
    "opentelemetry-sdk==1.25.0": Floor(150, 6, 1_000_000),
    "moto": Floor(0, 0, 0),
})
