// SPDX-License-Identifier: Apache-2.0
// Keeps the server's lines while it records, and hands them out as JSON lines or as the table that `pose` writes.

import { rowsOf, tableHead } from "./csv.js";

// A browser may move finished blobs out of memory; text it cannot.
const linesPerBlob = 200;
const mostBytes = 500_000_000;
// The line's own time stands before all others in it.
const timePattern = /"time":(-?[\d.eE+-]+)/;

export class Recorder {
  constructor() {
    this.isRunning = false;
    this.#clear();
  }

  /// Begins anew; what was recorded before is gone.
  start() {
    this.#clear();
    this.isRunning = true;
    this.startedAt = performance.now();
  }

  stop() {
    if (this.isRunning) this.milliseconds = this.elapsed;
    this.isRunning = false;
  }

  /// Takes a line while it records; stops when there is no room for more.
  add(line) {
    if (!this.isRunning) return;
    this.lines.push(`${this.#continued(line.trimEnd())}\n`);
    this.frameCount += 1;
    this.byteCount += line.length;
    if (this.lines.length >= linesPerBlob) this.#pack();
    if (this.byteCount >= mostBytes) this.stop();
  }

  get isFull() {
    return this.byteCount >= mostBytes;
  }

  /// How long it has recorded, in milliseconds.
  get elapsed() {
    return this.isRunning ? performance.now() - this.startedAt : this.milliseconds;
  }

  /// One line of `pose/1` for each frame.
  jsonLines() {
    this.#pack();
    return new Blob(this.blobs, { type: "application/x-ndjson" });
  }

  /// One row for each person of each frame.
  async csv() {
    this.#pack();
    const pieces = [tableHead];
    for (const blob of this.blobs) {
      const lines = (await blob.text()).split("\n").filter(Boolean);
      pieces.push(new Blob(lines.map((line) => rowsOf(JSON.parse(line)))));
    }
    return new Blob(pieces, { type: "text/csv" });
  }

  #clear() {
    Object.assign(this, { blobs: [], lines: [], frameCount: 0, byteCount: 0, milliseconds: 0 });
    Object.assign(this, { time: -Infinity, step: 1 / 30, shift: 0 });
  }

  /// The line with a time that goes on from the last one, also where a film begins again or somebody goes back in it.
  #continued(line) {
    const found = timePattern.exec(line);
    if (!found) return line;
    const time = Number(found[1]);
    if (time < this.time) this.shift += this.time - time + this.step;
    else if (time > this.time) this.step = Math.min(time - this.time, 0.1);
    this.time = time;
    if (this.shift === 0) return line;
    return line.replace(found[0], `"time":${Number((time + this.shift).toFixed(6))}`);
  }

  #pack() {
    if (this.lines.length > 0) this.blobs.push(new Blob(this.lines));
    this.lines = [];
  }
}
