// SPDX-License-Identifier: Apache-2.0
// The person in space, turned by hand and by keys.

import { Figure3D, views } from "../figure3d.js";
import { button, element, iconOf, personOf, textFor } from "./parts.js";

export const tool = {
  id: "figure",
  icon: iconOf('<path d="m10 2 7 4v8l-7 4-7-4V6zM3 6l7 4 7-4M10 10v8"/>'),
  title: () => textFor().figure.title,
  available: (context) => (personOf(context)?.world_landmarks?.length ?? 0) > 0,
  mount(host, context) {
    const canvas = element("canvas", { class: "tool-space", tabIndex: 0 });
    canvas.setAttribute("role", "img");
    const figure = new Figure3D(canvas);
    const row = element("div", { class: "tool-row" });
    const note = element("p", { class: "tool-note" });
    host.replaceChildren(canvas, row, note);
    let language = null;
    const show = (now) => {
      const text = textFor(now);
      canvas.setAttribute("aria-label", text.figure.label);
      if (language !== now.language) {
        const turns = [["front", views.front], ["side", views.side], ["top", views.top], ["reset", undefined]];
        row.replaceChildren(...turns.map(([name, view]) => button(text.figure[name], () => figure.turnTo(view))));
        note.textContent = text.figure.note;
        ({ language } = now);
      }
      const person = personOf(now);
      figure.show(person && { ...person, id: `${now.file?.name}#${now.person}` });
    };
    show(context);
    return {
      update: show,
      dispose() {
        figure.dispose();
        host.replaceChildren();
      },
    };
  },
};
