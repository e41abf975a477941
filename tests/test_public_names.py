"""What `import exporter` gives, and what it costs."""

import subprocess
import sys

import pytest

import exporter
from exporter import errors

# the promise of the README; a name that goes is a breaking change
PUBLIC = {
    "Article",
    "Edition",
    "Settings",
    "convert",
    "convert_all",
    "errors",
    "prepare",
    "publish",
}


def test_the_public_names_are_these() -> None:
    assert set(exporter.__all__) == PUBLIC


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_each_public_name_is_there_and_documented(name: str) -> None:
    assert getattr(exporter, name).__doc__
    assert name in dir(exporter)


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="exporter"):
        _ = exporter.no_such_name


def test_importing_the_package_loads_no_engine() -> None:
    program = (
        "import sys, exporter\n"
        "print(*sorted({'weasyprint', 'ebooklib', 'bs4', 'PIL'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == ""


def test_each_error_has_its_exit_code() -> None:
    codes = {
        error: error.exit_code
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.ExportError)
    }
    assert codes == {
        errors.ExportError: 70,
        errors.UsageError: 2,
        errors.LossError: 3,
        errors.CaptureError: 4,
        errors.NoArticleError: 4,
        errors.OutputError: 5,
        errors.DiskFullError: 5,
        errors.ConfigError: 6,
        errors.MissingExtraError: 7,
        errors.InternalError: 70,
    }
