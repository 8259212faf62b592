"""Readers: one file per kind, each with a config of the same name in `configs/model/`."""
