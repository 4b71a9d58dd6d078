"""boto3: every service's client, paginators, waiters, resources, presigned URLs, stubbed answers, errors."""
import boto3
from botocore.config import Config
from botocore.stub import Stubber

SESSION = boto3.Session("AKIAX", "secret", region_name="eu-west-1")


def signs_a_url():
    client = SESSION.client("s3", config=Config(signature_version="s3v4", s3={"addressing_style": "virtual"}))
    return client.generate_presigned_url("get_object", Params={"Bucket": "b", "Key": "k"}, ExpiresIn=60).split("X-Amz-Date")[0]


def makes_every_client():
    names = SESSION.get_available_services()
    made = {name: len(SESSION.client(name).meta.service_model.operation_names) for name in names[::25]}
    return len(names), str(made)


def pages_and_waits():
    client = SESSION.client("ec2")
    return client.can_paginate("describe_instances"), client.waiter_names, SESSION.client("s3").get_paginator("list_objects_v2").__class__.__name__


def uses_resources():
    table = SESSION.resource("dynamodb").Table("t")
    with Stubber(table.meta.client) as stub:
        stub.add_response("get_item", {"Item": {"id": {"S": "1"}, "n": {"N": "2.5"}}})
        return str(table.get_item(Key={"id": "1"})["Item"]), SESSION.get_available_resources()


def refuses_wrong_parameters():
    import botocore.exceptions
    try:
        SESSION.client("sqs").send_message(QueueUrl=3)
    except botocore.exceptions.ParamValidationError as error:
        return str(error)


def knows_regions():
    return sorted(SESSION.get_available_regions("lambda"))[:5], SESSION.get_partition_for_region("cn-north-1"), sorted(
        SESSION.client("s3", region_name="us-gov-west-1").meta.endpoint_url.split("."))


def answers_from_a_stub():
    client = SESSION.client("dynamodb")
    with Stubber(client) as stub:
        stub.add_client_error("put_item", "ConditionalCheckFailedException", "no")
        try:
            client.put_item(TableName="t", Item={"a": {"S": "b"}})
        except client.exceptions.ConditionalCheckFailedException as error:
            return str(error)


def encodes_and_signs_by_hand():
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    request = AWSRequest("GET", "https://x.eu-west-1.amazonaws.com/")
    SigV4Auth(SESSION.get_credentials().get_frozen_credentials(), "x", "eu-west-1").add_auth(request)
    return request.headers["Authorization"].split("/")[0]


def documents_itself():
    import pydoc
    return len(pydoc.render_doc(SESSION.client("sts"), renderer=pydoc.plaintext)) > 1000
