// SPDX-License-Identifier: Apache-2.0
// The angles at a person's joints, with the bands that the server expects the true ones in where it was asked for angles.

import { names } from "../skeleton.js";
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
      const measured = person?.angles && new Map(person.angles.joints.map((joint) => [joint.name, joint["2d"]]));
      const heads = [text.angles.joint, text.angles.degrees, ...(measured ? [text.angles.band] : [])];
      const caption = element("caption", {}, text.angles.caption);
      const head = element("tr", {}, ...heads.map((name) => {
        const cell = element("th", {}, name);
        cell.scope = "col";
        return cell;
      }));
      const body = rows.map(({ index, degrees }) => {
        const name = element("th", {}, now.strings.landmarks[index]);
        name.scope = "row";
        const value = degrees === null ? text.notMeasurable : `${rounded(degrees)}°`;
        const row = element("tr", {}, name, element("td", {}, value));
        if (measured) {
          const error = measured.get(names[index])?.error;
          row.append(element("td", {}, error === undefined ? "" : `± ${rounded(error)}°`));
        }
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
