// Makes the submit form quick: files can be dropped, several at once or a zip of all, and go to the test set that their
// names say, or else their image ids. Each is uploaded and checked at once; problems are listed by kind without leaving the
// page. Without this script the form works as it stands.

import { acceptDrops } from "./drop.js";
import { element, showProblems } from "./problems.js";
import { send, sizeOf, whyNoAnswer } from "./upload.js";
import { Rules, Upload } from "./uploads.js";

const form = document.querySelector("form[data-submit]");
if (form) start(form);

function start(form) {
  const page = { form, rules: new Rules(form), uploads: new Map(), running: new Map(), problems: new Map(), sending: null };
  const drop = form.querySelector("[data-drop]");
  const several = drop.querySelector("input");
  drop.hidden = false;
  acceptDrops(drop, files => assign(files, page));
  several.addEventListener("change", () => {
    assign([...several.files], page);
    several.value = "";
  });
  for (const box of form.querySelectorAll(".file")) {
    addButtons(box, page);
    acceptDrops(box, files => files.length === 1 ? put(files[0], box, page) : assign(files, page));
  }
  form.addEventListener("change", event => {
    if (event.target.type === "file" && event.target.name) check(event.target.closest(".file"), page);
  });
  form.addEventListener("submit", event => {
    event.preventDefault();
    if (!page.sending) submit(page, event.submitter);
  });
  form.querySelector("[data-cancel]").addEventListener("click", () => page.sending?.abort());

  // The browser's back button shows the form as it was left, with its files: it is unlocked, and the files are looked up.
  addEventListener("pageshow", event => {
    if (event.persisted) release(page, "");
    else for (const box of form.querySelectorAll(".file")) if (fileOf(box)) check(box, page);
  });
  addEventListener("beforeunload", event => {
    if (page.sending?.isUnderWay) event.preventDefault();
  });
}

// A chosen file can be removed, and one of another test set can be moved there.
function addButtons(box, page) {
  const remove = element("button", "plain-button", "Remove");
  const move = element("button", "plain-button");
  remove.type = move.type = "button";
  remove.hidden = move.hidden = true;
  remove.dataset.remove = move.dataset.move = "";
  remove.append(element("span", "hidden", ` the file of ${box.dataset.title ?? "all"}`));
  remove.addEventListener("click", () => {
    takeOut(box, page);
    box.querySelector("input").focus();
  });
  move.addEventListener("click", () => {
    const target = page.rules.boxOf(move.dataset.split);
    const [file, upload] = [fileOf(box), page.uploads.get(box)];
    page.uploads.delete(box);
    takeOut(box, page);
    put(file, target, page, upload);
    target.querySelector("input").focus();
  });
  const buttons = element("p", "buttons");
  buttons.append(move, remove);
  box.append(buttons);
}

const fileOf = box => box.querySelector("input[type=file]").files[0];

// Puts each file to the test set that its name says, or else its image ids; other files are named and left out.
async function assign(files, page) {
  const state = page.form.querySelector("[data-drop] .state");
  const places = new Map();
  const notes = [];
  state.textContent = "reading names and ids\u2026";
  for (const file of files) {
    const { box, upload } = await placeOf(file, page);
    if (box) places.set(box, [...(places.get(box) ?? []), { file, upload }]);
    else notes.push(`${file.name}: neither its name nor its image ids identify a test set. Choose it in the field of its test set.`);
  }
  for (const [box, [first, ...others]] of places) {
    if (others.length === 0) {
      put(first.file, box, page, first.upload);
    } else {
      const all = [first, ...others];
      for (const { upload } of all) upload?.discard();
      notes.push(`${all.map(p => p.file.name).join(" and ")} are all for ${box.dataset.title ?? "several test sets"}. Choose one of them in that field.`);
    }
  }
  state.textContent = notes.join(" ");
}

// "Test 1", "my-model_test1.csv.gz", "predictions(test1).csv": the name of a test set as a word of its own. If the name fits
// none or several, the file is uploaded and the server says which test set has its image ids.
async function placeOf(file, page) {
  const words = file.name.toLowerCase().replace(/\.(csv|tsv|txt|gz|zip)/g, "");
  const boxes = page.rules.boxes.filter(box => [box.dataset.split, box.dataset.title].some(title => isWordIn(title.toLowerCase(), words)));
  if (boxes.length === 1) return { box: boxes[0] };
  if (/\.zip$/i.test(file.name)) return { box: page.form.querySelector(".file[data-zip]") };
  if (file.size > page.rules.maxBytes) return {};
  const upload = new Upload(file, "", page.rules, () => {});
  await upload.run();
  const box = page.rules.boxOf(upload.document?.split);
  return { box, upload: box ? upload : undefined };
}

function isWordIn(title, words) {
  const pattern = title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/(?<=[a-z])(?=\d)|\s+/g, "[\\s_-]*");
  return new RegExp(`(^|[^a-z0-9])${pattern}($|[^a-z0-9])`).test(words);
}

// Puts a file into a field, with its upload if there is one already.
function put(file, box, page, upload) {
  const transfer = new DataTransfer();
  transfer.items.add(file);
  box.querySelector("input[type=file]").files = transfer.files;
  check(box, page, upload?.document);
}

function takeOut(box, page) {
  box.querySelector("input[type=file]").value = "";
  check(box, page);
}

function check(box, page, document) {
  page.uploads.get(box)?.discard();
  page.uploads.delete(box);
  page.running.delete(box);
  tell(box, { state: "empty", text: box.dataset.empty }, page);
  const file = fileOf(box);
  if (file) {
    const next = new Upload(file, box.dataset.split ?? "", page.rules, news => tell(box, news, page));
    page.uploads.set(box, next);
    page.running.set(box, document ? next.adopt(document) : next.run());
  }
}

function tell(box, { state, text, problem, other, warnings }, page) {
  box.classList.remove("good", "bad", "busy", "unknown");
  if (state !== "empty") box.classList.add(state);
  const notes = (warnings ?? []).map(warning => `. Check: ${warning.message}`).join("");
  box.querySelector(".state").textContent = text + notes;
  box.querySelector("[data-remove]").hidden = state === "empty";
  const move = box.querySelector("[data-move]");
  const target = other ? page.rules.boxOf(other) : null;
  move.hidden = !target;
  if (target) {
    move.dataset.split = other;
    move.textContent = `Move it to ${target.dataset.title}`;
  }
  if (problem) page.problems.set(box, problem);
  else if (!page.problems.delete(box)) return;
  showProblems(page.form, [...page.problems.values()]);
}

// What must not be sent: nothing at all, what is known to be wrong, and more than the server takes.
function hindrance(page) {
  const chosen = [...page.form.querySelectorAll(".file")].filter(fileOf);
  const bad = chosen.filter(box => box.classList.contains("bad"));
  const size = chosen.filter(box => !page.uploads.get(box)?.document).reduce((sum, box) => sum + fileOf(box).size, 0);
  if (chosen.length === 0) return { title: "No file chosen", detail: "Choose the predictions of at least one test set.", at: page.form.querySelector(".file input") };
  if (bad.length > 0) {
    const names = bad.map(box => box.dataset.title ?? "the zip").join(", ");
    return { title: "Not sent", detail: `${names}: fix the file and choose it again, or remove it.`, at: bad[0].querySelector("input") };
  }
  return size > page.rules.maxBytes
    ? { title: "Not sent", detail: `The files have ${sizeOf(size)} in total; ${sizeOf(page.rules.maxBytes)} are allowed. Compress them as .gz or .zip, or leave out the probabilities.`, at: chosen[0].querySelector("input") }
    : null;
}

async function submit(page, submitter) {
  hold(page);
  const isComplete = await waitForUploads(page);
  const hindered = isComplete ? hindrance(page) : null;
  if (!isComplete || hindered) {
    release(page, isComplete ? "" : "Cancelled; nothing was submitted.");
    if (hindered) {
      showProblems(page.form, [hindered, ...page.problems.values()]);
      hindered.at.focus();
    }
    return;
  }
  page.problems.clear();
  showProblems(page.form, []);
  await post(page, formData(page, submitter));
}

// Waits for what is being uploaded; false if that was cancelled.
async function waitForUploads(page) {
  if (page.form.querySelector(".file.busy")) page.form.querySelector(".status").textContent = "waiting for the uploads\u2026";
  const cancelled = new Promise(resolve => { page.sending = { isUnderWay: true, abort: () => resolve(false) }; });
  return Promise.race([Promise.all(page.running.values()).then(() => true), cancelled]);
}

// The form with the id of each upload in place of its file; a file that could not be uploaded before goes along.
function formData(page, submitter) {
  const data = new FormData();
  if (submitter?.name) data.append(submitter.name, submitter.value);
  for (const [name, value] of new FormData(page.form)) {
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
  let isWhole = false;
  const { request, outcome } = send("/api/submissions", data, (sent, total) => {
    progress.value = sent / total;
    status.textContent = sent < total ? `sending, ${sizeOf(sent)} of ${sizeOf(total)}` : "scoring\u2026";
    isWhole = sent === total;
  });
  page.sending = { isUnderWay: true, abort: () => request.abort() };
  const { status: code, body } = await outcome;
  page.sending.isUnderWay = false;
  if (code === 201 || code === 202) {
    status.textContent = code === 201 ? "scored; opening its page\u2026" : "stored; opening its page\u2026";
    location.assign(body.links.page);
    return;
  }
  const stopped = isWhole ? "Cancelled after the upload. If it was stored, sending the same files again leads to it." : "Cancelled; nothing was stored.";
  release(page, code < 0 ? stopped : "");
  if (code >= 0) await showFailure(page, body);
}

async function showFailure(page, body) {
  const { form } = page;
  const files = [...form.querySelectorAll(".file")].filter(box => !page.uploads.get(box)?.document).map(fileOf).filter(Boolean);
  showProblems(form, [body ?? await whyNoAnswer(files, true)]);
  if (!form.querySelector("[aria-invalid]")) form.querySelector(".problems").scrollIntoView({ block: "nearest" });
  if (body?.errors?.some(error => error.field === "upload")) refresh(page);
}

// Asks the server again for each upload, and sends those that expired while the form was open.
function refresh(page) {
  const boxes = [...page.uploads.keys()];
  page.uploads.clear();
  for (const box of boxes) check(box, page);
}

// One press sends once.
function hold(page) {
  const { form } = page;
  for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = true;
  form.querySelector("[data-cancel]").hidden = false;
  form.querySelector("progress").hidden = false;
  form.querySelector("progress").value = 0;
  form.querySelector(".status").textContent = "sending\u2026";
}

function release(page, text) {
  const { form } = page;
  page.sending = null;
  for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = false;
  form.querySelector("[data-cancel]").hidden = true;
  form.querySelector("progress").hidden = true;
  form.querySelector(".status").textContent = text;
}
