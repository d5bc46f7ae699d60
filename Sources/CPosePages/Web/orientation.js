// SPDX-License-Identifier: Apache-2.0
// Sideways pictures. Browsers differ in which files they turn upright (WebP and late PNG chunks mostly not), and a canvas
// may differ from the page, so the page shows such a file without its orientation and turns it by what the server says.

// What an Exif orientation does to a stored picture: a matrix as CSS and canvases have it, for an upright picture of
// width × height.
const matrices = {
  1: () => [1, 0, 0, 1, 0, 0],
  2: (width) => [-1, 0, 0, 1, width, 0],
  3: (width, height) => [-1, 0, 0, -1, width, height],
  4: (width, height) => [1, 0, 0, -1, 0, height],
  5: () => [0, 1, 1, 0, 0, 0],
  6: (width) => [0, 1, -1, 0, width, 0],
  7: (width, height) => [0, -1, -1, 0, width, height],
  8: (width, height) => [0, -1, 1, 0, 0, height],
};

export function uprightMatrix(orientation, width, height) {
  return (matrices[orientation] ?? matrices[1])(width, height);
}

/// Width and height of the stored picture of an upright one.
export function storedSize(orientation, width, height) {
  return orientation >= 5 ? [height, width] : [width, height];
}

/// The same picture as a file whose orientation no browser finds: one letter of each metadata block's name is changed.
export async function withoutOrientation(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  for (const { name } of exifBlocks(bytes)) bytes[name] ^= 0x20;
  return new Blob([bytes], { type: file.type });
}

/// The orientation in a JPEG's, PNG's or WebP's metadata; 1 where it has none, or one that there is not.
/// Source: Exif 2.32, 4.5.4, 4.6.2 and 4.6.4: tag 0x0112 of the first directory, a SHORT.
export function orientationIn(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const { start } of exifBlocks(bytes)) {
    if (start + 8 > bytes.length) continue;
    const isLittle = view.getUint16(start) === 0x4949;
    const directory = start + view.getUint32(start + 4, isLittle);
    if (directory + 2 > bytes.length) continue;
    const end = Math.min(bytes.length, directory + 2 + 12 * view.getUint16(directory, isLittle));
    for (let entry = directory + 2; entry + 12 <= end; entry += 12) {
      if (view.getUint16(entry, isLittle) !== 0x0112) continue;
      const value = view.getUint16(entry + 8, isLittle);
      return value in matrices ? value : 1;
    }
  }
  return 1;
}

/// Where metadata are: a letter of the block's name, and the TIFF structure in it.
function exifBlocks(bytes) {
  const view = new DataView(bytes.buffer);
  const has = (offset, text) => [...text].every((letter, index) => bytes[offset + index] === letter.charCodeAt(0));
  const found = [];
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    // JPEG: segments up to the first scan; bytes between them are passed over.
    let offset = 2;
    while (offset + 4 <= bytes.length && bytes[offset + 1] !== 0xda) {
      if (bytes[offset] !== 0xff || bytes[offset + 1] < 0xc0 || bytes[offset + 1] === 0xff) {
        offset += 1;
        continue;
      }
      if (bytes[offset + 1] === 0xe1 && has(offset + 4, "Exif")) found.push({ name: offset + 4, start: offset + 10 });
      offset += 2 + view.getUint16(offset + 2);
    }
  } else if (has(1, "PNG")) {
    // The checksum no longer fits, so the chunk, which may be left out, is.
    for (let offset = 8; offset + 12 <= bytes.length; offset += 12 + view.getUint32(offset)) {
      if (has(offset + 4, "eXIf")) found.push({ name: offset + 5, start: offset + 8 });
    }
  } else if (has(0, "RIFF") && has(8, "WEBP")) {
    for (let offset = 12; offset + 8 <= bytes.length;) {
      // Some have the name that JPEG files have in front of it.
      if (has(offset, "EXIF")) found.push({ name: offset, start: offset + (has(offset + 8, "Exif\0\0") ? 14 : 8) });
      const length = view.getUint32(offset + 4, true);
      offset += 8 + length + (length % 2);
    }
  }
  return found;
}
