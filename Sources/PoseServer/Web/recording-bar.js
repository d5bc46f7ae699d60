// SPDX-License-Identifier: Apache-2.0
// The controls of the recorder: the button, what was recorded, and the two ways to save it.

import { saveFile, stemOf } from "./files.js";
import { Recorder } from "./recorder.js";

export class RecordingBar {
  /// `nameOf()` is the name of the film on the screen, empty for a camera; `shell` has the sentences and reads them out.
  constructor({ button, caption, bar, summary, saveLines, saveTable }, shell, nameOf) {
    Object.assign(this, { button, caption, bar, summary, saveLines, saveTable, shell });
    this.recorder = new Recorder();
    button.addEventListener("click", () => {
      if (this.recorder.isRunning) {
        this.stop();
        return;
      }
      this.recorder.start();
      this.name = fileName(nameOf());
      this.render();
      shell.say(shell.strings.recordingBegun);
    });
    saveLines.addEventListener("click", () => saveFile(this.recorder.jsonLines(), `${this.name}.jsonl`));
    saveTable.addEventListener("click", async () => saveFile(await this.recorder.csv(), `${this.name}.csv`));
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
    this.summary.textContent = parts.join(" ");
    for (const save of [this.saveLines, this.saveTable]) save.disabled = recorder.frameCount === 0;
  }
}

function fileName(film) {
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "").replace("T", "-");
  return `${stemOf(film) || `live-${time}`}-pose`;
}
