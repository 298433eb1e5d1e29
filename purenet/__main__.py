"""`python -m purenet` is the command `purenet`."""

import sys


def run():
    """Run the command, and return its exit code: 130 also for Ctrl-C while its modules are still being imported."""
    try:
        from purenet.command_line import main
    except Exception as error:
        from purenet.broken_source import say_broken

        return say_broken(error)
    except KeyboardInterrupt:
        return 130
    return main()


if __name__ == "__main__":
    sys.exit(run())
