// SPDX-License-Identifier: Apache-2.0
// Asks the server, and turns whatever goes wrong into one of the page's problems.

const patienceMilliseconds = 120_000;

/// Why there is no answer: a key of the page's problems, and the server's own words if it had any.
export class Problem extends Error {
  constructor(key, detail = "") {
    super(detail);
    this.key = key;
  }
}

/// Posts a picture with parameters by name; resolves to the JSON as text and as an object.
export async function estimate(file, parameters, signal) {
  const query = new URLSearchParams(parameters);
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), patienceMilliseconds);
  const stop = () => patience.abort();
  signal.addEventListener("abort", stop);
  try {
    const response = await fetch(`/v1/pose?${query}`, {
      method: "POST",
      headers: { "Content-Type": file.type || "application/octet-stream", Accept: "application/json" },
      body: file,
      cache: "no-store",
      signal: patience.signal,
    });
    const text = await response.text();
    if (!response.ok) throw problemOf(response.status, text);
    return { text, document: JSON.parse(text) };
  } catch (error) {
    if (signal.aborted || error instanceof Problem) throw error;
    if (patience.signal.aborted) throw new Problem("slow");
    if (error instanceof SyntaxError) throw new Problem("internal");
    throw await problemOfSilence(file);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}

function problemOf(status, text) {
  const { code, message } = errorIn(text);
  const detail = message ?? "";
  if (/model/i.test(code)) return new Problem("model", detail);
  switch (status) {
    case 413: return new Problem(/pixel/i.test(`${code} ${detail}`) ? "pixels" : "bytes", detail);
    case 415: return new Problem("type", detail);
    case 422: return new Problem("damaged", detail);
    case 429:
    case 503: return new Problem("busy", detail);
    default: return new Problem(status < 500 ? "malformed" : "internal", detail);
  }
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
async function problemOfSilence(file) {
  try {
    const response = await fetch("/healthz", { cache: "no-store" });
    return new Problem(response.ok && file.size > 1_000_000 ? "bytes" : "gone");
  } catch {
    return new Problem("gone");
  }
}
