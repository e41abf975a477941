"""A theme by name: its style sheets for print and screen, its measure, the folders of its fonts."""

from exporter.themes.folders import names
from exporter.themes.loading import Theme, chosen, font_folder, load, loads, pieces

__all__ = ["Theme", "chosen", "font_folder", "load", "loads", "names", "pieces"]
