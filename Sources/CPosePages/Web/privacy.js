// SPDX-License-Identifier: Apache-2.0
// The page on which hidden faces are checked: takes pictures, asks the server, shows what is covered and what is in doubt, and
// takes decisions.

import { FaceBoard } from "./face-board.js";
import { saveFile } from "./files.js";
import { Filmstrip } from "./filmstrip.js";
import { Gallery } from "./gallery.js";
import { headlineOf, phaseOf, showPhase, watchPictures } from "./picture-page.js";
import { coveredFile, Decisions, isWithheld, sidecarOf } from "./review.js";
import { serverInfo } from "./server.js";
import { applyChoices, choicesIn, rememberedSettings, rememberSettings } from "./settings.js";
import { PageShell } from "./shell.js";
import { ZipArchive } from "./zip.js";

const byId = (id) => document.getElementById(id);
const form = byId("options");
// Decisions are asked for when the visitor pauses.
const pauseMilliseconds = 500;
const settings = rememberedSettings("privacy");
const state = { info: null, url: null, shown: null, said: "", timers: new Map() };
const decisions = new WeakMap();

const shell = new PageShell("privacy", () => render(), goHome);
const strings = () => ({
  ...shell.strings, states: shell.strings.privacyStates, nobodyCount: shell.strings.facelessCount,
});
const current = () => gallery.current;

const info = serverInfo(strings);
const gallery = new Gallery({
  path: "/v1/anonymize",
  found: ({ faces }) => faces.filter(({ fate }) => fate === "covered"),
  parameters: () => ({ format: "json", strict: false, ...choicesIn(form) }),
  info,
  onChange: changed,
});
const strip = new Filmstrip({
  strip: byId("strip"), list: byId("strip-list"), summary: byId("strip-summary"), bar: byId("strip-bar"),
  cancel: byId("strip-cancel"), saves: [],
}, (picture) => gallery.select(picture));
const board = new FaceBoard({ sheet: byId("sheet"), image: byId("covered"), boxes: byId("boxes") }, {
  onToggle: ({ box, isCovered }) => decide((own) => own.setKept(box, isCovered)),
  onAdd: (box) => decide((own) => own.add(box)),
  onChange: (old, box) => decide((own) => {
    own.remove(old);
    own.add(box);
  }),
  onRemove: (box) => {
    decide((own) => own.remove(box));
    byId("add-box").focus();
  },
});

function decisionsOf(picture) {
  if (!decisions.has(picture)) decisions.set(picture, new Decisions());
  return decisions.get(picture);
}

// Pictures

function add(files) {
  const list = [...(files ?? [])];
  if (list.length === 0) return false;
  gallery.add(list);
  byId("result-title").focus({ preventScroll: true });
  return true;
}

function goHome() {
  gallery.clear();
  forgetCovered();
  render();
  window.scrollTo({ top: 0 });
  byId("start-title").focus({ preventScroll: true });
}

function changed(picture) {
  if (picture !== current()) {
    renderStrip();
    renderSaving();
    return;
  }
  showCovered(picture);
  render();
  announce();
}

function showCovered(picture) {
  if (state.shown?.picture === picture && state.shown.answer === picture.answer) return;
  if (state.shown?.picture !== picture) forgetCovered();
  state.shown = { picture, answer: picture.answer };
  if (!picture.answer) return;
  if (state.url) URL.revokeObjectURL(state.url);
  state.url = URL.createObjectURL(coveredFile(picture.answer));
  byId("covered").src = state.url;
}

function forgetCovered() {
  if (state.url) URL.revokeObjectURL(state.url);
  Object.assign(state, { url: null, shown: null });
  byId("covered").removeAttribute("src");
}

/// Takes a decision about the picture on the screen, shows it at once, and asks the server a little later.
function decide(change) {
  const picture = current();
  if (!picture?.answer) return;
  change(decisionsOf(picture));
  render();
  clearTimeout(state.timers.get(picture));
  state.timers.set(picture, setTimeout(() => {
    state.timers.delete(picture);
    if (gallery.pictures.includes(picture)) gallery.retry(picture, decisionsOf(picture).parameters);
  }, pauseMilliseconds));
  renderSaving();
}

// Showing

function render() {
  const text = strings();
  const picture = current();
  showPhase(picture, text);
  shell.translate();
  document.title = picture ? `${picture.name} · swift-pose` : `${text.privacyTitle} · swift-pose`;
  byId("covered").alt = text.coveredAlt;
  byId("result-title").textContent = headline();
  byId("result-detail").textContent = picture?.name ?? "";
  renderProblem(text, phaseOf(picture));
  renderFindings(text);
  renderToCheck(text);
  renderStrip();
  renderSaving();
}

const headline = () => headlineOf(current(), strings());

function renderProblem(text, phase) {
  byId("problem").hidden = phase !== "error";
  if (phase === "error") byId("problem-text").textContent = text.problems[current().problem.key][1];
}

/// The boxes on the picture and the lists beside it, doubts first.
function renderFindings(text) {
  const picture = current();
  const answer = picture?.answer?.document;
  const own = picture ? decisionsOf(picture) : new Decisions();
  const open = (answer?.doubts ?? []).filter(({ box }) => !box || !isAnswered(own, box));
  const faces = (answer?.faces ?? []).filter(({ witness }) => witness !== "hand")
    .map(({ box, score, witness }) => ({ kind: "face", box, score, witness, isCovered: !own.isKept(box) }));
  const added = own.added.map((box) => ({ kind: "added", box, isCovered: true }));
  const marked = open.filter(({ box, code }) => box && code !== "weak_face")
    .map((doubt) => ({ kind: "doubt", box: doubt.box, code: doubt.code, isCovered: false }));
  if (answer) {
    // A doubt's box is a place that is open: a click covers it.
    board.show(answer, [...faces, ...marked, ...added], (item) => labelOf(text, item));
  } else board.show({ width: 1, height: 1 }, [], () => "");
  byId("doubts-card").hidden = open.length === 0;
  fill(byId("doubts"), open.map((doubt) => doubtRow(text, doubt)));
  fill(byId("faces"), [...faces, ...added].map((item, index) => faceRow(text, item, index)));
  byId("add-box").disabled = !answer;
}

/// Puts rows into a list without taking the focus from the control that had it.
function fill(list, rows) {
  const controls = () => [...list.querySelectorAll("input, button")];
  const index = controls().indexOf(document.activeElement);
  list.replaceChildren(...rows);
  if (index >= 0) controls()[Math.min(index, controls().length - 1)]?.focus();
}

function isAnswered(own, [x, y, width, height]) {
  const holds = ([left, top, w, h], px, py) => px >= left && px <= left + w && py >= top && py <= top + h;
  return [...own.added, ...own.kept].some((other) => (
    holds(other, x + width / 2, y + height / 2)
    || holds([x, y, width, height], other[0] + other[2] / 2, other[1] + other[3] / 2)
  ));
}

function labelOf(text, { kind, score, witness, isCovered, code }) {
  if (kind === "added") return text.addedBox;
  if (kind === "doubt") return text.doubts[code] ?? code;
  return `${text.witnesses[witness]} ${Math.round(100 * score)} %, ${isCovered ? text.isCovered : text.isOpen}`;
}

function doubtRow(text, { code, box }) {
  const row = document.createElement("li");
  const caption = Object.assign(document.createElement("span"), { textContent: text.doubts[code] ?? code });
  row.append(caption);
  if (box) {
    if (code !== "weak_face") row.append(rowButton(text.coverIt, () => decide((own) => own.add([...box]))));
    row.append(rowButton(text.nothingThere, () => decide((own) => own.setKept(box, true))));
  }
  return row;
}

function faceRow(text, item, index) {
  const row = document.createElement("li");
  if (item.kind === "added") {
    row.append(
      Object.assign(document.createElement("span"), { textContent: `${index + 1}. ${text.addedBox}` }),
      rowButton(text.removeBox, () => decide((own) => own.remove(item.box))),
    );
    return row;
  }
  const label = Object.assign(document.createElement("label"), { className: "check" });
  const input = Object.assign(document.createElement("input"), { type: "checkbox", checked: item.isCovered });
  input.addEventListener("change", () => decide((own) => own.setKept(item.box, !input.checked)));
  const caption = `${index + 1}. ${text.witnesses[item.witness]}, ${Math.round(100 * item.score)} %`;
  label.append(input, Object.assign(document.createElement("span"), { textContent: caption }));
  row.append(label);
  return row;
}

function rowButton(caption, onClick) {
  const button = Object.assign(document.createElement("button"), {
    type: "button", className: "secondary", textContent: caption,
  });
  button.addEventListener("click", onClick);
  return button;
}

/// The pictures that somebody must look at, those that are withheld first.
function renderToCheck(text) {
  const weight = (picture) => (isBlocked(picture) ? 0 : 1);
  const pictures = gallery.pictures.filter((picture) => !picture.isPending && (isBlocked(picture) || doubtCount(picture) > 0))
    .sort((one, other) => weight(one) - weight(other));
  byId("to-check-card").hidden = gallery.pictures.length < 2 || pictures.length === 0;
  fill(byId("to-check"), pictures.map((picture) => {
    const row = document.createElement("li");
    const note = picture.problem ? text.problems[picture.problem.key][0] : text.doubtCount(doubtCount(picture));
    row.append(
      Object.assign(document.createElement("span"), { textContent: `${picture.name}: ${note}` }),
      rowButton(text.showIt, () => gallery.select(picture)),
    );
    return row;
  }));
}

const doubtCount = ({ answer }) => answer?.document.doubts.length ?? 0;

/// Whether a picture must not be given away: its answer is missing, old or in doubt.
const isBlocked = (picture) => picture.isPending || state.timers.has(picture) || isWithheld(picture);

function renderStrip() {
  strip.render(gallery, strings());
  if (current()) strip.reveal(current());
}

function renderSaving() {
  const ready = gallery.pictures.filter((picture) => !isBlocked(picture));
  const count = gallery.pictures.length - ready.length;
  byId("save-picture").disabled = !current() || isBlocked(current());
  byId("save-zip").hidden = gallery.pictures.length < 2;
  byId("save-zip").disabled = ready.length === 0;
  byId("save-sidecar").disabled = !gallery.pictures.some(({ answer }) => answer);
  byId("withheld").hidden = count === 0;
  byId("withheld").textContent = strings().withheldCount(count);
}

function announce() {
  const sentence = headline();
  if (sentence !== state.said) shell.say(sentence);
  state.said = sentence;
}

// Saving

byId("save-picture").addEventListener("click", () => {
  const picture = current();
  if (isBlocked(picture)) return;
  saveFile(coveredFile(picture.answer), picture.name);
  shell.say(strings().saved);
});

byId("save-zip").addEventListener("click", async ({ currentTarget: button }) => {
  button.disabled = true;
  try {
    const archive = new ZipArchive();
    const missing = [];
    for (const picture of gallery.pictures) {
      const name = picture.file.webkitRelativePath || picture.name;
      if (isBlocked(picture)) missing.push(name);
      else await archive.add(name, coveredFile(picture.answer));
    }
    if (missing.length > 0) await archive.add("withheld.txt", new Blob(missing.map((name) => `${name}\n`)));
    saveFile(archive.finish(), "hidden-faces.zip");
    shell.say(strings().saved);
  } catch {
    shell.say(strings().problems.save.join(". "));
  }
  renderSaving();
});

byId("save-sidecar").addEventListener("click", () => {
  saveFile(sidecarOf(gallery.pictures, decisionsOf), "faces.json");
  shell.say(strings().saved);
});

// Controls

watchPictures(gallery, {
  inputs: [byId("file")], add, goHome,
  noFile: () => shell.say(strings().problems.noFile.join(". ")),
});
byId("add-box").addEventListener("click", () => {
  const { width, height } = current().answer.document;
  const side = Math.max(8, Math.round(Math.min(width, height) / 8));
  const box = [Math.round((width - side) / 2), Math.round((height - side) / 2), side, side];
  decide((own) => own.add(box));
  board.focus(`added:${box.join()}`);
});

form.addEventListener("change", () => {
  settings.choices = choicesIn(form);
  rememberSettings("privacy", settings);
  for (const picture of gallery.pictures) {
    if (picture.bytes) gallery.retry(picture, decisionsOf(picture).parameters);
  }
});

applyChoices(form, settings.choices ?? {});
render();
state.info = await info;
