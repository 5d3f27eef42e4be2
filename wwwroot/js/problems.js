// Shows problems below the form, grouped by code, each with advice and its lines. Problems of a field are shown at the
// field. All content is set as text, so a file's content never becomes markup.

const initialRows = 8;

/** Shows problem documents, and removes those shown before. */
export function showProblems(form, documents) {
  const place = form.querySelector(".problems");
  place.replaceChildren();
  clearFields(form);
  if (documents.length === 0) return;

  // Only the summary is an alert, so screen readers do not read out every line.
  const alert = place.appendChild(element("div"));
  alert.role = "alert";
  const ofFiles = documents.filter(problem => problem.errorCounts);
  for (const problem of documents) if (!problem.errorCounts) alert.append(summary(problem));
  if (ofFiles.length > 0) alert.append(summaryOfFiles(ofFiles));
  const errors = documents.flatMap(problem => problem.errors ?? []).filter(error => !showAtField(form, error));
  for (const code of new Set(errors.map(error => error.code))) {
    const ofKind = errors.filter(error => error.code === code);
    const countIn = problem => problem.errorCounts?.[code] ?? (problem.errors ?? []).filter(error => error.code === code).length;
    const total = documents.reduce((sum, problem) => sum + countIn(problem), 0);
    place.append(kind(code, total, ofKind, adviceOf(form, code)));
  }
  form.querySelector("[aria-invalid=true]")?.focus();
}

function summary(problem) {
  const paragraph = element("p");
  paragraph.append(element("b", "", `${problem.title ?? "Rejected"}.`), ` ${problem.detail ?? ""} `);
  if (problem.submission) {
    const link = paragraph.appendChild(element("a", "", "See its scores"));
    link.href = problem.submission.page;
  }
  return paragraph;
}

// Summarises the problems of several files, which were checked separately.
function summaryOfFiles(documents) {
  const total = documents.reduce((sum, problem) => sum + problem.errorCount, 0);
  const paragraph = element("p");
  const files = documents.length === 1 ? "one file" : `${documents.length} files`;
  paragraph.append(
    element("b", "", `${total.toLocaleString("en")} problem${total === 1 ? "" : "s"} in ${files}.`),
    " Nothing was stored. Each kind of problem says what to do. Choose the file again after fixing it.");
  return paragraph;
}

function showAtField(form, { field, message }) {
  const input = field ? form.elements.namedItem(field) : null;
  if (!(input instanceof HTMLElement) || input.type === "file" || input.type === "hidden") return false;
  const note = element("small", "field-problem", message);
  note.id = `problem-${field}`;
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", note.id);
  input.after(note);
  return true;
}

function clearFields(form) {
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
  for (const note of form.querySelectorAll(".field-problem")) note.remove();
}

// The page contains the advice for each problem code.
function adviceOf(form, code) {
  const term = [...form.querySelectorAll("[data-advice] dt")].find(dt => dt.textContent === code);
  return term?.nextElementSibling.textContent;
}

function kind(code, total, errors, advice) {
  const section = element("section", "kind-of-problem");
  const heading = section.appendChild(element("h2"));
  heading.append(element("code", "", code), ` ${total.toLocaleString("en")}${errors.length < total ? `, first ${errors.length} shown` : ""}`);
  if (advice) section.append(element("p", "fix", advice));
  const rows = mergeLines(errors);
  section.append(scrolling(table(rows.slice(0, initialRows)), code));
  if (rows.length > initialRows) {
    const more = section.appendChild(element("details"));
    more.append(element("summary", "", `${rows.length - initialRows} more`), scrolling(table(rows.slice(initialRows)), code));
  }
  return section;
}

// Merges problems with the same message on consecutive lines.
function mergeLines(errors) {
  const rows = [];
  for (const error of errors) {
    const row = rows.at(-1);
    if (row && error.line === row.last + 1 && ["file", "column", "message"].every(part => row[part] === error[part])) row.last = error.line;
    else rows.push({ ...error, last: error.line });
  }
  return rows;
}

function scrolling(content, code) {
  const area = element("div", "scroll");
  area.tabIndex = 0;
  area.role = "group";
  area.ariaLabel = `${code} problems, scrolls sideways`;
  area.append(content);
  return area;
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
    const lines = error.line === error.last ? error.line : `${error.line}\u2013${error.last}`;
    line.textContent = error.line === undefined || error.line === null ? "\u2013" : lines;
    row.insertCell().textContent = error.column ?? "\u2013";
    row.insertCell().textContent = error.message;
  }
  return table;
}

/** Creates an element with a class and a text. */
export function element(name, className, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}
