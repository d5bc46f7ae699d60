// SPDX-License-Identifier: Apache-2.0
// What every page has around its content: skip link, name, navigation, language, the region that screen readers read
// out, and the sentences of the markup.

import { languages, preferredLanguage, rememberLanguage } from "./strings.js";

const pages = [
  { name: "photo", path: "/", label: "navPhoto" },
  { name: "live", path: "/live", label: "navLive" },
];

const mark = `
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="8" class="mark-back"/>
    <g fill="none" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round">
      <path stroke="#fff" d="M12 12h8M13.500 19h5"/>
      <path stroke="#00d9e7" d="M12 12l-4 5M12 12l1.500 7-2.500 8"/>
      <path stroke="#ff8a00" d="M20 12l4-5M20 12l-1.500 7 2.500 8"/>
    </g>
    <circle cx="16" cy="7" r="2.600" fill="#fff"/>
  </svg>`;

export class PageShell {
  /// Builds the head of the page named `current`; calls `onLanguage` when the visitor chose another language.
  constructor(current, onLanguage) {
    this.language = preferredLanguage();
    this.status = element("p", { id: "status", className: "unseen" });
    this.status.setAttribute("role", "status");
    this.status.setAttribute("aria-live", "polite");

    const skip = element("a", { className: "skip", href: "#main" }, "skip");
    const header = element("header", { className: "top" });
    const brand = element("div", { className: "brand" });
    brand.innerHTML = mark;
    brand.append(element("h1", { textContent: "swift-pose" }));
    const navigation = element("nav", { className: "pages" });
    navigation.dataset.tLabel = "pages";
    for (const { name, path, label } of pages) {
      const link = element("a", { href: path }, label);
      if (name === current) link.setAttribute("aria-current", "page");
      navigation.append(link);
    }
    this.button = element("button", { type: "button", id: "language", className: "quiet" });
    this.button.addEventListener("click", () => {
      this.language = this.language === "zh" ? "en" : "zh";
      rememberLanguage(this.language);
      onLanguage();
    });
    header.append(brand, navigation, this.button);
    document.body.prepend(skip, header);
    document.body.append(this.status);
  }

  get strings() {
    return languages[this.language];
  }

  /// Puts the language's sentences into the markup: `data-t` the text, `data-t-title` the title, `data-t-label` the label.
  translate() {
    const text = this.strings;
    document.documentElement.lang = this.language === "zh" ? "zh-CN" : "en";
    for (const node of document.querySelectorAll("[data-t]")) node.textContent = text[node.dataset.t];
    for (const node of document.querySelectorAll("[data-t-title]")) node.title = text[node.dataset.tTitle];
    for (const node of document.querySelectorAll("[data-t-label]")) {
      node.setAttribute("aria-label", text[node.dataset.tLabel]);
    }
    this.button.textContent = this.language === "zh" ? "English" : "中文";
    this.button.lang = this.language === "zh" ? "en" : "zh-CN";
  }

  /// Has screen readers read a sentence out.
  say(sentence) {
    this.status.textContent = sentence;
  }
}

function element(name, properties, sentence) {
  const node = Object.assign(document.createElement(name), properties);
  if (sentence) node.dataset.t = sentence;
  return node;
}
