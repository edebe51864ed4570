"""`python -m wall` is the `backchannel` command."""

from wall.cli import main

raise SystemExit(main())
