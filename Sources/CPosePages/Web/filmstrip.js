// SPDX-License-Identifier: Apache-2.0
// The row of small pictures below the large one, each with its state.

const badges = { done: (picture) => picture.people.length, nobody: () => "0", failed: () => "!" };

export class Filmstrip {
  /// Fills `list`; calls `onChoice(picture)` when the visitor chose one.
  constructor({ strip, list, summary, bar, cancel, saves }, onChoice) {
    Object.assign(this, { strip, list, summary, bar, cancel, saves, onChoice });
    this.items = new Map();
    list.addEventListener("keydown", (event) => this.#walk(event));
  }

  render({ pictures, current, counts }, text) {
    this.strip.hidden = pictures.length < 2;
    document.body.classList.toggle("many", pictures.length > 1);
    for (const [picture, item] of this.items) {
      if (pictures.includes(picture)) continue;
      item.remove();
      this.items.delete(picture);
    }
    if (this.strip.hidden) return;
    for (const picture of pictures) this.#renderItem(picture, picture === current, text);
    const { all, pending, done, nobody, failed } = counts;
    const parts = [text.pictureCount(all)];
    if (done > 0) parts.push(text.doneCount(done));
    if (nobody > 0) parts.push(text.nobodyCount(nobody));
    if (failed > 0) parts.push(text.failedCount(failed));
    this.summary.textContent = parts.join(" · ");
    Object.assign(this.bar, { max: all, value: all - pending });
    this.bar.hidden = pending === 0;
    this.cancel.hidden = pending === 0;
    for (const save of this.saves) save.hidden = pending > 0 || done + nobody === 0;
  }

  /// Brings a picture's item into view without moving the page.
  reveal(picture) {
    const item = this.items.get(picture);
    if (!item) return;
    const { list } = this;
    const left = item.offsetLeft - list.offsetLeft;
    if (left < list.scrollLeft || left + item.offsetWidth > list.scrollLeft + list.clientWidth) {
      list.scrollLeft = left - (list.clientWidth - item.offsetWidth) / 2;
    }
  }

  #renderItem(picture, isCurrent, text) {
    let item = this.items.get(picture);
    if (!item) {
      item = this.#makeItem(picture);
      this.items.set(picture, item);
      this.list.append(item);
    }
    const button = item.firstElementChild;
    const state = picture.problem ? text.problems[picture.problem.key][0] : text.states[picture.state](picture.people.length);
    button.dataset.state = picture.isPending ? "pending" : picture.state;
    button.title = `${picture.name}: ${state}`;
    button.setAttribute("aria-label", button.title);
    button.setAttribute("aria-current", String(isCurrent));
    button.tabIndex = isCurrent ? 0 : -1;
    const [image, badge] = button.children;
    if (picture.thumb && image.src !== picture.thumb.url) image.src = picture.thumb.url;
    image.hidden = !picture.thumb;
    badge.textContent = badges[picture.state]?.(picture) ?? "";
  }

  #makeItem(picture) {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "thumb" });
    const badge = Object.assign(document.createElement("span"), { className: "state" });
    button.append(Object.assign(document.createElement("img"), { alt: "" }), badge);
    button.addEventListener("click", () => this.onChoice(picture));
    item.append(button);
    return item;
  }

  #walk(event) {
    const buttons = [...this.list.querySelectorAll("button")];
    const index = buttons.indexOf(document.activeElement);
    const next = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (index < 0 || next === undefined) return;
    event.preventDefault();
    const button = buttons[Math.min(Math.max(next, 0), buttons.length - 1)];
    button.click();
    button.focus();
  }
}
