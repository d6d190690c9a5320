"""`python -m minilua` is the `minilua` command."""

import sys

from .command import main

sys.exit(main())
