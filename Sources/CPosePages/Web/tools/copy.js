// SPDX-License-Identifier: Apache-2.0
// The result for other programs: on the clipboard, and as SVG and transparent PNG.

import { rowsOf, tableHead } from "../csv.js";
import { token } from "../token.js";
import {
  button, canvasFor, element, fileName, fileOf, iconOf, labelled, parametersOf, peopleOf, radios,
  select, sizeOf, styleOf, textFor,
} from "./parts.js";
import { curlCommand, pythonProgram } from "./snippets.js";
import { paintPeople, svgText } from "./vectors.js";

// Some phones refuse larger canvases.
const mostPixels = 16_000_000;
const shownLength = 4000;
const styles = ["classic", "sides", "people"];

export const tool = {
  id: "copy",
  icon: iconOf('<path d="M7 7h10v10H7zM4 13H3V3h10v1"/>'),
  title: () => textFor().copy.title,
  available: (context) => context.answer !== null,
  mount(host, context) {
    let now = context;
    const choice = { kind: "json", style: styleOf(context) };

    const texts = {
      json: () => now.answer.text,
      csv: () => tableHead + rowsOf(now.answer.document),
      curl: () => curlCommand(question()),
      python: () => pythonProgram(question()),
    };
    const question = () => ({
      origin: window.location.origin,
      parameters: parametersOf(now),
      file: { name: now.file.name || "picture.jpg", type: now.file.type },
      needsToken: Boolean(token()),
    });

    function render() {
      const text = textFor(now);
      const shown = element("textarea", { class: "tool-code", readOnly: true, rows: 8, label: text.copy.preview });
      shown.spellcheck = false;
      const show = () => {
        const whole = texts[choice.kind]();
        shown.value = whole.length > shownLength ? `${whole.slice(0, shownLength)}…` : whole;
      };
      const kinds = [["json", "JSON"], ["csv", "CSV"], ["curl", "curl"], ["python", "Python"]];
      const asText = element(
        "div",
        { class: "tool-controls" },
        radios(text.copy.as, "kind", kinds, choice.kind, (value) => {
          choice.kind = value;
          show();
        }),
      );
      show();
      const copies = element("div", { class: "tool-row" }, button(text.copy.copyText, () => copyText(texts[choice.kind](), shown)));
      host.replaceChildren(asText, shown, copies);
      if (peopleOf(now).length === 0) return;
      const names = styles.map((name) => [name, text.copy.styles[name]]);
      const pictures = element("div", { class: "tool-row" }, button(text.copy.svg, saveVectors), button(text.copy.png, saveAlone));
      if (now.bitmap) pictures.prepend(button(text.copy.copyPicture, copyPicture));
      host.append(
        element("div", { class: "tool-controls" }, labelled(text.copy.style, select(names, choice.style, (value) => {
          choice.style = value;
        }))),
        pictures,
        element("p", { class: "tool-note" }, text.copy.note),
      );
    }

    async function copyText(whole, shown) {
      const text = textFor(now);
      try {
        // Only pages of this machine or by HTTPS have a clipboard.
        await navigator.clipboard.writeText(whole);
      } catch {
        shown.value = whole;
        shown.select();
        if (!document.execCommand("copy")) return now.announce(text.copy.byHand);
      }
      return now.announce(text.copy.copied);
    }

    function painted(withPicture) {
      const { width, height } = sizeOf(now);
      const scale = Math.min(1, Math.sqrt(mostPixels / (width * height)));
      const canvas = canvasFor({ width, height }, Math.max(width, height) * scale);
      if (withPicture) canvas.getContext("2d").drawImage(now.bitmap, 0, 0, canvas.width, canvas.height);
      paintPeople(canvas, peopleOf(now), choice.style);
      return canvas;
    }

    async function copyPicture() {
      const text = textFor(now);
      try {
        // Safari wants the promise inside the item, so that the click counts.
        const item = new ClipboardItem({ "image/png": fileOf(painted(true), "image/png") });
        await navigator.clipboard.write([item]);
        now.announce(text.copy.copied);
      } catch {
        now.announce(text.copy.noPicture);
      }
    }

    function saveVectors() {
      const blob = new Blob([svgText(peopleOf(now), sizeOf(now), choice.style)], { type: "image/svg+xml" });
      now.save(blob, fileName(now, "pose.svg"));
      now.announce(textFor(now).saved);
    }

    async function saveAlone() {
      try {
        now.save(await fileOf(painted(false), "image/png"), fileName(now, "skeleton.png"));
        now.announce(textFor(now).saved);
      } catch {
        now.announce(textFor(now).failed);
      }
    }

    render();
    return {
      update(context) {
        now = context;
        render();
      },
      dispose: () => host.replaceChildren(),
    };
  },
};
