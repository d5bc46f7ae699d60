// SPDX-License-Identifier: Apache-2.0
// The row of tools below the picture, and the panel of the one that is open.

export class Toolbox {
  /// Fills `row` and `panel`; `text()` are the page's sentences.
  constructor({ row, panel, title, host, close }, text) {
    Object.assign(this, { row, panel, title, host, text });
    this.tools = [];
    this.context = null;
    this.open = null;
    close.addEventListener("click", () => this.#close(true));
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#close(true);
    });
  }

  /// A page whose tools cannot be loaded works without them.
  async load() {
    try {
      ({ tools: this.tools } = await import("./tools/index.js"));
    } catch (error) {
      console.error(error);
    }
    this.render();
  }

  /// Takes note of what is on the screen; null while there is nothing that tools could work on.
  update(context) {
    this.context = context;
    const { open } = this;
    if (open && !this.#isAvailable(open.tool)) this.#close(false);
    else if (open) this.#call(() => open.handle?.update(context));
    this.render();
  }

  render() {
    // All of them all the time, so that nothing moves when an answer comes; those that cannot be used are disabled.
    this.row.hidden = this.tools.length === 0;
    const focused = this.row.contains(document.activeElement) ? document.activeElement.dataset.tool : null;
    this.row.replaceChildren(...this.tools.map((tool) => this.#button(tool)));
    if (focused) this.row.querySelector(`[data-tool="${focused}"]`)?.focus();
    if (this.open) this.title.textContent = this.open.tool.title(this.text());
  }

  #isAvailable(tool) {
    return this.context !== null && (this.#call(() => tool.available(this.context)) ?? false);
  }

  #button(tool) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "toolbar-tool" });
    const isOpen = this.open?.tool === tool;
    button.dataset.tool = tool.id;
    button.disabled = !this.#isAvailable(tool);
    button.setAttribute("aria-expanded", String(isOpen));
    button.setAttribute("aria-controls", "tool-panel");
    const icon = document.createElement("span");
    icon.setAttribute("aria-hidden", "true");
    if (tool.icon?.trimStart().startsWith("<svg")) icon.innerHTML = tool.icon;
    else icon.textContent = tool.icon ?? "";
    button.append(icon, tool.title(this.text()));
    button.addEventListener("click", () => (this.open?.tool === tool ? this.#close(true) : this.#show(tool)));
    return button;
  }

  #show(tool) {
    this.#close(false);
    this.host.dataset.tool = tool.id;
    this.open = { tool, handle: this.#call(() => tool.mount(this.host, this.context)) };
    this.panel.hidden = false;
    document.body.classList.add("tooling");
    this.render();
    this.title.focus({ preventScroll: true });
    this.panel.scrollIntoView({ block: "nearest" });
  }

  #close(returnsFocus) {
    if (!this.open) return;
    const { tool, handle } = this.open;
    this.#call(() => handle?.dispose());
    this.open = null;
    this.host.replaceChildren();
    this.panel.hidden = true;
    document.body.classList.remove("tooling");
    this.render();
    if (returnsFocus) this.row.querySelector(`[data-tool="${tool.id}"]`)?.focus();
  }

  // A tool that fails takes nothing else with it.
  #call(body) {
    try {
      return body();
    } catch (error) {
      console.error(error);
      return undefined;
    }
  }
}
