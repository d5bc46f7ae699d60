// SPDX-License-Identifier: Apache-2.0
// The table of one person's landmarks: rows that can be pointed at, or walked with the arrow keys.

import { isHidden, names, sideOf } from "./skeleton.js";

export class LandmarkTable {
  /// Calls `onHighlight` with a row's landmark when it is pointed at or focused, and with null afterwards.
  constructor(body, scroller, onHighlight) {
    this.body = body;
    this.scroller = scroller;
    this.onHighlight = onHighlight;
    body.addEventListener("pointerover", (event) => this.#report(event.target));
    body.addEventListener("pointerleave", () => onHighlight(null));
    body.addEventListener("focusin", (event) => this.#report(event.target));
    body.addEventListener("focusout", () => onHighlight(null));
    body.addEventListener("keydown", (event) => this.#walk(event));
  }

  /// Shows a person's landmarks, `space` being "image" or "world".
  show(person, space, strings) {
    const focused = this.body.contains(document.activeElement) ? this.#indexOf(document.activeElement) : null;
    const landmarks = space === "world" ? person.world_landmarks : person.landmarks;
    this.body.replaceChildren(...landmarks.map((landmark, index) => row(landmark, index, strings)));
    if (this.body.rows.length > 0) this.body.rows[0].tabIndex = 0;
    if (focused !== null) this.#focus(focused);
  }

  /// Shows empty rows while the answer is awaited.
  showPlaceholders() {
    this.body.replaceChildren(...names.slice(0, 12).map(() => {
      const tr = document.createElement("tr");
      tr.className = "placeholder";
      for (let column = 0; column < 6; column += 1) tr.append(document.createElement("td"));
      return tr;
    }));
  }

  /// Marks the row of a landmark, or none; scrolls to it within the table if asked.
  highlight(index, scroll = false) {
    for (const tr of this.body.rows) tr.classList.toggle("lit", tr.dataset.index === String(index));
    const tr = this.body.rows[index];
    if (!scroll || !tr) return;
    const [top, bottom] = [this.scroller.scrollTop, this.scroller.scrollTop + this.scroller.clientHeight];
    if (tr.offsetTop < top + tr.offsetHeight || tr.offsetTop + tr.offsetHeight > bottom) {
      this.scroller.scrollTop = tr.offsetTop - this.scroller.clientHeight / 2;
    }
  }

  #indexOf(element) {
    const tr = element.closest?.("tr[data-index]");
    return tr ? Number(tr.dataset.index) : null;
  }

  #report(element) {
    const index = this.#indexOf(element);
    if (index !== null) this.onHighlight(index);
  }

  // One row takes part in the tab order: the last one walked to.
  #focus(index) {
    const tr = this.body.rows[index];
    if (!tr) return;
    for (const other of this.body.rows) other.tabIndex = other === tr ? 0 : -1;
    tr.focus();
  }

  #walk(event) {
    const index = this.#indexOf(event.target);
    const last = this.body.rows.length - 1;
    const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: last }[event.key];
    if (index === null || next === undefined) return;
    event.preventDefault();
    this.#focus(Math.min(Math.max(next, 0), last));
  }
}

function row(landmark, index, strings) {
  const tr = document.createElement("tr");
  tr.dataset.index = index;
  tr.dataset.name = names[index] ?? landmark.name;
  tr.tabIndex = -1;
  tr.classList.toggle("guessed", isHidden(landmark));

  const head = document.createElement("th");
  head.scope = "row";
  head.title = landmark.name;
  const dot = document.createElement("span");
  dot.className = `dot ${sideOf(index)}`;
  head.append(dot, strings.landmarks[index] ?? landmark.name);
  if (isHidden(landmark)) {
    const tag = document.createElement("span");
    tag.className = "tag";
    tag.textContent = strings.hiddenTag;
    head.append(" ", tag);
  }
  tr.append(head);

  for (const axis of ["x", "y", "z"]) tr.append(cell(number(landmark[axis], 3)));
  for (const likelihood of ["visibility", "presence"]) {
    const value = landmark[likelihood];
    const td = cell(number(value, 2));
    td.className = "likelihood";
    td.style.setProperty("--part", Number.isFinite(value) ? Math.min(Math.max(value, 0), 1) : 0);
    tr.append(td);
  }
  return tr;
}

function cell(text) {
  const td = document.createElement("td");
  td.textContent = text;
  return td;
}

function number(value, digits) {
  return Number.isFinite(value) ? value.toFixed(digits).replace("-", "\u2212") : "–";
}
