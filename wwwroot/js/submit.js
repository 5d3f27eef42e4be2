// Makes the submit form quick: files can be dropped anywhere on a test set's box and are checked at once, problems are
// listed without leaving the page, and the upload shows its progress. Without this script the form works as it stands.

const form = document.querySelector("form[data-submit]");
if (form) start(form);

function start(form) {
  for (const box of form.querySelectorAll(".file")) acceptDrops(box, form);
  form.addEventListener("change", event => {
    if (event.target.type === "file") check(event.target, form);
  });
  form.addEventListener("submit", event => {
    event.preventDefault();
    submit(form);
  });
}

function acceptDrops(box, form) {
  const input = box.querySelector("input[type=file]");
  box.addEventListener("dragover", event => { event.preventDefault(); box.classList.add("over"); });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", event => {
    event.preventDefault();
    box.classList.remove("over");
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    check(input, form);
  });
}

// Sends one file alone to be checked; the fields are not the point yet.
async function check(input, form) {
  const box = input.closest(".file");
  const state = box?.querySelector(".state");
  if (!state) return;
  box.classList.remove("good", "bad");
  showProblems(form, null);
  if (input.files.length === 0) {
    state.textContent = "";
    return;
  }
  const limit = Number(form.dataset.maxBytes);
  if (input.files[0].size > limit) {
    box.classList.add("bad");
    state.textContent = `${input.files[0].size.toLocaleString("en")} bytes; ${limit.toLocaleString("en")} are allowed: pack it as .gz or leave probabilities out`;
    return;
  }
  state.textContent = "checking…";
  const data = new FormData();
  data.set("benchmark", form.elements.benchmark.value);
  data.set("method", "check");
  data.set("submitter", "check");
  data.set(input.name, input.files[0]);
  try {
    const answer = await fetch("/api/submissions/validate", { method: "POST", body: data });
    const body = await answer.json();
    box.classList.add(answer.ok ? "good" : "bad");
    if (answer.ok) {
      const split = body.splits[0];
      state.textContent = `${split.images.toLocaleString("en")} images, complete${split.probabilities ? ", with probabilities" : ""}`;
    } else {
      state.textContent = body.errorCount ? `${body.errorCount.toLocaleString("en")} problem${body.errorCount === 1 ? "" : "s"}, listed below` : body.title;
      showProblems(form, body);
    }
  } catch {
    state.textContent = "not checked: the server did not answer";
  }
}

// XMLHttpRequest, for fetch does not tell how much was sent.
function submit(form) {
  const progress = form.querySelector("progress");
  const status = form.querySelector(".status");
  const button = form.querySelector("button[type=submit]");
  const request = new XMLHttpRequest();
  const data = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (!(value instanceof File) || value.size > 0 || value.name) data.append(name, value);
  }
  button.disabled = true;
  progress.hidden = false;
  progress.value = 0;
  status.textContent = "sending…";
  showProblems(form, null);
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
    button.disabled = false;
    progress.hidden = true;
    status.textContent = "";
    showProblems(form, body ?? { title: "The server did not answer", detail: "Nothing is known to be stored; look at the leaderboard before you send it again." });
    form.querySelector(".problems").scrollIntoView({ block: "nearest" });
  }
}

// Everything is set as text: a file's content never becomes markup.
function showProblems(form, problem) {
  const place = form.querySelector(".problems");
  place.replaceChildren();
  if (!problem) return;
  place.append(paragraph(problem.title, problem.detail));
  if (problem.submission) {
    const link = document.createElement("a");
    link.href = problem.submission.page;
    link.textContent = "See its scores";
    place.append(link);
  }
  if (problem.errors?.length) place.append(table(problem.errors));
}

function paragraph(title, detail) {
  const element = document.createElement("p");
  const strong = document.createElement("b");
  strong.textContent = `${title ?? "Refused"}. `;
  element.append(strong, detail ?? "");
  return element;
}

function table(errors) {
  const element = document.createElement("table");
  element.className = "problem-list";
  const head = element.createTHead().insertRow();
  for (const title of ["File", "Line", "Column", "Problem"]) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = title;
    head.append(cell);
  }
  const body = element.createTBody();
  for (const error of errors) {
    const row = body.insertRow();
    row.insertCell().textContent = error.file ?? error.field ?? "";
    const line = row.insertCell();
    line.className = "num";
    line.textContent = error.line ?? "–";
    row.insertCell().textContent = error.column ?? "–";
    const what = row.insertCell();
    const code = document.createElement("code");
    code.textContent = error.code;
    what.append(code, ` ${error.message}`);
  }
  return element;
}
