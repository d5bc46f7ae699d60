// SPDX-License-Identifier: Apache-2.0
// What the pages for pictures have in common: how pictures come in, and what is said of the work on one.

import { acceptDrops } from "./files.js";

const byId = (id) => document.getElementById(id);
const phases = { reading: "working", waiting: "working", working: "working", failed: "error" };
// Less is sent before anybody reads of it.
const leastProgressBytes = 200_000;

/// The phase of the page while a picture is on the screen: "idle", "working", "done", "nobody" or "error".
export function phaseOf(picture) {
  return picture ? phases[picture.state] ?? picture.state : "idle";
}

/// What is said of a picture: its problem, or its state and how many were found.
export function headlineOf(picture, text) {
  if (!picture) return "";
  if (picture.problem) return text.problems[picture.problem.key][0];
  return text.states[picture.state](picture.people.length);
}

/// Shows the start of the page, or its result and how far the work on the picture is.
export function showPhase(picture, text) {
  const phase = phaseOf(picture);
  document.body.dataset.phase = phase;
  byId("start").hidden = phase !== "idle";
  byId("result").hidden = phase === "idle";
  byId("work").hidden = phase !== "working";
  if (phase !== "working") return;
  const isSending = picture.state === "working" && picture.sent < 1 && picture.bytes?.size > leastProgressBytes;
  const bar = byId("work-bar");
  if (isSending) bar.value = picture.sent;
  else bar.removeAttribute("value");
  if (picture.pause > 0) byId("work-text").textContent = text.pausing(Math.ceil(picture.pause));
  else if (isSending) byId("work-text").textContent = text.sending(Math.round(picture.sent * 100));
  else byId("work-text").textContent = text.states[picture.state](0);
}

/// Watches what brings pictures and what gives work up: `add(files)` tells whether there were any, `noFile()` is called for a
/// drop that brought none.
export function watchPictures(gallery, { inputs, add, noFile, goHome }) {
  for (const button of document.querySelectorAll("[data-choose]")) {
    button.addEventListener("click", () => byId("file").click());
  }
  for (const input of inputs) {
    input.addEventListener("change", () => {
      add(input.files);
      // Choosing the same file again is a change, too.
      input.value = "";
    });
  }
  byId("retry").addEventListener("click", () => gallery.retry(gallery.current));
  byId("home").addEventListener("click", goHome);
  for (const id of ["work-cancel", "strip-cancel"]) byId(id).addEventListener("click", () => gallery.cancel());
  byId("options").addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("paste", (event) => {
    if (add(event.clipboardData?.files)) event.preventDefault();
  });
  acceptDrops((files) => {
    // Text and links bring nothing; what is on the screen stays.
    if (!add(files)) noFile();
  });
}
