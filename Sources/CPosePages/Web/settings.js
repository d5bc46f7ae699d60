// SPDX-License-Identifier: Apache-2.0
// What the visitor has chosen on a page, kept in this browser.

const keyOf = (page) => `swift-pose.${page}`;

/// The choices of the visit before.
export function rememberedSettings(page) {
  try {
    const settings = JSON.parse(localStorage.getItem(keyOf(page)));
    return settings && typeof settings === "object" ? settings : {};
  } catch {
    return {};
  }
}

export function rememberSettings(page, settings) {
  try {
    localStorage.setItem(keyOf(page), JSON.stringify(settings));
  } catch {
    // Storage may be off; the choices then last as long as the page.
  }
}

/// What a form's controls are set to, by name.
export function choicesIn(form) {
  const choices = {};
  for (const control of form.elements) {
    if (!control.name || (control.type === "radio" && !control.checked)) continue;
    choices[control.name] = control.type === "checkbox" ? control.checked : control.value;
  }
  return choices;
}

/// Sets the controls of a form that offer what was chosen.
export function applyChoices(form, choices) {
  for (const control of form.elements) {
    const value = choices[control.name];
    if (value === undefined || control.disabled) continue;
    if (control.type === "checkbox") control.checked = value === true;
    else if (control.type === "radio") {
      const group = [...form.elements].filter(({ name, disabled }) => name === control.name && !disabled);
      if (group.some((other) => other.value === value)) control.checked = control.value === value;
    } else if (control.type === "range") control.value = value;
    else if ([...(control.options ?? [])].some((option) => option.value === value)) control.value = value;
  }
}
