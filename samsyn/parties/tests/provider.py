"""A small OpenID Connect provider on this machine: discovery, PKCE, signed tokens. Answers as the standard says.

Checked against OpenID Connect Core 1.0 §3.1 (code flow) and RFC 7636 (PKCE): a wrong verifier, secret, code or
redirect address is refused, a code works once.
"""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, SECRET = "samsyn", "en-hemlighet"


@dataclass
class Provider:
    """What it says about whoever signs in next."""

    claims: dict[str, Any] = field(default_factory=dict)
    origin: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    hits: list[str] = field(default_factory=list)

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.origin,
            "authorization_endpoint": f"{self.origin}/authorize",
            "token_endpoint": f"{self.origin}/token",
            "userinfo_endpoint": f"{self.origin}/userinfo",
            "jwks_uri": f"{self.origin}/keys",
            "response_types_supported": ["code"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def consent(self, asked: dict[str, str]) -> str:
        """The person says yes: back to the client with a code."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, given: dict[str, str]) -> dict[str, Any] | None:
        asked = self.codes.pop(given.get("code", ""), None)
        if asked is None or (given.get("client_id"), given.get("client_secret")) != (CLIENT_ID, SECRET):
            return None
        challenge = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        if asked.get("code_challenge") != base64.urlsafe_b64encode(challenge).decode().rstrip("="):
            return None
        if asked["redirect_uri"] != given.get("redirect_uri"):
            return None
        now = int(time.time())
        content = {"iss": self.origin, "aud": CLIENT_ID, "iat": now, "exp": now + 300} | self.claims
        token = jwt.encode(content, self.key, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": "tillfällig", "token_type": "Bearer", "id_token": token}

    def keys(self) -> dict[str, Any]:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [public | {"kid": "1", "alg": "RS256", "use": "sig"}]}


@contextmanager
def serving(provider: Provider) -> Iterator[Provider]:
    """Let the provider answer on a free port."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            provider.hits.append(address.path)
            match address.path:
                case "/.well-known/openid-configuration":
                    self.say(provider.configuration())
                case "/keys":
                    self.say(provider.keys())
                case "/userinfo":
                    self.say(provider.claims)
                case "/authorize":
                    asked = {name: values[0] for name, values in parse_qs(address.query).items()}
                    self.send_response(302)
                    self.send_header("Location", provider.consent(asked))
                    self.end_headers()
                case _:
                    self.send_error(404)

        def do_POST(self) -> None:
            provider.hits.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            given = {name: values[0] for name, values in parse_qs(body).items()}
            answer = provider.token(given)
            self.say(answer or {"error": "invalid_grant"}, status=200 if answer else 400)

        def say(self, content: dict[str, Any], *, status: int = 200) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    provider.origin = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
