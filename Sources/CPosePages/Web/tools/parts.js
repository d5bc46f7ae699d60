// SPDX-License-Identifier: Apache-2.0
// What the tools are put together from: elements, the sentences of a language, names of files.

import { sentences } from "./tool-strings.js";

/// An element with properties and children; `label` is its accessible name, `class` its class.
export function element(name, { label, ...properties } = {}, ...children) {
  const { class: className, ...rest } = properties;
  const node = Object.assign(document.createElement(name), rest);
  if (className) node.className = className;
  if (label) node.setAttribute("aria-label", label);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/// A symbol of 20 × 20 units in the colour of the text beside it, which needs no font.
export const iconOf = (shapes) => `<svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">${shapes}</svg>`;

export function button(text, onClick) {
  const node = element("button", { type: "button", class: "tool-button" }, text);
  node.addEventListener("click", onClick);
  return node;
}

/// A control with its visible label.
export function labelled(text, control) {
  return element("label", { class: "tool-field" }, element("span", {}, text), control);
}

/// A list of choices `[value, text]`.
export function select(choices, value, onChange) {
  const node = element("select", {}, ...choices.map(([key, text]) => new Option(text, key)));
  node.value = value;
  node.addEventListener("change", () => onChange(node.value));
  return node;
}

/// A group of radio buttons `[value, text]` with a caption.
export function radios(caption, name, choices, value, onChange) {
  const group = element("fieldset", { class: "tool-radios" }, element("legend", {}, caption));
  for (const [key, text] of choices) {
    const input = element("input", { type: "radio", name: `tool-${name}`, value: key, checked: key === value });
    input.addEventListener("change", () => onChange(key));
    group.append(element("label", {}, input, element("span", {}, text)));
  }
  return group;
}

/// The tools' sentences in the language of a context, or of the page.
export function textFor(context) {
  const language = context?.language ?? (document.documentElement.lang.startsWith("zh") ? "zh" : "en");
  return sentences[language] ?? sentences.en;
}

/// The parameters as they were sent.
export const parametersOf = (context) => context.settings?.parameters ?? context.settings ?? {};

/// The look of the skeletons on the page; the skeleton alone has the colours of sides.
export function styleOf(context) {
  const style = context.settings?.style ?? parametersOf(context).style ?? "classic";
  return style === "skeleton-only" ? "sides" : style;
}

export const peopleOf = (context) => context.answer?.document?.people ?? [];

export const personOf = (context) => peopleOf(context)[context.person] ?? null;

/// The size of the upright picture.
export const sizeOf = (context) => context.answer.document.image;

/// `photo-mask.png` for the picture's own name.
export function fileName(context, suffix) {
  const stem = (context.file?.name ?? "").replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, "");
  return `${stem || "picture"}-${suffix}`;
}

/// A number for people.
export const rounded = (value, digits = 0) => value.toFixed(digits).replace("-", "\u2212");

/// A canvas that is as large as its picture is shown, at most `most` pixels wide or high.
export function canvasFor({ width, height }, most) {
  const scale = Math.min(1, most / Math.max(width, height));
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  return Object.assign(document.createElement("canvas"), size);
}

/// A canvas as a file; rejects when the browser cannot make one.
export async function fileOf(canvas, type, quality) {
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, type, quality));
  if (!blob) throw new Error("The canvas is too large.");
  return blob;
}

/// The handle of a tool that asks the server once for each answer on the page.
///
/// `ask(signal)` asks; `render()` shows what is there; `keep(context)` takes note of what is on the screen.
export function askingTool(host, context, { keep, ask, render }) {
  let asked = null;
  let running = new AbortController();
  const handle = {
    update(next) {
      keep(next);
      if (asked === next.answer) return render();
      asked = next.answer;
      running.abort();
      running = new AbortController();
      return ask(running.signal);
    },
    dispose() {
      running.abort();
      host.replaceChildren();
    },
  };
  handle.update(context);
  return handle;
}
