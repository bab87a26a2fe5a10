"""The command line: ``python -m analysis reproduce``, ``accept``, ``restore PAGE``."""

import argparse
import sys


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 if all is well, 1 if results differ, 2 on a bad input, 130 if stopped.

    A page that cannot be restored is named, and the others are restored all the same.
    """
    parser = argparse.ArgumentParser(prog="python -m analysis", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("reproduce", help="run the notebooks and compare the results with figures/manifest.json")
    run.add_argument("notebook", nargs="*", help="beginnings of names, such as 03 (default: all)")
    run.add_argument("--jobs", type=int, help="notebooks at a time (default: one per processor)")
    commands.add_parser("accept", help="write the present results into figures/manifest.json")
    page = commands.add_parser("restore", help="print the articles of scrambled pages, one line of JSON a page")
    page.add_argument("page", nargs="+", help="UTF-8 text files, blocks separated by blank lines")
    page.add_argument("--least", type=float, default=0.9, help="least confidence of a repair (default 0.9)")
    options = parser.parse_args(arguments)
    try:
        return COMMANDS[options.command](options)
    except (OSError, ValueError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped: what was not finished is as it was before", file=sys.stderr)
        return 130


def _reproduce(options: argparse.Namespace) -> int:
    from analysis.reproduction import reproduce

    table = reproduce(options.notebook, options.jobs)
    if table.empty:
        print("identical: every figure, table and notebook is what figures/manifest.json says")
        return 0
    print(f"{len(table)} difference{'s' * (len(table) > 1)} from figures/manifest.json:")
    print(table.to_string(index=False))
    return 1


def _accept(options: argparse.Namespace) -> int:
    from analysis.reproduction import write_manifest

    write_manifest()
    print("figures/manifest.json now holds the present results")
    return 0


def _restore(options: argparse.Namespace) -> int:
    from analysis.restoration import restore_pages

    bad = 0
    for page in options.page:
        try:
            line = next(restore_pages([page], least=options.least))
        except (OSError, ValueError) as error:
            print(error, file=sys.stderr)
            bad += 1
        else:
            sys.stdout.buffer.write(line.encode("utf-8") + b"\n")
    return 2 if bad else 0


COMMANDS = {"reproduce": _reproduce, "accept": _accept, "restore": _restore}


if __name__ == "__main__":
    sys.exit(main())
