#!/usr/bin/env python
"""Django's command line for Verifier; `./run manage ...` calls it inside the project's own environment."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verifier.settings")
    execute_from_command_line(sys.argv)
