# SPDX-License-Identifier: Apache-2.0
"""What a body that is a picture may hold, for schemathesis: JSON schemas know no pictures."""

import struct
import zlib

import schemathesis
from hypothesis import strategies


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height):
    """A gray picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + bytes([200]) * width * 3) * height
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


picture = strategies.just(png(64, 64))

schemathesis.openapi.format("binary", picture)
for name in (
    "image/jpeg",
    "image/png",
    "image/webp",
    "application/octet-stream",
    "image/jpg",
    "image/pjpeg",
    "image/x-png",
    "binary/octet-stream",
    "application/x-www-form-urlencoded",
):
    schemathesis.openapi.media_type(name, picture)


@schemathesis.deserializer("image/jpeg", "image/png", "image/webp", "text/csv", "text/plain", "text/html")
def as_text(context, response):
    """Bodies that no schema describes are there, and that is all."""
    return response.content.decode("latin-1")
