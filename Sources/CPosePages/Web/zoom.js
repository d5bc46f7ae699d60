// SPDX-License-Identifier: Apache-2.0
// Zoom and pan of the picture within its stage: wheel, two fingers, dragging, keys.

const mostZoom = 12;
const step = 1.4;
const arrowPixels = 60;
// A press that is so long and so still hides what is drawn.
const holdMilliseconds = 260;
const stillPixels = 6;

export class Zoom {
  /// Watches `stage`; calls `onChange()` when the place or the size changed, `onHold(isHeld)` when a press begins to hide
  /// what is drawn, and when it ends.
  constructor(stage, { onChange, onHold }) {
    Object.assign(this, { stage, onChange, onHold });
    this.fingers = new Map();
    this.isHeld = false;
    this.reset();
    stage.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    stage.addEventListener("pointerdown", (event) => this.#press(event));
    stage.addEventListener("pointermove", (event) => this.#move(event));
    for (const type of ["pointerup", "pointercancel"]) stage.addEventListener(type, (event) => this.#lift(event));
    stage.addEventListener("lostpointercapture", (event) => {
      // A finger is captured by what it touched first, which loses it when the stage takes it.
      if (event.target === stage) this.#lift(event);
    });
    // Else the browser makes of two fingers, or of one on a picture that can be moved, scrolling of its own, and takes the
    // pointers away.
    for (const type of ["touchstart", "touchmove"]) {
      stage.addEventListener(type, (event) => {
        const isOurs = event.targetTouches.length > 1 || (type === "touchmove" && this.scale > 1);
        if (isOurs && event.cancelable && !event.target.closest("button")) event.preventDefault();
      }, { passive: false });
    }
    stage.addEventListener("keydown", (event) => this.#key(event));
    stage.addEventListener("keyup", (event) => {
      if (event.key.toLowerCase() === "h") this.#hold(false);
    });
    stage.addEventListener("blur", () => this.#hold(false));
    stage.addEventListener("contextmenu", (event) => {
      if (this.isHeld) event.preventDefault();
    });
  }

  /// Shows the whole picture.
  reset() {
    Object.assign(this, { scale: 1, x: 0, y: 0 });
  }

  /// The picture's box within the stage, for one that fits as width × height.
  place({ width, height }) {
    const [room, rise] = [this.stage.clientWidth, this.stage.clientHeight];
    const size = { width: width * this.scale, height: height * this.scale };
    // What is larger than the stage covers it; what is smaller stays in its middle.
    const most = { x: Math.max(0, (size.width - room) / 2), y: Math.max(0, (size.height - rise) / 2) };
    this.x = Math.min(Math.max(this.x, -most.x), most.x);
    this.y = Math.min(Math.max(this.y, -most.y), most.y);
    return { ...size, left: (room - size.width) / 2 + this.x, top: (rise - size.height) / 2 + this.y };
  }

  in() {
    this.#zoomTo(this.scale * step);
  }

  out() {
    this.#zoomTo(this.scale / step);
  }

  fit() {
    this.reset();
    this.onChange();
  }

  /// Zooms so that a point of the stage, counted from its middle, stays where it is.
  #zoomTo(scale, { x, y } = { x: 0, y: 0 }) {
    const next = Math.min(Math.max(scale, 1), mostZoom);
    const ratio = next / this.scale;
    Object.assign(this, { scale: next, x: x - (x - this.x) * ratio, y: y - (y - this.y) * ratio });
    this.onChange();
  }

  #pan(x, y) {
    this.x += x;
    this.y += y;
    this.onChange();
  }

  #fromMiddle({ clientX, clientY }) {
    const box = this.stage.getBoundingClientRect();
    return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 };
  }

  #wheel(event) {
    const isPinch = event.ctrlKey;
    // A page that is scrolled, or is to be, goes on scrolling.
    if (!isPinch && this.scale === 1 && (event.deltaY >= 0 || window.scrollY > 0)) return;
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    this.#zoomTo(this.scale * Math.exp(-event.deltaY * lines * (isPinch ? 0.01 : 0.002)), this.#fromMiddle(event));
  }

  #press(event) {
    if (event.button !== 0 || event.target.closest("button")) return;
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.start = { x: event.clientX, y: event.clientY };
    clearTimeout(this.timer);
    if (this.fingers.size === 1) this.timer = setTimeout(() => this.#hold(true), holdMilliseconds);
    else this.#hold(false);
    if (this.scale > 1 || this.fingers.size > 1) this.#capture();
  }

  #capture() {
    for (const id of this.fingers.keys()) {
      try {
        this.stage.setPointerCapture(id);
      } catch {
        // A finger may be gone by now.
      }
    }
  }

  #move(event) {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    if (Math.hypot(now.x - this.start.x, now.y - this.start.y) > stillPixels) clearTimeout(this.timer);
    if (this.fingers.size === 2) {
      const [id] = [...this.fingers.keys()].filter((other) => other !== event.pointerId);
      const other = this.fingers.get(id);
      const spread = (point) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
      const middle = { clientX: (before.x + other.x) / 2, clientY: (before.y + other.y) / 2 };
      this.#zoomTo(this.scale * spread(now) / spread(before), this.#fromMiddle(middle));
      this.#pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    } else if (this.scale > 1 && !this.isHeld) this.#pan(now.x - before.x, now.y - before.y);
    this.fingers.set(event.pointerId, now);
  }

  #lift(event) {
    if (!this.fingers.delete(event.pointerId)) return;
    clearTimeout(this.timer);
    this.#hold(false);
  }

  #hold(isHeld) {
    if (this.isHeld === isHeld) return;
    this.isHeld = isHeld;
    this.onHold(isHeld);
  }

  // Single letters count only while the picture has the focus.
  #key(event) {
    if (event.target !== this.stage || event.ctrlKey || event.metaKey || event.altKey) return;
    const moves = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    const move = moves[event.key];
    if (event.key === "+" || event.key === "=") this.in();
    else if (event.key === "-") this.out();
    else if (event.key === "0") this.fit();
    else if (event.key.toLowerCase() === "h") this.#hold(true);
    else if (move && this.scale > 1) this.#pan(move[0] * arrowPixels, move[1] * arrowPixels);
    else return;
    event.preventDefault();
  }
}
