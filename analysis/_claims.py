"""Claims of a notebook, each beside the computation that bears it out."""

MARK = "✗ Does not hold here: "


def claim(sentence: str, *holds: bool) -> None:
    """Check what a notebook says, and say so where it does not hold.

    Nothing is raised, so that a cell can be played with: with other settings a claim may well be
    wrong, and the result is shown all the same. ``python -m analysis reproduce`` and the tests
    take a claim that does not hold for a failure.

    Parameters
    ----------
    sentence : str
        What is claimed, as a sentence.
    *holds : bool
        One or several conditions, of which each has to be true.

    Raises
    ------
    TypeError
        If there is no condition, or one that is neither true nor false (a table, say).

    Examples
    --------
    >>> claim("two is more than one", 2 > 1)
    >>> claim("the shares fill the whole", 0.5 + 0.4 == 1, True)
    ✗ Does not hold here: the shares fill the whole (condition 1 of 2)
    """
    wrong = [place for place, one in enumerate(holds, start=1) if not _truth(sentence, one)]
    if not holds:
        raise TypeError(f"The claim {sentence!r} has no condition.")
    if wrong:
        which = f" (condition {', '.join(map(str, wrong))} of {len(holds)})" if len(holds) > 1 else ""
        print(f"{MARK}{sentence}{which}")


def _truth(sentence: str, condition) -> bool:
    try:
        return bool(condition)
    except ValueError as error:
        raise TypeError(
            f"The claim {sentence!r} has a condition that is a {type(condition).__name__} and not true or "
            "false: reduce it with .all() or .any()."
        ) from error


def broken_claims(outputs: list[dict]) -> list[str]:
    """Return the claims that a cell's outputs say do not hold.

    >>> broken_claims([{"output_type": "stream", "text": f"2\\n{MARK}two is odd\\n"}])
    ['two is odd']
    """
    said = "".join("".join(output.get("text", "")) for output in outputs if output["output_type"] == "stream")
    return [line.removeprefix(MARK) for line in said.splitlines() if line.startswith(MARK)]
