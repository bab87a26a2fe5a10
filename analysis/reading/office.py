"""Old Word files, WPS, RTF and OpenDocument to text, by LibreOffice where it is installed."""

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.reading.decoding import Decoded
from analysis.reading.web.document import html_document
from analysis.reading.word.document import docx_document

OFFICE = (".doc", ".wps", ".rtf", ".odt")
PLACES = ("/Applications/LibreOffice.app/Contents/MacOS/soffice", r"C:\Program Files\LibreOffice\program\soffice.exe")


def office_document(path: Path, megabytes: float, seconds: float) -> Decoded:
    """Read a document that LibreOffice can save as .docx.

    It runs without a window and with a profile of its own, so that one that is open is not disturbed. What only bears
    the name and is a web page or a newer Word file by its first bytes needs no LibreOffice.
    """
    with open(path, "rb") as file:
        head = file.read(1024)
    if head.startswith(b"PK\x03\x04") and path.suffix.lower() != ".odt":
        return docx_document(path, megabytes)
    if b"<html" in head.lower():
        return html_document(path)
    with TemporaryDirectory() as folder:
        copy = _as_docx(path, Path(folder), seconds)
        try:
            read = docx_document(copy, megabytes)
        except ValueError as error:
            raise ValueError(str(error).replace(str(copy), str(path))) from error
        notes = tuple(note.replace(str(copy), str(path)) for note in read.notes)
        return read._replace(read_as=f"{path.suffix.lower()[1:]} by LibreOffice", notes=notes)


def _as_docx(path: Path, folder: Path, seconds: float) -> Path:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    program = program or next((place for place in PLACES if Path(place).is_file()), None)
    if program is None:
        by_hand = f"soffice --headless --convert-to docx '{path.name}'"
        raise ValueError(
            f"{path} needs LibreOffice, which is not installed here: install it, or elsewhere run {by_hand}."
        )
    options = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "docx"]
    command = [program, *options, "--outdir", os.fspath(folder), os.fspath(path.resolve())]
    try:
        run = subprocess.run(command, capture_output=True, timeout=seconds, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(f"not converted in {seconds:g} seconds") from error
    made = sorted(folder.glob("*.docx"))
    if run.returncode or not made:
        said = " ".join(run.stderr.decode(errors="replace").split())
        raise ValueError(f"{path} could not be converted by LibreOffice ({said:.150}): save it as .docx.")
    return made[0]
