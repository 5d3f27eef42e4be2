// Improves the submit form. Files can be dropped, several at once or as a zip, and are assigned to test sets by their names,
// or else by their image ids. Each file is uploaded and checked immediately, and its problems are listed on the page. Without
// this script, the form is sent as a whole.

import { acceptDrops } from "./drop.js";
import { element, showProblems } from "./problems.js";
import { explainNoResponse, send, sizeOf } from "./upload.js";
import { Rules, Upload } from "./uploads.js";

const form = document.querySelector("form[data-submit]");
if (form) start(form);

function start(form) {
  const page = { form, rules: new Rules(form), uploads: new Map(), running: new Map(), problems: new Map(), sending: null };
  const drop = form.querySelector("[data-drop]");
  const several = drop.querySelector("input");
  drop.hidden = false;
  acceptDrops(drop, files => assignFiles(files, page));
  several.addEventListener("change", () => {
    assignFiles([...several.files], page);
    several.value = "";
  });
  for (const box of form.querySelectorAll(".file")) {
    addButtons(box, page);
    acceptDrops(box, files => files.length === 1 ? setFile(files[0], box, page) : assignFiles(files, page));
  }
  form.addEventListener("change", event => {
    if (event.target.type === "file" && event.target.name) startUpload(event.target.closest(".file"), page);
  });
  form.addEventListener("submit", event => {
    event.preventDefault();
    if (!page.sending) submit(page, event.submitter);
  });
  form.querySelector("[data-cancel]").addEventListener("click", () => page.sending?.abort());

  // The browser's back button restores the form with its files. It is unlocked, and the uploads of the files are reused.
  addEventListener("pageshow", event => {
    if (event.persisted) unlock(page, "");
    else for (const box of form.querySelectorAll(".file")) if (fileOf(box)) startUpload(box, page);
  });
  addEventListener("beforeunload", event => {
    if (page.sending?.isActive) event.preventDefault();
  });
}

// Adds buttons that remove the chosen file, or move it to the test set that it predicts.
function addButtons(box, page) {
  const remove = element("button", "plain-button", "Remove");
  const move = element("button", "plain-button");
  remove.type = move.type = "button";
  remove.hidden = move.hidden = true;
  remove.dataset.remove = move.dataset.move = "";
  remove.append(element("span", "hidden", ` the file of ${box.dataset.title ?? "all"}`));
  remove.addEventListener("click", () => {
    removeFile(box, page);
    box.querySelector("input").focus();
  });
  move.addEventListener("click", () => {
    const target = page.rules.boxOf(move.dataset.split);
    const [file, upload] = [fileOf(box), page.uploads.get(box)];
    page.uploads.delete(box);
    removeFile(box, page);
    setFile(file, target, page, upload);
    target.querySelector("input").focus();
  });
  const buttons = element("p", "buttons");
  buttons.append(move, remove);
  box.append(buttons);
}

const fileOf = box => box.querySelector("input[type=file]").files[0];

// Assigns each file to the test set in its name, or else of its image ids. Files without a test set are listed and ignored.
async function assignFiles(files, page) {
  const state = page.form.querySelector("[data-drop] .state");
  const assigned = new Map();
  const notes = [];
  state.textContent = "reading names and image ids\u2026";
  for (const file of files) {
    const { box, upload } = await findBox(file, page);
    if (box) assigned.set(box, [...(assigned.get(box) ?? []), { file, upload }]);
    else notes.push(`${file.name}: neither its name nor its image ids identify a test set. Choose it in the field of its test set.`);
  }
  for (const [box, [first, ...others]] of assigned) {
    if (others.length === 0) {
      setFile(first.file, box, page, first.upload);
    } else {
      const all = [first, ...others];
      for (const { upload } of all) upload?.discard();
      notes.push(`${all.map(p => p.file.name).join(" and ")} are all for ${box.dataset.title ?? "several test sets"}. Choose one of them in that field.`);
    }
  }
  state.textContent = notes.join(" ");
}

// Finds the field of a file whose name contains the name of a test set as a word: "Test 1", "my-model_test1.csv.gz",
// "predictions(test1).csv". If it contains none or several, the file is uploaded, and the server detects the test set.
async function findBox(file, page) {
  const name = file.name.toLowerCase().replace(/\.(csv|tsv|txt|npy|npz|parquet|gz|zip)/g, "");
  const boxes = page.rules.boxes.filter(box => [box.dataset.split, box.dataset.title].some(title => containsWord(name, title.toLowerCase())));
  if (boxes.length === 1) return { box: boxes[0] };
  if (/\.zip$/i.test(file.name)) return { box: page.form.querySelector(".file[data-zip]") };
  if (file.size > page.rules.maxBytes) return {};
  const upload = new Upload(file, "", page.rules, () => {});
  await upload.run();
  const box = page.rules.boxOf(upload.document?.split);
  return { box, upload: box ? upload : undefined };
}

function containsWord(name, title) {
  const pattern = title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/(?<=[a-z])(?=\d)|\s+/g, "[\\s_-]*");
  return new RegExp(`(^|[^a-z0-9])${pattern}($|[^a-z0-9])`).test(name);
}

// Sets the file of a field. An existing upload of the file is reused.
function setFile(file, box, page, upload) {
  const transfer = new DataTransfer();
  transfer.items.add(file);
  box.querySelector("input[type=file]").files = transfer.files;
  startUpload(box, page, upload?.document);
}

function removeFile(box, page) {
  box.querySelector("input[type=file]").value = "";
  startUpload(box, page);
}

// Starts the upload of the file in a field, if it has one. The upload of its previous file is discarded.
function startUpload(box, page, document) {
  page.uploads.get(box)?.discard();
  page.uploads.delete(box);
  page.running.delete(box);
  showState(box, { state: "empty", text: box.dataset.empty }, page);
  const file = fileOf(box);
  if (file) {
    const next = new Upload(file, box.dataset.split ?? "", page.rules, state => showState(box, state, page));
    page.uploads.set(box, next);
    page.running.set(box, document ? next.reuse(document) : next.run());
  }
}

function showState(box, { state, text, problem, other, warnings }, page) {
  box.classList.remove("good", "bad", "busy", "unknown");
  if (state !== "empty") box.classList.add(state);
  const notes = (warnings ?? []).map(warning => element("span", "warning", `Check: ${warning.message}.`.replace("?.", "?")));
  box.querySelector(".state").replaceChildren(text, ...notes);
  box.querySelector("[data-remove]").hidden = state === "empty";
  const move = box.querySelector("[data-move]");
  const target = other ? page.rules.boxOf(other) : null;
  move.hidden = !target;
  if (target) {
    move.dataset.split = other;
    move.textContent = `Move it to ${target.dataset.title}`;
  }
  showMissing(page);
  if (problem) page.problems.set(box, problem);
  else if (!page.problems.delete(box)) return;
  showProblems(page.form, [...page.problems.values()]);
}

// Names the test sets without which an entry is not ranked, as soon as one file is chosen. A zip counts once its upload is checked.
function showMissing(page) {
  const note = page.form.querySelector("[data-missing]");
  note.dataset.rule ??= note.textContent;
  const chosen = [...page.form.querySelectorAll(".file")].filter(fileOf);
  const inUploads = chosen.flatMap(box => page.uploads.get(box)?.document?.splits ?? []).map(split => split.split);
  const isPending = chosen.some(box => "zip" in box.dataset && !page.uploads.get(box)?.document);
  const missing = page.rules.boxes.filter(box => "ranks" in box.dataset && !fileOf(box) && !inUploads.includes(box.dataset.split));
  const isIncomplete = chosen.length > 0 && missing.length > 0 && !isPending;
  note.textContent = isIncomplete
    ? `Not ranked without ${new Intl.ListFormat("en").format(missing.map(box => box.dataset.title))}. You can submit anyway.`
    : note.dataset.rule;
  note.classList.toggle("warning", isIncomplete);
}

// Finds the reason why the form cannot be sent: no file, a file with problems, or too many bytes. Null if it can be sent.
function findObstacle(page) {
  const chosen = [...page.form.querySelectorAll(".file")].filter(fileOf);
  const bad = chosen.filter(box => box.classList.contains("bad"));
  const size = chosen.filter(box => !page.uploads.get(box)?.document).reduce((sum, box) => sum + fileOf(box).size, 0);
  const model = page.form.querySelector("input[name=model]");
  const modelFile = model?.files[0];
  if (modelFile && modelFile.size > Number(model.dataset.maxBytes)) {
    return { title: "Not sent", detail: `The model has ${sizeOf(modelFile.size)}; ${model.dataset.bytesText} are allowed.`, at: model };
  }
  if (chosen.length === 0 && modelFile) return null;
  if (chosen.length === 0) return { title: "No file chosen", detail: "Choose the predictions of at least one test set, or a model.", at: page.form.querySelector(".file input") };
  if (bad.length > 0) {
    const names = bad.map(box => box.dataset.title ?? "the zip").join(", ");
    return { title: "Not sent", detail: `${names}: fix the file and choose it again, or remove it.`, at: bad[0].querySelector("input") };
  }
  return size > page.rules.maxBytes
    ? { title: "Not sent", detail: `The files have ${sizeOf(size)} in total; ${sizeOf(page.rules.maxBytes)} are allowed. Compress them as .gz or .zip, or leave out the probabilities.`, at: chosen[0].querySelector("input") }
    : null;
}

async function submit(page, submitter) {
  lock(page);
  const isComplete = await waitForUploads(page);
  const obstacle = isComplete ? findObstacle(page) : null;
  if (!isComplete || obstacle) {
    unlock(page, isComplete ? "" : "Cancelled; nothing was submitted.");
    if (obstacle) {
      showProblems(page.form, [obstacle, ...page.problems.values()]);
      obstacle.at.focus();
    }
    return;
  }
  page.problems.clear();
  showProblems(page.form, []);
  await post(page, formData(page, submitter));
}

// Waits until all uploads are complete. Returns false if the user cancelled.
async function waitForUploads(page) {
  if (page.form.querySelector(".file.busy")) page.form.querySelector(".status").textContent = "waiting for the uploads\u2026";
  const cancelled = new Promise(resolve => { page.sending = { isActive: true, abort: () => resolve(false) }; });
  return Promise.race([Promise.all(page.running.values()).then(() => true), cancelled]);
}

// Creates the form data with the id of each upload instead of its file. Files that could not be uploaded are included. The
// page's own fields, whose names start with an underscore, are omitted, because the API rejects fields that it does not know.
function formData(page, submitter) {
  const data = new FormData();
  if (submitter?.name) data.append(submitter.name, submitter.value);
  for (const [name, value] of new FormData(page.form)) {
    if (name.startsWith("_")) continue;
    if (!(value instanceof File) || value.size > 0 || value.name) data.append(name, value);
  }
  for (const [box, { document }] of page.uploads) {
    if (document) {
      data.delete(box.querySelector("input[type=file]").name);
      data.append("upload", document.id);
    }
  }
  return data;
}

async function post(page, data) {
  const { form } = page;
  const status = form.querySelector(".status");
  const progress = form.querySelector("progress");
  let isUploaded = false;
  const { request, outcome } = send("/api/submissions", data, (sent, total) => {
    progress.value = sent / total;
    status.textContent = sent < total ? `sending, ${sizeOf(sent)} of ${sizeOf(total)}` : data.has("model") && data.get("model").size ? "checking the model\u2026" : "scoring\u2026";
    isUploaded = sent === total;
  });
  page.sending = { isActive: true, abort: () => request.abort() };
  const { status: code, body } = await outcome;
  page.sending.isActive = false;
  if (code === 201 || code === 202) {
    status.textContent = code === 201 ? "scored; opening its page\u2026" : "stored; opening its page\u2026";
    location.assign(body.links.page);
    return;
  }
  const cancelled = isUploaded ? "Cancelled after the upload. To see whether it was stored, send the same files again." : "Cancelled; nothing was stored.";
  unlock(page, code < 0 ? cancelled : "");
  if (code >= 0) await showFailure(page, body);
}

async function showFailure(page, body) {
  const { form } = page;
  const files = [...form.querySelectorAll(".file")].filter(box => !page.uploads.get(box)?.document).map(fileOf).filter(Boolean);
  showProblems(form, [body ?? await explainNoResponse(files, true)]);
  if (!form.querySelector("[aria-invalid]")) form.querySelector(".problems").scrollIntoView({ block: "nearest" });
  if (body?.errors?.some(error => error.field === "upload")) refreshUploads(page);
}

// Checks whether the server still has each upload, and uploads expired files again.
function refreshUploads(page) {
  const boxes = [...page.uploads.keys()];
  page.uploads.clear();
  for (const box of boxes) startUpload(box, page);
}

// Disables the submit buttons, so that the form is sent only once.
function lock(page) {
  const { form } = page;
  for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = true;
  form.querySelector("[data-cancel]").hidden = false;
  form.querySelector("progress").hidden = false;
  form.querySelector("progress").value = 0;
  form.querySelector(".status").textContent = "sending\u2026";
}

function unlock(page, text) {
  const { form } = page;
  page.sending = null;
  for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = false;
  form.querySelector("[data-cancel]").hidden = true;
  form.querySelector("progress").hidden = true;
  form.querySelector(".status").textContent = text;
}
