// SPDX-License-Identifier: Apache-2.0
// The stick figures over the video.

import { colourOf, layOut, paint } from "./skeleton.js";

// Larger canvases cost more than they show.
const mostPixelsPerPoint = 2;

export class Overlay {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.people = [];
    this.look = { colours: "person", showHidden: false, isMirrored: false };
    new ResizeObserver(() => this.draw()).observe(canvas);
  }

  show(people) {
    this.people = people;
    this.draw();
  }

  setLook(look) {
    this.look = look;
    this.draw();
  }

  draw() {
    const { canvas, context } = this;
    const scale = Math.min(window.devicePixelRatio, mostPixelsPerPoint);
    const [width, height] = [canvas.clientWidth * scale, canvas.clientHeight * scale].map(Math.round);
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    else context.clearRect(0, 0, width, height);
    const { colours, showHidden, isMirrored } = this.look;
    for (const person of this.people) {
      const shape = layOut(isMirrored ? mirrored(person) : person, width, height, showHidden);
      paint(context, shape, "sides", colours === "person" ? colourOf(person.id) : undefined);
      if (this.people.length > 1) paintNumber(context, shape, person.id, scale);
    }
  }
}

/// A person as in a mirror; left stays the person's left.
function mirrored(person) {
  return { landmarks: person.landmarks.map((landmark) => ({ ...landmark, x: 1 - landmark.x })) };
}

/// The person's number above the head.
function paintNumber(context, { joints }, id, scale) {
  if (joints.length === 0) return;
  const top = joints.reduce((highest, joint) => (joint.y < highest.y ? joint : highest));
  const radius = 12 * scale;
  const x = Math.min(Math.max(top.x, radius), context.canvas.width - radius);
  const y = Math.max(top.y - 2.4 * radius, radius);
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colourOf(id);
  context.fill();
  context.lineWidth = scale;
  context.strokeStyle = "rgb(0 0 0 / 60%)";
  context.stroke();
  context.fillStyle = "#10161c";
  context.font = `700 ${13 * scale}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(id, x, y);
}
