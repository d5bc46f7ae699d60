// SPDX-License-Identifier: Apache-2.0
// The covered picture with a box on each face: a click leaves it open or covers it again, a stroke of the mouse or finger adds
// one, and keys move those that were added.

const smallest = 4;
const keySteps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class FaceBoard {
  /// `onToggle(face)`, `onAdd(box)`, `onChange(old, box)` and `onRemove(box)` tell what the visitor did.
  constructor({ sheet, image, boxes }, handlers) {
    Object.assign(this, { sheet, image, boxes, handlers, size: null, stroke: null });
    // A picture is not dragged away while a box is drawn on it.
    image.draggable = false;
    sheet.addEventListener("pointerdown", (event) => this.#begin(event));
    sheet.addEventListener("pointermove", (event) => this.#move(event));
    sheet.addEventListener("pointerup", (event) => this.#end(event));
    sheet.addEventListener("pointercancel", () => this.#stop());
  }

  /// Shows faces, doubts and added boxes of a picture of a size; `label(box)` names each for screen readers.
  show(size, items, label) {
    this.size = size;
    const focused = document.activeElement?.dataset?.key;
    this.boxes.replaceChildren(...items.map((item) => this.#button(item, label(item))));
    if (focused) this.focus(focused);
  }

  focus(key) {
    [...this.boxes.children].find((node) => node.dataset.key === key)?.focus();
  }

  #button(item, label) {
    const { kind, box, isCovered } = item;
    const node = Object.assign(document.createElement("button"), { type: "button", className: `box ${kind}` });
    node.dataset.key = `${kind}:${box.join()}`;
    node.setAttribute("aria-label", label);
    node.title = label;
    place(node, box, this.size);
    if (kind === "added") {
      node.addEventListener("keydown", (event) => this.#key(event, box));
    } else {
      node.setAttribute("aria-pressed", String(isCovered));
      node.addEventListener("click", () => this.handlers.onToggle(item));
    }
    return node;
  }

  #key(event, box) {
    if (["Delete", "Backspace"].includes(event.key)) {
      event.preventDefault();
      this.handlers.onRemove(box);
      return;
    }
    const direction = keySteps[event.key];
    if (!direction) return;
    event.preventDefault();
    const step = Math.max(1, Math.round(Math.max(this.size.width, this.size.height) / 100));
    const [dx, dy] = direction.map((part) => part * step);
    const [x, y, width, height] = box;
    const moved = event.shiftKey
      ? [x, y, Math.max(smallest, width + dx), Math.max(smallest, height + dy)]
      : [clamped(x + dx, 0, this.size.width - 1), clamped(y + dy, 0, this.size.height - 1), width, height];
    this.handlers.onChange(box, moved);
    this.focus(`added:${moved.join()}`);
  }

  // Drawing

  #point(event) {
    const bounds = this.image.getBoundingClientRect();
    const part = (value, start, length) => clamped((value - start) / length, 0, 1);
    return [
      part(event.clientX, bounds.left, bounds.width) * this.size.width,
      part(event.clientY, bounds.top, bounds.height) * this.size.height,
    ];
  }

  #begin(event) {
    if (!this.size || event.button !== 0 || event.target.closest(".box")) return;
    this.stroke = { start: this.#point(event), node: document.createElement("div") };
    this.stroke.node.className = "box added drawn";
    this.boxes.append(this.stroke.node);
    this.sheet.setPointerCapture(event.pointerId);
  }

  #move(event) {
    if (this.stroke) place(this.stroke.node, between(this.stroke.start, this.#point(event)), this.size);
  }

  #end(event) {
    if (!this.stroke) return;
    const box = between(this.stroke.start, this.#point(event));
    this.#stop();
    // A mere click draws nothing.
    if (box[2] >= smallest && box[3] >= smallest) this.handlers.onAdd(box);
  }

  #stop() {
    this.stroke?.node.remove();
    this.stroke = null;
  }
}

function between([x, y], [otherX, otherY]) {
  const [left, top] = [Math.min(x, otherX), Math.min(y, otherY)].map(Math.round);
  return [left, top, Math.max(1, Math.round(Math.abs(otherX - x))), Math.max(1, Math.round(Math.abs(otherY - y)))];
}

function place(node, [x, y, width, height], size) {
  const right = Math.min(x + width, size.width);
  const bottom = Math.min(y + height, size.height);
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  node.style.left = `${(100 * left) / size.width}%`;
  node.style.top = `${(100 * top) / size.height}%`;
  node.style.width = `${(100 * Math.max(0, right - left)) / size.width}%`;
  node.style.height = `${(100 * Math.max(0, bottom - top)) / size.height}%`;
}

function clamped(value, low, high) {
  return Math.min(Math.max(value, low), high);
}
