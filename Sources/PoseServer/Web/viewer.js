// SPDX-License-Identifier: Apache-2.0
// The picture with its stick figures: sized to the screen, never enlarged, every joint can be pointed at.

import { storedSize, uprightMatrix, withoutOrientation } from "./orientation.js";
import { colourInStyle, layOut, paint, svgElement, svgGroup } from "./skeleton.js";

const reachPixels = 22;
// Some phones refuse larger canvases.
const mostSavedPixels = 16_000_000;

export class Viewer {
  /// Calls `onPoint(joint, chosen)` with `{person, index}` or null when a joint is pointed at or, `chosen`, pressed.
  constructor({ stage, frame, photo, overlay, overlayTitle, tip }, onPoint) {
    Object.assign(this, { stage, frame, photo, overlay, overlayTitle, tip });
    this.people = [];
    this.shapes = [];
    this.look = { style: "classic", showHidden: false };
    this.size = null;
    // The orientation by which the page turns the picture; 1 while the browser does it.
    this.orientation = 1;
    // Done when the picture on the screen is the one to turn.
    this.settled = Promise.resolve();
    this.lit = null;

    photo.addEventListener("load", () => {
      this.stage.classList.remove("no-preview");
      this.size ??= { width: photo.naturalWidth, height: photo.naturalHeight };
      this.fit();
    });
    photo.addEventListener("error", () => this.stage.classList.add("no-preview"));
    new ResizeObserver(() => this.fit()).observe(stage);
    frame.addEventListener("pointermove", (event) => onPoint(this.#jointNear(event), false));
    frame.addEventListener("pointerleave", () => onPoint(null, false));
    frame.addEventListener("click", (event) => {
      const joint = this.#jointNear(event);
      if (joint) onPoint(joint, true);
    });
  }

  /// Shows a file's picture, as yet without figures.
  open(file) {
    this.#load(file);
    this.file = file;
    this.size = null;
    this.orientation = 1;
    this.people = [];
    this.stage.classList.remove("no-preview");
    this.fit();
  }

  /// Shows no picture.
  close() {
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = null;
    this.photo.removeAttribute("src");
    this.stage.classList.add("no-preview");
  }

  /// Draws people; `size` is the upright picture's, with the orientation that was applied.
  show(people, size) {
    this.people = people;
    this.size = size;
    if (size?.orientation > 1 && this.orientation === 1) this.settled = this.#showStored(size.orientation);
    this.fit();
  }

  setLook(look) {
    this.look = look;
    this.draw();
  }

  /// Fits the picture to the stage and the window.
  fit() {
    if (this.size) {
      const room = this.stage.clientWidth;
      const tallest = Math.max(260, window.innerHeight * 0.74);
      const scale = Math.min(1, room / this.size.width, tallest / this.size.height);
      this.shown = { width: this.size.width * scale, height: this.size.height * scale };
      this.frame.style.width = `${this.shown.width}px`;
      this.frame.style.height = `${this.shown.height}px`;
    }
    this.#turnPhoto();
    this.draw();
  }

  draw() {
    const { style, showHidden } = this.look;
    this.stage.classList.toggle("figure-only", style === "skeleton-only" && this.people.length > 0);
    this.shapes = [];
    if (this.people.length === 0 || !this.shown) {
      this.overlay.replaceChildren(this.overlayTitle);
      this.light(null);
      return;
    }
    const { width, height } = this.shown;
    this.overlay.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.shapes = this.people.map((person) => layOut(person, width, height, showHidden));
    const groups = this.shapes.map((shape, id) => svgGroup(shape, style, colourInStyle(style, id)));
    groups.forEach((group, index) => {
      group.dataset.person = index;
      if (groups.length > 1) group.append(...badge(this.shapes[index], index + 1, this.shown));
    });
    this.ring = svgElement("circle", { class: "ring", visibility: "hidden" });
    this.overlay.replaceChildren(this.overlayTitle, ...groups, this.ring);
    if (this.lit) this.light(this.lit.joint, this.lit.text);
  }

  /// Rings a joint and names it, or nothing.
  light(joint, text = "") {
    this.lit = joint ? { joint, text } : null;
    const place = joint && this.#placeOf(joint);
    this.tip.hidden = !place;
    this.ring?.setAttribute("visibility", place?.inside ? "visible" : "hidden");
    if (!place) return;
    if (place.inside) {
      this.ring.setAttribute("cx", place.x);
      this.ring.setAttribute("cy", place.y);
      this.ring.setAttribute("r", Math.max(9, place.radius + 5));
    }
    this.tip.textContent = text;
    this.tip.classList.toggle("below", place.y < 44);
    const half = this.tip.offsetWidth / 2;
    const x = Math.min(Math.max(place.x, half + 2), Math.max(half + 2, this.shown.width - half - 2));
    this.tip.style.left = `${x}px`;
    this.tip.style.top = `${Math.min(Math.max(place.y, 0), this.shown.height)}px`;
  }

  isDrawn({ person, index }) {
    return this.shapes[person]?.joints.some((joint) => joint.index === index) ?? false;
  }

  /// The picture with its figures as a file, at the picture's own size.
  async save() {
    await this.settled;
    const { style, showHidden } = this.look;
    const scale = Math.min(1, Math.sqrt(mostSavedPixels / (this.size.width * this.size.height)));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(this.size.width * scale));
    canvas.height = Math.max(1, Math.round(this.size.height * scale));
    const context = canvas.getContext("2d", { alpha: false });
    if (style !== "skeleton-only" && !this.stage.classList.contains("no-preview")) {
      this.#paintPhoto(context, canvas.width, canvas.height);
    }
    this.people.forEach((person, id) => {
      const shape = layOut(person, canvas.width, canvas.height, showHidden);
      paint(context, shape, style, colourInStyle(style, id));
    });
    const type = style === "skeleton-only" ? "image/png" : "image/jpeg";
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, type, 0.93));
    canvas.width = 0;
    return blob;
  }

  #load(file) {
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = URL.createObjectURL(file);
    this.photo.src = this.url;
  }

  /// Shows the pixels as they are stored, and turns them as the server did.
  async #showStored(orientation) {
    const { file } = this;
    const stored = await withoutOrientation(file).catch(() => null);
    if (!stored || this.file !== file) return;
    this.#load(stored);
    await this.photo.decode().catch(() => {});
    if (this.file !== file) return;
    this.orientation = orientation;
    this.fit();
  }

  #turnPhoto() {
    const { style } = this.photo;
    for (const name of ["width", "height", "transform"]) style[name] = "";
    if (this.orientation === 1 || !this.shown) return;
    const { width, height } = this.shown;
    [style.width, style.height] = storedSize(this.orientation, width, height).map((length) => `${length}px`);
    style.transform = `matrix(${uprightMatrix(this.orientation, width, height).join(",")})`;
  }

  #paintPhoto(context, width, height) {
    context.save();
    context.transform(...uprightMatrix(this.orientation, width, height));
    context.drawImage(this.photo, 0, 0, ...storedSize(this.orientation, width, height));
    context.restore();
  }

  // A landmark that is not drawn still has its place, if that is in the picture.
  #placeOf({ person, index }) {
    const drawn = this.shapes[person]?.joints.find((joint) => joint.index === index);
    if (drawn) return { ...drawn, inside: true };
    const landmark = this.people[person]?.landmarks[index];
    if (!landmark || !Number.isFinite(landmark.x) || !Number.isFinite(landmark.y)) return null;
    const inside = landmark.x >= 0 && landmark.x <= 1 && landmark.y >= 0 && landmark.y <= 1;
    return { x: landmark.x * this.shown.width, y: landmark.y * this.shown.height, radius: 3, inside };
  }

  #jointNear(event) {
    const box = this.frame.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    let best = null;
    this.shapes.forEach((shape, person) => {
      for (const joint of shape.joints) {
        const distance = Math.hypot(joint.x - x, joint.y - y);
        if (distance < (best?.distance ?? reachPixels)) best = { person, index: joint.index, distance };
      }
    });
    return best && { person: best.person, index: best.index };
  }
}

/// The person's number above the head.
function badge(shape, number, { width, height }) {
  if (shape.joints.length === 0) return [];
  const top = shape.joints.reduce((highest, joint) => (joint.y < highest.y ? joint : highest));
  const x = Math.min(Math.max(top.x, 12), Math.max(12, width - 12));
  const y = Math.min(Math.max(top.y - 26, 12), Math.max(12, height - 12));
  const text = svgElement("text", { class: "badge-text", x, y, dy: "0.35em" });
  text.textContent = number;
  return [svgElement("circle", { class: "badge", cx: x, cy: y, r: 10 }), text];
}
