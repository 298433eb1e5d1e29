"""`python -m purenet` is the command `purenet`."""

import sys

from purenet.command_line import main

sys.exit(main())
