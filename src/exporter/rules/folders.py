"""Where site rules lie: the user's folders, then the package."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from exporter import data
from exporter.errors import ConfigError
from exporter.rules.sites import SiteRule, site_rule


@cache
def site_rules(folders: tuple[str, ...] = ()) -> tuple[SiteRule, ...]:
    """Give the packaged site rules and those of the user's folders, the user's first.

    Raises:
        ConfigError: a rule file is wrong or a folder is absent.

    """
    rules: list[SiteRule] = []
    for folder in folders:
        if not Path(folder).is_dir():
            raise ConfigError("is no folder", folder, "name a folder of site rules")
        rules.extend(
            site_rule(path.read_text(encoding="utf-8"), str(path))
            for path in sorted(Path(folder).glob("*.toml"))
        )
    for site in data.names("sites"):
        text = files(data).joinpath("sites", f"{site}.toml").read_text(encoding="utf-8")
        rules.append(site_rule(text, f"sites/{site}.toml"))
    return tuple(rules)
