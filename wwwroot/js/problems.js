// Shows problems below the form: by kind, each with what to do about it and the lines where it is. What is wrong with a
// field is said at the field. Everything is set as text: a file's content never becomes markup.

const shownAtOnce = 8;

/** Shows what was refused, one problem document each, and takes away what was shown before. */
export function showProblems(form, documents) {
  const place = form.querySelector(".problems");
  place.replaceChildren();
  clearFields(form);
  if (documents.length === 0) return;

  // Only what it comes to is read out at once, not each line.
  const said = place.appendChild(element("div"));
  said.role = "alert";
  const ofFiles = documents.filter(problem => problem.errorCounts);
  for (const problem of documents) if (!problem.errorCounts) said.append(summary(problem));
  if (ofFiles.length > 0) said.append(summaryOfFiles(ofFiles));
  const errors = documents.flatMap(problem => problem.errors ?? []).filter(error => !showAtField(form, error));
  for (const code of new Set(errors.map(error => error.code))) {
    const ofKind = errors.filter(error => error.code === code);
    const total = documents.reduce((sum, problem) => sum + (problem.errorCounts?.[code] ?? (problem.errors ?? []).filter(error => error.code === code).length), 0);
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

// What is wrong with several files is one list; each was checked by itself.
function summaryOfFiles(documents) {
  const total = documents.reduce((sum, problem) => sum + problem.errorCount, 0);
  const paragraph = element("p");
  paragraph.append(
    element("b", "", `${total.toLocaleString("en")} problem${total === 1 ? "" : "s"} in ${documents.length === 1 ? "one file" : `${documents.length} files`}.`),
    documents.some(problem => problem.isLocal) ? " Found in the browser before anything was sent." : " Nothing was stored.",
    " Each kind of problem says what to do. Choose the file again after fixing it.");
  return paragraph;
}

function showAtField(form, { field, message }) {
  const input = field ? form.elements.namedItem(field) : null;
  if (!(input instanceof HTMLElement) || input.type === "file" || input.type === "hidden") return false;
  const said = element("small", "field-problem", message);
  said.id = `problem-${field}`;
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", said.id);
  input.after(said);
  return true;
}

function clearFields(form) {
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
  for (const said of form.querySelectorAll(".field-problem")) said.remove();
}

// The words that say how to mend each kind of problem stand in the page.
function adviceOf(form, code) {
  const term = [...form.querySelectorAll("[data-advice] dt")].find(dt => dt.textContent === code);
  return term?.nextElementSibling.textContent;
}

function kind(code, total, errors, advice) {
  const section = element("section", "kind-of-problem");
  const heading = section.appendChild(element("h2"));
  heading.append(element("code", "", code), ` ${total.toLocaleString("en")}${errors.length < total ? `, first ${errors.length} shown` : ""}`);
  if (advice) section.append(element("p", "fix", advice));
  const rows = inRuns(errors);
  section.append(scrolling(table(rows.slice(0, shownAtOnce)), code));
  if (rows.length > shownAtOnce) {
    const more = section.appendChild(element("details"));
    more.append(element("summary", "", `${rows.length - shownAtOnce} more`), scrolling(table(rows.slice(shownAtOnce)), code));
  }
  return section;
}

// The same thing said of lines in a row is said once.
function inRuns(errors) {
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
  area.ariaLabel = `Problems of the kind ${code}, scrolls sideways`;
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
    line.textContent = error.line === undefined || error.line === null ? "\u2013" : error.line === error.last ? error.line : `${error.line}\u2013${error.last}`;
    row.insertCell().textContent = error.column ?? "\u2013";
    row.insertCell().textContent = error.message;
  }
  return table;
}

/** An element with a class and a text. */
export function element(name, className, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}
