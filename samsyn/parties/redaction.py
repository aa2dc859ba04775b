"""Keeps the secrets of links out of the log: an address there would open what it opens for its receiver."""

import logging
import re

SECRET_LINKS = re.compile(r"(/konto/inbjudan/|/start/|/konto/losenord/nytt/)[^/\s'\"]+")


class HiddenTokens(logging.Filter):
    """Cuts the token from every message and from the request beside it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = SECRET_LINKS.sub(r"\1…", record.getMessage()), ()
        if hasattr(record, "request"):
            record.request = SECRET_LINKS.sub(r"\1…", str(record.request))
        return True
