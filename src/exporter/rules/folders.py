"""Where site rules lie: the user's folders, a folder of site configs, then the package."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from exporter import data
from exporter.errors import ConfigError
from exporter.rules.fivefilters import names_for, site_config
from exporter.rules.sites import SiteRule, site_rule


@cache
def site_rules(folders: tuple[str, ...] = ()) -> tuple[SiteRule, ...]:
    """Give the packaged site rules and those of the user's folders, the user's first.

    Raises:
        ConfigError: a rule file is wrong or a folder is absent.

    """
    paths = [path for folder in folders for path in rule_files(folder)]
    return (*(site_rule(read_text(path), str(path)) for path in paths), *packaged())


@cache
def packaged() -> tuple[SiteRule, ...]:
    """Give the site rules that travel with the package."""
    return tuple(
        site_rule(
            files(data).joinpath("sites", f"{site}.toml").read_text(encoding="utf-8"),
            f"sites/{site}.toml",
        )
        for site in data.names("sites")
    )


@cache
def rules_for(host: str, folders: tuple[str, ...], configs: str = "") -> tuple[SiteRule, ...]:
    """Give the rules that cover a host: the user's, a site config, then the packaged.

    Raises:
        ConfigError: a rule file is wrong or a folder is absent.

    """
    found = [rule for rule in site_rules(folders) if rule.covers(host)]
    config = _config(host, Path(configs)) if configs else None
    if config is not None:
        users = sum(rule not in packaged() for rule in found)
        found.insert(users, config)
    return tuple(found)


def rule_files(folder: str) -> tuple[Path, ...]:
    """Give the rule files of a folder by name, or the file itself.

    Raises:
        ConfigError: there is no such folder.

    """
    path = Path(folder)
    if path.is_file():
        return (path,)
    if not path.is_dir():
        raise ConfigError("is no folder", folder, "name a folder of site rules")
    return tuple(sorted(path.glob("*.toml")))


def read_text(path: Path) -> str:
    """Give the text of a rule file.

    Raises:
        ConfigError: it can't be read.

    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"can't be read: {error}", str(path), "it must be UTF-8 text") from error


def _config(host: str, folder: Path) -> SiteRule | None:
    if not folder.is_dir():
        raise ConfigError("is no folder", str(folder), "name a folder of site configs")
    for name in names_for(host):
        if (folder / name).is_file():
            return site_config(read_text(folder / name), str(folder / name), host)
    return None
