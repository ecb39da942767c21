"""Makes an uploaded picture harmless: decoded and written anew as a small PNG, so that nothing else in it survives."""

import io
import warnings

from PIL import Image, ImageFile, UnidentifiedImageError

MOST_BYTES = 2 * 1024 * 1024
MOST_STORED = 300 * 1024
MOST_PIXELS = 20_000_000
LONGEST_SIDE = 600  # pixels: 5 cm on paper at 300 dpi
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


class BadLogo(ValueError):
    """The picture cannot be used; the message says why and what to send."""


def reencoded(data: bytes) -> bytes:
    """`data` as PNG with a longest side of at most LONGEST_SIDE; raises BadLogo.

    SVG is refused: it can hold programs.
    """
    if len(data) > MOST_BYTES:
        raise BadLogo("The logo is larger than 2 MB; send a smaller picture.")
    if b"<svg" in data[:4096].lower():
        raise BadLogo("SVG files are not taken; save the logo as PNG and send that.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise BadLogo("The logo has more than 20 million pixels; send a smaller picture.")
            ImageFile.LOAD_TRUNCATED_IMAGES = (
                False  # WeasyPrint, where it is loaded, lets pictures pass that were cut off
            )
            picture.load()
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadLogo("The file is not a picture that can be read; send the logo as PNG or JPEG.") from None
    except (OSError, SyntaxError, ValueError) as error:
        if isinstance(error, BadLogo):
            raise
        raise BadLogo("The picture is damaged; save it again as PNG and send that.") from None
    clean = Image.new("RGBA", picture.size)
    clean.paste(picture.convert("RGBA"))
    for side in (LONGEST_SIDE, LONGEST_SIDE // 2):
        clean.thumbnail((side, side))
        out = io.BytesIO()
        clean.save(out, "PNG", optimize=True)
        if len(out.getvalue()) <= MOST_STORED:
            break
    return out.getvalue()
