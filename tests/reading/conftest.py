"""What reads a Word file that is written from its XML."""

import pytest
from word_files import write

from analysis.reading.word.document import docx_document


@pytest.fixture
def word(tmp_path):
    """Return what writes a file, reads it, and gives its paragraphs and its notes without the path."""

    def read(body, **parts):
        path = write(tmp_path / "a.docx", body, **parts)
        found = docx_document(path)
        assert all(note.startswith(str(path)) for note in found.notes)
        return found.text.split("\n\n"), [note.removeprefix(str(path)).lstrip(": ") for note in found.notes]

    return read
