"""Validates JATS XML against the published DTD, which lies in the fixtures, without a network."""

import functools
import tempfile
import zipfile
from pathlib import Path

from lxml import etree

FILE = Path(__file__).resolve().parents[3] / "fixtures" / "jats-1.1" / "jats-publishing-1.1.zip"


@functools.cache
def dtd() -> etree.DTD:
    """The Journal Publishing DTD 1.1, read with all its parts."""
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(FILE) as archive:
            archive.extractall(folder)
        return etree.DTD(str(Path(folder) / "JATS-journalpublishing1.dtd"))


def valid(data: bytes) -> etree._Element:
    """The article; fails the test with what the DTD says against it."""
    root = etree.fromstring(data, etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False))
    assert dtd().validate(root), [str(error) for error in dtd().error_log]
    return root
