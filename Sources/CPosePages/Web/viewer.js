// SPDX-License-Identifier: Apache-2.0
// The picture with its stick figures on a stage: fitted, zoomed and moved; every joint can be pointed at.

import { annotatedPicture, badgePlace, idOf } from "./annotated.js";
import { angleLabels, svgLabels } from "./figure-angles.js";
import { storedSize, uprightMatrix, withoutOrientation } from "./orientation.js";
import { colourInStyle, layOut, svgElement, svgGroup } from "./skeleton.js";
import { Zoom } from "./zoom.js";

const reachPixels = 22;
const badgeRadius = 10;
// Small pictures are enlarged so much at most.
const mostEnlarged = 3;

export class Viewer {
  /// Calls `onPoint(joint, chosen)` with `{person, index}` or null when a joint is pointed at or, `chosen`, pressed;
  /// `onHold(isHeld)` when the figures are hidden for as long as something is pressed; `onZoom(scale)` when it is another.
  constructor({ stage, frame, photo, overlay, overlayTitle, tip }, { onPoint, onHold, onZoom }) {
    Object.assign(this, { stage, frame, photo, overlay, overlayTitle, tip, onZoom });
    this.people = [];
    this.shapes = [];
    this.look = { style: "classic", showHidden: false };
    this.size = null;
    // The orientation by which the page turns the picture; 1 while the browser does it.
    this.orientation = 1;
    this.lit = null;
    this.zoom = new Zoom(stage, {
      onChange: () => this.#place(),
      onHold: (isHeld) => {
        this.hide(isHeld);
        onHold(isHeld);
      },
    });

    photo.addEventListener("load", () => {
      this.stage.classList.remove("no-preview");
      this.size ??= { width: photo.naturalWidth, height: photo.naturalHeight };
      this.fit();
    });
    photo.addEventListener("error", () => this.stage.classList.add("no-preview"));
    new ResizeObserver(() => this.fit()).observe(stage);
    stage.addEventListener("pointermove", (event) => onPoint(this.#jointNear(event), false));
    stage.addEventListener("pointerleave", () => onPoint(null, false));
    stage.addEventListener("click", (event) => {
      const joint = this.#jointNear(event);
      if (joint) onPoint(joint, true);
    });
  }

  /// Shows a picture, as yet without figures; `size` is its upright size where that is known.
  open(bytes, size) {
    this.#load(bytes);
    Object.assign(this, { bytes, size, shown: null, orientation: 1, people: [] });
    this.stage.classList.remove("no-preview");
    this.zoom.reset();
    this.fit();
  }

  /// Shows no picture.
  close() {
    if (this.url) URL.revokeObjectURL(this.url);
    Object.assign(this, { url: null, bytes: null, size: null, shown: null, people: [] });
    this.photo.removeAttribute("src");
    this.stage.classList.add("no-preview");
    this.draw();
  }

  /// Draws people; `size` is the upright picture's, with the orientation that was applied.
  show(people, size) {
    this.people = people;
    if (size) this.size = size;
    if (size?.orientation > 1 && this.orientation === 1) this.#showStored(size.orientation);
    this.fit();
  }

  setLook(look) {
    this.look = look;
    this.draw();
  }

  /// Hides the figures, or shows them again.
  hide(isHidden) {
    this.stage.classList.toggle("held", isHidden);
  }

  /// Fits the picture to the stage.
  fit() {
    if (this.size && this.stage.clientWidth > 0) {
      const { width, height } = this.size;
      const scale = Math.min(mostEnlarged, this.stage.clientWidth / width, this.stage.clientHeight / height);
      this.shown = { width: width * scale, height: height * scale };
    }
    this.#turnPhoto();
    this.draw();
    this.#place();
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
    const taken = [];
    const groups = this.shapes.map((shape, index) => {
      const id = idOf(this.people[index], index);
      const group = svgGroup(shape, style, colourInStyle(style, id));
      group.dataset.person = id;
      if (this.people.length > 1) group.append(...badge(shape, id, this.shown));
      group.append(...svgLabels(angleLabels(this.people[index], shape, this.shown, taken)));
      return group;
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
    const { scale } = this.zoom;
    if (place.inside) {
      this.ring.setAttribute("cx", place.x);
      this.ring.setAttribute("cy", place.y);
      this.ring.setAttribute("r", Math.max(9 / scale, place.radius + 5 / scale));
      this.ring.style.strokeWidth = 3 / scale;
    }
    this.tip.textContent = text;
    const box = this.zoom.place(this.shown);
    const [x, y] = [box.left + place.x * scale, box.top + place.y * scale];
    const half = this.tip.offsetWidth / 2;
    const within = (value, least, most) => Math.min(Math.max(value, least), Math.max(least, most));
    this.tip.classList.toggle("below", y < 52);
    this.tip.style.left = `${within(x, half + 4, this.stage.clientWidth - half - 4)}px`;
    this.tip.style.top = `${within(y, 0, this.stage.clientHeight)}px`;
  }

  isDrawn({ person, index }) {
    return this.shapes[person]?.joints.some((joint) => joint.index === index) ?? false;
  }

  /// What is on the screen as a file; `bitmap` is the upright picture.
  save(answer, bitmap) {
    return annotatedPicture(answer, bitmap, this.look);
  }

  #load(bytes) {
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = URL.createObjectURL(bytes);
    this.photo.src = this.url;
  }

  /// Shows the pixels as they are stored, and turns them as the server did.
  async #showStored(orientation) {
    const { bytes } = this;
    const stored = await withoutOrientation(bytes).catch(() => null);
    if (!stored || this.bytes !== bytes) return;
    this.#load(stored);
    await this.photo.decode().catch(() => {});
    if (this.bytes !== bytes) return;
    this.orientation = orientation;
    this.fit();
  }

  #place() {
    if (!this.shown) return;
    const { left, top, width } = this.zoom.place(this.shown);
    const { scale } = this.zoom;
    const { style } = this.frame;
    style.width = `${this.shown.width}px`;
    style.height = `${this.shown.height}px`;
    style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
    this.stage.classList.toggle("zoomed", scale > 1);
    this.onZoom(width / this.size.width, scale);
    if (this.lit) this.light(this.lit.joint, this.lit.text);
  }

  #turnPhoto() {
    const { style } = this.photo;
    for (const name of ["width", "height", "transform"]) style[name] = "";
    if (this.orientation === 1 || !this.shown) return;
    const { width, height } = this.shown;
    [style.width, style.height] = storedSize(this.orientation, width, height).map((length) => `${length}px`);
    style.transform = `matrix(${uprightMatrix(this.orientation, width, height).join(",")})`;
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
    if (event.target.closest?.("button")) return null;
    const box = this.frame.getBoundingClientRect();
    const { scale } = this.zoom;
    const [x, y] = [(event.clientX - box.left) / scale, (event.clientY - box.top) / scale];
    let best = null;
    this.shapes.forEach((shape, person) => {
      for (const joint of shape.joints) {
        const distance = Math.hypot(joint.x - x, joint.y - y);
        if (distance < (best?.distance ?? reachPixels / scale)) best = { person, index: joint.index, distance };
      }
    });
    return best && { person: best.person, index: best.index };
  }
}

/// The person's number above the head.
function badge(shape, id, size) {
  const place = badgePlace(shape, size, badgeRadius);
  if (!place) return [];
  const text = svgElement("text", { class: "badge-text", x: place.x, y: place.y, dy: "0.35em" });
  text.textContent = id;
  return [svgElement("circle", { class: "badge", cx: place.x, cy: place.y, r: badgeRadius }), text];
}
