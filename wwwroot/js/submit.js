// Makes the submit form quick: files can be dropped, several at once or a zip of all, and go to the test set that their
// names say, or else their image ids; each is checked at once; problems are listed by kind without leaving the page, and
// the upload shows its progress. Without this script the form works as it stands.

import { Check, Rules } from "./checks.js";
import { acceptDrops } from "./drop.js";
import { packingOf } from "./lines.js";
import { element, showProblems } from "./problems.js";
import { send, sizeOf, whyNoAnswer } from "./upload.js";

const form = document.querySelector("form[data-submit]");
if (form) start(form);

function start(form) {
  const page = { form, rules: new Rules(form), checks: new Map(), problems: new Map(), sending: null };
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
  form.querySelector("[data-cancel]").addEventListener("click", () => page.sending?.request.abort());

  // Whoever comes back by the browser's button finds the form as it was left, and its files with it: not locked, and checked.
  addEventListener("pageshow", event => {
    if (event.persisted) release(page, "");
    else for (const box of form.querySelectorAll(".file")) if (fileOf(box)) check(box, page);
  });
  addEventListener("beforeunload", event => {
    if (page.sending?.isUnderWay) event.preventDefault();
  });
}

// A chosen file can be taken back, and one that is another test set's be moved there.
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
    const target = page.form.querySelector(`.file[data-split="${move.dataset.split}"]`);
    const file = fileOf(box);
    takeOut(box, page);
    put(file, target, page);
    target.querySelector("input").focus();
  });
  const buttons = element("p", "buttons");
  buttons.append(move, remove);
  box.append(buttons);
}

const fileOf = box => box.querySelector("input[type=file]").files[0];

// Puts each file to the test set that its name says, or else its image ids; what neither says is told and left out.
async function assign(files, page) {
  const state = page.form.querySelector("[data-drop] .state");
  const places = new Map();
  const notes = [];
  state.textContent = "reading names and ids\u2026";
  for (const file of files) {
    const box = await boxFor(file, page).catch(() => null);
    if (box) places.set(box, [...(places.get(box) ?? []), file]);
    else notes.push(`${file.name}: neither its name nor its image ids identify a test set. Choose it in the field of its test set.`);
  }
  for (const [box, [file, ...others]] of places) {
    if (others.length === 0) put(file, box, page);
    else notes.push(`${[file, ...others].map(f => f.name).join(" and ")} are all for ${box.dataset.title ?? "several test sets"}. Choose one of them in that field.`);
  }
  state.textContent = notes.join(" ");
}

// "Test 1", "my-model_test1.csv.gz", "predictions(test1).csv": the name of a test set as a word of its own. Where the name
// fits none or two, the ids in the file are asked.
async function boxFor(file, page) {
  const words = file.name.toLowerCase().replace(/\.(csv|tsv|txt|gz|zip)/g, "");
  const boxes = page.rules.boxes.filter(box => [box.dataset.split, box.dataset.title].some(title => isWordIn(title.toLowerCase(), words)));
  if (boxes.length === 1) return boxes[0];
  if (await packingOf(file) === "zip") return page.form.querySelector(".file[data-zip]");
  const split = await page.rules.splitOfFile(file);
  return page.rules.boxes.find(box => box.dataset.split === split) ?? null;
}

function isWordIn(title, words) {
  const pattern = title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/(?<=[a-z])(?=\d)|\s+/g, "[\\s_-]*");
  return new RegExp(`(^|[^a-z0-9])${pattern}($|[^a-z0-9])`).test(words);
}

function put(file, box, page) {
  const transfer = new DataTransfer();
  transfer.items.add(file);
  box.querySelector("input[type=file]").files = transfer.files;
  check(box, page);
}

function takeOut(box, page) {
  box.querySelector("input[type=file]").value = "";
  check(box, page);
}

function check(box, page) {
  page.checks.get(box)?.end();
  page.checks.delete(box);
  tell(box, { state: "empty", text: box.dataset.empty }, page);
  const file = fileOf(box);
  if (file) {
    const next = new Check(file, box, page.rules, news => tell(box, news, page));
    page.checks.set(box, next);
    next.run();
  }
}

function tell(box, { state, text, problem, other }, page) {
  box.classList.remove("good", "bad", "busy", "unknown");
  if (state !== "empty") box.classList.add(state);
  box.querySelector(".state").textContent = text;
  box.querySelector("[data-remove]").hidden = state === "empty";
  const move = box.querySelector("[data-move]");
  const target = other ? page.rules.boxes.find(b => b.dataset.split === other) : null;
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
  const size = chosen.reduce((sum, box) => sum + fileOf(box).size, 0);
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
  const { form } = page;
  const status = form.querySelector(".status");
  const hindered = hindrance(page);
  if (hindered) {
    showProblems(form, [hindered, ...page.problems.values()]);
    hindered.at.focus();
    return;
  }
  endChecks(page);
  const data = new FormData();
  for (const [name, value] of new FormData(form, submitter)) {
    if (!(value instanceof File) || value.size > 0 || value.name) data.append(name, value);
  }
  const progress = form.querySelector("progress");
  hold(page);
  page.sending = send("/api/submissions", data, (sent, total) => {
    progress.value = sent / total;
    status.textContent = sent < total ? `sending, ${sizeOf(sent)} of ${sizeOf(total)}` : "scoring\u2026";
    page.sending.isWhole = sent === total;
  });
  page.sending.isUnderWay = true;
  const { status: code, body } = await page.sending.outcome;
  page.sending.isUnderWay = false;
  const stopped = page.sending.isWhole ? "Cancelled after the upload. If it was stored, sending the same files again leads to it." : "Cancelled; nothing was stored.";
  if (code === 201 || code === 202) {
    status.textContent = code === 201 ? "scored; opening its page\u2026" : "stored; opening its page\u2026";
    location.assign(body.links.page);
    return;
  }
  release(page, code < 0 ? stopped : "");
  if (code >= 0) {
    const files = [...form.querySelectorAll(".file")].map(fileOf).filter(Boolean);
    showProblems(form, [body ?? await whyNoAnswer(files, true)]);
    if (!form.querySelector("[aria-invalid]")) form.querySelector(".problems").scrollIntoView({ block: "nearest" });
  }
}

// A line that is slow is not shared with checks of what is being sent anyway.
function endChecks(page) {
  for (const [box, running] of page.checks) {
    running.end();
    if (box.classList.contains("busy")) box.querySelector(".state").textContent = "will be checked with the submission";
  }
}

// One press sends once.
function hold(page) {
  const { form } = page;
  page.problems.clear();
  showProblems(form, []);
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
  for (const box of form.querySelectorAll(".file.busy")) check(box, page);
}
