// SPDX-License-Identifier: Apache-2.0
// A report of an exercise as one HTML file that needs no other.

import { anglePlot } from "./angle-plot.js";
import { meanScore } from "./exercise-record.js";

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #16202a; background: #fff; }
  h1 { margin-bottom: 0; } .sum { font-size: 1.2rem; } svg { width: 100%; height: auto; border: 1px solid #dfe3e9; border-radius: 8px; }
  table { border-collapse: collapse; width: 100%; margin-top: 1rem; } th, td { text-align: left; padding: 6px 10px; border-bottom: 1px solid #dfe3e9; vertical-align: top; }
  td.number { text-align: right; font-variant-numeric: tabular-nums; } .partial { color: #9a4a00; } ul { margin: 0; padding-left: 1.1em; } .faint { color: #55636f; }
  @media print { body { margin: 0; } }`;
const colours = { left: "#d97000", right: "#008f9a", whole: "#dfeedd", partial: "#f6ecd0", line: "#dfe3e9", text: "#55636f" };

/// The report on one person as text of HTML. `text` are the sentences of the page, `language` "en" or "zh".
export function exerciseReport({ exercise, record, source, text, language }) {
  const page = document.implementation.createHTMLDocument("");
  const make = (name, content = "", properties = {}) => Object.assign(page.createElement(name), { textContent: content, ...properties });
  const title = exercise.title[language];
  page.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  page.title = `${title} · swift-pose`;
  const charset = page.createElement("meta");
  charset.setAttribute("charset", "utf-8");
  const viewport = make("meta", "", { name: "viewport", content: "width=device-width, initial-scale=1" });
  page.head.prepend(charset, viewport);
  const { repetitions, samples } = record;
  const whole = repetitions.filter(({ isWhole }) => isWhole);
  const score = meanScore(repetitions);
  page.body.append(
    make("h1", title),
    make("p", [source, new Date().toLocaleString(page.documentElement.lang)].filter(Boolean).join(" · "), { className: "faint" }),
    make("p", text.exerciseSum(whole.length, repetitions.length - whole.length, score === null ? null : Math.round(score)), { className: "sum" }),
    anglePlot(samples, repetitions, { width: 900, height: 260, colours, label: text.angleChart }),
    make("p", text.chartKey, { className: "faint" }),
    tableOf(repetitions, make, text, language),
    make("p", text.scoreHelp, { className: "faint" }),
  );
  // Pages of this server allow no style of their own, not even in a document that is never shown, so it joins as text.
  const html = page.documentElement.outerHTML.replace("</head>", `<style>${style}\n</style></head>`);
  return `<!doctype html>\n${html}\n`;
}

function tableOf(repetitions, make, text, language) {
  const table = make("table");
  const head = table.createTHead().insertRow();
  for (const name of text.reportColumns) head.append(make("th", name, { scope: "col" }));
  const body = table.createTBody();
  const percent = (part) => (part === undefined ? "–" : String(Math.round(100 * part)));
  repetitions.forEach((one, index) => {
    const row = body.insertRow();
    row.className = one.isWhole ? "" : "partial";
    const { depth, form, tempo, symmetry } = one.parts;
    const cells = [
      String(index + 1), `${one.start.toFixed(1)}–${one.end.toFixed(1)}`, one.isWhole ? String(Math.round(one.score)) : text.partialOne,
      ...[depth, form, tempo, symmetry].map(percent),
    ];
    for (const cell of cells) row.append(make("td", cell, { className: "number" }));
    const notes = make("td");
    const list = make("ul");
    list.append(...one.notes.map((note) => make("li", note[language])));
    if (one.notes.length > 0) notes.append(list);
    row.append(notes);
  });
  return table;
}
