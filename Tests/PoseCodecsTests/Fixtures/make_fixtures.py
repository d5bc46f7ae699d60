# SPDX-License-Identifier: Apache-2.0
"""Writes the fixtures of this folder and what OpenCV makes of them.

    pip install opencv-python-headless==4.11.0.86 numpy==1.26.4 pillow==13.0.0
    python make_fixtures.py

`pictures.txt`: file, width, height, and the FNV-1a hash of the upright blue-green-red bytes of `cv2.imread`.
`../../PoseImagingTests/Goldens/samples.txt`: border, output size, centre x, y, side, rotation (radians), and the hash of the red-green-blue bytes of
`cv2.warpPerspective`, set up as MediaPipe's image-to-tensor step does, on the picture that `pattern` makes.
"""
import io
import os
import struct
import zlib

import cv2
import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.join(HERE, "../../PoseImagingTests/Goldens/samples.txt")
# Two blocks of 16 wide, with odd ends; every file stays below 2 KB.
WIDTH, HEIGHT = 17, 14


def fnv1a(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def smooth(channels, width=WIDTH, height=HEIGHT):
    """A picture of slopes, in 0…255."""
    y, x = np.mgrid[0:height, 0:width]
    planes = [128 + 120 * np.sin(0.11 * (c + 1) * x + 0.17 * y + c) for c in range(channels)]
    return np.rint(np.stack(planes, -1)).astype(np.uint8)


def pattern(width, height):
    """Bytes that the test computes too; channel order red, green, blue."""
    y, x, c = np.mgrid[0:height, 0:width, 0:3].astype(np.uint32)
    return ((x * 2654435761 + y * 2246822519 + c * 3266489917 >> 13) & 255).astype(np.uint8)


def jpeg(image, **options):
    file = io.BytesIO()
    image.save(file, "JPEG", **options)
    return file.getvalue()


def without_adobe(data):
    at = data.index(b"\xff\xee\x00\x0eAdobe")
    return data[:at] + data[at + 16:]


def as_ycck(data):
    at = data.index(b"\xff\xee\x00\x0eAdobe")
    return data[:at + 15] + b"\x02" + data[at + 16:]


def png_chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def pack(samples, depth):
    """Rows of samples to bytes, most significant bits first."""
    if depth == 16:
        return [row.astype(">u2").tobytes() for row in samples]
    rows = []
    for row in samples:
        bits = np.unpackbits(row.astype(np.uint8)[:, None], axis=1)[:, 8 - depth:]
        rows.append(np.packbits(bits.reshape(-1)).tobytes())
    return rows


def png(samples, color_type, depth, extra=b"", interlaced=False):
    """`samples`: height × width × channels."""
    height, width, channels = samples.shape
    passes = [(0, 0, 1, 1)]
    if interlaced:
        passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    body = b""
    for x, y, dx, dy in passes:
        part = samples[y::dy, x::dx]
        if part.size:
            for row in pack(part.reshape(part.shape[0], -1), depth):
                body += b"\0" + row
    header = struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + extra
            + png_chunk(b"IDAT", zlib.compress(body, 9)) + png_chunk(b"IEND", b""))


def palette(depth, transparent=False):
    colors = smooth(3, 1 << depth, 1).tobytes()
    extra = png_chunk(b"PLTE", colors)
    if transparent:
        extra += png_chunk(b"tRNS", bytes(range(0, 256, 256 >> depth)))
    indices = (smooth(1).astype(int) * 7 >> 3) % (1 << depth)
    return png(indices, 3, depth, extra)


def webp(image, **options):
    file = io.BytesIO()
    image.save(file, "WEBP", **options)
    return file.getvalue()


def files():
    rgb, gray = Image.fromarray(smooth(3)), Image.fromarray(smooth(1)[..., 0])
    cmyk = Image.fromarray(smooth(4), "CMYK")
    wide = smooth(4).astype(int) * 257 - 100 * (smooth(4) > 100)
    yield "baseline-420.jpg", jpeg(rgb, quality=80, subsampling=2)
    yield "baseline-422.jpg", jpeg(rgb, quality=80, subsampling=1)
    yield "baseline-444.jpg", jpeg(rgb, quality=80, subsampling=0)
    for name in ("411", "440"):
        factor = getattr(cv2, f"IMWRITE_JPEG_SAMPLING_FACTOR_{name}")
        options = [cv2.IMWRITE_JPEG_QUALITY, 80, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, factor]
        yield f"baseline-{name}.jpg", cv2.imencode(".jpg", smooth(3), options)[1].tobytes()
    # Luma is sampled 2 × 1, chroma 1 × 2: a layout without a name.
    odd = bytearray(jpeg(rgb, quality=80, subsampling=2))
    frame = odd.index(b"\xff\xc0") + 10
    assert odd[frame:frame + 9:3] == b"\1\2\3"
    odd[frame + 1], odd[frame + 4], odd[frame + 7] = 0x21, 0x12, 0x12
    yield "baseline-unnamed.jpg", bytes(odd)
    yield "progressive-420.jpg", jpeg(rgb, quality=80, subsampling=2, progressive=True)
    yield "restart-420.jpg", jpeg(rgb, quality=80, subsampling=2, restart_marker_blocks=1)
    yield "gray.jpg", jpeg(gray, quality=80)
    yield "gray-progressive.jpg", jpeg(gray, quality=80, progressive=True)
    yield "cmyk-adobe.jpg", jpeg(cmyk, quality=80)
    yield "ycck-adobe.jpg", as_ycck(jpeg(cmyk, quality=80))
    yield "cmyk-plain.jpg", without_adobe(jpeg(cmyk, quality=80))
    for depth in (1, 2, 4, 8):
        yield f"gray-{depth}.png", png(smooth(1) >> 8 - depth, 0, depth)
        yield f"palette-{depth}.png", palette(depth)
    yield "gray-16.png", png(wide[..., :1], 0, 16)
    yield "gray-8-transparent.png", png(smooth(1), 0, 8, png_chunk(b"tRNS", b"\0\x80"))
    yield "gray-alpha-8.png", png(smooth(2), 4, 8)
    yield "gray-alpha-16.png", png(wide[..., :2], 4, 16)
    yield "palette-4-transparent.png", palette(4, transparent=True)
    yield "rgb-8.png", png(smooth(3), 2, 8)
    yield "rgb-8-transparent.png", png(smooth(3), 2, 8, png_chunk(b"tRNS", b"\0\x80\0\x80\0\x80"))
    yield "rgb-16.png", png(wide[..., :3], 2, 16)
    yield "rgba-8.png", png(smooth(4), 6, 8)
    yield "rgba-16.png", png(wide, 6, 16)
    yield "interlaced-rgb-8.png", png(smooth(3), 2, 8, interlaced=True)
    yield "interlaced-gray-1.png", png(smooth(1) >> 7, 0, 1, interlaced=True)
    yield "interlaced-rgba-16.png", png(wide, 6, 16, interlaced=True)
    yield "interlaced-1x1.png", png(smooth(3, 1, 1), 2, 8, interlaced=True)
    yield "lossy.webp", webp(rgb, quality=80)
    yield "lossless.webp", webp(rgb, lossless=True)
    yield "lossy-alpha.webp", webp(Image.fromarray(smooth(4)), quality=80)
    yield "lossless-alpha.webp", webp(Image.fromarray(smooth(4)), lossless=True, exact=True)
    yield "animated.webp", webp(rgb, save_all=True, append_images=[Image.fromarray(255 - smooth(3))], duration=40)


def sample(image, border, size, cx, cy, side, rotation):
    f32 = np.float32
    degrees = f32(float(f32(rotation) * f32(180)) / np.pi)
    corners = cv2.boxPoints(((float(f32(cx)), float(f32(cy))), (float(f32(side)),) * 2, float(degrees)))
    target = np.array([[0, size], [0, 0], [size, 0], [size, size]], f32)
    matrix = cv2.getPerspectiveTransform(corners.astype(f32), target)
    mode = {"zero": cv2.BORDER_CONSTANT, "replicate": cv2.BORDER_REPLICATE}[border]
    return cv2.warpPerspective(image, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=mode)


def main():
    with open(os.path.join(HERE, "pictures.txt"), "w") as out:
        for name, data in files():
            with open(os.path.join(HERE, name), "wb") as file:
                file.write(data)
            if name != "animated.webp":
                pixels = cv2.imread(os.path.join(HERE, name), cv2.IMREAD_COLOR)
                out.write(f"{name} {pixels.shape[1]} {pixels.shape[0]} {fnv1a(pixels.tobytes())}\n")
    image = pattern(320, 180)
    with open(SAMPLES, "w") as out:
        for case in [
            ("zero", 224, 160, 90, 320, 0),
            ("zero", 224, 90, 160, 320.5, 0.25),
            ("replicate", 256, 160, 90, 180, 0),
            ("replicate", 256, 150.25, 100.5, 222.75, 0.4),
            ("replicate", 256, 20.1, 170.7, 401.3, -2.9),
            ("replicate", 256, 300.9, 3.3, 33.3, 1.6),
            ("zero", 100, 310, 170, 77.7, 3.1),
            ("replicate", 65, 159.5, 89.5, 640, -0.8),
        ]:
            pixels = sample(image, *case)
            out.write(" ".join(map(str, case)) + f" {fnv1a(pixels.tobytes())}\n")


if __name__ == "__main__":
    main()
