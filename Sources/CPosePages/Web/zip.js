// SPDX-License-Identifier: Apache-2.0
// Zip archives without compression: pictures are compressed already.
//
// Source: PKWARE APPNOTE 6.3.9, sections 4.3.7, 4.3.12 and 4.3.16.

const encoder = new TextEncoder();
// Names are UTF-8.
const flags = 0x0800;
const version = 20;
// Archives of 4 GiB and more, and of more files, need another format.
const mostBytes = 0xffffffff;
const mostFiles = 0xffff;

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let sum = index;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  return sum;
});

function checksum(bytes) {
  let sum = 0xffffffff;
  for (let index = 0; index < bytes.length; index += 1) sum = table[(sum ^ bytes[index]) & 255] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

export class ZipArchive {
  constructor() {
    this.pieces = [];
    this.entries = [];
    this.names = new Set();
    this.length = 0;
    this.date = dosTime(new Date());
  }

  /// Adds a file; one whose name is taken gets a number. Throws a `RangeError` when the archive is full.
  async add(name, blob) {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    if (this.entries.length >= mostFiles || this.length + bytes.length > mostBytes - 1_000_000) {
      throw new RangeError("The archive is full.");
    }
    const entry = {
      name: encoder.encode(this.#unique(name)), sum: checksum(bytes), size: bytes.length, offset: this.length,
    };
    this.entries.push(entry);
    this.#write(header([0x04034b50, 4], [version, 2]), this.#fields(entry), header([0, 2]), entry.name, blob);
  }

  /// The archive as a file.
  finish() {
    const start = this.length;
    for (const entry of this.entries) {
      this.#write(
        header([0x02014b50, 4], [version, 2], [version, 2]), this.#fields(entry),
        header([0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [entry.offset, 4]), entry.name,
      );
    }
    const count = this.entries.length;
    this.#write(header(
      [0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [this.length - start, 4], [start, 4], [0, 2],
    ));
    return new Blob(this.pieces, { type: "application/zip" });
  }

  #fields({ sum, size, name }) {
    const { time, date } = this.date;
    return header([flags, 2], [0, 2], [time, 2], [date, 2], [sum, 4], [size, 4], [size, 4], [name.length, 2]);
  }

  #write(...pieces) {
    for (const piece of pieces) {
      this.pieces.push(piece);
      this.length += piece.size ?? piece.length;
    }
  }

  #unique(name) {
    const [, stem, suffix] = /^(.*?)(\.[^./]*)?$/s.exec(name);
    let free = name;
    for (let number = 2; this.names.has(free.toLowerCase()); number += 1) free = `${stem} (${number})${suffix ?? ""}`;
    this.names.add(free.toLowerCase());
    return free;
  }
}

/// Little-endian numbers, each with its number of bytes.
function header(...fields) {
  const bytes = new Uint8Array(fields.reduce((sum, [, width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const [value, width] of fields) {
    if (width === 4) view.setUint32(offset, value, true);
    else view.setUint16(offset, value, true);
    offset += width;
  }
  return bytes;
}

function dosTime(now) {
  return {
    time: (now.getHours() << 11) | (now.getMinutes() << 5) | (now.getSeconds() >> 1),
    date: ((now.getFullYear() - 1980) << 9) | ((now.getMonth() + 1) << 5) | now.getDate(),
  };
}
