// SPDX-License-Identifier: Apache-2.0
// A file is read once and kept. What the server may not read is converted by the browser, and what only the server reads is
// sent as it is.

import { Problem } from "./server.js";

const longestThumbSide = 160;
const sentAsTheyAre = ["jpeg", "png", "webp"];
const convertedWithoutLoss = ["gif", "bmp"];

/// Reads a file into memory: `{ bytes, name }` as they are sent, and `isUnseen` where the browser cannot show them; `types` are
/// those that the server reads. Throws a ``Problem`` that says why not.
export async function readPicture(file, types) {
  if (file.isLost) throw new Problem("unreadable");
  let content;
  try {
    content = await file.arrayBuffer();
  } catch {
    // A file that was moved or changed, one that may not be read, or a folder, whose size is that of its blocks.
    const isFolder = file.type === "" && file.size > 0 && file.size % 4096 === 0;
    throw new Problem(isFolder ? "folder" : "unreadable");
  }
  if (content.byteLength === 0) throw new Problem("empty");
  const kind = kindOf(new Uint8Array(content, 0, Math.min(content.byteLength, 512)));
  if (sentAsTheyAre.includes(kind)) {
    return { bytes: new Blob([content], { type: `image/${kind}` }), name: file.name };
  }
  const bitmap = await createImageBitmap(new Blob([content], { type: file.type })).catch(() => null);
  if (bitmap) return { bytes: await converted(bitmap, kind), name: file.name };
  const type = `image/${kind}`;
  if (!types.includes(type)) throw new Problem(kind in kinds ? kind : "type");
  return { bytes: new Blob([content], { type }), name: file.name, isUnseen: true };
}

async function converted(bitmap, kind) {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d", { alpha: false });
  context.fillStyle = "#fff";
  context.fillRect(0, 0, bitmap.width, bitmap.height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const type = convertedWithoutLoss.includes(kind) ? "image/png" : "image/jpeg";
  return canvas.convertToBlob({ type, quality: 0.95 });
}

// What a file begins with, of those that have a sentence of their own.
const kinds = { heic: true, tiff: true, svg: true, pdf: true, video: true, text: true };

/// Tells the kind of a file by its first bytes.
function kindOf(bytes) {
  const text = String.fromCharCode(...bytes);
  const brand = text.slice(4, 8) === "ftyp" ? text.slice(8, 12) : "";
  if (text.startsWith("\xff\xd8\xff")) return "jpeg";
  if (text.startsWith("\x89PNG")) return "png";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "webp";
  if (text.startsWith("GIF8")) return "gif";
  if (text.startsWith("BM")) return "bmp";
  if (text.startsWith("II*\0") || text.startsWith("MM\0*")) return "tiff";
  if (/^(heic|heix|hevc|mif1|msf1)$/.test(brand)) return "heic";
  if (/^avi[fs]$/.test(brand)) return "avif";
  if (brand || text.startsWith("\x1aE\xdf\xa3") || text.startsWith("RIFF")) return "video";
  if (text.startsWith("%PDF")) return "pdf";
  if (/<svg[\s>]/i.test(text)) return "svg";
  return /^[\t\n\r\x20-\x7e\x80-\xff]*$/.test(text) ? "text" : "";
}

/// A small picture of a large one, as the address of a blob; null where the browser cannot read it.
export async function thumbnailOf(blob) {
  const whole = await createImageBitmap(blob).catch(() => null);
  if (!whole) return null;
  const scale = Math.min(1, longestThumbSide / Math.min(whole.width, whole.height));
  const size = [whole.width, whole.height];
  const canvas = new OffscreenCanvas(...size.map((length) => Math.max(1, Math.round(length * scale))));
  const context = canvas.getContext("2d", { alpha: false });
  context.imageSmoothingQuality = "high";
  context.drawImage(whole, 0, 0, canvas.width, canvas.height);
  whole.close();
  const url = URL.createObjectURL(await canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 }));
  return { url, width: size[0], height: size[1] };
}
