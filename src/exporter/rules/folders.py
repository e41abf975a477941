"""Where site rules lie: the user's folders, a folder of site configs, then the package."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from exporter import data
from exporter.errors import ConfigError
from exporter.files import user_text
from exporter.rules import reading
from exporter.rules.fivefilters import names_for, site_config
from exporter.rules.sites import SiteRule, covers, site_of, site_rule


def site_rules(folders: tuple[str, ...] = ()) -> tuple[SiteRule, ...]:
    """Give the packaged site rules and those of the user's folders, the user's first.

    Raises:
        ConfigError: a rule file is wrong or a folder is absent.

    """
    paths = [path for folder in folders for path in rule_files(folder)]
    return (*map(read_rule, paths), *map(packaged, data.names("sites")))


@cache
def rules_for(host: str, folders: tuple[str, ...], configs: str = "") -> tuple[SiteRule, ...]:
    """Give the rules that cover a host: the user's, a site config, then the packaged.

    Rules of other sites are not read to the end: checking a selector costs.

    Raises:
        ConfigError: a rule of the host is wrong, a file is no TOML, or a folder is absent.

    """
    found = [site_rule(text, name) for site, name, text in _users(folders) if covers(site, host)]
    if configs and (config := _config(host, Path(configs))):
        found.append(config)
    found.extend(packaged(site) for site in data.names("sites") if covers(site, host))
    return tuple(found)


@cache
def _users(folders: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """Give site, name and text of each of the user's rule files, read once."""
    return tuple(_read(folders))


def _read(folders: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    for path in (path for folder in folders for path in rule_files(folder)):
        name, text = str(path), read_text(path)
        yield site_of(reading.toml(text, name), text, name), name, text


def texts_for(host: str, folders: tuple[str, ...], configs: str = "") -> tuple[str, ...]:
    """Give the user's files that cover a host, as names and texts: what `rules_for` comes from.

    They are read anew at each call.

    Raises:
        ConfigError: a file can't be read or is no TOML, or a folder is absent.

    """
    found = [
        part for site, name, text in _read(folders) if covers(site, host) for part in (name, text)
    ]
    if configs and (config := _config_file(host, Path(configs))):
        found += [str(config), read_text(config)]
    return tuple(found)


@cache
def packaged(site: str) -> SiteRule:
    """Give the site rule that travels with the package under a name."""
    name = f"{site}.toml"
    text = files(data).joinpath("sites", name).read_text(encoding="utf-8")
    return site_rule(text, f"sites/{name}")


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


def read_rule(path: Path) -> SiteRule:
    """Give the site rule of a file.

    Raises:
        ConfigError: it can't be read, or says something a site rule can't say.

    """
    return site_rule(read_text(path), str(path))


def read_text(path: Path) -> str:
    """Give the text of a rule file.

    Raises:
        ConfigError: it can't be read.

    """
    try:
        return user_text(path, "utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"can't be read: {error}", str(path), "it must be UTF-8 text") from error


def _config(host: str, folder: Path) -> SiteRule | None:
    path = _config_file(host, folder)
    return site_config(read_text(path), str(path), host) if path is not None else None


def _config_file(host: str, folder: Path) -> Path | None:
    """Give the site config of a host."""
    if not folder.is_dir():
        raise ConfigError("is no folder", str(folder), "name a folder of site configs")
    return next(filter(Path.is_file, (folder / name for name in names_for(host))), None)
