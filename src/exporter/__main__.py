"""`python -m exporter` is the command `exporter`."""

import sys

from exporter.cli import main

sys.exit(main())
