// SPDX-License-Identifier: Apache-2.0
// A body of simple parts around the landmarks: trunk, head, and limbs that are thick as in a mannequin.

import { isHidden, sideColours, sideOf } from "./skeleton.js";

// Landmarks at both ends, and the radius there in metres.
const limbs = [
  [11, 13, 0.052, 0.042], [13, 15, 0.042, 0.03], [12, 14, 0.052, 0.042], [14, 16, 0.042, 0.03],
  [15, 19, 0.03, 0.022], [16, 20, 0.03, 0.022],
  [23, 25, 0.085, 0.055], [25, 27, 0.055, 0.038], [24, 26, 0.085, 0.055], [26, 28, 0.055, 0.038],
  [29, 31, 0.036, 0.03], [30, 32, 0.036, 0.03],
];
const trunk = [11, 12, 24, 23];
const trunkRadius = 0.06;
const headRadius = 0.105;
const edge = "#10161c";

/// Draws a body; `points` are places on the canvas with `depth` and the pixels of a `metre` there.
export function drawMannequin(context, points, scale) {
  const parts = limbs.map(([from, to, start, end]) => {
    const [a, b] = [points[from], points[to]];
    return {
      depth: (a.depth + b.depth) / 2, hidden: a.hidden || b.hidden, colour: sideColours[sideOf(from)],
      outline: () => capsule(context, a, b, start * a.metre, end * b.metre),
    };
  });
  const corners = trunk.map((index) => points[index]);
  parts.push({
    depth: mean(corners.map(({ depth }) => depth)), hidden: corners.some(({ hidden }) => hidden), colour: sideColours.middle,
    // The corners are round, by a wide edge in the colour itself.
    outline: () => polygon(context, corners), round: trunkRadius * corners[0].metre,
  });
  const [left, right] = [points[7], points[8]];
  const neck = middleOf(points[11], points[12]);
  const head = { ...middleOf(left, right), hidden: left.hidden && right.hidden };
  parts.push({ depth: (head.depth + neck.depth) / 2, hidden: head.hidden, colour: sideColours.middle,
    outline: () => capsule(context, neck, head, 0.045 * neck.metre, 0.045 * head.metre) });
  parts.push({ depth: head.depth, hidden: head.hidden, colour: sideColours.middle,
    outline: () => disc(context, head, headRadius * head.metre) });
  context.lineJoin = "round";
  // The farthest first; a dark edge parts what crosses.
  for (const { outline, colour, hidden, round = 0 } of parts.sort((one, other) => other.depth - one.depth)) {
    context.globalAlpha = hidden ? 0.4 : 1;
    outline();
    for (const [stroke, width] of [[edge, 2 * round + 3 * scale], [colour, 2 * round]]) {
      context.strokeStyle = stroke;
      context.lineWidth = width;
      if (width > 0) context.stroke();
    }
    context.fillStyle = colour;
    context.fill();
  }
  context.globalAlpha = 1;
}

function capsule(context, a, b, start, end) {
  const angle = Math.atan2(b.y - a.y, b.x - a.x);
  context.beginPath();
  context.arc(a.x, a.y, start, angle + Math.PI / 2, angle - Math.PI / 2);
  context.arc(b.x, b.y, end, angle - Math.PI / 2, angle + Math.PI / 2);
  context.closePath();
}

function polygon(context, corners) {
  context.beginPath();
  for (const { x, y } of corners) context.lineTo(x, y);
  context.closePath();
}

function disc(context, { x, y }, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.closePath();
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

function middleOf(one, other) {
  return {
    x: (one.x + other.x) / 2, y: (one.y + other.y) / 2, depth: (one.depth + other.depth) / 2, metre: (one.metre + other.metre) / 2,
    hidden: one.hidden || other.hidden,
  };
}
