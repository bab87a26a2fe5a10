"""What comes out for each token of an engine, found at the speed of C."""


class PlainTable(dict):
    """Words by token, ``""`` where nothing comes out, in plain Python.

    Examples
    --------
    >>> table, out = PlainTable({"协同": "协同", "的": ""}), []
    >>> table.extend(out, ["协同", "的", "发展"], 0), out
    (2, ['协同'])
    """

    def extend(self, out: list[str], row: list[str], place: int) -> int:
        """Add what comes out for the tokens of a row from a place on.

        Returns the place of the first token that the table lacks, or the length of the row.
        """
        rest = iter(row)
        rest.__setstate__(place)
        try:
            out.extend(filter(None, map(self.__getitem__, rest)))
        except KeyError:  # extend() has kept what came before
            return len(row) - rest.__length_hint__() - 1
        return len(row)


try:
    from analysis._lookup import Table  # built by the installation where it finds a C compiler
except ImportError:
    Table = PlainTable
COMPILED = Table is not PlainTable
