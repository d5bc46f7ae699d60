# SPDX-License-Identifier: Apache-2.0
"""Writes the pictures of this folder, of the formats that are only read, and what independent decoders make of them.

    pip install opencv-python-headless==5.0.0.93 numpy==2.4.6 pillow==13.0.0 pillow-heif==1.8.1
    python make_formats.py                        also needs ImageMagick's convert

`formats.txt`: file, width, height, and the FNV-1a hash of the blue-green-red bytes, as they are stored, of OpenCV's `imread`
or, of what it does not read or reads otherwise, of Pillow. `near.txt`: files whose colours decoders round in their own way:
file, width, height, by how much a channel may differ, and a picture of those colours. `alpha.txt`: file, and the hash of
Pillow's opacities.
"""
import io
import os
import struct
import subprocess
import tempfile

import cv2
import numpy as np
import pillow_heif
from PIL import Image, TiffImagePlugin

HERE = os.path.dirname(os.path.abspath(__file__))
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


def saved(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def tiff(image, **options):
    return saved(image, "TIFF", **options)


def magick(image, name, *options):
    """What ImageMagick writes."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "in.png"), os.path.join(folder, name)
        image.save(source)
        subprocess.run(["convert", source, *options, target], check=True)
        with open(target, "rb") as file:
            return file.read()


def profile():
    """The smallest that is one for RGB pixels: a header and no tags."""
    body = bytearray(132)
    struct.pack_into(">I", body, 0, len(body))
    body[12:24] = b"mntrRGB XYZ "
    body[36:40] = b"acsp"
    return bytes(body)


def tiffs():
    rgb, rgba = Image.fromarray(smooth(3)), Image.fromarray(smooth(4))
    gray = Image.fromarray(smooth(1)[:, :, 0])
    yield "rgb-none.tif", tiff(rgb)
    yield "rgb-lzw.tif", tiff(rgb, compression="tiff_lzw")
    yield "rgb-deflate.tif", tiff(rgb, compression="tiff_adobe_deflate")
    yield "rgb-packbits.tif", tiff(rgb, compression="packbits")
    yield "rgb-zstd.tif", tiff(rgb, compression="zstd")
    yield "rgb-big.tif", tiff(rgb, big_tiff=True)
    yield "rgb-strips.tif", tiff(rgb, compression="tiff_lzw", strip_size=17 * 3 * 3)
    yield "rgb-msb.tif", magick(rgb, "a.tif", "-define", "tiff:endian=msb", "-compress", "none")
    yield "rgb-planes.tif", magick(rgb, "a.tif", "-interlace", "plane", "-compress", "lzw")
    yield "rgb-tiles.tif", magick(rgb, "a.tif", "-define", "tiff:tile-geometry=16x16", "-compress", "lzw")
    yield "rgb-16.tif", magick(rgb, "a.tif", "-depth", "16", "-evaluate", "add", "77", "-compress", "lzw")
    yield "rgba-straight.tif", tiff(rgba)
    yield "gray-8.tif", tiff(gray)
    yield "gray-16.tif", tiff(Image.fromarray((smooth(1)[:, :, 0].astype(np.uint16) * 251 + 13)))
    yield "gray-1.tif", tiff(gray.convert("1"))
    yield "fax-4.tif", tiff(gray.convert("1"), compression="group4")
    yield "fax-3.tif", tiff(gray.convert("1"), compression="group3")
    yield "palette.tif", tiff(rgb.quantize(40))
    yield "cmyk.tif", tiff(rgb.convert("CMYK"))
    yield "jpeg.tif", magick(rgb, "a.tif", "-compress", "jpeg", "-quality", "90")
    yield "white-is-zero.tif", magick(gray, "a.tif", "-define", "quantum:polarity=min-is-white", "-compress", "none")
    yield "pages.tif", magick(rgb, "a.tif", "-flip", "-compress", "lzw", "(", "+clone", "-flip", ")")
    yield "profile.tif", tiff(rgb, icc_profile=profile(), dpi=(300, 150))
    # Colours that were multiplied by their opacity.
    array = smooth(4).astype(np.uint16)
    array[:, :, :3] = (array[:, :, :3] * array[:, :, 3:] + 127) // 255
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[338] = 1
    yield "rgba-multiplied.tif", tiff(Image.fromarray(array.astype(np.uint8)), tiffinfo=info)


def gifs():
    rgb = Image.fromarray(smooth(3))
    palette = rgb.quantize(32)
    yield "plain.gif", saved(palette, "GIF", interlace=0)
    yield "interlaced.gif", saved(palette, "GIF", interlace=1)
    yield "transparent.gif", saved(palette, "GIF", transparency=3)
    yield "animated.gif", saved(palette, "GIF", save_all=True, append_images=[palette.transpose(1)], duration=40)
    # A first frame that leaves a border free.
    small = bytearray(saved(palette, "GIF", interlace=0))
    struct.pack_into("<HH", small, 6, WIDTH + 5, HEIGHT + 4)
    at = small.index(b"\x2c", 13 + 3 * 32)
    struct.pack_into("<HH", small, at + 1, 3, 2)
    yield "offset.gif", bytes(small)


def bmps():
    rgb, rgba = Image.fromarray(smooth(3)), Image.fromarray(smooth(4))
    yield "rgb-24.bmp", saved(rgb, "BMP", dpi=(300, 150))
    yield "rgb-32.bmp", magick(rgb, "a.bmp", "-type", "TrueColorAlpha", "-define", "bmp:format=bmp3")
    yield "rgba-32.bmp", magick(rgba, "a.bmp", "-define", "bmp:format=bmp4")
    yield "palette-8.bmp", saved(rgb.quantize(40), "BMP")
    yield "palette-4.bmp", magick(rgb.quantize(12), "a.bmp", "-define", "bmp:format=bmp3", "-compress", "none")
    yield "bits-1.bmp", saved(rgb.convert("1"), "BMP")
    yield "rle-8.bmp", magick(rgb.quantize(40), "a.bmp", "-compress", "RLE", "-define", "bmp:format=bmp3")
    yield "os2.bmp", magick(rgb, "a.bmp", "-define", "bmp:format=bmp2")
    yield "rgb-565.bmp", magick(rgb, "a.bmp", "-define", "bmp:subtype=RGB565")
    # The first row is the upper one.
    data = bytearray(saved(rgb, "BMP"))
    struct.pack_into("<i", data, 22, -HEIGHT)
    yield "top-down.bmp", bytes(data)


def exif(orientation):
    """Two tags: a camera, and an orientation."""
    block = Image.Exif()
    block[0x0110] = "Camera"
    block[0x0112] = orientation
    return block.tobytes()


def avif(image, **options):
    return saved(image, "AVIF", **{"quality": 100, "subsampling": "4:4:4", **options})


def heic(image, **options):
    file = io.BytesIO()
    pillow_heif.from_pillow(image).save(file, **{"quality": -1, "chroma": 444, "matrix_coefficients": 0, **options})
    return file.getvalue()


def flat(width, height):
    return Image.fromarray(np.full((height, width, 3), 90, np.uint8))


def heifs():
    rgb, rgba = Image.fromarray(smooth(3)), Image.fromarray(smooth(4))
    large = Image.fromarray(smooth(3, 26, 22))
    yield "lossless.avif", avif(rgb)
    yield "lossy.avif", avif(large, quality=80, icc_profile=profile())
    yield "alpha.avif", avif(rgba)
    yield "animated.avif", avif(rgb, save_all=True, append_images=[rgb.transpose(1)], duration=40)
    yield "large.avif", avif(flat(1400, 800), quality=10)
    yield "lossless.heic", heic(rgb)
    yield "lossy.heic", heic(large, quality=80, chroma=420, matrix_coefficients=6)
    yield "alpha.heic", heic(rgba, quality=60, matrix_coefficients=6)
    yield "large.heic", heic(flat(1400, 800), quality=10, chroma=420, matrix_coefficients=6)
    deep = smooth(3).astype(np.uint16) * 251 + 13
    file = io.BytesIO()
    pillow_heif.encode("RGB;16", (WIDTH, HEIGHT), deep.tobytes(), file, quality=-1, chroma=444, matrix_coefficients=0)
    yield "ten-bits.heic", file.getvalue()
    # Turned by properties of the file, with the same said in EXIF metadata, which must not turn them once more.
    for orientation in range(2, 9):
        yield f"turned-{orientation}.avif", avif(rgb, exif=exif(orientation))
    for orientation in [5, 6]:
        yield f"turned-{orientation}.heic", heic(rgb, quality=90, matrix_coefficients=6, exif=exif(orientation))


def webps():
    rgba = Image.fromarray(smooth(4))
    yield "animated-lossy.webp", saved(
        Image.fromarray(smooth(3)), "WEBP", save_all=True, append_images=[rgba.transpose(1)], quality=80
    )


# Colours that decoders may round in their own way: by how much.
NEAR = {
    "lossless.avif": 1, "alpha.avif": 1, "animated.avif": 1, "lossy.avif": 2, "lossy.heic": 2, "alpha.heic": 2,
    "rgb-565.bmp": 1,
}
# What OpenCV does not read, or reads with colours multiplied by their opacity.
BY_PILLOW = ["rgb-zstd.tif", "rgba-straight.tif", "rgba-multiplied.tif", "rle-8.bmp", "transparent.gif"]


def decoded(name):
    """Blue, green, red as they are stored, of another decoder than ours."""
    path = os.path.join(HERE, name)
    if name == "offset.gif":
        frame = np.asarray(Image.open(os.path.join(HERE, "plain.gif")).convert("RGB"))
        whole = np.zeros((HEIGHT + 4, WIDTH + 5, 3), np.uint8)
        whole[2:2 + HEIGHT, 3:3 + WIDTH] = frame
        return whole[:, :, ::-1]
    if name.endswith("heic") or name in BY_PILLOW or name in NEAR and not name.endswith("avif"):
        return np.asarray(Image.open(path).convert("RGBA"))[:, :, 2::-1]
    return cv2.imread(path, cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)


def opacities(name):
    image = Image.open(os.path.join(HERE, name))
    if name == "offset.gif" or "A" not in image.mode and "transparency" not in image.info:
        return None
    values = np.asarray(image.convert("RGBA"))[:, :, 3]
    return None if values.min() == 255 else values


def main():
    pillow_heif.register_heif_opener()
    with (
        open(os.path.join(HERE, "formats.txt"), "w") as exact,
        open(os.path.join(HERE, "near.txt"), "w") as near,
        open(os.path.join(HERE, "alpha.txt"), "w") as alpha,
    ):
        for make in [tiffs, gifs, bmps, heifs, webps]:
            for name, data in make():
                with open(os.path.join(HERE, name), "wb") as file:
                    file.write(data)
                if name.startswith(("turned", "large")):
                    continue
                pixels = decoded(name)
                size = f"{name} {pixels.shape[1]} {pixels.shape[0]}"
                if name in NEAR:
                    golden = name.replace(".", "-") + ".png"
                    Image.fromarray(pixels[:, :, ::-1]).save(os.path.join(HERE, golden), optimize=True)
                    near.write(f"{size} {NEAR[name]} {golden}\n")
                else:
                    exact.write(f"{size} {fnv1a(pixels.tobytes())}\n")
                values = opacities(name)
                if values is not None:
                    alpha.write(f"{name} {fnv1a(values.tobytes())}\n")


if __name__ == "__main__":
    main()
