// SPDX-License-Identifier: Apache-2.0
// Says whether there is a connection: a line below the picture, and a banner over it when there is none.

export class ConnectionView {
  constructor({ line, text, banner }) {
    Object.assign(this, { line, text, banner });
    // Why there is none: a key of the page's reasons.
    this.reason = "";
    this.sentence = "";
  }

  render(phase, state, text) {
    // A reason stands until there is an answer.
    const isBroken = state === "waiting" || (["connecting", "open"].includes(state) && this.reason !== "");
    if (phase === "idle") this.sentence = "";
    else if (phase === "starting") this.sentence = text.starting;
    else this.sentence = isBroken ? text.reasons[this.reason || "lost"] : text.connections[state];
    this.line.dataset.state = state;
    this.text.textContent = this.sentence;
    this.banner.hidden = phase !== "live" || !isBroken;
    this.banner.textContent = this.banner.hidden ? "" : this.sentence;
  }
}
