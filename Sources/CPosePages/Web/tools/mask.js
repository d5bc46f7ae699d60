// SPDX-License-Identifier: Apache-2.0
// The background blurred, or of one colour, by the server's masks of the people.

import {
  askingTool, button, canvasFor, element, fileName, fileOf, iconOf, labelled, parametersOf, peopleOf, radios,
  sizeOf, textFor,
} from "./parts.js";

const previewSide = 1280;
// Some phones refuse larger canvases.
const mostPixels = 16_000_000;
// The largest blur, as a share of the picture's longer side.
const mostBlur = 0.04;

export const tool = {
  id: "mask",
  icon: iconOf('<circle cx="10" cy="10" r="7"/><path fill="currentColor" d="M10 3a7 7 0 0 1 0 14z"/>'),
  title: () => textFor().mask.title,
  available: (context) => peopleOf(context).length > 0 && Boolean(context.bitmap),
  mount(host, context) {
    let now = context;
    let masks = null;
    let problem = null;
    const choice = { background: "blur", colour: "#ffffff", strength: 50, whom: "all" };

    async function ask(signal) {
      [masks, problem] = [null, null];
      render();
      try {
        const answer = await now.request({ ...parametersOf(now), format: "pose", mask: "true" }, signal);
        const pictures = await Promise.all(answer.document.people.map(({ mask }) => mask && bitmapOf(mask)));
        if (signal.aborted) return;
        masks = pictures;
        now.announce(textFor(now).mask.done);
      } catch {
        if (signal.aborted) return;
        problem = "failed";
      }
      render();
    }

    function chosenMasks() {
      const chosen = choice.whom === "all" ? masks : [masks[now.person]];
      return chosen.filter(Boolean);
    }

    function render() {
      const text = textFor(now);
      if (!masks) {
        host.replaceChildren(element("p", {}, problem ? text.failed : text.working));
        return;
      }
      const canvas = canvasFor(sizeOf(now), previewSide);
      Object.assign(canvas, { className: "tool-picture" });
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", text.mask.preview);
      const draw = () => compose(canvas, now.bitmap, chosenMasks(), choice);
      const colour = element("input", { type: "color", value: choice.colour });
      colour.addEventListener("input", () => {
        choice.colour = colour.value;
        draw();
      });
      const strength = element("input", { type: "range", min: 1, max: 100, value: choice.strength });
      strength.addEventListener("input", () => {
        choice.strength = Number(strength.value);
        draw();
      });
      const colourField = labelled(text.mask.colour, colour);
      colourField.hidden = choice.background === "blur";
      const backgrounds = [["blur", text.mask.blur], ["colour", text.mask.plain]];
      const controls = [
        radios(text.mask.background, "background", backgrounds, choice.background, (value) => {
          choice.background = value;
          colourField.hidden = value === "blur";
          draw();
        }),
        colourField,
        labelled(text.mask.strength, strength),
      ];
      if (peopleOf(now).length > 1) {
        const whom = [["all", text.mask.everybody], ["one", text.mask.chosen]];
        controls.push(radios(text.mask.whom, "whom", whom, choice.whom, (value) => {
          choice.whom = value;
          draw();
        }));
      }
      const saves = element("div", { class: "tool-row" }, ...["PNG", "JPEG"].map((name) => (
        button(text.save(name), () => save(name))
      )));
      host.replaceChildren(canvas, element("div", { class: "tool-controls" }, ...controls), saves);
      draw();
    }

    async function save(name) {
      const { width, height } = sizeOf(now);
      const scale = Math.min(1, Math.sqrt(mostPixels / (width * height)));
      const canvas = canvasFor({ width, height }, Math.max(width, height) * scale);
      compose(canvas, now.bitmap, chosenMasks(), choice);
      const ending = { PNG: "png", JPEG: "jpg" }[name];
      try {
        now.save(await fileOf(canvas, `image/${name.toLowerCase()}`, 0.93), fileName(now, `background.${ending}`));
        now.announce(textFor(now).saved);
      } catch {
        now.announce(textFor(now).failed);
      }
      canvas.width = 0;
    }

    return askingTool(host, context, { keep: (next) => { now = next; }, ask, render });
  },
};

/// The picture behind a data URI, without a request: a content security policy may forbid those.
async function bitmapOf(uri) {
  const [head, data] = uri.split(",");
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  return createImageBitmap(new Blob([bytes], { type: head.slice("data:".length).split(";")[0] }));
}

/// Paints the people of a picture over a background.
function compose(canvas, bitmap, masks, { background, colour, strength }) {
  const { width, height } = canvas;
  const context = canvas.getContext("2d");
  context.globalAlpha = 1;
  context.globalCompositeOperation = "source-over";
  context.drawImage(bitmap, 0, 0, width, height);
  if (background === "blur") {
    blur(context, bitmap, (strength / 100) * mostBlur * Math.max(width, height));
  } else {
    context.globalAlpha = strength / 100;
    context.fillStyle = colour;
    context.fillRect(0, 0, width, height);
    context.globalAlpha = 1;
  }
  const people = peopleAlone(bitmap, masks, width, height);
  context.drawImage(people, 0, 0);
  people.width = 0;
}

function blur(context, bitmap, radius) {
  const { width, height } = context.canvas;
  if ("filter" in context) {
    context.filter = `blur(${radius}px)`;
    context.drawImage(bitmap, 0, 0, width, height);
    context.filter = "none";
    return;
  }
  // Where canvases have no filters, a small copy that is enlarged comes near.
  const small = canvasFor({ width, height }, Math.max(width, height) / Math.max(1, radius));
  small.getContext("2d").drawImage(bitmap, 0, 0, small.width, small.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(small, 0, 0, width, height);
}

/// The picture with the masks' gray as its opacity.
function peopleAlone(bitmap, masks, width, height) {
  const people = canvasFor({ width, height }, Math.max(width, height));
  const context = people.getContext("2d", { willReadFrequently: true });
  context.globalCompositeOperation = "lighten";
  for (const mask of masks) context.drawImage(mask, 0, 0, width, height);
  const pixels = context.getImageData(0, 0, width, height);
  for (let place = 0; place < pixels.data.length; place += 4) pixels.data[place + 3] = pixels.data[place];
  context.putImageData(pixels, 0, 0);
  context.globalCompositeOperation = "source-in";
  context.drawImage(bitmap, 0, 0, width, height);
  return people;
}
