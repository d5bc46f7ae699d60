// SPDX-License-Identifier: Apache-2.0
// The controls, made from the server's own table of parameters; the page's markup holds them until it is there.

// Sentences of the page for choices; a choice without one shows as it is written in requests.
const labels = {
  complexity: { 0: "fast", 1: "balanced", 2: "best" },
  style: { classic: "classic", sides: "sides", "skeleton-only": "skeletonOnly" },
};
const peopleSteps = [1, 2, 3, 5, 10, 20, 50, 100];

/// What the server says of itself: version, models, limits, parameters; null when it says nothing.
export async function serverInfo() {
  try {
    const response = await fetch("/v1/info", { cache: "no-store" });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/// Makes the controls of a form anew; what the visitor has chosen stays where it is still offered.
export function buildControls(form, info) {
  for (const parameter of info.parameters) {
    let slot = form.querySelector(`[data-parameter="${parameter.name}"]`);
    if (!slot) {
      slot = document.createElement(parameter.choices ? "fieldset" : "div");
      slot.dataset.parameter = parameter.name;
      if (!parameter.choices) slot.className = "field";
      form.append(slot);
    }
    if (parameter.choices) buildChoices(slot, parameter, form.elements[parameter.name]?.value);
    else if (parameter.schema.type === "integer") buildCount(slot, parameter);
    else if (slot.childElementCount === 0) buildField(slot, parameter);
  }
  const available = new Map(info.models.map((model) => [String(model.complexity), model.available]));
  for (const input of form.querySelectorAll("input[name=complexity]")) {
    input.disabled = available.get(input.value) === false;
    if (input.disabled) input.parentElement.dataset.tTitle = "notInstalled";
    else delete input.parentElement.dataset.tTitle;
  }
}

/// What the form asks the server for: name and value of every parameter that changes the answer.
export function requestedParameters(form) {
  const values = {};
  for (const slot of form.querySelectorAll("[data-parameter]:not(.view-only)")) {
    const name = slot.dataset.parameter;
    const control = form.elements[name];
    if (control) values[name] = control.type === "checkbox" ? control.checked : control.value;
  }
  return values;
}

function buildChoices(slot, { name, choices, schema, help }, chosen) {
  if (!slot.querySelector("legend")) {
    const legend = document.createElement("legend");
    legend.textContent = help;
    const group = document.createElement("div");
    group.className = "segmented";
    slot.append(legend, group);
  }
  const group = slot.querySelector(".segmented");
  const offered = [...group.querySelectorAll("input")].map((input) => input.value);
  if (offered.join() === choices.join()) return;
  const selected = choices.includes(chosen) ? chosen : String(schema.default);
  group.replaceChildren(...choices.map((choice) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name, value: choice, checked: choice === selected });
    const caption = document.createElement("span");
    const key = labels[name]?.[choice];
    if (key) caption.dataset.t = key;
    else caption.textContent = choice;
    label.append(input, caption);
    return label;
  }));
}

function buildCount(slot, { name, schema, help }) {
  const select = slot.querySelector("select") ?? slot.appendChild(document.createElement("select"));
  if (!slot.querySelector("label")) {
    const label = document.createElement("label");
    label.htmlFor = name;
    label.textContent = help;
    slot.prepend(label);
  }
  Object.assign(select, { id: name, name });
  const chosen = select.value;
  const steps = peopleSteps.filter((step) => step >= schema.minimum && step <= schema.maximum);
  select.replaceChildren(...steps.map((step) => new Option(step, step)));
  select.value = steps.includes(Number(chosen)) ? chosen : String(schema.default ?? steps[0]);
}

function buildField(slot, { name, schema, help }) {
  const input = document.createElement("input");
  Object.assign(input, { id: name, name, type: schema.type === "boolean" ? "checkbox" : "number" });
  if (schema.type === "boolean") input.checked = schema.default;
  else Object.assign(input, { min: schema.minimum, max: schema.maximum, step: "any", value: schema.default ?? "" });
  const label = document.createElement("label");
  label.htmlFor = name;
  label.textContent = help;
  slot.append(label, input);
}
