// SPDX-License-Identifier: Apache-2.0
// Centimetres: from a person's height, or from a line of known length; distances between joints.

import { lengthBetween, scaleFromHeight, scaleFromLine } from "./measures.js";
import {
  canvasFor, element, iconOf, labelled, personOf, radios, rounded, select, sizeOf, textFor,
} from "./parts.js";
import { paintPeople } from "./vectors.js";

const previewSide = 960;

export const tool = {
  id: "scale",
  icon: iconOf('<path d="M2 7h16v6H2zM6 7v3M10 7v3M14 7v3"/>'),
  title: () => textFor().scale.title,
  available: (context) => personOf(context) !== null,
  mount(host, context) {
    let now = context;
    const choice = { by: "height", height: 170, length: 100, from: 15, to: 16 };
    // Shares of the picture.
    const ends = [{ x: 0.3, y: 0.9 }, { x: 0.7, y: 0.9 }];

    const pixels = ({ x, y }) => ({ x: x * sizeOf(now).width, y: y * sizeOf(now).height });

    function scale() {
      if (choice.by === "height") return scaleFromHeight(personOf(now), sizeOf(now), choice.height);
      return scaleFromLine(...ends.map(pixels), choice.length);
    }

    function render() {
      const text = textFor(now);
      const { landmarks } = now.strings;
      const result = element("output", { class: "tool-result" });
      const known = element("p", { class: "tool-note" });
      const stage = element("div", { class: "tool-stage" });
      const canvas = canvasFor(sizeOf(now), previewSide);
      canvas.className = "tool-picture";
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", text.scale.picture);
      const handles = ends.map((end, index) => handle(end, text.scale.ends[index], stage, () => tell()));
      stage.append(canvas, ...handles);

      function tell() {
        const unit = scale();
        draw(canvas, unit);
        for (const node of handles) node.hidden = choice.by !== "line";
        known.textContent = unit === null ? text.scale.noScale[choice.by] : text.scale.known(rounded(unit, 3));
        const length = lengthBetween(personOf(now), choice.from, choice.to, sizeOf(now), unit);
        result.textContent = length === null
          ? text.notMeasurable
          : text.scale.length(length.centimetres === null ? null : rounded(length.centimetres, 1), rounded(length.pixels));
      }

      const number = (key) => {
        const input = element("input", { type: "number", min: 1, max: 100_000, step: "any", value: choice[key] });
        input.addEventListener("input", () => {
          choice[key] = input.valueAsNumber;
          tell();
        });
        return input;
      };
      const fields = { height: labelled(text.scale.height, number("height")), line: labelled(text.scale.line, number("length")) };
      const showField = () => {
        for (const [key, field] of Object.entries(fields)) field.hidden = key !== choice.by;
      };
      showField();
      const joints = landmarks.map((name, index) => [String(index), name]);
      const joint = (key) => select(joints, String(choice[key]), (value) => {
        choice[key] = Number(value);
        tell();
      });
      const ways = [["height", text.scale.byHeight], ["line", text.scale.byLine]];
      const controls = element(
        "div",
        { class: "tool-controls" },
        radios(text.scale.by, "scale", ways, choice.by, (value) => {
          choice.by = value;
          showField();
          tell();
        }),
        fields.height, fields.line,
        labelled(text.scale.from, joint("from")), labelled(text.scale.to, joint("to")),
      );
      const note = element("p", { class: "tool-note" }, text.scale.note);
      host.replaceChildren(stage, controls, known, result, note);
      tell();
    }

    function draw(canvas, unit) {
      const area = canvas.getContext("2d");
      area.clearRect(0, 0, canvas.width, canvas.height);
      if (now.bitmap) area.drawImage(now.bitmap, 0, 0, canvas.width, canvas.height);
      const person = personOf(now);
      paintPeople(canvas, [person], "classic");
      const marks = [choice.from, choice.to].map((index) => person.landmarks[index]);
      line(area, marks, "#ffe100", unit === null ? [6, 6] : []);
      if (choice.by === "line") line(area, ends, "#00d9e7", []);
    }

    render();
    return {
      update(context) {
        now = context;
        if (personOf(now)) render();
      },
      dispose: () => host.replaceChildren(),
    };
  },
};

/// A line between two places that are shares of the picture, on a dark edge.
function line(area, [from, to], colour, dash) {
  const { width, height } = area.canvas;
  const weight = Math.max(2, Math.max(width, height) / 300);
  area.save();
  area.lineCap = "round";
  area.setLineDash(dash.map((length) => length * weight / 2));
  for (const [stroke, extra] of [["#10161c", 2 * weight], [colour, 0]]) {
    area.beginPath();
    area.moveTo(from.x * width, from.y * height);
    area.lineTo(to.x * width, to.y * height);
    area.strokeStyle = stroke;
    area.lineWidth = weight + extra;
    area.stroke();
  }
  area.restore();
}

/// One end of the line: moved by pointer, and by arrow keys, with Shift in larger steps.
function handle(end, label, stage, onMove) {
  const node = element("button", { type: "button", class: "tool-handle", label });
  const place = () => {
    node.style.left = `${end.x * 100}%`;
    node.style.top = `${end.y * 100}%`;
  };
  const move = (x, y) => {
    [end.x, end.y] = [x, y].map((share) => Math.min(1, Math.max(0, share)));
    place();
    onMove();
  };
  node.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    node.focus();
    node.setPointerCapture(event.pointerId);
  });
  node.addEventListener("pointermove", (event) => {
    if (!node.hasPointerCapture(event.pointerId)) return;
    const box = stage.getBoundingClientRect();
    move((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  });
  node.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    const share = event.shiftKey ? 0.05 : 0.0025;
    move(end.x + step[0] * share, end.y + step[1] * share);
  });
  place();
  return node;
}
