// SPDX-License-Identifier: Apache-2.0
// The page: takes a picture, asks the server, shows what it found.

import { buildControls, requestedParameters, serverInfo } from "./controls.js";
import { acceptDrops, saveFile, stemOf } from "./files.js";
import { estimate, Problem } from "./server.js";
import { PageShell } from "./shell.js";
import { LandmarkTable } from "./table.js";
import { Viewer } from "./viewer.js";

const byId = (id) => document.getElementById(id);

const state = {
  phase: "idle", // idle, working, done, nobody, error
  file: null,
  answer: null, // { text, document }
  problem: null,
  person: 0,
  space: "image",
};
let request = null;

const shell = new PageShell("photo", () => render());
const strings = () => shell.strings;
const people = () => state.answer?.document.people ?? [];

const viewer = new Viewer(
  {
    stage: byId("stage"), frame: byId("frame"), photo: byId("photo"), overlay: byId("overlay"),
    overlayTitle: byId("overlay-title"), tip: byId("tip"),
  },
  (joint, chosen) => {
    if (joint && chosen && joint.person !== state.person) selectPerson(joint.person);
    highlight(joint, true);
  },
);
const table = new LandmarkTable(byId("rows"), document.querySelector(".table-scroll"), (index) => {
  highlight(index === null ? null : { person: state.person, index }, false);
});

// Pictures

function open(file) {
  state.file = file;
  state.answer = null;
  state.person = 0;
  viewer.open(file);
  window.scrollTo({ top: 0 });
  ask();
  byId("result-title").focus({ preventScroll: true });
}

async function ask() {
  request?.abort();
  const mine = new AbortController();
  request = mine;
  state.problem = null;
  setPhase("working");
  try {
    const answer = await estimate(state.file, requestedParameters(byId("options")), mine.signal);
    if (mine.signal.aborted) return;
    state.answer = answer;
    state.person = Math.min(state.person, Math.max(0, people().length - 1));
    viewer.show(people(), answer.document.image);
    setPhase(people().length > 0 ? "done" : "nobody");
  } catch (error) {
    if (mine.signal.aborted) return;
    fail(error instanceof Problem ? error : new Problem("internal", String(error)));
  }
}

function fail(problem) {
  state.problem = problem;
  state.answer = null;
  viewer.show([], viewer.size);
  setPhase("error");
}

/// Opens the first picture of what was dropped, pasted or chosen.
function openFirst(files) {
  const list = [...(files ?? [])];
  const file = list.find((candidate) => candidate.type.startsWith("image/")) ?? list[0];
  if (file) open(file);
  return file !== undefined;
}

// Showing

function setPhase(phase) {
  state.phase = phase;
  document.body.dataset.phase = phase;
  byId("start").hidden = phase !== "idle";
  byId("result").hidden = phase === "idle";
  const slot = byId(phase === "idle" ? "idle-options" : "result-options");
  if (byId("options").parentElement !== slot) slot.append(byId("options"));
  render();
  announce();
}

function render() {
  const text = strings();
  shell.translate();
  byId("paste-hint").textContent = text.pasteHint(/Mac|iP/.test(navigator.platform) ? "⌘V" : "Ctrl+V");
  byId("photo").alt = text.photoAlt;
  renderHead(text);
  renderProblem();
  renderPeople(text);
  renderTable(text);
}

function renderHead(text) {
  const { phase } = state;
  byId("result-title").textContent = headline();
  const details = [];
  const { document: answer } = state.answer ?? {};
  if (answer?.timing_ms && phase !== "working") {
    const rounded = Object.fromEntries(
      Object.entries(answer.timing_ms).map(([stage, value]) => [stage, tidy(value)]),
    );
    details.push(text.timing(rounded.total), text.stages(rounded));
  }
  if (answer?.model && phase !== "working") details.push(text.model(answer.model.name));
  if (phase === "working" || phase === "error") details.push(state.file?.name ? text.loaded(state.file.name) : "");
  byId("result-detail").textContent = details.filter(Boolean).join(" · ");
  byId("overlay-title").textContent = text.overlayTitle(people().length);
  for (const button of document.querySelectorAll(".needs-people")) button.hidden = phase !== "done";
  for (const button of document.querySelectorAll(".needs-answer")) {
    button.hidden = phase !== "done" && phase !== "nobody";
  }
}

function headline() {
  const text = strings();
  switch (state.phase) {
    case "working": return text.working;
    case "done": return text.found(people().length);
    case "nobody": return text.nobodyTitle;
    case "error": return text.problems[state.problem.key][0];
    default: return "";
  }
}

function advice() {
  const text = strings();
  return state.phase === "nobody" ? text.nobodyText : text.problems[state.problem.key][1];
}

function renderProblem() {
  const { phase, problem } = state;
  byId("problem").hidden = phase !== "nobody" && phase !== "error";
  if (byId("problem").hidden) return;
  byId("problem-text").textContent = advice();
  byId("problem-detail").textContent = problem?.message ?? "";
  byId("retry").hidden = !["gone", "busy", "slow", "internal"].includes(problem?.key);
}

function renderPeople(text) {
  const group = byId("people");
  group.hidden = people().length < 2;
  const choices = people().map((_, index) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: "person", value: index, checked: index === state.person });
    const caption = document.createElement("span");
    caption.textContent = text.person(index + 1);
    label.append(input, caption);
    return label;
  });
  const hadFocus = group.contains(document.activeElement);
  group.replaceChildren(...choices);
  if (hadFocus) group.querySelector("input:checked")?.focus();
}

function renderTable(text) {
  const person = people()[state.person];
  byId("table-caption").textContent = text.caption(state.person + 1);
  if (person) table.show(person, state.space, text);
  else if (state.phase === "working") table.showPlaceholders();
}

function announce() {
  const text = strings();
  const total = state.answer?.document.timing_ms?.total;
  const sentences = [headline()];
  if (state.phase === "done" && total !== undefined) sentences.push(text.timing(tidy(total)));
  if (state.phase === "nobody" || state.phase === "error") sentences.push(advice());
  shell.say(sentences.join(". "));
}

function tidy(milliseconds) {
  return milliseconds < 10 ? milliseconds.toFixed(1) : String(Math.round(milliseconds));
}

function selectPerson(index) {
  state.person = index;
  renderPeople(strings());
  renderTable(strings());
}

/// Lights one joint on the picture and in the table; `joint` is `{person, index}` or null.
function highlight(joint, scroll) {
  if (!joint) {
    viewer.light(null);
    table.highlight(null);
    return;
  }
  const text = strings();
  const parts = people().length > 1 ? [text.person(joint.person + 1)] : [];
  parts.push(text.landmarks[joint.index]);
  if (!viewer.isDrawn(joint)) parts.push(text.hiddenInPicture);
  viewer.light(joint, parts.join(" · "));
  table.highlight(joint.person === state.person ? joint.index : null, scroll);
}

// Saving

function save(blob, suffix) {
  saveFile(blob, `${stemOf(state.file?.name ?? "") || "picture"}-pose.${suffix}`);
  shell.say(strings().saved);
}

byId("save-json").addEventListener("click", () => {
  save(new Blob([state.answer.text], { type: "application/json" }), "json");
});

byId("save-picture").addEventListener("click", async () => {
  const blob = await viewer.save().catch(() => null);
  if (!blob) shell.say(strings().problems.save.join(". "));
  else save(blob, blob.type === "image/png" ? "png" : "jpg");
});

// Controls

function applyLook() {
  const { elements } = byId("options");
  viewer.setLook({ style: elements.style.value, showHidden: elements["show-hidden"].checked });
}

for (const button of document.querySelectorAll("[data-choose]")) {
  button.addEventListener("click", () => byId("file").click());
}
byId("camera-button").addEventListener("click", () => byId("camera").click());
for (const input of [byId("file"), byId("camera")]) {
  input.addEventListener("change", () => {
    openFirst(input.files);
    // Choosing the same file again is a change, too.
    input.value = "";
  });
}
byId("retry").addEventListener("click", ask);

byId("options").addEventListener("submit", (event) => event.preventDefault());
byId("options").addEventListener("change", (event) => {
  applyLook();
  const asksAgain = event.target.name in requestedParameters(byId("options"));
  if (asksAgain && state.file) ask();
});

for (const input of document.querySelectorAll("input[name=space]")) {
  input.addEventListener("change", () => {
    state.space = input.value;
    renderTable(strings());
  });
}
byId("people").addEventListener("change", (event) => selectPerson(Number(event.target.value)));

document.addEventListener("paste", (event) => {
  if (openFirst(event.clipboardData?.files)) event.preventDefault();
});

acceptDrops((files) => {
  if (openFirst(files) || state.phase === "working") return;
  state.file = null;
  viewer.close();
  fail(new Problem("noFile"));
});

// A browser may have kept the choices of the visit before.
applyLook();
setPhase("idle");

const info = await serverInfo();
if (info) {
  buildControls(byId("options"), info.parameters, info.models);
  applyLook();
  render();
}
