// SPDX-License-Identifier: Apache-2.0
// How fast answers come: frames a second and the time from sending a frame to its landmarks.

const rateMilliseconds = 1000;
// One second has too few frames to tell the slowest of twenty.
const tailMilliseconds = 10_000;

export class Meter {
  constructor() {
    this.reset();
  }

  reset() {
    this.answers = [];
  }

  /// Counts an answer that came just now.
  add(latency) {
    const now = performance.now();
    this.answers.push({ at: now, latency });
    while (now - this.answers[0].at > tailMilliseconds) this.answers.shift();
  }

  /// Frames of the last second, their median latency, and the latency that 95 of 100 frames of ten seconds stay below.
  get figures() {
    const now = performance.now();
    const recent = this.answers.filter(({ at }) => now - at <= rateMilliseconds);
    const tail = this.answers.filter(({ at }) => now - at <= tailMilliseconds);
    return { rate: recent.length, median: quantile(recent, 0.5), p95: quantile(tail, 0.95) };
  }
}

function quantile(answers, part) {
  if (answers.length === 0) return null;
  const sorted = answers.map(({ latency }) => latency).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)];
}
