// SPDX-License-Identifier: Apache-2.0
// The networks side by side: what each finds, how long it takes, how far it is from the one on the page.

import { differences } from "./measures.js";
import {
  askingTool, canvasFor, element, iconOf, parametersOf, peopleOf, rounded, sizeOf, styleOf, textFor,
} from "./parts.js";
import { paintPeople } from "./vectors.js";

const previewSide = 480;

/// The complexities whose files the server has.
const offered = (info) => (info?.models ?? [])
  .filter((model) => model.available && Number.isInteger(model.complexity))
  .map((model) => model.complexity);

export const tool = {
  id: "compare",
  icon: iconOf('<path d="M4 17V9M10 17V3M16 17v-6"/>'),
  title: () => textFor().compare.title,
  available: (context) => offered(context.info).length > 1 && context.answer !== null,
  mount(host, context) {
    let now = context;
    const results = new Map();

    async function ask(signal) {
      results.clear();
      render();
      // One after the other, so that they do not take time from each other.
      for (const complexity of offered(now.info)) {
        try {
          const parameters = { ...parametersOf(now), complexity: String(complexity) };
          // The first request may load the network, which is no part of its time.
          await now.request(parameters, signal);
          const answer = await now.request(parameters, signal);
          if (signal.aborted) return;
          results.set(complexity, answer.document);
        } catch {
          if (signal.aborted) return;
          results.set(complexity, null);
        }
        render();
      }
      now.announce(textFor(now).compare.done);
    }

    function render() {
      const cards = offered(now.info).map((complexity) => card(complexity));
      const note = element("p", { class: "tool-note" }, textFor(now).compare.note);
      host.replaceChildren(element("div", { class: "tool-cards" }, ...cards), note);
    }

    function card(complexity) {
      const text = textFor(now);
      const name = element("h4", {}, text.compare.names[complexity] ?? String(complexity));
      const document = results.get(complexity);
      if (document === undefined) return element("section", {}, name, element("p", {}, text.working));
      if (document === null) return element("section", {}, name, element("p", {}, text.failed));
      const canvas = canvasFor(sizeOf(now), previewSide);
      if (now.bitmap) canvas.getContext("2d").drawImage(now.bitmap, 0, 0, canvas.width, canvas.height);
      paintPeople(canvas, document.people, styleOf(now));
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", text.compare.picture(document.people.length));
      const facts = [[text.compare.people, String(document.people.length)]];
      if (document.timing_ms) facts.unshift([text.compare.time, `${rounded(document.timing_ms.total)} ms`]);
      const { mean, largest, unmatched } = differences(document.people, peopleOf(now), sizeOf(now));
      if (complexity === now.answer.document.model?.complexity) facts.push([text.compare.distance, text.compare.same]);
      else if (mean !== null) facts.push([text.compare.distance, text.compare.apart(rounded(mean, 1), rounded(largest, 1))]);
      if (unmatched > 0) facts.push([text.compare.unmatched, String(unmatched)]);
      const list = element("dl", {}, ...facts.flatMap(([term, value]) => [
        element("dt", {}, term), element("dd", {}, value),
      ]));
      return element("section", {}, name, canvas, list);
    }

    return askingTool(host, context, { keep: (next) => { now = next; }, ask, render });
  },
};
