"""Why a figure cannot be computed."""


class CannotCompute(Exception):
    """A message id with its facts, since a worker has no language."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code, self.params = code, params
