// SPDX-License-Identifier: Apache-2.0
// The angles at a person's joints.

import { jointAngles } from "./measures.js";
import { element, iconOf, personOf, rounded, sizeOf, textFor } from "./parts.js";

export const tool = {
  id: "angles",
  icon: iconOf('<path d="M17 16H3L13 4M9 16a7 7 0 0 0-2.200-4.600"/>'),
  title: () => textFor().angles.title,
  available: (context) => personOf(context) !== null,
  mount(host, context) {
    const show = (now) => {
      const text = textFor(now);
      const person = personOf(now);
      const rows = person ? jointAngles(person, sizeOf(now)) : [];
      const caption = element("caption", {}, text.angles.caption);
      const head = element("tr", {}, ...[text.angles.joint, text.angles.degrees].map((name) => {
        const cell = element("th", {}, name);
        cell.scope = "col";
        return cell;
      }));
      const body = rows.map(({ index, degrees }) => {
        const name = element("th", {}, now.strings.landmarks[index]);
        name.scope = "row";
        const value = degrees === null ? text.notMeasurable : `${rounded(degrees)}°`;
        const row = element("tr", {}, name, element("td", {}, value));
        row.classList.toggle("tool-missing", degrees === null);
        return row;
      });
      host.replaceChildren(
        element("table", { class: "tool-table" }, caption, element("thead", {}, head), element("tbody", {}, ...body)),
        element("p", { class: "tool-note" }, text.angles.note),
      );
    };
    show(context);
    return { update: show, dispose: () => host.replaceChildren() };
  },
};
