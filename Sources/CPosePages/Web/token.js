// SPDX-License-Identifier: Apache-2.0
// The token that a server may ask for: asked for in a dialog, kept until the tab is closed.

const storageKey = "swift-pose.token";
let current = remembered();

export const token = () => current;

/// The header that shows the token, if there is one.
export function authorization() {
  return current ? { Authorization: `Bearer ${current}` } : {};
}

/// The subprotocols of a WebSocket, which can carry no header: the usual one, and the token.
export function subprotocols() {
  return current ? ["pose", `pose.token.${current}`] : [];
}

/// Asks for the token; resolves to whether one was given. `isWrong` says that the last one was refused.
export function askForToken(text, isWrong) {
  const dialog = document.createElement("dialog");
  dialog.className = "token";
  dialog.setAttribute("aria-labelledby", "token-title");
  const form = Object.assign(document.createElement("form"), { method: "dialog" });
  const title = Object.assign(document.createElement("h2"), { id: "token-title", textContent: text.tokenTitle });
  const advice = Object.assign(document.createElement("p"), {
    className: isWrong ? "wrong" : "hint", textContent: isWrong ? text.tokenWrong : text.tokenText,
  });
  const label = Object.assign(document.createElement("label"), { textContent: text.tokenLabel, htmlFor: "token" });
  const input = Object.assign(document.createElement("input"), {
    type: "password", id: "token", required: true, autocomplete: "current-password", spellcheck: false,
  });
  const enter = Object.assign(document.createElement("button"), {
    type: "submit", className: "primary", textContent: text.tokenEnter,
  });
  form.append(title, advice, label, input, enter);
  dialog.append(form);
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const given = input.value.trim();
      dialog.remove();
      if (given) remember(given);
      resolve(given !== "");
    });
    form.addEventListener("submit", () => dialog.close());
    dialog.addEventListener("cancel", () => {
      input.value = "";
    });
    dialog.showModal();
  });
}

function remember(value) {
  current = value;
  try {
    sessionStorage.setItem(storageKey, value);
  } catch {
    // Storage may be off; the token then lasts as long as the page.
  }
}

function remembered() {
  try {
    return sessionStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
