// SPDX-License-Identifier: Apache-2.0
// A person's landmarks as lines and discs, laid out like the program's renderer, and painted as SVG or on a canvas. The
// numbers and colours are the program's own table.

import { table } from "./skeleton-table.js";

export const names = table.landmarks.map(({ name }) => name);

// MediaPipe POSE_CONNECTIONS.
export const connections = table.bones;

const { left, right, middle } = table.colours;
export const sideColours = { left, right, middle };

/// The colour of a person, by number.
export function colourOf(id) {
  const { length } = table.people;
  return table.people[((id % length) + length) % length];
}

export function sideOf(index) {
  return table.landmarks[index]?.side ?? "middle";
}

const partOf = (index) => table.landmarks[index]?.part ?? "body";

export function isHidden(landmark) {
  return !(landmark.visibility >= table.minVisibility);
}

/// Lays out one person on a picture of width × height: joints and bones in its pixels, where 0 is the middle of the
/// first pixel.
export function layOut(person, width, height, showHidden = false) {
  const joints = [];
  person.landmarks.slice(0, names.length).forEach((landmark, index) => {
    const inside = landmark.x >= 0 && landmark.x <= 1 && landmark.y >= 0 && landmark.y <= 1;
    const hidden = isHidden(landmark);
    if (!inside || (hidden && !showHidden)) return;
    joints[index] = { index, x: landmark.x * width, y: landmark.y * height, hidden, side: sideOf(index) };
  });
  const shown = joints.filter(Boolean);
  const solid = shown.filter((joint) => !joint.hidden);
  const extent = extentOf(solid.length > 0 ? solid : shown);
  const lineWidth = Math.max(table.minLineWidth, extent / table.extentPerLineWidth);
  for (const joint of shown) {
    const scale = partOf(joint.index) === "face" ? table.faceJointScale : 1;
    const room = distanceToNearest(joint, shown) * table.shareOfDistance;
    joint.radius = Math.min(lineWidth * table.jointRadius * scale, room);
    joint.inner = Math.min(joint.radius, Math.max(table.minInnerRadius, joint.radius * table.innerShare));
  }
  const bones = [];
  for (const [from, to] of connections) {
    const [a, b] = [joints[from], joints[to]];
    if (!a || !b) continue;
    const fine = partOf(from) !== "body" || partOf(to) !== "body";
    bones.push({ a, b, fine, hidden: a.hidden || b.hidden, side: a.side === b.side ? a.side : "middle" });
  }
  return { joints: shown, bones, lineWidth };
}

/// The distance to the nearest other place; infinite when there is none.
function distanceToNearest(joint, joints) {
  let nearest = Infinity;
  for (const other of joints) {
    const distance = Math.hypot(joint.x - other.x, joint.y - other.y);
    if (distance >= table.samePlace && distance < nearest) nearest = distance;
  }
  return nearest;
}

function extentOf(joints) {
  if (joints.length === 0) return 0;
  const xs = joints.map((joint) => joint.x);
  const ys = joints.map((joint) => joint.y);
  return Math.hypot(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
}

const edgeOf = (width) => Math.max(table.minEdgeWidth, width * table.edgeWidth);

/// The strokes and discs of one person in painting order, all in `colour` where one is given: `{bones, width, dash, colour,
/// opacity}` or `{joints, size, colour, opacity}`, where `size` names the radius.
export function* marksOf(shape, style, colour) {
  const { colours } = table;
  const classic = style === "classic";
  const boneColour = (side) => colour ?? (classic ? colours.bone : sideColours[side]);
  const jointColour = (side) => colour ?? (classic ? colours.joint : sideColours[side]);
  const groups = classic || colour ? [table.order] : table.order.map((side) => [side]);
  const widths = [[false, shape.lineWidth], [true, shape.lineWidth * table.fineScale]];
  const ring = classic ? colours.ring : colours.edge;
  for (const hidden of [true, false]) {
    const bones = shape.bones.filter((bone) => bone.hidden === hidden);
    const joints = shape.joints.filter((joint) => joint.hidden === hidden);
    // What is guessed is dashed and half as strong.
    const strength = hidden ? table.guessedOpacity : 1;
    const dash = hidden ? shape.lineWidth * table.dash : 0;
    const marks = [];
    for (const [fine, width] of widths) {
      marks.push({
        bones: bones.filter((bone) => bone.fine === fine), width: width + 2 * edgeOf(width), dash,
        colour: colours.edge,
      });
    }
    for (const sides of groups) {
      for (const [fine, width] of widths) {
        marks.push({
          bones: bones.filter((bone) => bone.fine === fine && sides.includes(bone.side)), width, dash,
          colour: boneColour(sides[0]),
        });
      }
    }
    marks.push({ joints: joints.filter((joint) => joint.inner < joint.radius), size: "radius", colour: ring });
    for (const sides of groups) {
      const ofSides = joints.filter((joint) => sides.includes(joint.side));
      marks.push({ joints: ofSides, size: "inner", colour: jointColour(sides[0]) });
    }
    for (const mark of marks) {
      if ((mark.bones ?? mark.joints).length > 0) yield { ...mark, opacity: strength };
    }
  }
}

const namespace = "http://www.w3.org/2000/svg";

export function svgElement(name, attributes) {
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/// The colour of a whole person in a style, by number; undefined where the style colours parts.
export const colourInStyle = (style, id) => (style === "people" ? colourOf(id) : undefined);

/// One person as an SVG group; the whole person in `colour` where one is given.
export function svgGroup(shape, style, colour) {
  const group = svgElement("g", { class: "person" });
  for (const mark of marksOf(shape, style, colour)) {
    if (mark.bones) {
      group.append(svgElement("path", {
        d: mark.bones.map(({ a, b }) => `M${a.x} ${a.y}L${b.x} ${b.y}`).join(""),
        fill: "none", stroke: mark.colour, "stroke-width": mark.width, "stroke-linecap": "round",
        "stroke-linejoin": "round", opacity: mark.opacity,
        ...(mark.dash > 0 ? { "stroke-dasharray": `${mark.dash} ${mark.dash}` } : {}),
      }));
    }
    for (const joint of mark.joints ?? []) {
      group.append(svgElement("circle", {
        cx: joint.x, cy: joint.y, r: joint[mark.size], fill: mark.colour, opacity: mark.opacity,
        ...(mark.size === "inner" ? { "data-joint": joint.index } : {}),
      }));
    }
  }
  return group;
}

/// One person on a 2D canvas context; the whole person in `colour` where one is given.
export function paint(context, shape, style, colour) {
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const mark of marksOf(shape, style, colour)) {
    context.globalAlpha = mark.opacity;
    context.beginPath();
    for (const { a, b } of mark.bones ?? []) {
      context.moveTo(a.x, a.y);
      context.lineTo(b.x, b.y);
    }
    for (const joint of mark.joints ?? []) {
      const radius = joint[mark.size];
      context.moveTo(joint.x + radius, joint.y);
      context.arc(joint.x, joint.y, radius, 0, 2 * Math.PI);
    }
    if (mark.bones) {
      context.setLineDash(mark.dash > 0 ? [mark.dash, mark.dash] : []);
      context.lineWidth = mark.width;
      context.strokeStyle = mark.colour;
      context.stroke();
    } else {
      context.fillStyle = mark.colour;
      context.fill();
    }
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}
