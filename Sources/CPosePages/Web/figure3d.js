// SPDX-License-Identifier: Apache-2.0
// One person in space, by the world landmarks or as a mannequin by the solved skeleton, which can be turned by hand and by the arrow keys.

import { bonePlaces, drawMannequin } from "./mannequin.js";
import { connections, isHidden, sideColours, sideOf } from "./skeleton.js";

// Metres: how far away the eye is, what fits the height of the canvas, how far below the hips its middle is, half the
// floor's side, and its squares.
const distance = 3.4;
const visibleHeight = 2.35;
const middleBelowHips = 0.1;
const floorHalf = 0.75;
const floorStep = 0.25;

const radiansPerPixel = 0.009;
const radiansPerKey = Math.PI / 24;
const steepest = Math.PI / 2;

/// Angles in radians: `yaw` about the vertical, `pitch` from above.
export const views = {
  front: { yaw: 0, pitch: 0.12 },
  side: { yaw: Math.PI / 2, pitch: 0.12 },
  top: { yaw: 0, pitch: steepest },
};
const start = { yaw: -0.5, pitch: 0.22 };

export class Figure3D {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.person = null;
    this.floor = null;
    this.view = { ...start };
    this.isMannequin = false;
    this.isDue = false;
    this.observer = new ResizeObserver(() => this.#redraw());
    this.observer.observe(canvas);
    canvas.addEventListener("pointerdown", (event) => this.#grab(event));
    canvas.addEventListener("keydown", (event) => this.#key(event));
  }

  /// Shows a person, or the empty floor.
  show(person) {
    if (person?.id !== this.person?.id) this.floor = null;
    this.person = person ?? null;
    this.#redraw();
  }

  /// Shows lines between landmarks, or a body of simple parts where the person has a skeleton.
  set mannequin(isOn) {
    this.isMannequin = isOn;
    this.#redraw();
  }

  /// Ends what looks after the canvas.
  dispose() {
    this.observer.disconnect();
  }

  /// Turns to one of the views, or back to how it began.
  turnTo(view = start) {
    this.view = { ...view };
    this.#redraw();
  }

  #grab(event) {
    const { canvas } = this;
    let [x, y] = [event.clientX, event.clientY];
    canvas.setPointerCapture(event.pointerId);
    const move = (step) => {
      this.#turn((step.clientX - x) * radiansPerPixel, (step.clientY - y) * radiansPerPixel);
      [x, y] = [step.clientX, step.clientY];
    };
    const end = () => {
      canvas.removeEventListener("pointermove", move);
      canvas.classList.remove("grabbed");
    };
    canvas.classList.add("grabbed");
    canvas.addEventListener("pointermove", move);
    for (const type of ["pointerup", "pointercancel"]) canvas.addEventListener(type, end, { once: true });
  }

  #key(event) {
    const step = {
      ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
    }[event.key];
    if (!step && event.key !== "Home") return;
    event.preventDefault();
    if (step) this.#turn(step[0] * radiansPerKey, step[1] * radiansPerKey);
    else this.turnTo();
  }

  #turn(yaw, pitch) {
    this.view.yaw += yaw;
    this.view.pitch = Math.min(steepest, Math.max(-0.3, this.view.pitch + pitch));
    this.#redraw();
  }

  #redraw() {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      this.#draw();
    });
  }

  #draw() {
    const { canvas, context } = this;
    const scale = Math.min(window.devicePixelRatio, 2);
    const [width, height] = [canvas.clientWidth * scale, canvas.clientHeight * scale].map(Math.round);
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    else context.clearRect(0, 0, width, height);
    const points = this.person?.world_landmarks.map(pointOf) ?? [];
    const body = this.isMannequin && this.person ? bonePlaces(this.person) : null;
    if (body) this.floor = body.floor;
    else this.#settleFloor(points);
    const project = this.#projection(width, height);
    this.#drawFloor(project, scale);
    if (!body) {
      this.#drawBones(points.map(project), scale);
      return;
    }
    const places = Object.entries(body.places).map(([name, place]) => [name, project(place)]);
    drawMannequin(context, Object.fromEntries(places), body.height, scale);
  }

  /// The floor is where the lowest part of the feet is, without trembling with them.
  #settleFloor(points) {
    const lowest = Math.max(...points.slice(27).map(({ y }) => y));
    if (!Number.isFinite(lowest)) return;
    this.floor = this.floor === null ? lowest : this.floor + 0.1 * (lowest - this.floor);
  }

  /// From metres to pixels, and how near: above 1 in front of the middle.
  #projection(width, height) {
    const { yaw, pitch } = this.view;
    const [cosYaw, sinYaw, cosPitch, sinPitch] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
    const unit = Math.min(height, width) / visibleHeight;
    return ({ x, y, z, hidden }) => {
      const across = x * cosYaw + z * sinYaw;
      const away = z * cosYaw - x * sinYaw;
      const down = y * cosPitch - away * sinPitch;
      const depth = away * cosPitch + y * sinPitch;
      const near = distance / Math.max(0.2, distance + depth);
      const middle = { x: width / 2, y: height / 2 - middleBelowHips * unit };
      return { x: middle.x + across * unit * near, y: middle.y + down * unit * near, depth, near, metre: unit * near, hidden };
    };
  }

  #drawFloor(project, scale) {
    const { context } = this;
    const y = this.floor ?? 0.85;
    context.lineWidth = scale;
    context.strokeStyle = "rgb(255 255 255 / 22%)";
    context.beginPath();
    for (let at = -floorHalf; at <= floorHalf + 1e-9; at += floorStep) {
      for (const [from, to] of [
        [{ x: at, y, z: -floorHalf }, { x: at, y, z: floorHalf }], [{ x: -floorHalf, y, z: at }, { x: floorHalf, y, z: at }],
      ].map((line) => line.map(project))) {
        context.moveTo(from.x, from.y);
        context.lineTo(to.x, to.y);
      }
    }
    context.stroke();
    // An arrow on the floor points to the camera.
    context.fillStyle = "rgb(255 255 255 / 55%)";
    context.beginPath();
    for (const [x, z] of [[0, -floorHalf - 0.22], [0.09, -floorHalf - 0.06], [-0.09, -floorHalf - 0.06]]) {
      const corner = project({ x, y, z });
      context.lineTo(corner.x, corner.y);
    }
    context.fill();
  }

  #drawBones(points, scale) {
    if (points.length === 0) return;
    const { context } = this;
    context.lineCap = "round";
    const bones = connections.map(([from, to]) => {
      const [a, b] = [points[from], points[to]];
      const side = sideOf(from) === sideOf(to) ? sideOf(from) : "middle";
      return { a, b, side, depth: (a.depth + b.depth) / 2, hidden: a.hidden || b.hidden, thin: to <= 10 ? 0.5 : 1 };
    });
    // The farthest first; a dark edge parts what crosses.
    for (const { a, b, side, hidden, thin } of bones.sort((one, other) => other.depth - one.depth)) {
      const width = 4.5 * scale * thin * (a.near + b.near) / 2;
      context.globalAlpha = hidden ? 0.4 : 1;
      for (const [colour, grow] of [["#10161c", 2 * scale], [sideColours[side], 0]]) {
        context.strokeStyle = colour;
        context.lineWidth = width + grow;
        context.beginPath();
        context.moveTo(a.x, a.y);
        context.lineTo(b.x, b.y);
        context.stroke();
      }
    }
    context.globalAlpha = 1;
  }
}

function pointOf(landmark) {
  return { x: landmark.x, y: landmark.y, z: landmark.z, hidden: isHidden(landmark) };
}
