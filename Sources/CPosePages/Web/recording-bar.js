// SPDX-License-Identifier: Apache-2.0
// The controls of the recorder: the button, what was recorded, and the two ways to save it.

import { saveFile, stemOf } from "./files.js";
import { Recorder } from "./recorder.js";
import { authorization } from "./token.js";

export class RecordingBar {
  /// `nameOf()` is the name of the film on the screen, empty for a camera; `shell` has the sentences and reads them out.
  constructor({ button, caption, bar, summary, saveLines, saveTable, saveMotions }, shell, nameOf) {
    Object.assign(this, { button, caption, bar, summary, saveLines, saveTable, saveMotions, shell });
    this.refusal = "";
    this.recorder = new Recorder();
    button.addEventListener("click", () => {
      if (this.recorder.isRunning) {
        this.stop();
        return;
      }
      this.recorder.start();
      this.refusal = "";
      this.name = fileName(nameOf());
      this.render();
      shell.say(shell.strings.recordingBegun);
    });
    saveLines.addEventListener("click", () => saveFile(this.recorder.jsonLines(), `${this.name}.jsonl`));
    saveTable.addEventListener("click", async () => saveFile(await this.recorder.csv(), `${this.name}.csv`));
    for (const save of saveMotions) save.addEventListener("click", () => this.#saveMotion(save));
  }

  /// Has the server make a motion of what is recorded, in the format that the button is for.
  async #saveMotion(save) {
    save.disabled = true;
    this.refusal = "";
    const { motionTooLong } = this.shell.strings;
    try {
      const [lines, limit] = await Promise.all([this.recorder.motionLines(), mostBytes()]);
      if (lines.size > limit) {
        this.refusal = motionTooLong((lines.size / 1e6).toFixed(1), (limit / 1e6).toFixed(1), save.value);
      } else {
        const response = await fetch(`/v1/motion?format=${save.value}`, {
          method: "POST", body: lines, headers: { ...authorization(), "Content-Type": "application/x-ndjson" },
        });
        if (response.ok) saveFile(await response.blob(), `${this.name}.${save.value}`);
        else this.refusal = (await response.json()).error.message;
      }
    } catch {
      this.refusal = this.shell.strings.motionFailed;
    }
    this.render();
    if (this.refusal) this.shell.say(this.refusal);
  }

  add(line) {
    this.recorder.add(line);
  }

  stop() {
    if (!this.recorder.isRunning) return;
    this.recorder.stop();
    this.render();
    this.shell.say(this.summary.textContent);
  }

  render() {
    const { recorder, shell: { strings: text } } = this;
    this.caption.textContent = recorder.isRunning ? text.stopRecording : text.record;
    this.button.classList.toggle("recording", recorder.isRunning);
    this.bar.hidden = !recorder.isRunning && recorder.frameCount === 0;
    const parts = [text.recorded(recorder.frameCount, (recorder.elapsed / 1000).toFixed(1))];
    if (recorder.isFull) parts.push(text.recordingFull);
    if (this.refusal) parts.push(this.refusal);
    this.summary.textContent = parts.join(" ");
    for (const save of [this.saveLines, this.saveTable, ...this.saveMotions]) save.disabled = recorder.frameCount === 0;
  }
}

/// How many bytes the server takes.
async function mostBytes() {
  const response = await fetch("/v1/info", { cache: "no-store", headers: authorization() });
  return response.ok ? (await response.json()).limits.upload_bytes : Infinity;
}

function fileName(film) {
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "").replace("T", "-");
  return `${stemOf(film) || `live-${time}`}-pose`;
}
