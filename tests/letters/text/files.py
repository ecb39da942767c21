"""Small .docx files made by hand for the tests of reading: a body of WordprocessingML in the fewest parts."""

import zipfile
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>{}</Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{}</Relationships>"
)
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PARTS = ("numbering", "styles", "comments", "footnotes", "endnotes", "settings", "header", "footer")
ROOTS = {"header": "hdr", "footer": "ftr"}


def docx(body: str, *, links: dict[str, str] | None = None, extra: dict[str, bytes] | None = None, **parts: str):
    """A .docx with a body; `links` are relationship ids of hyperlinks, `parts` the inner XML of other
    parts."""
    rels = "".join(
        f'<Relationship Id="{name}" Type="{KIND}hyperlink" Target="{target}" TargetMode="External"/>'
        for name, target in (links or {}).items()
    )
    types = ""
    for name in parts:
        assert name in PARTS
        rels += f'<Relationship Id="part-{name}" Type="{KIND}{name}" Target="{name}.xml"/>'
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
        types += f'<Override PartName="/word/{name}.xml" ContentType="{kind}.{name}+xml"/>'
    return pack(
        {
            "[Content_Types].xml": TYPES.format(types).encode(),
            "_rels/.rels": RELS.format(
                f'<Relationship Id="d" Type="{KIND}officeDocument" Target="word/document.xml"/>'
            ).encode(),
            "word/document.xml": root("document", f"<w:body>{body}</w:body>"),
            "word/_rels/document.xml.rels": RELS.format(rels).encode(),
            **{f"word/{name}.xml": root(ROOTS.get(name, name), inner) for name, inner in parts.items()},
            **(extra or {}),
        }
    )


def root(name: str, inner: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {SPACES}>{inner}</w:{name}>'.encode()


def pack(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def p(text: str = "", *, style: str = "", num: tuple[int, int] | None = None, props: str = "", inner: str = ""):
    """A paragraph with plain text and/or inner XML; `num` is (list id, 0-based level)."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        properties += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}{props}</w:pPr>{r(text) if text else ''}{inner}</w:p>"


def r(text: str, props: str = "") -> str:
    return f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def abstract(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def level(depth: int, form: str, pattern: str, start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def num(number: int, of: int, override: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'


def style(name: str, title: str, *, based_on: str = "", inner: str = "", kind: str = "paragraph") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{title}"/>{base}{inner}</w:style>'


HEADINGS = "".join(style(f"Heading{n}", f"heading {n}") for n in range(1, 5)) + style("Title", "Title")
