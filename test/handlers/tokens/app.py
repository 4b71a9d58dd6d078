"""An authorizer: reads and makes tokens, keys and certificates."""
import base64
import datetime

import jwt
from cryptography import x509
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.x509.oid import NameOID

RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KEYS = {"HS256": ("a secret that is long enough for it", "a secret that is long enough for it"), "RS256": (RSA, RSA.public_key())}
for _name, _key in (("ES256", ec.generate_private_key(ec.SECP256R1())), ("EdDSA", ed25519.Ed25519PrivateKey.generate())):
    KEYS[_name] = (_key, _key.public_key())


def token(event):
    private, public = KEYS[event["algorithm"]]
    made = jwt.encode({"sub": event["who"], "aud": "x", "exp": 4102444800}, private, event["algorithm"], headers={"kid": "1"})
    read = jwt.decode(made, public, [event["algorithm"]], audience="x")
    try:
        jwt.decode(made, public, [event["algorithm"]], audience="y")
    except jwt.InvalidAudienceError as error:
        return {"read": read, "header": jwt.get_unverified_header(made), "error": str(error)}


def authorize(event):
    try:
        claims = jwt.decode(event["authorizationToken"].removeprefix("Bearer "), "a secret that is long enough for it", ["HS256"])
    except jwt.PyJWTError as error:
        return {"principalId": "nobody", "effect": "Deny", "why": type(error).__name__}
    return {"principalId": claims["sub"], "effect": "Allow"}


def seal(event):
    key = PBKDF2HMAC(hashes.SHA256(), 32, b"salt", 1000).derive(event["text"].encode())
    try:
        Fernet(base64.urlsafe_b64encode(key)).decrypt(b"nothing")
    except InvalidToken as error:
        return {"sealed": AESGCM(key).encrypt(b"0" * 12, event["text"].encode(), b"more").hex(), "error": type(error).__name__}


def certificate(event):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, event["name"])])
    day = datetime.datetime(2026, 1, 1)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(RSA.public_key()).serial_number(7).not_valid_before(day)
            .not_valid_after(day + datetime.timedelta(days=9)).add_extension(x509.SubjectAlternativeName([x509.DNSName(event["name"])]), False)
            .sign(RSA, hashes.SHA256()))
    read = x509.load_pem_x509_certificate(made.public_bytes(serialization.Encoding.PEM))
    RSA.public_key().verify(read.signature, read.tbs_certificate_bytes, padding.PKCS1v15(), read.signature_hash_algorithm)
    return {"subject": read.subject.rfc4514_string(), "serial": read.serial_number, "names": read.extensions[0].value.get_values_for_type(x509.DNSName)}


def handler(event, context):
    return authorize(event) if event.get("type") == "TOKEN" else {"token": token, "seal": seal, "certificate": certificate}[event["do"]](event)
