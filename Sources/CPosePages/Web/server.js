// SPDX-License-Identifier: Apache-2.0
// Asks the server, and turns whatever goes wrong into one of the page's problems.

import { askForToken, authorization, token } from "./token.js";

const patienceMilliseconds = 120_000;
const longestPause = 30;

/// Why there is no answer: a key of the page's problems, the server's own words if it had any, and its code.
export class Problem extends Error {
  constructor(key, detail = "", code = "") {
    super(detail);
    Object.assign(this, { key, code });
  }
}

/// What the server says of itself: version, models, limits, parameters; null when it says nothing. Asks for its token
/// where it wants one.
export async function serverInfo(text) {
  let isWrong = token() !== null;
  for (;;) {
    try {
      const response = await fetch("/v1/info", { cache: "no-store", headers: authorization() });
      if (response.status === 401) {
        if (!await askForToken(text(), isWrong)) return null;
        isWrong = true;
        continue;
      }
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }
}

/// Posts a picture with parameters by name; resolves to the JSON as text and as an object. A server that is busy is asked
/// again when it says. `onProgress(part)` is told how much is sent, from 0 to 1; `onPause(seconds)` that it waits.
export async function estimate(picture, parameters, options) {
  return answerIn((await reply(picture, parameters, "application/json", options)).text);
}

/// A picture that this browser cannot show, as the server sees it: an upright JPEG. The scores that are asked for are those
/// that nobody has, so that nobody is drawn.
export async function pictureAsSeen(picture, signal) {
  return (await reply(picture, { "min-detection": 1, "min-presence": 1 }, "image/jpeg", { signal })).file;
}

async function reply(
  { bytes, name }, parameters, type, { path = "/v1/pose", signal, onProgress = () => {}, onPause = () => {} },
) {
  const deadline = performance.now() + patienceMilliseconds;
  for (;;) {
    const response = await post(path, { bytes, name }, parameters, type, signal, deadline, onProgress);
    if (response.status === 200) return response;
    const problem = problemOf(response.status, response.text);
    const pause = Math.min(Math.max(response.retryAfter, 0.5), longestPause);
    if (problem.key !== "busy" || performance.now() + 1000 * pause > deadline) throw problem;
    onPause(pause);
    await sleep(1000 * pause, signal);
  }
}

function post(path, { bytes, name }, parameters, type, signal, deadline, onProgress) {
  const form = new FormData();
  form.append("image", bytes, name);
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal.addEventListener("abort", stop, { once: true });
    request.open("POST", `${path}?${new URLSearchParams(parameters)}`);
    request.setRequestHeader("Accept", type);
    if (type !== "application/json") request.responseType = "blob";
    for (const [header, value] of Object.entries(authorization())) request.setRequestHeader(header, value);
    request.timeout = Math.max(1, deadline - performance.now());
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0));
    request.addEventListener("loadend", () => signal.removeEventListener("abort", stop));
    request.addEventListener("load", async () => resolve({
      status: request.status,
      file: request.response,
      text: request.responseType === "blob" ? await request.response.text() : request.responseText,
      retryAfter: Number(request.getResponseHeader("Retry-After")) || 1,
    }));
    request.addEventListener("abort", () => reject(signal.reason));
    request.addEventListener("timeout", () => reject(new Problem("slow")));
    request.addEventListener("error", async () => reject(await problemOfSilence(bytes)));
    request.send(form);
  });
}

function answerIn(text) {
  try {
    return { text, document: JSON.parse(text) };
  } catch {
    throw new Problem("internal");
  }
}

export function sleep(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}

// Codes of the server's errors, and the page's problem for each.
const problems = {
  not_an_image: "type", unsupported_media_type: "type", missing_image: "empty", undecodable: "damaged",
  too_many_pixels: "pixels", too_large_to_draw: "pixels", body_too_large: "bytes", model_unavailable: "model",
  busy: "busy", out_of_memory: "busy", queue_full: "busy", too_many_requests: "busy", warming_up: "busy",
  shutting_down: "busy", cancelled: "busy", timed_out: "slow", unauthorized: "token", invalid_token: "token", malformed_form: "malformed", foreign_host: "foreign",
  foreign_origin: "foreign", invalid_parameter: "options", unknown_parameter: "options", internal: "internal",
};

const problemsByStatus = { 401: "token", 413: "bytes", 415: "type", 422: "damaged", 429: "busy", 503: "busy" };

function problemOf(status, text) {
  const { code, message } = errorIn(text);
  const key = problems[code] ?? problemsByStatus[status] ?? (status < 500 ? "malformed" : "internal");
  return new Problem(key, message ?? "", code);
}

function errorIn(text) {
  try {
    const { error } = JSON.parse(text);
    return { code: String(error.code ?? ""), message: error.message };
  } catch {
    return { code: "" };
  }
}

/// A server that refuses a large body may hang up before the browser has read its answer.
async function problemOfSilence(bytes) {
  try {
    const response = await fetch("/healthz", { cache: "no-store" });
    return new Problem(response.ok && bytes.size > 1_000_000 ? "bytes" : "gone");
  } catch {
    return new Problem("gone");
  }
}
