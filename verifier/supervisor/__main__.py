"""The commands of ``./run`` that run inside its environment."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from verifier.supervisor import desk
from verifier.supervisor.processes import NotStarted
from verifier.supervisor.up import Up, choose_port, say

NEED_TABLES = ("ingest", "claims")


def up(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run up", description="Start the desk on this machine.")
    parser.add_argument("--empty", action="store_true", help="without the starter data")
    parser.add_argument("--port", type=int, help="the port to listen on; 8000 or a free one otherwise")
    options = parser.parse_args(arguments)
    try:
        with desk.exclusive():
            return Up(choose_port(options.port), options.empty).run()
    except (desk.AlreadyRunning, NotStarted) as error:
        say(str(error))
        return 1


def manage(command: str, arguments: list[str]) -> int:
    """Become Django's command, in the environment of the desk that runs or else in one that needs no broker."""
    environment = {"VERIFIER_LOG_LEVEL": "WARNING"} | desk.environment()
    django = [sys.executable, str(desk.ROOT / "manage.py")]
    if command in NEED_TABLES and not desk.running():
        subprocess.run([*django, "migrate", "--verbosity=0"], env=environment, check=True)
    words = arguments if command == "manage" else [command, *arguments]
    if command == "ingest" and not {"--inline", "--wait"} & {word.partition("=")[0] for word in words}:
        words += ["--wait=600"] if desk.running() else ["--inline"]
    os.execve(sys.executable, [*django, *words], environment)


def main(arguments: list[str]) -> int:
    command, *rest = arguments
    return up(rest) if command == "up" else manage(command, rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
