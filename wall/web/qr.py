"""QR codes as SVG, black on white in either theme, so that every phone reads them."""

import io

import segno


def qr_svg(text: str) -> bytes:
    """Return a QR code of a text, scalable, with its quiet zone."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out,
        kind="svg",
        border=3,
        dark="#000",
        light="#fff",
        xmldecl=False,
        omitsize=True,
        svgclass=None,
        lineclass=None,
    )
    return out.getvalue()
