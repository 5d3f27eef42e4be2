// Drag and drop of files and folders.

/** Calls a function with the files that are dropped on an element. */
export function acceptDrops(box, onFiles) {
  box.addEventListener("dragover", event => { event.preventDefault(); box.classList.add("over"); });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", async event => {
    event.preventDefault();
    box.classList.remove("over");
    const files = await filesOf(event.dataTransfer);
    if (files.length > 0) onFiles(files);
  });
}

// The dropped files, and those files in dropped folders that could contain predictions.
async function filesOf(transfer) {
  const files = [...transfer.files];
  const folders = [...transfer.items].map(item => item.webkitGetAsEntry?.()).filter(entry => entry?.isDirectory);
  const names = new Set(folders.map(folder => folder.name));
  const inside = await Promise.all(folders.map(filesIn));
  return [...files.filter(file => !names.has(file.name)), ...inside.flat().filter(file => /\.(csv|tsv|txt|gz|zip)$/i.test(file.name))];
}

// A directory reader returns the entries in batches; an empty batch is the end.
async function filesIn(folder) {
  const reader = folder.createReader();
  const files = [];
  for (;;) {
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return files;
    const fileOf = entry => new Promise((resolve, reject) => entry.file(resolve, reject));
    files.push(...await Promise.all(batch.filter(entry => entry.isFile).map(fileOf)));
  }
}
