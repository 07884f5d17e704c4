"""Drives the real window through the whole main job, with nobody there, and leaves the proof."""
