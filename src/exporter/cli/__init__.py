"""The commands; the only place that turns errors into exit codes."""

from exporter.cli.app import main

__all__ = ["main"]
