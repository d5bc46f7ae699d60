// SPDX-License-Identifier: Apache-2.0
// Measures in the plane of the picture: angles at joints, lengths, a scale in centimetres, how far two answers differ.

import { isHidden } from "../skeleton.js";

// A joint, and the two landmarks beside it: BlazePose's numbers.
const angles = [
  [11, 13, 23], [12, 14, 24], // shoulders: elbow, hip
  [13, 11, 15], [14, 12, 16], // elbows: shoulder, wrist
  [23, 11, 25], [24, 12, 26], // hips: shoulder, knee
  [25, 23, 27], [26, 24, 28], // knees: hip, ankle
  [27, 25, 31], [28, 26, 32], // ankles: knee, toes
];

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
  return angles.map(([joint, one, other]) => {
    const points = [one, joint, other].map((index) => pointOf(person, index, size));
    return { index: joint, degrees: points.includes(null) ? null : angleBetween(...points) };
  });
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
