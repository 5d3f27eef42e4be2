// Shows problems below the form, grouped by code, each with advice and its lines. Problems of a field are shown at the
// field. All content is set as text, so a file's content never becomes markup.

const initialRows = 8, minimumSimilar = 4, maximumListed = 5, maximumValues = 2;

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
  const rows = mergeSimilar(errors);
  section.append(scrolling(table(rows.slice(0, initialRows)), code));
  if (rows.length > initialRows) {
    const more = section.appendChild(element("details"));
    more.append(element("summary", "", `${rows.length - initialRows} more`), scrolling(table(rows.slice(initialRows)), code));
  }
  return section;
}

// Makes one row of problems whose messages differ only in a value or two, such as the ids of 43 missing images, as ProblemRow.cs
// does for pages without a script.
function mergeSimilar(errors) {
  const groups = [];
  for (const error of errors) {
    const similar = groups.find(group => valueOf(group[0], error) !== null);
    if (similar) similar.push(error);
    else groups.push([error]);
  }
  const isOneRow = group => group.length >= minimumSimilar || group.every(error => error.message === group[0].message);
  return groups.flatMap(group => isOneRow(group) ? [group] : group.map(error => [error])).map(row);
}

function row(group) {
  const [first] = group;
  const values = [...new Set(group.slice(1).map(error => valueOf(first, error)).filter(value => value))];
  return {
    file: first.file ?? first.field ?? "",
    lines: linesOf(group.map(error => error.line).filter(line => line !== undefined && line !== null)),
    column: first.column ?? "\u2013",
    message: first.message,
    others: values.length === 0 ? null : `and ${(group.length - 1).toLocaleString("en")} more: ${join(values)}`,
  };
}

// The value in which a problem differs from the first one of a row: empty for the same message, null if it is another row.
function valueOf(first, other) {
  if (first.file !== other.file || first.column !== other.column || (first.line == null) !== (other.line == null)) return null;
  const words = first.message.split(" "), others = other.message.split(" ");
  if (words.length !== others.length) return null;
  const different = others.filter((word, i) => word !== words[i]);
  return different.length > Math.min(maximumValues, Math.floor(words.length / 2)) ? null : (different[0] ?? "").replace(/[,;:]+$/, "");
}

function linesOf(lines) {
  const ranges = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last && line === last[1] + 1) last[1] = line;
    else ranges.push([line, line]);
  }
  return ranges.length === 0 ? "\u2013" : join(ranges.map(([first, last]) => first === last ? `${first}` : `${first}\u2013${last}`));
}

const join = texts => texts.slice(0, maximumListed).join(", ") + (texts.length > maximumListed ? ", ..." : "");

function scrolling(content, code) {
  const area = element("div", "scroll");
  area.tabIndex = 0;
  area.role = "group";
  area.ariaLabel = `${code} problems, scrolls sideways`;
  area.append(content);
  return area;
}

function table(rows) {
  const table = element("table", "problem-list");
  const head = table.createTHead().insertRow();
  for (const title of ["File", "Line", "Column", "Problem"]) {
    const cell = head.appendChild(element("th", title === "Line" ? "num" : "", title));
    cell.scope = "col";
  }
  const body = table.createTBody();
  for (const { file, lines, column, message, others } of rows) {
    const row = body.insertRow();
    row.insertCell().textContent = file;
    row.append(element("td", "num", lines));
    row.insertCell().textContent = column;
    const text = row.insertCell();
    text.textContent = message;
    if (others) text.append(" ", element("small", "others", others));
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
