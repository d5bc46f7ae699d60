// SPDX-License-Identifier: Apache-2.0
// The live page: a camera or a film, its frames to the server, landmarks back over the picture.

import { cameras, SourceProblem } from "./camera.js";
import { ConnectionView } from "./connection-view.js";
import { buildControls, requestedParameters } from "./controls.js";
import { ExercisePanel } from "./exercise-panel.js";
import { Figure3D, views } from "./figure3d.js";
import { acceptDrops } from "./files.js";
import { FilmBar } from "./film-bar.js";
import { FrameSender } from "./frame-sender.js";
import { LiveSocket, reasonForSilence } from "./live-socket.js";
import { Meter } from "./meter.js";
import { PeopleChoice } from "./people-choice.js";
import { RecordingBar } from "./recording-bar.js";
import { serverInfo } from "./server.js";
import { applyChoices, choicesIn, rememberedSettings, rememberSettings } from "./settings.js";
import { PageShell } from "./shell.js";
import { Stage } from "./stage.js";
import { VideoSource } from "./video-source.js";
import { keepAwake } from "./wake-lock.js";

const byId = (id) => document.getElementById(id);
const form = byId("options");
const video = byId("video");
const figuresMilliseconds = 500;
// A number of people is read out when it has been the same for so long.
const settledMilliseconds = 1500;
// Codes of errors that other frames need not meet.
const passing = ["busy", "out_of_memory", "timed_out", "cancelled", "shutting_down"];

const state = {
  phase: "idle", // idle, starting, live
  problem: null, // { key, detail }
  people: [],
  dropped: 0,
  opening: 0, // counts what was opened, so that what comes late is known
};
const settings = rememberedSettings("live");

const shell = new PageShell(pageName(), () => render());
const stage = new Stage({
  stage: byId("stage"), frame: byId("frame"), video, picture: byId("picture"), overlay: byId("overlay"),
});
const figure = new Figure3D(byId("figure"));
const meter = new Meter();
const choice = new PeopleChoice(byId("people"), () => showPeople(state.people));
const connection = new ConnectionView({ line: byId("connection"), text: byId("connection-text"), banner: byId("banner") });
const film = new FilmBar(video, {
  bar: byId("film"), play: byId("play"), seek: byId("seek"), time: byId("film-time"), repeat: byId("repeat"),
}, keepSettings);
const recording = new RecordingBar({
  button: byId("record"), caption: byId("record-text"), bar: byId("recording"), summary: byId("recording-text"),
  saveLines: byId("save-lines"), saveTable: byId("save-table"),
  saveMotions: [byId("save-bvh"), byId("save-vrma")],
}, shell, () => source.name);

const exercise = new ExercisePanel({
  panel: byId("exercise-panel"), title: byId("exercise-title"), phase: byId("exercise-phase"), count: byId("exercise-count"),
  countLabel: byId("exercise-count-label"), partial: byId("exercise-partial"), gauge: byId("exercise-gauge"),
  feedback: byId("exercise-feedback"), chart: byId("exercise-chart"), reset: byId("exercise-reset"), report: byId("exercise-report"),
}, byId("exercise"), shell, { sourceName: () => source.name, onReset: startAnew });

const socket = new LiveSocket({
  onState: connectionChanged,
  onAnswer: answered,
  onError: refused,
  onGone: (flight) => flight.picture.close(),
});
const sender = new FrameSender(video, socket, longestSide(), (reason) => showProblem("oldBrowser", reason));
const source = new VideoSource(video, {
  onFrame: (seconds) => sender.offer(seconds),
  onJump: startAnew,
  onLost: leave,
  onChange: renderFilm,
});

// Source

/// The address says whether a film or a camera comes first.
function pageName() {
  return location.hash === "#video" ? "video" : "live";
}

function markPage() {
  const name = source.kind === "film" ? "video" : source.kind === "camera" ? "live" : pageName();
  document.body.dataset.source = name;
  shell.markPage(name);
}

async function show(open, name = "") {
  state.opening += 1;
  const mine = state.opening;
  const wasIdle = state.phase === "idle";
  showProblem(null);
  setPhase("starting");
  try {
    await open();
  } catch (error) {
    if (mine !== state.opening) return;
    if (!(error instanceof SourceProblem)) throw error;
    leave(error.key, name);
    return;
  }
  if (mine !== state.opening) return;
  startAnew();
  meter.reset();
  setPhase("live");
  if (wasIdle) {
    byId("live-title").focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }
  keepAwake(true);
  socket.open(streamParameters());
  listCameras();
}

const showCamera = () => show(() => source.showCamera({ deviceId: settings.camera, longestSide: longestSide() }));

function showFilm(file) {
  if (file.type.startsWith("image/")) showProblem("picture", file.name);
  else show(() => source.showFilm(file), file.name);
}

/// Goes back to the start, because the visitor wants to or with a problem.
function leave(key = null, detail = "") {
  state.opening += 1;
  socket.close();
  source.close();
  recording.stop();
  keepAwake(false);
  startAnew();
  setPhase("idle");
  showProblem(key, detail);
  byId(key ? "problem-title" : "start-title").focus();
}

/// Forgets everybody: what comes next has nothing to do with what was there before.
function startAnew() {
  exercise.reset();
  sender.forget();
  socket.reset();
  showPeople([]);
  stage.clear();
}

/// What the controls and the panels ask a stream for; bones only while the mannequin is shown, and beside an exercise,
/// whose count would begin anew with the stream when the mannequin is shown.
function streamParameters() {
  const followed = exercise.parameters;
  const needsBones = figure.isMannequin || Object.keys(followed).length > 0;
  return { ...requestedParameters(form), ...followed, ...(needsBones ? { skeleton: "true" } : {}) };
}

/// Begins the stream anew with what is asked for now.
function askAnew() {
  showProblem(null);
  startAnew();
  socket.open(streamParameters());
}

function longestSide() {
  return Number(form.elements.size.value);
}

async function listCameras() {
  const list = await cameras();
  const select = form.elements.camera;
  select.replaceChildren(...list.map(({ deviceId, label }, index) => {
    return new Option(label || shell.strings.cameraNumber(index + 1), deviceId);
  }));
  select.value = source.camera.deviceId;
  byId("camera-field").hidden = source.kind !== "camera" || list.length < 2;
}

// Answers

function answered(answer, line, flight) {
  // Of a frame before a jump.
  if (!flight) return;
  const latency = performance.now() - flight.sentAt;
  meter.add(latency);
  sender.note(latency, answer.timing_ms?.total);
  recording.add(line);
  state.dropped = answer.dropped ?? 0;
  if (["server", "model"].includes(state.problem?.key)) showProblem(null);
  if (connection.reason) {
    connection.reason = "";
    renderConnection();
  }
  exercise.add(answer);
  stage.show(answer.people, flight.picture);
  flight.picture.close();
  showPeople(answer.people);
  sender.advance();
}

/// A frame got no answer: for lack of room or time, which passes, or for a reason that the next one will meet, too.
function refused(code, message) {
  if (passing.includes(code)) connection.reason = "busy";
  else showProblem(code === "model_unavailable" ? "model" : "server", message);
  renderConnection();
}

function showPeople(people) {
  state.people = people;
  if (choice.show(people, shell.strings)) scheduleCount();
  const person = choice.personOf(people);
  figure.show(person);
  exercise.show(person);
}

let countTimer = 0;
let countSaid = 0;
function scheduleCount() {
  clearTimeout(countTimer);
  countTimer = setTimeout(() => {
    if (state.phase !== "live" || socket.state !== "open" || countSaid === state.people.length) return;
    countSaid = state.people.length;
    shell.say(shell.strings.inSight(countSaid));
  }, settledMilliseconds);
}

async function connectionChanged(next, before) {
  if (next === "open") {
    connection.reason = "";
    exercise.reset();
    sender.advance();
  } else {
    stage.clear();
    showPeople([]);
    meter.reset();
    renderFigures();
  }
  renderConnection();
  if (state.phase !== "live") return;
  if (["open", "waiting"].includes(next)) shell.say(connection.sentence);
  if (next !== "waiting" || before !== "connecting") return;
  const { key, detail } = await reasonForSilence(streamParameters());
  if (socket.state === "open" || state.phase !== "live") return;
  if (key === "refused") showProblem("server", detail);
  else if (key !== connection.reason) {
    connection.reason = key;
    renderConnection();
    shell.say(connection.sentence);
  }
}

// Showing

function setPhase(phase) {
  state.phase = phase;
  document.body.dataset.phase = phase;
  byId("start").hidden = phase !== "idle";
  byId("live").hidden = phase === "idle";
  applyLook();
  stage.fit();
  render();
  if (phase === "starting") shell.say(shell.strings.starting);
}

function showProblem(key, detail = "") {
  if (key === (state.problem?.key ?? null) && detail === (state.problem?.detail ?? "")) return;
  state.problem = key ? { key, detail } : null;
  renderProblem();
  if (key) shell.say(sentencesOf(key).join(". "));
}

function render() {
  markPage();
  byId("start-title").dataset.t = pageName() === "video" ? "videoStartTitle" : "liveStartTitle";
  byId("start-text").dataset.t = pageName() === "video" ? "videoStartText" : "liveStartText";
  byId("use-camera").className = pageName() === "video" ? "secondary" : "primary";
  byId("choose-film").className = pageName() === "video" ? "primary" : "secondary";
  shell.translate();
  const text = shell.strings;
  byId("close").setAttribute("aria-label", source.kind === "film" ? text.closeFilm : text.closeCamera);
  byId("source-name").textContent = source.name;
  choice.render(text);
  recording.render();
  renderProblem();
  renderConnection();
  renderFilm();
  renderFigures();
  exercise.render();
}

function renderProblem() {
  const { problem } = state;
  byId("problem").hidden = !problem;
  if (!problem) return;
  const [title, advice] = sentencesOf(problem.key);
  byId("problem-title").textContent = title;
  byId("problem-text").textContent = advice;
  byId("problem-detail").textContent = problem.detail;
}

function sentencesOf(key) {
  const { liveProblems, problems } = shell.strings;
  return liveProblems[key] ?? problems[key];
}

function renderConnection() {
  connection.render(state.phase, socket.state, shell.strings);
}

function renderFilm() {
  film.render(source.kind === "film", shell.strings);
}

function renderFigures() {
  const figures = meter.figures;
  stage.pace(figures);
  const milliseconds = (value) => (value === null ? "–" : `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`);
  byId("figure-rate").textContent = figures.rate;
  byId("figure-median").textContent = milliseconds(figures.median);
  byId("figure-p95").textContent = milliseconds(figures.p95);
  byId("figure-people").textContent = state.people.length;
  byId("figure-dropped").textContent = state.dropped;
}

// Choices

// A camera that faces the visitor is looked into like a mirror.
const mirrorKind = () => (source.kind === "camera" && !source.camera.facesAway ? "facing" : "other");

function applyLook() {
  const { elements } = form;
  const isMirrored = settings.mirror?.[mirrorKind()] ?? mirrorKind() === "facing";
  byId("mirror").checked = isMirrored;
  stage.setLook({ colours: elements.colours.value, showHidden: elements["show-hidden"].checked, isMirrored });
}

function applySettings() {
  applyChoices(form, settings.choices ?? {});
  film.repeats = settings.repeats ?? true;
  byId("mannequin").checked = settings.mannequin ?? false;
  figure.mannequin = byId("mannequin").checked;
  sender.longestSide = longestSide();
  applyLook();
}

function keepSettings() {
  settings.choices = choicesIn(form);
  settings.repeats = film.repeats;
  rememberSettings("live", settings);
}

byId("use-camera").addEventListener("click", showCamera);
byId("choose-film").addEventListener("click", () => byId("film-file").click());
byId("film-file").addEventListener("change", ({ target }) => {
  if (target.files[0]) showFilm(target.files[0]);
  // Choosing the same file again is a change, too.
  target.value = "";
});
acceptDrops((files) => {
  const file = files.find(({ type }) => type.startsWith("video/")) ?? files[0];
  if (file) showFilm(file);
  else showProblem("noFilm");
});
byId("close").addEventListener("click", () => leave());
addEventListener("hashchange", () => {
  if (state.phase === "idle") render();
  else leave();
});

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", ({ target }) => {
  if (target.name === "camera") settings.camera = target.value;
  keepSettings();
  applyLook();
  sender.longestSide = longestSide();
  if (state.phase !== "live") return;
  if (source.kind === "camera" && ["camera", "size"].includes(target.name)) showCamera();
  else if (target.closest("[data-parameter]")) askAnew();
});
byId("mirror").addEventListener("change", ({ target }) => {
  settings.mirror = { ...settings.mirror, [mirrorKind()]: target.checked };
  keepSettings();
  applyLook();
});
byId("mannequin").addEventListener("change", ({ target }) => {
  settings.mannequin = target.checked;
  keepSettings();
  figure.mannequin = target.checked;
  const isAskedFor = JSON.stringify(socket.parameters) === JSON.stringify(streamParameters());
  if (state.phase === "live" && !isAskedFor) askAnew();
});
for (const button of document.querySelectorAll(".view-buttons button")) {
  button.addEventListener("click", () => figure.turnTo(views[button.value]));
}
navigator.mediaDevices?.addEventListener("devicechange", () => {
  if (source.kind === "camera") listCameras();
});

setInterval(() => {
  if (state.phase === "idle") return;
  renderFigures();
  recording.render();
}, figuresMilliseconds);

applySettings();
setPhase("idle");

const info = await serverInfo(() => shell.strings);
if (info) {
  buildControls(form, info.live.parameters, info.models);
  exercise.offer(info.live.exercises);
  applySettings();
  render();
}
