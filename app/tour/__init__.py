"""Drives the real window through the whole main job, with nobody there, and leaves the proof."""

from argparse import Namespace


def main(options: Namespace) -> int:
    """Take the tour that the command line asks for; 0 if every step went well."""
    from app.cli.answers import speak_utf8  # noqa: PLC0415 - loads libraries, as the next does
    from app.tour.tour import take_tour  # noqa: PLC0415 - loads the whole program

    speak_utf8()
    return take_tour(options.out, as_json=options.json)
