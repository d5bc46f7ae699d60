// SPDX-License-Identifier: Apache-2.0
// The angles that the server measured, written at their joints as the program writes them. Joints, colours and heights are the
// program's own table.

import { angleTable } from "./angle-table.js";
import { svgElement } from "./skeleton.js";

const { perLineWidth, leastHeight, mostShare } = angleTable;
// Of system fonts: the height of digits, and how far they advance, in sizes of the font.
const [digitHeight, advance] = [0.72, 0.6];
const font = "system-ui, sans-serif";

/// The labels of one person whose figure is laid out: `{text, x, y, size, faint}`, (x, y) being the left end of the line that the
/// letters stand on. None where no angles were asked for. `taken` are boxes that are kept free, those of the labels are added.
export function angleLabels(person, shape, { width, height }, taken = []) {
  const joints = new Map(shape.joints.map((joint) => [joint.index, joint]));
  const tall = Math.max(leastHeight, Math.min(shape.lineWidth * perLineWidth, height * mostShare));
  const labels = (person.angles?.joints ?? []).flatMap(({ name, source, ...measured }) => {
    const ends = (angleTable.places[name] ?? []).map((index) => joints.get(index));
    const angle = measured[source];
    if (!angle || ends.length === 0 || ends.includes(undefined)) return [];
    const faint = angle.validity === "poor";
    const text = `${faint ? "~" : ""}${Math.round(angle.degrees)}°`;
    return [{ text, faint, at: { x: mean(ends, "x"), y: mean(ends, "y") } }];
  });
  const middle = mean(labels.map(({ at }) => at), "x");
  const covers = shape.joints.map(({ x, y, radius }) => ({ left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }));
  return labels.map(({ text, faint, at }) => {
    const size = tall / digitHeight;
    const places = placesAround(at, text.length * advance * size, tall, shape.lineWidth * 2.2, at.x < middle ? -1 : 1);
    const box = best(places.map((place) => inside(place, width, height)), taken, covers);
    taken.push(box);
    return { text, faint, size, x: box.left, y: box.bottom };
  });
}

const mean = (points, axis) => points.reduce((sum, point) => sum + point[axis], 0) / Math.max(1, points.length);

/// Beside the joint, above and below it, then farther away.
function placesAround({ x, y }, length, tall, gap, side) {
  const box = (left, top) => ({ left, top, right: left + length, bottom: top + tall });
  return [1, 2.5].flatMap((reach) => [
    ...[-0.5, -1.6, 0.6].flatMap((row) => [side, -side].map((to) => {
      return box(to > 0 ? x + gap * reach : x - gap * reach - length, y + row * tall);
    })),
    box(x - length / 2, y - gap * reach - tall), box(x - length / 2, y + gap * reach),
  ]);
}

/// The first place that covers nothing, else the one that covers least.
function best(places, taken, covers) {
  const covered = (place) => 4 * sum(taken.map((other) => overlap(place, other))) + sum(covers.map((other) => overlap(place, other)));
  return places.reduce((least, place) => {
    const area = covered(place);
    return area < least.area ? { place, area } : least;
  }, { place: places[0], area: Infinity }).place;
}

const sum = (values) => values.reduce((total, value) => total + value, 0);

function overlap(one, other) {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return width > 0 && height > 0 ? width * height : 0;
}

/// Moved so that the picture holds it, where it can.
function inside({ left, top, right, bottom }, width, height) {
  const x = Math.max(2, Math.min(left, width - 2 - (right - left))) - left;
  const y = Math.max(2, Math.min(top, height - 2 - (bottom - top))) - top;
  return { left: left + x, top: top + y, right: right + x, bottom: bottom + y };
}

const colourOf = ({ faint }) => (faint ? angleTable.faint : angleTable.plain);

/// Labels as SVG texts.
export function svgLabels(labels) {
  return labels.map((label) => {
    const text = svgElement("text", {
      class: "angle", x: label.x, y: label.y, fill: colourOf(label), stroke: angleTable.edge, "stroke-width": label.size * 0.2,
      "stroke-linejoin": "round", "paint-order": "stroke", "font-family": font, "font-size": label.size, "font-weight": 700,
    });
    text.textContent = label.text;
    return text;
  });
}

/// Labels on a 2D canvas context.
export function paintLabels(context, labels) {
  context.save();
  Object.assign(context, { textAlign: "left", textBaseline: "alphabetic", lineJoin: "round", strokeStyle: angleTable.edge });
  for (const label of labels) {
    context.font = `700 ${label.size}px ${font}`;
    context.lineWidth = label.size * 0.2;
    context.strokeText(label.text, label.x, label.y);
    context.fillStyle = colourOf(label);
    context.fillText(label.text, label.x, label.y);
  }
  context.restore();
}
