"""The templates that come with the program."""

from functools import cache

from app.core.resources import resource
from app.features.labels.templates import Template, read_template


@cache
def all_templates() -> tuple[Template, ...]:
    """Read and check every template once."""
    files = sorted(resource("labels").glob("*.toml"))
    return tuple(read_template(file.stem, file.read_text("utf-8")) for file in files)
