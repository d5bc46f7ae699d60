// SPDX-License-Identifier: Apache-2.0
// A body of simple parts around the bones of a solved skeleton: trunk, head, and limbs that are thick as in a mannequin.

import { isHidden, sideColours } from "./skeleton.js";

// From bone to bone, or to the end of one, and the radius there in parts of the body's height.
const limbs = [
  ["UpperArm", "LowerArm", 0.03, 0.024], ["LowerArm", "Hand", 0.024, 0.017], ["Hand", "HandEnd", 0.017, 0.012],
  ["UpperLeg", "LowerLeg", 0.049, 0.032], ["LowerLeg", "Foot", 0.032, 0.022], ["Foot", "Toes", 0.021, 0.019],
  ["Toes", "ToesEnd", 0.019, 0.015],
];
const [trunkRadius, neckRadius, headRadius, noseRadius] = [0.035, 0.026, 0.06, 0.014];
// The landmarks of the left that tell whether a bone's beginning is to be seen; those of the right are one more.
const landmarks = { UpperArm: 11, LowerArm: 13, Hand: 15, HandEnd: 19, UpperLeg: 23, LowerLeg: 25, Foot: 27, Toes: 31, ToesEnd: 31 };
const edge = "#10161c";

/// The places of a person's solved bones around the hips, in the page's axes (x to the right, y down, z away), by name, ends of bones
/// as `…End`; `floor` is how far below the hips the floor is. Null without a skeleton.
export function bonePlaces({ skeleton, landmarks: points = [] }) {
  if (!skeleton) return null;
  const [places, turns] = [new Map(), new Map()];
  const { height } = skeleton;
  for (const { name, parent, rest, end, rotation } of skeleton.bones) {
    const turn = parent === null ? rotation : product(turns.get(parent), rotation);
    const place = parent === null ? [0, 0, 0] : sum(places.get(parent), turned(turns.get(parent), rest));
    turns.set(name, turn);
    places.set(name, place);
    if (end) places.set(`${name}End`, sum(place, turned(turn, end)));
  }
  places.set("nose", sum(places.get("head"), turned(turns.get("head"), [0, 0.01 * height, 1.05 * headRadius * height])));
  const named = [...places].map(([name, [x, y, z]]) => [name, { x, y: -y, z: -z, hidden: isBoneHidden(name, points) }]);
  return { places: Object.fromEntries(named), floor: skeleton.root[1], height };
}

function isBoneHidden(name, points) {
  const [, side, bone] = /^(left|right)?(.*)$/.exec(name);
  const point = points[landmarks[bone] + (side === "right" ? 1 : 0)];
  return point ? isHidden(point) : false;
}

const sum = (one, other) => one.map((value, index) => value + other[index]);

/// Quaternions are x, y, z, w.
function product([ax, ay, az, aw], [bx, by, bz, bw]) {
  return [
    aw * bx + ax * bw + ay * bz - az * by, aw * by - ax * bz + ay * bw + az * bx,
    aw * bz + ax * by - ay * bx + az * bw, aw * bw - ax * bx - ay * by - az * bz,
  ];
}

function turned(turn, vector) {
  const [x, y, z, w] = turn;
  return product(product(turn, [...vector, 0]), [-x, -y, -z, w]).slice(0, 3);
}

/// Draws a body; `points` are places on the canvas by name, with `depth` and the pixels of a `metre` there.
export function drawMannequin(context, points, height, scale) {
  const parts = ["left", "right"].flatMap((side) => limbs.map(([from, to, start, end]) => {
    const [a, b] = [points[side + from], points[side + to]];
    return {
      depth: (a.depth + b.depth) / 2, hidden: a.hidden || b.hidden, colour: sideColours[side],
      outline: () => capsule(context, a, b, start * height * a.metre, end * height * b.metre),
    };
  }));
  const corners = ["leftUpperArm", "rightUpperArm", "rightUpperLeg", "leftUpperLeg"].map((name) => points[name]);
  const middle = (depth, outline, more) => parts.push({ depth, hidden: false, colour: sideColours.middle, outline, ...more });
  // The corners are round, by a wide edge in the colour itself.
  middle(mean(corners.map(({ depth }) => depth)), () => polygon(context, corners), {
    hidden: corners.some(({ hidden }) => hidden), round: trunkRadius * height * corners[0].metre,
  });
  const { neck, head, nose } = points;
  const radius = neckRadius * height;
  middle((head.depth + neck.depth) / 2, () => capsule(context, neck, head, radius * neck.metre, radius * head.metre));
  middle(head.depth, () => disc(context, head, headRadius * height * head.metre));
  middle(nose.depth, () => disc(context, nose, noseRadius * height * nose.metre));
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

const mean = (values) => values.reduce((total, value) => total + value, 0) / values.length;
