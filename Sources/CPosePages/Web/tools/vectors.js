// SPDX-License-Identifier: Apache-2.0
// The people alone: as SVG text, and painted on a canvas; both as the program makes them.

import { colourInStyle, layOut, marksOf, names, paint } from "../skeleton.js";

const number = (value) => String(Math.round(value * 1000) / 1000);

/// The people as a whole SVG document of the picture's size.
export function svgText(people, { width, height }, style) {
  const groups = people.map((person, index) => {
    const id = person.id ?? index;
    const marks = [...marksOf(layOut(person, width, height), style, colourInStyle(style, id))];
    // SVG counts from the corner of the first pixel.
    return `<g id="person-${Number(id)}" transform="translate(0.5 0.5)">\n${marks.map(element).join("\n")}\n</g>`;
  });
  const title = people.length === 1 ? "1 person" : `${people.length} people`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${title}</title>`, ...groups, "</svg>", "",
  ].join("\n");
}

function element({ bones, joints, width, size, colour }) {
  if (bones) {
    const path = bones.map(({ a, b }) => `M${number(a.x)} ${number(a.y)}L${number(b.x)} ${number(b.y)}`).join("");
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${number(width)}" `
      + 'stroke-linecap="round" stroke-linejoin="round"/>';
  }
  const circles = joints.map((joint) => `<circle cx="${number(joint.x)}" cy="${number(joint.y)}" `
    + `r="${number(joint[size])}" data-landmark="${names[joint.index]}"/>`);
  return `<g fill="${colour}">${circles.join("")}</g>`;
}

/// Paints people on a canvas of any size, on whatever is there.
export function paintPeople(canvas, people, style) {
  const context = canvas.getContext("2d");
  context.save();
  context.translate(0.5, 0.5);
  people.forEach((person, index) => {
    const shape = layOut(person, canvas.width, canvas.height);
    paint(context, shape, style, colourInStyle(style, person.id ?? index));
  });
  context.restore();
}
