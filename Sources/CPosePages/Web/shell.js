// SPDX-License-Identifier: Apache-2.0
// What every page has around its content: skip link, name, navigation, theme, language, the region that screen readers read
// out, and the sentences of the markup.

import { languages, preferredLanguage, rememberLanguage } from "./strings.js";

const pages = [
  { name: "photo", path: "/", label: "navPhoto" },
  { name: "video", path: "/live#video", label: "navVideo" },
  { name: "live", path: "/live", label: "navLive" },
  { name: "privacy", path: "/privacy", label: "navPrivacy" },
];
const themes = ["system", "light", "dark"];
const themeKey = "swift-pose.theme";

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

const themeIcon = `
  <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    <g class="when-light"><circle cx="10" cy="10" r="3.600"/><path d="M10 1.800v2M10 16.200v2M1.800 10h2M16.200 10h2M4.200 4.200l1.400 1.400M14.400 14.400l1.400 1.400M4.200 15.800l1.400-1.400M14.400 5.600l1.400-1.400"/></g>
    <path class="when-dark" d="M16.500 12.200A7 7 0 0 1 7.800 3.500a7 7 0 1 0 8.700 8.700z"/>
    <g class="when-system"><circle cx="10" cy="10" r="7"/><path class="filled" d="M10 3a7 7 0 0 1 0 14z"/></g>
  </svg>`;

export class PageShell {
  /// Builds the head of the page named `current`; calls `onLanguage` when the visitor chose another language, and `onHome`,
  /// if there is one, instead of following the link to the page's own start.
  constructor(current, onLanguage, onHome = null) {
    this.language = preferredLanguage();
    this.status = element("p", { id: "status", className: "unseen" });
    this.status.setAttribute("role", "status");
    this.status.setAttribute("aria-live", "polite");

    const skip = element("a", { className: "skip", href: "#main" }, "skip");
    const header = element("header", { className: "top" });
    const brand = element("a", { className: "brand", href: "/" });
    brand.dataset.tTitle = "home";
    brand.innerHTML = mark;
    brand.append(element("span", { className: "name", textContent: "swift-pose" }));
    const navigation = element("nav", { className: "pages" });
    navigation.dataset.tLabel = "pages";
    this.links = new Map();
    for (const { name, path, label } of pages) {
      const link = element("a", { href: path }, label);
      this.links.set(name, link);
      navigation.append(link);
    }
    if (onHome) {
      for (const link of [brand, this.links.get(current)]) {
        link.addEventListener("click", (event) => {
          // Another tab or window is the browser's.
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          onHome();
        });
      }
    }
    this.theme = element("button", { type: "button", id: "theme", className: "quiet icon" });
    this.theme.innerHTML = themeIcon;
    this.theme.addEventListener("click", () => this.#chooseTheme());
    this.button = element("button", { type: "button", id: "language", className: "quiet" });
    this.button.addEventListener("click", () => {
      this.language = this.language === "zh" ? "en" : "zh";
      rememberLanguage(this.language);
      onLanguage();
    });
    const ends = element("div", { className: "ends" });
    ends.append(this.theme, this.button);
    header.append(brand, navigation, ends);
    document.body.prepend(skip, header);
    document.body.append(this.status);
    this.markPage(current);
  }

  get strings() {
    return languages[this.language];
  }

  /// Says which page this is.
  markPage(current) {
    for (const [name, link] of this.links) {
      if (name === current) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
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
    const theme = document.documentElement.dataset.theme ?? "system";
    this.theme.title = text.themes[theme];
    this.theme.setAttribute("aria-label", text.themes[theme]);
  }

  /// Has screen readers read a sentence out.
  say(sentence) {
    this.status.textContent = sentence;
  }

  #chooseTheme() {
    const root = document.documentElement;
    const next = themes[(themes.indexOf(root.dataset.theme ?? "system") + 1) % themes.length];
    if (next === "system") delete root.dataset.theme;
    else root.dataset.theme = next;
    try {
      if (next === "system") localStorage.removeItem(themeKey);
      else localStorage.setItem(themeKey, next);
    } catch {
      // Storage may be off; the choice then lasts as long as the page.
    }
    this.translate();
    this.say(this.strings.themes[next]);
  }
}

function element(name, properties, sentence) {
  const node = Object.assign(document.createElement(name), properties);
  if (sentence) node.dataset.t = sentence;
  return node;
}
