// Lets files be dropped on a place, and folders of files.

/** Takes what is dropped on a box, as a list of files. */
export function acceptDrops(box, take) {
  box.addEventListener("dragover", event => { event.preventDefault(); box.classList.add("over"); });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", async event => {
    event.preventDefault();
    box.classList.remove("over");
    const files = await filesOf(event.dataTransfer);
    if (files.length > 0) take(files);
  });
}

// Of a folder that is dropped, the files in it that could be predictions.
async function filesOf(transfer) {
  const files = [...transfer.files];
  const folders = [...transfer.items].map(item => item.webkitGetAsEntry?.()).filter(entry => entry?.isDirectory);
  const names = new Set(folders.map(folder => folder.name));
  const inside = await Promise.all(folders.map(filesIn));
  return [...files.filter(file => !names.has(file.name)), ...inside.flat().filter(file => /\.(csv|tsv|txt|gz|zip)$/i.test(file.name))];
}

// A folder tells its entries in parts; an empty part is the end.
async function filesIn(folder) {
  const reader = folder.createReader();
  const files = [];
  for (;;) {
    const part = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return files;
    files.push(...await Promise.all(part.filter(entry => entry.isFile).map(entry => new Promise((resolve, reject) => entry.file(resolve, reject)))));
  }
}
