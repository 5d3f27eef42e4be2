// Makes the submit form quick: files can be dropped, several at once or a zip of all, and go to the test set that their
// names say; each is looked at in the browser, then checked by the server; problems are listed by kind without leaving the
// page, and the upload shows its progress. Without this script the form works as it stands.

const form = document.querySelector("form[data-submit]");
if (form) start(form);

function start(form) {
  const page = { form, problems: new Map(), checks: new Map(), advice: adviceOf(form) };
  const drop = form.querySelector("[data-drop]");
  const several = drop.querySelector("input");
  drop.hidden = false;
  acceptDrops(drop, files => assign(files, page));
  several.addEventListener("change", () => {
    assign(several.files, page);
    several.value = "";
  });
  for (const box of form.querySelectorAll(".file")) {
    acceptDrops(box, files => files.length === 1 ? put(files[0], box, page) : assign(files, page));
  }
  form.addEventListener("change", event => {
    if (event.target.type === "file" && event.target.name) check(event.target, page);
  });
  form.addEventListener("submit", event => {
    event.preventDefault();
    submit(page, event.submitter);
  });
}

// The words that say how to mend each kind of problem stand in the page.
function adviceOf(form) {
  const terms = [...form.querySelectorAll("[data-advice] dt")];
  return new Map(terms.map(term => [term.textContent, term.nextElementSibling.textContent]));
}

function acceptDrops(box, take) {
  box.addEventListener("dragover", event => { event.preventDefault(); box.classList.add("over"); });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", event => {
    event.preventDefault();
    box.classList.remove("over");
    if (event.dataTransfer.files.length > 0) take(event.dataTransfer.files);
  });
}

// Puts each file to the test set that its name says; what no name says is told and left out.
function assign(files, page) {
  const unknown = [];
  for (const file of files) {
    const box = boxFor(file.name, page.form);
    if (box) put(file, box, page);
    else unknown.push(file.name);
  }
  page.form.querySelector("[data-drop] .state").textContent = unknown.length === 0
    ? ""
    : `${unknown.join(", ")}: the name says no test set; drop ${unknown.length === 1 ? "it" : "each"} on the one it is for.`;
}

// "Test 1", "my-model_test1.csv.gz", "predictions(test1).csv": the name of a test set as a word of its own. Of two that
// fit, neither is meant.
function boxFor(name, form) {
  const words = name.toLowerCase().replace(/\.(csv|tsv|txt|gz|zip)/g, "");
  const boxes = [...form.querySelectorAll(".file[data-split]")].filter(box =>
    [box.dataset.split, box.dataset.title].some(title => isWordIn(title.toLowerCase(), words)));
  if (boxes.length === 1) return boxes[0];
  return boxes.length === 0 && /\.zip$/i.test(name) ? form.querySelector(".file[data-zip]") : null;
}

function isWordIn(title, words) {
  const pattern = title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/(?<=[a-z])(?=\d)|\s+/g, "[\\s_-]*");
  return new RegExp(`(^|[^a-z0-9])${pattern}($|[^a-z0-9])`).test(words);
}

function put(file, box, page) {
  const transfer = new DataTransfer();
  transfer.items.add(file);
  const input = box.querySelector("input[type=file]");
  input.files = transfer.files;
  check(input, page);
}

// Looks at a file at once, here, and sends it alone to be checked; the fields are not the point yet.
async function check(input, page) {
  const box = input.closest(".file");
  const state = box.querySelector(".state");
  page.checks.get(input.name)?.abort();
  page.problems.delete(input.name);
  box.classList.remove("good", "bad");
  showProblems(page);
  const file = input.files[0];
  if (!file) {
    state.textContent = box.dataset.images ? `${Number(box.dataset.images).toLocaleString("en")} images` : "instead of single files";
    return;
  }
  const limit = Number(page.form.dataset.maxBytes);
  if (file.size > limit) {
    box.classList.add("bad");
    state.textContent = `${file.size.toLocaleString("en")} bytes; ${limit.toLocaleString("en")} are allowed: pack it as .gz or leave probabilities out`;
    return;
  }
  const request = new XMLHttpRequest();
  page.checks.set(input.name, request);
  const glance = await glanceAt(file, Number(box.dataset.images));
  if (page.checks.get(input.name) !== request) return;
  state.textContent = `${glance}checking…`;
  const data = new FormData();
  data.set("benchmark", page.form.elements.benchmark.value);
  data.set("method", "check");
  data.set("submitter", "check");
  data.set(input.name, file);
  request.upload.addEventListener("progress", event => {
    if (event.lengthComputable && event.loaded < event.total) state.textContent = `${glance}sending to be checked, ${Math.floor(100 * event.loaded / event.total)}%…`;
    else state.textContent = `${glance}checking…`;
  });
  request.addEventListener("load", () => showCheck(box, state, request.status, request.response));
  request.addEventListener("error", () => { state.textContent = "not checked: the server did not answer"; });
  request.open("POST", "/api/submissions/validate");
  request.responseType = "json";
  request.send(data);

  function showCheck(box, state, status, body) {
    const isGood = status === 200;
    box.classList.add(isGood ? "good" : "bad");
    if (isGood) {
      state.textContent = body.splits.map(split => describe(split, body.splits.length > 1)).join("; ");
    } else if (body?.errorCount) {
      state.textContent = `${body.errorCount.toLocaleString("en")} problem${body.errorCount === 1 ? "" : "s"}, listed below`;
      page.problems.set(input.name, body);
      showProblems(page);
    } else {
      state.textContent = body?.detail ?? "not checked: the server did not answer";
    }
  }
}

function describe(split, isOneOfMany) {
  return `${isOneOfMany ? `${split.split}: ` : ""}${split.images.toLocaleString("en")} images, complete${split.probabilities ? ", with probabilities" : ""}`;
}

// What can be said before the server has the file: nothing of packed ones, and nothing where it would take long.
async function glanceAt(file, images) {
  if (!images || /\.(gz|zip)$/i.test(file.name) || file.size > 16 << 20) return "";
  const lines = (await file.text()).split(/\r\n|\n|\r/).filter(line => line.trim() !== "").length - 1;
  return lines === images ? "" : `${Math.max(lines, 0).toLocaleString("en")} lines for ${images.toLocaleString("en")} images; `;
}

// XMLHttpRequest, for fetch does not tell how much was sent.
function submit(page, submitter) {
  const form = page.form;
  const progress = form.querySelector("progress");
  const status = form.querySelector(".status");
  const buttons = form.querySelectorAll("button[type=submit]");
  const request = new XMLHttpRequest();
  const data = new FormData();
  for (const [name, value] of new FormData(form, submitter)) {
    if (!(value instanceof File) || value.size > 0 || value.name) data.append(name, value);
  }
  for (const button of buttons) button.disabled = true;
  progress.hidden = false;
  progress.value = 0;
  status.textContent = "sending…";
  page.problems.clear();
  showProblems(page);
  request.upload.addEventListener("progress", event => {
    if (event.lengthComputable) progress.value = event.loaded / event.total;
    if (event.loaded === event.total) status.textContent = "scoring…";
  });
  request.addEventListener("load", () => finish(request.status, request.response));
  request.addEventListener("error", () => finish(0, null));
  request.open("POST", "/api/submissions");
  request.responseType = "json";
  request.send(data);

  function finish(code, body) {
    if (code === 201 || code === 202) {
      location.assign(body.links.page);
      return;
    }
    for (const button of buttons) button.disabled = false;
    progress.hidden = true;
    status.textContent = "";
    page.problems.set("", body ?? { title: "The server did not answer", detail: "Nothing is known to be stored; look at the leaderboard before you send it again." });
    showProblems(page);
    form.querySelector(".problems").scrollIntoView({ block: "nearest" });
  }
}

// Everything is set as text: a file's content never becomes markup.
function showProblems(page) {
  const place = page.form.querySelector(".problems");
  place.replaceChildren();
  for (const problem of page.problems.values()) {
    place.append(paragraph(problem.title, problem.detail));
    if (problem.submission) {
      const link = document.createElement("a");
      link.href = problem.submission.page;
      link.textContent = "See its scores";
      place.append(link);
    }
  }
  const lists = [...page.problems.values()];
  const errors = lists.flatMap(problem => problem.errors ?? []);
  for (const code of new Set(errors.map(error => error.code))) {
    const ofKind = errors.filter(error => error.code === code);
    const total = lists.reduce((sum, problem) => sum + (problem.errorCounts?.[code] ?? (problem.errors ?? []).filter(error => error.code === code).length), 0);
    place.append(kind(code, total, ofKind, page.advice.get(code)));
  }
}

const shownAtOnce = 8;

function kind(code, total, errors, advice) {
  const section = element("section", "kind-of-problem");
  const heading = section.appendChild(element("h3"));
  heading.append(element("code", "", code), ` ${total.toLocaleString("en")}${errors.length < total ? `, the first ${errors.length} listed` : ""}`);
  if (advice) section.append(element("p", "fix", advice));
  section.append(scrolling(table(errors.slice(0, shownAtOnce)), code));
  if (errors.length > shownAtOnce) {
    const more = section.appendChild(element("details"));
    more.append(element("summary", "", `${errors.length - shownAtOnce} more`), scrolling(table(errors.slice(shownAtOnce)), code));
  }
  return section;
}

function scrolling(content, code) {
  const area = element("div", "scroll");
  area.tabIndex = 0;
  area.role = "group";
  area.ariaLabel = `Problems of the kind ${code}, scrolls sideways`;
  area.append(content);
  return area;
}

function paragraph(title, detail) {
  const paragraph = element("p");
  paragraph.append(element("b", "", `${title ?? "Refused"}. `), detail ?? "");
  return paragraph;
}

function table(errors) {
  const table = element("table", "problem-list");
  const head = table.createTHead().insertRow();
  for (const title of ["File", "Line", "Column", "Problem"]) {
    const cell = head.appendChild(element("th", title === "Line" ? "num" : "", title));
    cell.scope = "col";
  }
  const body = table.createTBody();
  for (const error of errors) {
    const row = body.insertRow();
    row.insertCell().textContent = error.file ?? error.field ?? "";
    const line = row.insertCell();
    line.className = "num";
    line.textContent = error.line ?? "–";
    row.insertCell().textContent = error.column ?? "–";
    row.insertCell().textContent = error.message;
  }
  return table;
}

function element(name, className, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}
