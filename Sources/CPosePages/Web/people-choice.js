// SPDX-License-Identifier: Apache-2.0
// Which of the people in the picture is shown in space.

import { colourOf } from "./skeleton.js";

export class PeopleChoice {
  /// Fills `group` with the people's numbers; calls `onChoice()` when the visitor chose one.
  constructor(group, onChoice) {
    this.group = group;
    this.ids = [];
    this.chosen = null;
    group.addEventListener("change", ({ target }) => {
      this.chosen = Number(target.value);
      onChoice();
    });
  }

  /// The one to show: who was chosen, while in sight, else the first.
  personOf(people) {
    return people.find(({ id }) => id === this.chosen) ?? people[0];
  }

  /// Shows the numbers of `people`; whether they are others than before.
  show(people, text) {
    const ids = people.map(({ id }) => id);
    if (ids.join() === this.ids.join()) return false;
    this.ids = ids;
    this.render(text);
    return true;
  }

  render(text) {
    const { group, ids } = this;
    const shown = ids.includes(this.chosen) ? this.chosen : ids[0];
    const hadFocus = group.contains(document.activeElement);
    group.hidden = ids.length < 2;
    group.replaceChildren(...ids.map((id) => choice(id, id === shown, text.person(id))));
    if (hadFocus) group.querySelector("input:checked")?.focus();
  }
}

function choice(id, checked, name) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  Object.assign(input, { type: "radio", name: "person", value: id, checked });
  const dot = document.createElement("i");
  dot.className = "dot";
  dot.style.background = colourOf(id);
  const caption = document.createElement("span");
  caption.append(dot, name);
  label.append(input, caption);
  return label;
}
