// SPDX-License-Identifier: Apache-2.0
// Pictures to try, where the server has some.

const labels = { "astronaut.png": "sampleAstronaut", "camera.png": "sampleCamera" };

/// Fills `list` with the server's samples; calls `onChoice(file)` when the visitor chose one, and `onReady()` when they are
/// there.
export async function showSamples({ section, list }, { onChoice, onReady }) {
  const names = await namesOfSamples();
  section.hidden = names.length === 0;
  list.replaceChildren(...names.map((name) => {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "sample" });
    const url = `/samples/${encodeURIComponent(name)}`;
    button.append(Object.assign(document.createElement("img"), { src: url, alt: labels[name] ? "" : name }));
    if (labels[name]) button.dataset.tLabel = labels[name];
    button.addEventListener("click", async () => {
      const response = await fetch(url).catch(() => null);
      onChoice(response?.ok ? new File([await response.blob()], name) : { name, isLost: true });
    });
    item.append(button);
    return item;
  }));
  onReady();
}

async function namesOfSamples() {
  try {
    const response = await fetch("/samples");
    return response.ok ? (await response.json()).samples : [];
  } catch {
    return [];
  }
}
