"""Web pages: parsed into ``blocks``, of which the ``article`` is chosen; ``document`` reads files."""
