// SPDX-License-Identifier: Apache-2.0
// Measures in the plane of the picture: angles at joints, lengths, a scale in centimetres, how far two answers differ.

import { table } from "../skeleton-table.js";
import { isHidden } from "../skeleton.js";

// A joint, and from where to where the two segments go that its angle is between: BlazePose's numbers, as PoseMotion has them.
const angles = [
  [11, [11, 23], [11, 13]], [12, [12, 24], [12, 14]], // shoulders: hip, elbow
  [13, [13, 11], [13, 15]], [14, [14, 12], [14, 16]], // elbows: shoulder, wrist
  [23, [23, 11], [23, 25]], [24, [24, 12], [24, 26]], // hips: shoulder, knee
  [25, [25, 23], [25, 27]], [26, [26, 24], [26, 28]], // knees: hip, ankle
  [27, [27, 25], [29, 31]], [28, [28, 26], [30, 32]], // ankles: knee, and the sole from the heel to the toes
];
// Segments of fewer pixels have no direction.
const shortest = 1;

/// A landmark in pixels; null where it is hidden or is no point.
export function pointOf(person, index, { width, height }) {
  const landmark = person.landmarks[index];
  if (!landmark || isHidden(landmark)) return null;
  const point = { x: landmark.x * width, y: landmark.y * height };
  return Number.isFinite(point.x) && Number.isFinite(point.y) ? point : null;
}

export const distance = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

const middle = (one, other) => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });

/// The angle at `joint` between two other points, 0…180 degrees; null where one of them is the joint.
export function angleBetween(one, joint, other) {
  const [a, b] = [one, other].map((point) => ({ x: point.x - joint.x, y: point.y - joint.y }));
  if ((a.x === 0 && a.y === 0) || (b.x === 0 && b.y === 0)) return null;
  return Math.abs(Math.atan2(a.x * b.y - a.y * b.x, a.x * b.x + a.y * b.y)) * (180 / Math.PI);
}

/// The angle at one of these joints, 0…180 degrees; null at others, and where a landmark that it takes is hidden.
export function angleAt(person, index, size) {
  return jointAngles(person, size).find((joint) => joint.index === index)?.degrees ?? null;
}

/// The angle at each of ten joints of a person: `{index, degrees}`, null where a landmark that it takes is hidden.
export function jointAngles(person, size) {
  return angles.map(([joint, ...segments]) => {
    const vectors = segments.map((segment) => vectorOf(person, segment, size));
    return { index: joint, degrees: vectors.includes(null) ? null : angleBetween(vectors[0], { x: 0, y: 0 }, vectors[1]) };
  });
}

function vectorOf(person, segment, size) {
  const [start, end] = segment.map((index) => {
    // An angle needs landmarks that are there, too.
    return person.landmarks[index]?.presence < table.minVisibility ? null : pointOf(person, index, size);
  });
  if (!start || !end) return null;
  const vector = { x: end.x - start.x, y: end.y - start.y };
  return Math.hypot(vector.x, vector.y) < shortest ? null : vector;
}

// The height of the eyes above the ground as a share of the body's: Drillis and Contini, Body Segment Parameters, 1966.
const eyeShare = 0.936;

/// Centimetres a pixel, from the height of a person who stands upright; null where eyes or heels are hidden.
export function scaleFromHeight(person, size, centimetres) {
  const eyes = [2, 5].map((index) => pointOf(person, index, size)).filter(Boolean);
  const heels = [29, 30].map((index) => pointOf(person, index, size)).filter(Boolean);
  if (eyes.length === 0 || heels.length === 0) return null;
  const [top, bottom] = [eyes, heels].map((points) => middle(points[0], points.at(-1)));
  return scaleFromLine(top, bottom, centimetres * eyeShare);
}

/// Centimetres a pixel, from a line of known length; null where it has none.
export function scaleFromLine(from, to, centimetres) {
  const pixels = distance(from, to);
  return pixels > 0 && centimetres > 0 && Number.isFinite(centimetres) ? centimetres / pixels : null;
}

/// The length between two landmarks, `{pixels, centimetres}`; null where one is hidden, centimetres null without a scale.
export function lengthBetween(person, from, to, size, scale) {
  const [one, other] = [from, to].map((index) => pointOf(person, index, size));
  if (!one || !other) return null;
  const pixels = distance(one, other);
  return { pixels, centimetres: scale === null ? null : pixels * scale };
}

/// How far the people of one answer are from those of another, in pixels of the picture: `{mean, largest, unmatched}`.
/// People belong together whose landmarks are nearest; those without a partner are counted.
export function differences(people, others, size) {
  const left = new Set(others);
  const distances = [];
  let unmatched = 0;
  for (const person of people) {
    let best = null;
    for (const other of left) {
      const apart = apartness(person, other, size);
      if (apart.length === 0) continue;
      const mean = apart.reduce((sum, value) => sum + value, 0) / apart.length;
      if (!best || mean < best.mean) best = { other, mean, apart };
    }
    // Farther than a quarter of the picture is somebody else.
    if (!best || best.mean > Math.hypot(size.width, size.height) / 4) {
      unmatched += 1;
      continue;
    }
    left.delete(best.other);
    distances.push(...best.apart);
  }
  const mean = distances.length > 0 ? distances.reduce((sum, value) => sum + value, 0) / distances.length : null;
  return { mean, largest: distances.length > 0 ? Math.max(...distances) : null, unmatched: unmatched + left.size };
}

function apartness(person, other, size) {
  return person.landmarks.flatMap((_, index) => {
    const [one, another] = [pointOf(person, index, size), pointOf(other, index, size)];
    return one && another ? [distance(one, another)] : [];
  });
}
