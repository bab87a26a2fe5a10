"""The command line: ``python -m analysis reproduce``."""

import argparse
import sys


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 if all is well, 1 if results differ, 2 on a bad input."""
    parser = argparse.ArgumentParser(prog="python -m analysis", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("reproduce", help="run the notebooks and compare the results with "
                                                "figures/manifest.json")
    run.add_argument("notebook", nargs="*", help="beginnings of names, such as 03 (default: all)")
    run.add_argument("--jobs", type=int, help="notebooks at a time (default: one per processor)")
    commands.add_parser("accept", help="write the present results into figures/manifest.json")
    options = parser.parse_args(arguments)
    try:
        return _reproduce(options) if options.command == "reproduce" else _accept()
    except (FileNotFoundError, ValueError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 2


def _reproduce(options: argparse.Namespace) -> int:
    from analysis.reproduction import reproduce

    table = reproduce(options.notebook, options.jobs)
    if table.empty:
        print("identical: every figure, table and notebook is what figures/manifest.json says")
        return 0
    print(f"{len(table)} differences from figures/manifest.json:")
    print(table.to_string(index=False))
    return 1


def _accept() -> int:
    from analysis.reproduction import write_manifest

    write_manifest()
    print("figures/manifest.json now holds the present results")
    return 0


if __name__ == "__main__":
    sys.exit(main())
