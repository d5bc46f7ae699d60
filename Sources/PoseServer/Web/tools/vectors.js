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

function element({ bones, joints, width, size, colour, opacity }) {
  if (bones) {
    const path = bones.map(({ a, b }) => `M${number(a.x)} ${number(a.y)}L${number(b.x)} ${number(b.y)}`).join("");
    const strength = opacity < 1 ? ` stroke-opacity="${number(opacity)}"` : "";
    return `<path d="${path}" fill="none" stroke="${colour}"${strength} stroke-width="${number(width)}" `
      + 'stroke-linecap="round" stroke-linejoin="round"/>';
  }
  if (opacity < 1) {
    // Circles that overlap would count an opacity twice.
    const path = joints.map((joint) => {
      const [radius, across] = [number(joint[size]), number(2 * joint[size])];
      return `M${number(joint.x - joint[size])} ${number(joint.y)}`
        + `a${radius} ${radius} 0 1 0 ${across} 0a${radius} ${radius} 0 1 0 -${across} 0z`;
    });
    return `<path d="${path.join("")}" fill="${colour}" fill-opacity="${number(opacity)}"/>`;
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
