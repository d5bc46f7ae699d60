// SPDX-License-Identifier: Apache-2.0
// A person's landmarks as lines and dots, laid out like the server's renderer, and painted as SVG or on a canvas.

export const names = [
  "nose", "left_eye_inner", "left_eye", "left_eye_outer", "right_eye_inner", "right_eye", "right_eye_outer",
  "left_ear", "right_ear", "mouth_left", "mouth_right", "left_shoulder", "right_shoulder", "left_elbow",
  "right_elbow", "left_wrist", "right_wrist", "left_pinky", "right_pinky", "left_index", "right_index",
  "left_thumb", "right_thumb", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
  "left_heel", "right_heel", "left_foot_index", "right_foot_index",
];

// MediaPipe POSE_CONNECTIONS.
export const connections = [
  [0, 1], [1, 2], [2, 3], [3, 7], [0, 4], [4, 5], [5, 6], [6, 8], [9, 10],
  [11, 12], [11, 13], [13, 15], [15, 17], [15, 19], [15, 21], [17, 19],
  [12, 14], [14, 16], [16, 18], [16, 20], [16, 22], [18, 20],
  [11, 23], [12, 24], [23, 24], [23, 25], [24, 26], [25, 27], [26, 28], [27, 29], [28, 30],
  [29, 31], [30, 32], [27, 31], [28, 32],
];

const visibleFrom = 0.5;
const drawingOrder = ["middle", "right", "left"];
export const sideColours = { left: "#ff8a00", right: "#00d9e7", middle: "#ffffff" };

// Told apart by id; the renderer of films has the same, in the same order.
const personColours = [
  "#ff8a00", "#00d9e7", "#ff4fd8", "#9be700", "#ffe100", "#a78bff", "#ff5a5a", "#4da3ff",
];

/// The colour of a person of a stream.
export function colourOf(id) {
  return personColours[id % personColours.length];
}

export function sideOf(index) {
  const name = names[index] ?? "";
  return name.includes("left") ? "left" : name.includes("right") ? "right" : "middle";
}

export function isHidden(landmark) {
  return !(landmark.visibility >= visibleFrom);
}

/// Lays out one person on a picture of width × height: joints and bones in its pixels.
export function layOut(person, width, height, showHidden) {
  const joints = [];
  person.landmarks.forEach((landmark, index) => {
    const inside = landmark.x >= 0 && landmark.x <= 1 && landmark.y >= 0 && landmark.y <= 1;
    const hidden = isHidden(landmark);
    if (!inside || (hidden && !showHidden)) return;
    joints[index] = { index, x: landmark.x * width, y: landmark.y * height, hidden, side: sideOf(index) };
  });
  const shown = joints.filter(Boolean);
  const solid = shown.filter((joint) => !joint.hidden);
  const lineWidth = widthOfLines(solid.length > 0 ? solid : shown, width, height);
  for (const joint of shown) {
    joint.radius = Math.max(1.5, lineWidth * 1.4 * (joint.index <= 10 ? 0.65 : 1));
  }
  const bones = [];
  for (const [from, to] of connections) {
    const [a, b] = [joints[from], joints[to]];
    if (!a || !b) continue;
    bones.push({ a, b, hidden: a.hidden || b.hidden, side: a.side === b.side ? a.side : "middle" });
  }
  return { joints: shown, bones, lineWidth };
}

function widthOfLines(joints, width, height) {
  if (joints.length === 0) return 1.5;
  const xs = joints.map((joint) => joint.x);
  const ys = joints.map((joint) => joint.y);
  const extent = Math.hypot(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  return Math.max(1.5, Math.min(Math.hypot(width, height) / 300, extent / 75));
}

/// The strokes and dots of one person in painting order, all in `colour` where one is given.
function* marks(shape, style, colour) {
  const classic = style === "classic";
  const colourOfBones = (side) => colour ?? (classic ? "#ffffff" : sideColours[side]);
  const colourOfJoints = (side) => colour ?? (classic ? "#ff0000" : sideColours[side]);
  const edge = Math.max(1, shape.lineWidth * 0.3);
  for (const hidden of [true, false]) {
    const bones = shape.bones.filter((bone) => bone.hidden === hidden);
    const joints = shape.joints.filter((joint) => joint.hidden === hidden);
    const opacity = hidden ? 0.5 : 1;
    const dash = hidden ? shape.lineWidth * 2 : 0;
    if (!classic && style !== "skeleton-only") {
      const halo = { colour: "#000000", opacity: 0.45 * opacity };
      yield { bones, width: shape.lineWidth + 2 * edge, dash, ...halo };
      yield { joints, grow: edge, ...halo };
    }
    for (const side of drawingOrder) {
      const [ofSide, tint] = [bones.filter((bone) => bone.side === side), colourOfBones(side)];
      yield { bones: ofSide, width: shape.lineWidth, dash, colour: tint, opacity };
    }
    for (const side of drawingOrder) {
      const [ofSide, tint] = [joints.filter((joint) => joint.side === side), colourOfJoints(side)];
      yield { joints: ofSide, grow: 0, colour: tint, opacity };
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
  for (const mark of marks(shape, style, colour)) {
    if (mark.bones?.length > 0) {
      group.append(svgElement("path", {
        d: mark.bones.map(({ a, b }) => `M${a.x} ${a.y}L${b.x} ${b.y}`).join(""),
        fill: "none", stroke: mark.colour, "stroke-width": mark.width, "stroke-linecap": "round",
        "stroke-linejoin": "round", opacity: mark.opacity,
        ...(mark.dash > 0 ? { "stroke-dasharray": `${mark.dash} ${mark.dash}` } : {}),
      }));
    }
    for (const joint of mark.joints ?? []) {
      group.append(svgElement("circle", {
        cx: joint.x, cy: joint.y, r: joint.radius + mark.grow, fill: mark.colour, opacity: mark.opacity,
        ...(mark.grow === 0 ? { "data-joint": joint.index } : {}),
      }));
    }
  }
  return group;
}

/// One person on a 2D canvas context; the whole person in `colour` where one is given.
export function paint(context, shape, style, colour) {
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const mark of marks(shape, style, colour)) {
    context.globalAlpha = mark.opacity;
    context.beginPath();
    for (const { a, b } of mark.bones ?? []) {
      context.moveTo(a.x, a.y);
      context.lineTo(b.x, b.y);
    }
    for (const joint of mark.joints ?? []) {
      context.moveTo(joint.x + joint.radius + mark.grow, joint.y);
      context.arc(joint.x, joint.y, joint.radius + mark.grow, 0, 2 * Math.PI);
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
  context.globalAlpha = 1;
}
