// SPDX-License-Identifier: Apache-2.0
// What the visitor has chosen on the live page, kept in this browser.

const storageKey = "swift-pose.live";

/// The choices of the visit before.
export function rememberedSettings() {
  try {
    const settings = JSON.parse(localStorage.getItem(storageKey));
    return settings && typeof settings === "object" ? settings : {};
  } catch {
    return {};
  }
}

export function rememberSettings(settings) {
  try {
    localStorage.setItem(storageKey, JSON.stringify(settings));
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
    else if (control.type === "radio") control.checked = control.value === value;
    else if ([...(control.options ?? [])].some((option) => option.value === value)) control.value = value;
  }
}
