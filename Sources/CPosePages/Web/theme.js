// SPDX-License-Identifier: Apache-2.0
// Sets the theme that was chosen before the page is painted, so that it does not flash in another one.

try {
  const theme = localStorage.getItem("swift-pose.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be off; the system's theme then holds.
}
