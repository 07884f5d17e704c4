"""Why a document cannot be posted."""


class Refusal(Exception):
    """`code` is the error name that other programs see."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)
