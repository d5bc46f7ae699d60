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
    const pieces = [tableHead];
    for await (const answers of this.#answers()) pieces.push(new Blob(answers.map(rowsOf)));
    return new Blob(pieces, { type: "text/csv" });
  }

  /// The lines with what a motion needs alone, of whoever is in most frames: half as many bytes and less.
  async motionLines() {
    const counts = new Map();
    for await (const answers of this.#answers()) {
      for (const { id } of answers.flatMap(({ people }) => people)) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    const [chosen] = [...counts].sort(([one, more], [other, less]) => less - more || one - other)[0] ?? [];
    const pieces = [];
    for await (const answers of this.#answers()) {
      pieces.push(new Blob(answers.map((answer) => `${JSON.stringify(motionPartOf(answer, chosen))}\n`)));
    }
    return new Blob(pieces, { type: "application/x-ndjson" });
  }

  async *#answers() {
    this.#pack();
    for (const blob of this.blobs) {
      yield (await blob.text()).split("\n").filter(Boolean).map((line) => JSON.parse(line));
    }
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

/// What a skeleton is solved from: places in the picture and how surely they are seen, places in space to a tenth of a millimetre.
/// Members that it does without, and `pose/1` does not, are short.
function motionPartOf({ schema, source, frame, time, state, image, model, people }, chosen) {
  const rounded = (number, decimals) => (number === null ? null : Number(number.toFixed(decimals)));
  return {
    schema, source, frame, time, state, image, model: { complexity: model.complexity, sha256: "" },
    people: people.filter(({ id }) => id === chosen).map((person) => ({
      id: person.id, state: person.state, score: 1, detection_score: 1, box: [0, 0, 1, 1],
      roi: { center: [0, 0], size: [1, 1], rotation: 0 },
      landmarks: person.landmarks.map(({ x, y, visibility, presence }) => ({
        x: rounded(x, 5), y: rounded(y, 5), z: 0, visibility: rounded(Math.min(visibility, presence), 3), presence: 1,
      })),
      world_landmarks: person.world_landmarks.map(({ x, y, z }) => ({
        x: rounded(x, 4), y: rounded(y, 4), z: rounded(z, 4), visibility: 1, presence: 1,
      })),
    })),
  };
}
