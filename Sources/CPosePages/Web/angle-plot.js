// SPDX-License-Identifier: Apache-2.0
// Angles over time as SVG: left and right in a colour each, repetitions shaded, gaps where nothing could be measured.

import { svgElement } from "./skeleton.js";

// A line is not drawn over more than this between two moments, in seconds.
const longestStep = 0.5;
const margin = { left: 38, right: 10, top: 10, bottom: 24 };
const steps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600];

/// `samples` are `{ time, left, right }` in seconds and degrees, null for what could not be measured; `spans` are
/// `{ start, end, isWhole }`; `colours` are those of `left`, `right`, `whole`, `partial`, `line` and `text`.
export function anglePlot(samples, spans, { width, height, seconds, colours, label }) {
  const end = samples.at(-1)?.time ?? 0;
  const start = seconds ? Math.max(samples[0]?.time ?? 0, end - seconds) : samples[0]?.time ?? 0;
  const shown = samples.filter(({ time }) => time >= start);
  const values = shown.flatMap(({ left, right }) => [left, right]).filter((value) => value !== null);
  const low = Math.floor((values.length > 0 ? Math.min(...values) : 0) / 30) * 30;
  const high = Math.max(Math.ceil((values.length > 0 ? Math.max(...values) : 180) / 30) * 30, low + 30);
  const duration = Math.max(end - start, seconds ?? 1);
  const x = (time) => margin.left + (time - start) / duration * (width - margin.left - margin.right);
  const y = (degrees) => margin.top + (1 - (degrees - low) / (high - low)) * (height - margin.top - margin.bottom);
  const svg = svgElement("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
  for (const span of spans.filter((one) => one.end >= start)) {
    const from = x(Math.max(span.start, start));
    svg.append(svgElement("rect", {
      x: from, y: margin.top, width: Math.max(x(span.end) - from, 1), height: height - margin.top - margin.bottom,
      fill: span.isWhole ? colours.whole : colours.partial,
    }));
  }
  for (let degrees = low; degrees <= high; degrees += high - low > 90 ? 60 : 30) {
    svg.append(svgElement("line", { x1: margin.left, x2: width - margin.right, y1: y(degrees), y2: y(degrees), stroke: colours.line }));
    svg.append(text(`${degrees}°`, { x: margin.left - 5, y: y(degrees) + 4, "text-anchor": "end", fill: colours.text }));
  }
  const step = steps.find((one) => duration / one <= 8) ?? 1200;
  for (let time = Math.ceil(start / step) * step; time <= start + duration; time += step) {
    svg.append(text(`${time} s`, { x: x(time), y: height - 7, "text-anchor": "middle", fill: colours.text }));
  }
  for (const side of ["left", "right"]) {
    for (const run of runsOf(shown, side)) {
      const points = run.map((sample) => `${x(sample.time).toFixed(1)},${y(sample[side]).toFixed(1)}`).join(" ");
      svg.append(svgElement("polyline", { points, fill: "none", stroke: colours[side], "stroke-width": 2 }));
    }
  }
  return svg;
}

function runsOf(samples, side) {
  const runs = [];
  let last = null;
  for (const sample of samples) {
    if (sample[side] === null) {
      last = null;
      continue;
    }
    if (!last || sample.time - last.time > longestStep) runs.push([]);
    runs.at(-1).push(sample);
    last = sample;
  }
  return runs;
}

function text(content, attributes) {
  const element = svgElement("text", { "font-size": 11, "font-family": "sans-serif", ...attributes });
  element.textContent = content;
  return element;
}
