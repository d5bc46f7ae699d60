// SPDX-License-Identifier: Apache-2.0
// Files into the page and out of it.

/// Makes the whole page a drop target; calls `onDrop` with the files, of which there may be none.
export function acceptDrops(onDrop) {
  // Elements entered and left are counted, since each child reports its own.
  let entered = 0;
  const setEntered = (count) => {
    entered = Math.max(0, count);
    document.body.classList.toggle("dragging", entered > 0);
  };
  document.addEventListener("dragenter", (event) => {
    event.preventDefault();
    setEntered(entered + 1);
  });
  document.addEventListener("dragleave", () => setEntered(entered - 1));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    setEntered(0);
    onDrop([...(event.dataTransfer?.files ?? [])]);
  });
}

/// Has the browser save a file.
export function saveFile(blob, name) {
  const link = document.createElement("a");
  const url = URL.createObjectURL(blob);
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/// A file's name without what follows its last dot.
export function stemOf(name) {
  return name.replace(/\.[^.]*$/, "");
}
