// SPDX-License-Identifier: Apache-2.0
// The photo page: takes pictures, asks the server, shows what it found.

import { idOf, uprightBitmap } from "./annotated.js";
import { buildControls, requestedParameters } from "./controls.js";
import { saveFile, stemOf } from "./files.js";
import { Filmstrip } from "./filmstrip.js";
import { Gallery } from "./gallery.js";
import { headlineOf, phaseOf, showPhase, watchPictures } from "./picture-page.js";
import { archiveOf, tableOf } from "./results.js";
import { showSamples } from "./samples.js";
import { serverInfo } from "./server.js";
import { applyChoices, choicesIn, rememberedSettings, rememberSettings } from "./settings.js";
import { PageShell } from "./shell.js";
import { LandmarkTable } from "./table.js";
import { angleAt } from "./tools/measures.js";
import { Toolbox } from "./toolbox.js";
import { Viewer } from "./viewer.js";

const byId = (id) => document.getElementById(id);
const form = byId("options");
// What a second look asks for where the first one found nobody.
const harder = { "min-detection": "0.20", "min-presence": "0.20" };
// Problems that may be over by now.
const passing = ["gone", "busy", "slow", "internal", "stopped", "unreadable", "token", "model", "options"];

const state = { person: 0, space: "image", info: null, shown: null, bitmap: null, said: "" };
const settings = rememberedSettings("photo");

const shell = new PageShell("photo", () => render(), goHome);
const strings = () => shell.strings;
const current = () => gallery.current;
const people = () => current()?.people ?? [];

const info = serverInfo(strings);
const gallery = new Gallery({
  parameters: () => requestedParameters(form),
  info,
  isWhole: () => form.elements["full-size"].checked,
  onChange: changed,
});
const viewer = new Viewer(
  {
    stage: byId("stage"), frame: byId("frame"), photo: byId("photo"), overlay: byId("overlay"),
    overlayTitle: byId("overlay-title"), tip: byId("tip"),
  },
  {
    onPoint: (joint, chosen) => {
      if (joint && chosen && joint.person !== state.person) selectPerson(joint.person);
      highlight(joint, true);
    },
    onHold: (isHeld) => byId("hold").classList.toggle("held", isHeld),
    onZoom: (scale) => {
      byId("zoom-fit").textContent = `${Math.round(scale * 100)} %`;
    },
  },
);
const table = new LandmarkTable(byId("rows"), document.querySelector(".table-scroll"), (index) => {
  highlight(index === null ? null : { person: state.person, index }, false);
});
const strip = new Filmstrip({
  strip: byId("strip"), list: byId("strip-list"), summary: byId("strip-summary"), bar: byId("strip-bar"),
  cancel: byId("strip-cancel"), saves: [byId("save-zip"), byId("save-csv")],
}, (picture) => gallery.select(picture));
const toolbox = new Toolbox({
  row: byId("tools"), panel: byId("tool-panel"), title: byId("tool-title"), host: byId("tool-host"),
  close: byId("tool-close"),
}, strings);

// Pictures

function add(files) {
  const list = [...(files ?? [])];
  if (list.length === 0) return false;
  const wasIdle = !current();
  gallery.add(list);
  if (wasIdle) window.scrollTo({ top: 0 });
  byId("result-title").focus({ preventScroll: true });
  return true;
}

function goHome() {
  gallery.clear();
  show(null);
  render();
  window.scrollTo({ top: 0 });
  byId("start-title").focus({ preventScroll: true });
}

/// A picture's state changed, or another one is on the screen.
function changed(picture) {
  if (picture === current()) {
    show(picture);
    render();
    announce();
  } else renderStrip();
}

/// Brings a picture to the stage, as far as it is known by now.
function show(picture) {
  const isOther = state.shown?.picture !== picture;
  if (isOther) {
    Object.assign(state, { shown: picture && { picture }, person: 0 });
    forgetBitmap();
    viewer.close();
  }
  if (!picture) return;
  const { shown } = state;
  if (!shown.view && picture.view) {
    shown.view = picture.view;
    if (picture.thumb) byId("stage").style.setProperty("--aspect", picture.thumb.width / picture.thumb.height);
    viewer.open(picture.view, picture.thumb && { width: picture.thumb.width, height: picture.thumb.height });
  }
  if (shown.answer === picture.answer) return;
  shown.answer = picture.answer;
  state.person = Math.min(state.person, Math.max(0, people().length - 1));
  const image = picture.imageInView;
  if (image) byId("stage").style.setProperty("--aspect", image.width / image.height);
  viewer.show(people(), image);
  if (image) makeBitmap(picture, image.orientation);
}

async function makeBitmap(picture, orientation) {
  const bitmap = await uprightBitmap(picture.view, orientation).catch(() => null);
  if (state.shown?.picture !== picture || state.bitmap) {
    bitmap?.close();
    return;
  }
  state.bitmap = bitmap;
  updateTools();
}

function forgetBitmap() {
  state.bitmap?.close();
  state.bitmap = null;
}

// Showing

function render() {
  const text = strings();
  const picture = current();
  const phase = phaseOf(picture);
  showPhase(picture, text);
  shell.translate();
  byId("paste-hint").textContent = text.pasteHint(/Mac|iP/.test(navigator.platform) ? "⌘V" : "Ctrl+V");
  byId("photo").alt = text.photoAlt;
  document.title = picture ? `${picture.name} · swift-pose` : "swift-pose";
  renderSensitivity(text);
  renderHead(text, phase);
  renderProblem(text, phase);
  renderPeople(text);
  renderTable(text, phase);
  renderStrip();
  updateTools();
}

function renderHead(text, phase) {
  byId("result-title").textContent = headline();
  const details = [current()?.name ?? ""];
  const answer = current()?.answer?.document;
  if (answer?.timing_ms && phase !== "working") {
    details.push(text.timing(tidy(answer.timing_ms.total)));
    const stages = Object.entries(answer.timing_ms).map(([stage, value]) => [stage, tidy(value)]);
    byId("result-detail").title = [text.stages(Object.fromEntries(stages)), text.model(answer.model?.name)].join(" · ");
  }
  byId("result-detail").textContent = details.filter(Boolean).join(" · ");
  byId("overlay-title").textContent = text.overlayTitle(people().length);
  // While an answer is awaited the buttons keep their places.
  const isAwaited = phase === "working";
  for (const button of document.querySelectorAll(".needs-people")) {
    button.disabled = people().length === 0;
    button.hidden = button.disabled && !isAwaited;
  }
  for (const button of document.querySelectorAll(".needs-answer")) {
    button.disabled = !answer;
    button.hidden = button.disabled && !isAwaited;
  }
}

const headline = () => headlineOf(current(), strings());

const looksHarder = (wish) => "min-detection" in wish;

function advice() {
  const text = strings();
  const { problem, wish } = current();
  if (problem) return text.problems[problem.key][1];
  return looksHarder(wish) ? text.stillNobody : text.nobodyText;
}

function renderProblem(text, phase) {
  byId("problem").hidden = phase !== "nobody" && phase !== "error";
  if (byId("problem").hidden) return;
  const { problem, wish } = current();
  byId("problem-text").textContent = advice();
  // The server's own words are English, and a program's.
  const isUseful = shell.language === "en" && ["options", "malformed", "internal"].includes(problem?.key);
  byId("problem-detail").textContent = isUseful ? problem.message : problem?.code ? text.code(problem.code) : "";
  byId("harder").hidden = phase !== "nobody" || looksHarder(wish);
  byId("retry").hidden = !passing.includes(problem?.key);
  byId("to-video").hidden = problem?.key !== "video";
}

function renderPeople(text) {
  const group = byId("people");
  group.hidden = people().length < 2;
  const choices = people().map((person, index) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: "person", value: index, checked: index === state.person });
    const caption = document.createElement("span");
    caption.textContent = text.person(idOf(person, index));
    label.append(input, caption);
    return label;
  });
  const hadFocus = group.contains(document.activeElement);
  group.replaceChildren(...choices);
  if (hadFocus) group.querySelector("input:checked")?.focus();
}

function renderTable(text, phase) {
  const person = people()[state.person];
  byId("table-caption").textContent = person ? text.caption(idOf(person, state.person)) : "";
  if (person) table.show(person, state.space, text);
  else if (phase === "working") table.showPlaceholders();
}

function renderStrip() {
  strip.render(gallery, strings());
  if (current()) strip.reveal(current());
}

function renderSensitivity(text) {
  const slider = form.elements.sensitivity;
  slider.setAttribute("aria-valuetext", text.sensitivityOf(Number(slider.value)));
}

function announce() {
  const picture = current();
  const sentences = [headline()];
  if (["nobody", "failed"].includes(picture.state)) sentences.push(advice());
  const sentence = sentences.join(". ");
  if (sentence !== state.said) shell.say(sentence);
  state.said = sentence;
}

function tidy(milliseconds) {
  return milliseconds < 10 ? milliseconds.toFixed(1) : String(Math.round(milliseconds));
}

function selectPerson(index) {
  state.person = index;
  renderPeople(strings());
  renderTable(strings(), document.body.dataset.phase);
  updateTools();
}

/// Lights one joint on the picture and in the table; `joint` is `{person, index}` or null.
function highlight(joint, scroll) {
  const person = joint && people()[joint.person];
  if (!person) {
    viewer.light(null);
    table.highlight(null);
    return;
  }
  const text = strings();
  const parts = people().length > 1 ? [text.person(idOf(person, joint.person))] : [];
  parts.push(text.landmarks[joint.index]);
  const angle = angleAt(person, joint.index, current().answer.document.image);
  if (angle !== null) parts.push(`${Math.round(angle)}°`);
  parts.push(text.confidence(Math.round(100 * person.landmarks[joint.index].visibility)));
  if (!viewer.isDrawn(joint)) parts.push(text.hiddenInPicture);
  viewer.light(joint, parts.join(" · "));
  table.highlight(joint.person === state.person ? joint.index : null, scroll);
}

// Tools

function updateTools() {
  const picture = current();
  const answer = picture?.answer;
  if (!answer || !state.bitmap || state.shown?.picture !== picture) {
    // While it is asked again, the tools keep what they had.
    if (!picture?.isPending) toolbox.update(null);
    return;
  }
  toolbox.update({
    answer,
    file: { name: picture.name, bytes: picture.bytes, type: picture.bytes.type },
    bitmap: state.bitmap,
    person: state.person,
    settings: { parameters: picture.parameters, style: form.elements.style.value, showHidden: form.elements.guessed.checked },
    strings: strings(),
    language: shell.language,
    info: state.info,
    request: (parameters, signal = new AbortController().signal) => gallery.ask(picture, parameters, { signal }),
    announce: (sentence) => shell.say(sentence),
    save: (blob, name) => saveFile(blob, name),
  });
}

// Saving

const look = () => ({ style: form.elements.style.value, showHidden: form.elements.guessed.checked });

function save(blob, suffix) {
  saveFile(blob, `${stemOf(current().name) || "picture"}-pose.${suffix}`);
  shell.say(strings().saved);
}

byId("save-json").addEventListener("click", () => {
  save(new Blob([current().answer.text], { type: "application/json" }), "json");
});

byId("save-picture").addEventListener("click", async () => {
  const { answer, view, imageInView } = current();
  const bitmap = await uprightBitmap(view, imageInView.orientation).catch(() => null);
  const blob = await viewer.save(answer.document, bitmap).catch(() => null);
  bitmap?.close();
  if (!blob) shell.say(strings().problems.save.join(". "));
  else save(blob, blob.type === "image/png" ? "png" : "jpg");
});

byId("save-csv").addEventListener("click", () => {
  saveFile(tableOf(gallery.pictures), "poses.csv");
  shell.say(strings().saved);
});

byId("save-zip").addEventListener("click", async ({ currentTarget: button }) => {
  button.disabled = true;
  try {
    const archive = await archiveOf(gallery.pictures, look(), strings(), (count, all) => {
      byId("strip-summary").textContent = strings().packing(count, all);
    });
    saveFile(archive, "poses.zip");
    shell.say(strings().saved);
  } catch {
    shell.say(strings().problems.save.join(". "));
  }
  button.disabled = false;
  renderStrip();
});

// Controls

function keepSettings() {
  settings.choices = choicesIn(form);
  rememberSettings("photo", settings);
}

watchPictures(gallery, {
  inputs: [byId("file"), byId("camera")], add, goHome,
  noFile: () => shell.say(strings().problems.noFile.join(". ")),
});
byId("camera-button").addEventListener("click", () => byId("camera").click());
byId("harder").addEventListener("click", () => {
  gallery.retry(current(), { ...harder, ...thoroughSearch() });
});

form.addEventListener("change", ({ target }) => {
  keepSettings();
  viewer.setLook(look());
  renderSensitivity(strings());
  updateTools();
  if (!target.closest(".view-only")) gallery.retryAll();
});
form.elements.sensitivity.addEventListener("input", () => renderSensitivity(strings()));

for (const input of document.querySelectorAll("input[name=space]")) {
  input.addEventListener("change", () => {
    state.space = input.value;
    renderTable(strings(), document.body.dataset.phase);
  });
}
byId("people").addEventListener("change", (event) => selectPerson(Number(event.target.value)));

byId("zoom-in").addEventListener("click", () => viewer.zoom.in());
byId("zoom-out").addEventListener("click", () => viewer.zoom.out());
byId("zoom-fit").addEventListener("click", () => viewer.zoom.fit());
for (const [type, isHeld] of [["pointerdown", true], ["pointerup", false], ["pointerleave", false], ["blur", false]]) {
  byId("hold").addEventListener(type, () => viewer.hide(isHeld));
}
byId("hold").addEventListener("keydown", ({ key }) => viewer.hide([" ", "Enter"].includes(key)));
byId("hold").addEventListener("keyup", () => viewer.hide(false));

/// The server's own way to look harder, where it has one.
function thoroughSearch() {
  const search = state.info?.parameters.find(({ name }) => name === "search");
  return search?.choices?.includes("thorough") ? { search: "thorough" } : {};
}

// A browser may have kept the choices of the visit before.
applyChoices(form, settings.choices ?? {});
viewer.setLook(look());
render();
toolbox.load();
showSamples({ section: byId("samples"), list: byId("sample-list") }, { onChoice: (file) => add([file]), onReady: render });

state.info = await info;
if (state.info) {
  buildControls(form, state.info.parameters, state.info.models);
  applyChoices(form, settings.choices ?? {});
  viewer.setLook(look());
  render();
}
