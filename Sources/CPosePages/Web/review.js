// SPDX-License-Identifier: Apache-2.0
// What somebody decided about the faces of one picture: which stay open, which were added.

export const boxText = (box) => box.join(",");

const sameFace = 0.3;

/// Decisions about a picture, as places in its pixels.
export class Decisions {
  constructor() {
    this.kept = [];
    this.added = [];
  }

  get isEmpty() {
    return this.kept.length === 0 && this.added.length === 0;
  }

  isKept(box) {
    return this.kept.some((other) => overlap(box, other) >= sameFace);
  }

  /// Leaves a face open, or covers it again.
  setKept(box, isKept) {
    this.kept = this.kept.filter((other) => overlap(box, other) < sameFace);
    if (isKept) this.kept.push(box);
  }

  add(box) {
    this.added.push(box);
  }

  remove(box) {
    this.added = this.added.filter((other) => other !== box);
  }

  /// What is asked of the server for it.
  get parameters() {
    const parameters = {};
    if (this.added.length > 0) parameters.faces = this.added.map(boxText).join(";");
    if (this.kept.length > 0) parameters.keep = this.kept.map(boxText).join(";");
    return parameters;
  }
}

/// Shared area divided by the area of both.
function overlap([x, y, width, height], [otherX, otherY, otherWidth, otherHeight]) {
  const columns = Math.min(x + width, otherX + otherWidth) - Math.max(x, otherX);
  const rows = Math.min(y + height, otherY + otherHeight) - Math.max(y, otherY);
  if (columns <= 0 || rows <= 0) return 0;
  return (columns * rows) / (width * height + otherWidth * otherHeight - columns * rows);
}

/// Whether a picture must not be given away as it is.
export function isWithheld({ answer }) {
  return !answer || answer.document.doubts.some(({ blocks }) => blocks);
}

/// The file for `pose anonymize --sidecar`.
export function sidecarOf(pictures, decisionsOf) {
  const lines = pictures.filter(({ answer }) => answer).map((picture) => {
    const { source, sha256, faces, doubts } = picture.answer.document;
    const { kept, added } = decisionsOf(picture);
    return JSON.stringify({
      source: picture.file.webkitRelativePath || source, sha256, faces,
      doubts: doubts.map(({ blocks, ...doubt }) => doubt), keep: kept, add: added,
    });
  });
  const text = `{"schema":"pose-privacy-sidecar/1","pictures":[\n${lines.join(",\n")}\n]}\n`;
  return new Blob([text], { type: "application/json" });
}

/// The covered picture of an answer, as a file.
export function coveredFile({ document }) {
  const [head, text] = document.image.split(",", 2);
  return new Blob([Uint8Array.from(atob(text), (character) => character.charCodeAt(0))], { type: /^data:([^;]*)/.exec(head)[1] });
}
