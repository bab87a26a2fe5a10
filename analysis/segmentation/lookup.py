"""What comes out for each token of an engine, found at the speed of C."""

from itertools import chain


class PlainTable(dict):
    """The words that come out for each token, a tuple, in plain Python.

    Examples
    --------
    >>> table, out = PlainTable({"协同": ("协同",), "的": (), "但三地": ("但", "三地")}), []
    >>> table.extend(out, ["协同", "的", "但三地", "发展"], 0), out
    (3, ['协同', '但', '三地'])
    """

    def extend(self, out: list[str], row: list[str], place: int) -> int:
        """Add what comes out for the tokens of a row from a place on.

        Returns the place of the first token that the table lacks, or the length of the row.
        """
        rest = iter(row)
        rest.__setstate__(place)
        try:
            out.extend(chain.from_iterable(map(self.__getitem__, rest)))
        except KeyError:  # extend() has kept what came before
            return len(row) - rest.__length_hint__() - 1
        return len(row)


try:
    from analysis._lookup import Table  # built by the installation where it finds a C compiler
except ImportError:
    Table = PlainTable
COMPILED = Table is not PlainTable
