"""A bucket that speaks S3 over HTTP: moto's, which knows nothing of us."""

import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server of buckets, with none in it."""
    from moto.server import ThreadedMotoServer

    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        running.stop()


def make(address: str, name: str) -> None:
    urllib.request.urlopen(urllib.request.Request(f"{address}/{name}", method="PUT")).close()


def environment(address: str, within: str) -> dict[str, str]:
    """The settings of an installation whose objects lie there."""
    return {
        "SAMSYN_OBJECTS": f"s3://{within}",
        "AWS_ENDPOINT_URL": address,
        "AWS_ACCESS_KEY_ID": "who",
        "AWS_SECRET_ACCESS_KEY": "secret",
    }
