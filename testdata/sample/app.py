"""A Lambda function: greets, using a small package with a native part."""
import greeter


def handler(event, context):
    return {"statusCode": 200, "body": greeter.greet(event.get("name", "world"))}
