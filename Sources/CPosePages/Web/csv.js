// SPDX-License-Identifier: Apache-2.0
// The table that `pose` writes: one row for each person of each picture or frame.

import { names } from "./skeleton.js";

const parts = ["x", "y", "z", "visibility", "presence"];
const axes = ["x", "y", "z"];
const columns = [
  "source", "frame", "time", "person", "state", "score", "detection_score", "image_width", "image_height",
  ...names.flatMap((name) => [...parts, ...axes.map((axis) => `world_${axis}`)].map((part) => `${name}_${part}`)),
];

export const tableHead = `${columns.join(",")}\n`;

/// The rows of one answer.
export function rowsOf(answer) {
  return answer.people.map((person, index) => {
    const cells = [
      answer.source, answer.frame, answer.time, person.id ?? index, person.state, person.score,
      person.detection_score, answer.image?.width, answer.image?.height,
    ];
    person.landmarks.forEach((landmark, number) => {
      const world = person.world_landmarks[number];
      cells.push(...parts.map((part) => landmark[part]), ...axes.map((axis) => world[axis]));
    });
    return `${cells.map(cell).join(",")}\n`;
  }).join("");
}

/// Source: RFC 4180.
function cell(value) {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
