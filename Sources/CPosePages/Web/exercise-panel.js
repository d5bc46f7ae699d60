// SPDX-License-Identifier: Apache-2.0
// The exercise on the live page: the counter, how deep, what to say, the angle over time, and the report.

import { anglePlot } from "./angle-plot.js";
import { ExerciseRecord } from "./exercise-record.js";
import { exerciseReport } from "./exercise-report.js";
import { saveFile, stemOf } from "./files.js";

const chartSeconds = 20;
const chartMilliseconds = 200;

export class ExercisePanel {
  /// `nodes` are the panel's elements; `select` chooses the exercise, "" for none; `shell` has the sentences and reads out.
  constructor(nodes, select, shell, { sourceName, onReset }) {
    Object.assign(this, { nodes, select, shell, sourceName });
    this.exercises = new Map();
    this.record = new ExerciseRecord();
    this.said = { count: 0, feedback: "" };
    this.drawnAt = 0;
    nodes.reset.addEventListener("click", onReset);
    nodes.report.addEventListener("click", () => this.#saveReport());
  }

  /// What the server can count.
  offer(exercises) {
    this.exercises = new Map((exercises ?? []).map((exercise) => [exercise.name, exercise]));
  }

  get exercise() {
    return this.exercises.get(this.select.value) ?? null;
  }

  /// What a stream is asked for beside the controls: the angles that are drawn over time.
  get parameters() {
    return this.exercise ? { angles: "true" } : {};
  }

  reset() {
    this.record.reset();
    this.said = { count: 0, feedback: "" };
    this.show(null);
  }

  /// Takes an answer.
  add(answer) {
    if (this.exercise) this.record.add(answer, this.exercise.measure);
  }

  /// Shows one person, or nobody.
  show(person) {
    this.person = person?.id ?? null;
    this.render();
  }

  render() {
    const { nodes, exercise, shell: { strings: text, language } } = this;
    nodes.panel.hidden = !exercise;
    for (const option of this.select.options) {
      const title = this.exercises.get(option.value)?.title[language];
      if (title) option.textContent = title;
    }
    if (!exercise) return;
    const record = this.record.of(this.person);
    const state = record?.state;
    nodes.title.textContent = exercise.title[language];
    const isHold = exercise.kind === "hold";
    nodes.countLabel.textContent = isHold ? text.heldSeconds : text.repetitions;
    nodes.count.textContent = isHold ? (state?.held_seconds ?? 0).toFixed(1) : state?.count ?? 0;
    nodes.partial.textContent = state?.partial > 0 ? text.partialCount(state.partial) : "";
    nodes.phase.textContent = text.phases[state?.phase ?? "unknown"];
    const depth = Math.round(100 * Math.min(Math.max(state?.progress ?? 0, 0), 1));
    nodes.gauge.hidden = isHold;
    nodes.gauge.setAttribute("aria-valuenow", depth);
    nodes.gauge.setAttribute("aria-label", text.depth);
    nodes.gauge.style.setProperty("--part", `${depth}%`);
    const feedback = (state?.feedback ?? []).map((one) => one[language]);
    nodes.feedback.textContent = feedback.join(" ") || text.noFeedback;
    nodes.report.disabled = !record || record.repetitions.length === 0;
    this.#say(state, isHold, feedback[0] ?? "", text);
    this.#draw(record, text);
  }

  /// Reads out each repetition, with what to say about it; nothing from frame to frame.
  #say(state, isHold, feedback, text) {
    if (!state || state.count === this.said.count) return;
    if (state.count > this.said.count) this.shell.say([isHold ? text.heldOne(state.count) : text.counted(state.count), feedback].filter(Boolean).join(" "));
    this.said.count = state.count;
  }

  #draw(record, text) {
    const now = performance.now();
    if (record && now - this.drawnAt < chartMilliseconds) return;
    this.drawnAt = now;
    const style = getComputedStyle(this.nodes.panel);
    const colour = (name) => style.getPropertyValue(name);
    const colours = {
      left: colour("--left"), right: colour("--right"), whole: colour("--wash"), partial: colour("--sunken"),
      line: colour("--line"), text: colour("--faint"),
    };
    const plot = anglePlot(record?.samples ?? [], record?.repetitions ?? [], {
      width: 560, height: 170, seconds: chartSeconds, colours, label: text.angleChart,
    });
    this.nodes.chart.replaceChildren(plot);
  }

  #saveReport() {
    const { exercise, shell: { strings: text, language } } = this;
    const record = this.record.of(this.person);
    if (!exercise || !record) return;
    const source = this.sourceName();
    const html = exerciseReport({ exercise, record, source, text, language });
    saveFile(new Blob([html], { type: "text/html" }), `${stemOf(source) || "live"}-${exercise.name}.html`);
  }
}
