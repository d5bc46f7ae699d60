// SPDX-License-Identifier: Apache-2.0
// Files into the page and out of it.

/// Makes the whole page a drop target; calls `onDrop` with the files, those of folders among them, of which there may be
/// none.
export function acceptDrops(onDrop) {
  // Elements entered and left are counted, since each child reports its own.
  let entered = 0;
  const setEntered = (count) => {
    entered = Math.max(0, count);
    document.body.classList.toggle("dragging", entered > 0);
  };
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files") ?? false;
  document.addEventListener("dragenter", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    setEntered(entered + 1);
  });
  document.addEventListener("dragleave", (event) => {
    if (hasFiles(event)) setEntered(entered - 1);
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    setEntered(0);
    onDrop(await filesOf(event.dataTransfer));
  });
}

/// The files of a drop, in the order of their names within each folder.
async function filesOf(transfer) {
  // Entries have to be taken before the event is over.
  const entries = [...(transfer?.items ?? [])].map((item) => item.webkitGetAsEntry?.() ?? null);
  if (!entries.some((entry) => entry?.isDirectory)) return [...(transfer?.files ?? [])];
  const files = [];
  for (const entry of entries) if (entry) await collect(entry, files);
  return files;
}

async function collect(entry, files) {
  if (entry.isDirectory) {
    const reader = entry.createReader();
    const children = [];
    // A reader hands out a part of the folder at a time.
    for (;;) {
      const part = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
      if (part.length === 0) break;
      children.push(...part);
    }
    children.sort((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }));
    // What systems keep beside the files has names that begin with a dot.
    for (const child of children) if (!child.name.startsWith(".")) await collect(child, files);
    return;
  }
  const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)));
  files.push(file ?? { name: entry.name, isLost: true });
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
