// SPDX-License-Identifier: Apache-2.0
// The controls, made from the server's own table of parameters; the page's markup holds them until it is there.

// Sentences of the page for choices; a choice without one shows as it is written in requests. The choice "" asks for
// nothing, where the server does something that has no word.
const labels = {
  complexity: { 0: "fast", 1: "balanced", 2: "best" },
  search: { standard: "searchStandard", thorough: "searchThorough" },
  smooth: { mediapipe: "smoothMediapipe", live: "smoothLive", sport: "smoothSport", none: "smoothNone" },
  subject: { "": "everybody", largest: "largest", center: "center", first: "first" },
  exercise: { "": "noExercise" },
  style: { classic: "classic", sides: "sides", "skeleton-only": "skeletonOnly", people: "byPerson" },
};
// 0 stands for as many as there are.
const peopleSteps = [1, 2, 3, 5, 10, 20, 50, 100, 0];

/// Makes the controls of a form anew from the server's `parameters`; what the visitor has chosen stays where it is still
/// offered. Choices stand side by side in a `fieldset`, and in a list where the markup has a `div`.
export function buildControls(form, parameters, models) {
  for (const parameter of parameters) {
    let slot = form.querySelector(`[data-parameter="${parameter.name}"]`);
    if (!slot) {
      slot = document.createElement(parameter.choices ? "fieldset" : "div");
      slot.dataset.parameter = parameter.name;
      if (!parameter.choices) slot.className = "field";
      form.append(slot);
    }
    if (parameter.choices && slot.localName === "div") buildList(slot, parameter);
    else if (parameter.choices) buildChoices(slot, parameter, form.elements[parameter.name]?.value);
    else if (parameter.schema.type === "integer") buildCount(slot, parameter);
    else if (slot.childElementCount === 0) buildField(slot, parameter);
  }
  const available = new Map(models.map((model) => [String(model.complexity), model.available]));
  const inputs = [...form.querySelectorAll("input[name=complexity]")];
  for (const input of inputs) {
    input.disabled = available.get(input.value) === false;
    if (input.disabled) input.parentElement.dataset.tTitle = "notInstalled";
    else delete input.parentElement.dataset.tTitle;
  }
  const usable = inputs.filter((input) => !input.disabled);
  if (usable.length > 0 && !usable.some((input) => input.checked)) usable[0].checked = true;
  const reason = form.querySelector(".missing-models");
  if (reason) reason.hidden = usable.length === inputs.length;
}

/// What the form asks the server for: name and value of every parameter that changes the answer.
export function requestedParameters(form) {
  const values = {};
  for (const slot of form.querySelectorAll("[data-parameter]:not(.view-only)")) {
    const name = slot.dataset.parameter;
    if (name === "sensitivity") {
      Object.assign(values, thresholdsOf(form.elements.sensitivity));
      continue;
    }
    const control = form.elements[name];
    if (control?.type === "checkbox" && control.checked === control.defaultChecked) continue;
    const value = control?.type === "checkbox" ? control.checked : control?.value;
    if (value !== undefined && value !== "") values[name] = value;
  }
  return values;
}

/// The thresholds of the slider, which is the server's default in its middle.
function thresholdsOf(slider) {
  if (!slider || slider.value === slider.defaultValue) return {};
  const threshold = (1 - Number(slider.value) / 100).toFixed(2);
  return { "min-detection": threshold, "min-presence": threshold };
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
    label.append(input, captioned(document.createElement("span"), name, choice));
    return label;
  }));
}

function buildList(slot, { name, choices, schema, help }) {
  const select = selectIn(slot, name, help);
  const offered = choices.includes(schema.default) ? choices : ["", ...choices];
  const chosen = select.value;
  select.replaceChildren(...offered.map((choice) => captioned(new Option("", choice), name, choice)));
  select.value = offered.includes(chosen) ? chosen : offered.find((choice) => choice === schema.default) ?? offered[0];
}

function buildCount(slot, { name, schema, help }) {
  const select = selectIn(slot, name, help);
  const chosen = select.value;
  const steps = peopleSteps.filter((step) => step >= schema.minimum && step <= schema.maximum);
  select.replaceChildren(...steps.map((step) => {
    const option = new Option(step, step);
    if (step === 0) option.dataset.t = "noLimit";
    return option;
  }));
  // A list that is empty as yet has the value "", which is no 0.
  select.value = chosen !== "" && steps.includes(Number(chosen)) ? chosen : String(schema.default ?? steps[0]);
}

function selectIn(slot, name, help) {
  const select = slot.querySelector("select") ?? slot.appendChild(document.createElement("select"));
  if (!slot.querySelector("label")) {
    const label = document.createElement("label");
    label.htmlFor = name;
    label.textContent = help;
    slot.prepend(label);
  }
  return Object.assign(select, { id: name, name });
}

function captioned(node, name, choice) {
  const key = labels[name]?.[choice];
  if (key) node.dataset.t = key;
  else node.textContent = choice;
  return node;
}

function buildField(slot, { name, schema, help }) {
  const input = document.createElement("input");
  Object.assign(input, { id: name, name, type: schema.type === "boolean" ? "checkbox" : "number" });
  if (schema.type === "boolean") input.defaultChecked = schema.default === true;
  else Object.assign(input, { min: schema.minimum, max: schema.maximum, step: "any", value: schema.default ?? "" });
  const label = document.createElement("label");
  label.htmlFor = name;
  label.textContent = help;
  slot.append(label, input);
}
