// Reads a prediction file in the browser by the rules of docs/formats.md, so that what is wrong with it is known before it
// is sent. The server reads it again and its word counts: this is the same list of problems, only sooner.

import { linesOf, mayHaveMembers } from "./lines.js";

const shown = 100;
const tolerance = 1e-3 + 1e-12;

/** The problems of a file: the first hundred word for word, every one counted. */
export class Problems {
  items = [];
  counts = {};
  total = 0;

  constructor(file) { this.file = file; }

  add(code, line, column, message, file = this.file) {
    this.total++;
    this.counts[code] = (this.counts[code] ?? 0) + 1;
    if (this.items.length < shown) this.items.push({ file, line, column, code, message });
  }

  /** Adds one of the whole file before all others. */
  addFirst(code, message) {
    this.total++;
    this.counts[code] = (this.counts[code] ?? 0) + 1;
    this.items = [{ file: this.file, code, message }, ...this.items].slice(0, shown);
  }

  /** Leaves one of the whole file, for what is unpacked of a damaged file tells nothing. */
  setOnly(code, message) {
    this.clear();
    this.add(code, undefined, undefined, message);
  }

  clear() { [this.items, this.counts, this.total] = [[], {}, 0]; }

  /** Adds those of another file. */
  addAll(others) {
    this.total += others.total;
    for (const [code, count] of Object.entries(others.counts)) this.counts[code] = (this.counts[code] ?? 0) + count;
    this.items.push(...others.items.slice(0, shown - this.items.length));
  }
}

/**
 * Reads a file.
 * @param file The file, plain or gzip.
 * @param rules What it must predict: split, classes, maxBytes, and ids, the set of ids of each split, where they are known.
 * @returns Its problems, how many images it predicts, whether with probabilities, its ids, whether ids were looked at, and
 * whether only the server can read it.
 */
export async function readPredictions(file, rules) {
  const problems = new Problems(rules.split ?? "file");
  const reading = { rules, problems, own: rules.ids?.get(rules.split), seen: new Map(), hasProbabilities: false };
  let columns = null;
  try {
    for await (const line of linesOf(file, rules.maxBytes)) {
      if (line.fault) problems.add(line.fault, line.number, undefined, line.message);
      if (columns === null) {
        columns = line.fault ? undefined : readHeader(line, reading);
        if (!columns) break;
        reading.hasProbabilities = columns.probabilities.length > 0;
      } else if (!line.fault) {
        readRow(line, columns, reading);
      } else if (line.text) {
        markSeen(fieldsOf(line.text, columns.delimiter).fields[columns.id], line, reading);
      }
    }
  } catch (error) {
    // A browser reads the first member of a gzip file and takes a second for rubbish: such a file is left to the server.
    if (await mayHaveMembers(file)) {
      problems.clear();
      return { problems, images: 0, hasProbabilities: false, ids: new Map(), isWhole: false, isLeft: true };
    }
    problems.setOnly("bad-encoding", `the file cannot be unpacked (${error.message}); pack it again, or send it unpacked`);
    columns = undefined;
  }
  if (columns === null) problems.add("empty-file", undefined, undefined, "the file is empty; its first line must be the header, such as image_id,label");
  if (columns && reading.own) {
    reportMissing(reading);
    recogniseOtherSplit(reading);
  }
  return { problems, images: reading.seen.size, hasProbabilities: reading.hasProbabilities, ids: reading.seen, isWhole: Boolean(columns && reading.own) };
}

/** The ids of a file that is in order, such as a template. */
export function idsIn(text) {
  const lines = text.split(/\r?\n/).filter(line => line !== "");
  const at = fieldsOf(lines[0] ?? "", ",").fields.indexOf("image_id");
  return new Set(lines.slice(1).map(line => fieldsOf(line, ",").fields[at]));
}

/** The split whose ids a file has: all of them and no other, or else the only one that has all of the file's. */
export function splitOf(fileIds, ids) {
  if (fileIds.size === 0) return null;
  const holding = [...ids].filter(([, known]) => known.size >= fileIds.size && [...fileIds.keys()].every(id => known.has(id)));
  const same = holding.filter(([, known]) => known.size === fileIds.size);
  if (same.length > 0) return same.length === 1 ? same[0][0] : null;
  return holding.length === 1 ? holding[0][0] : null;
}

function readHeader(line, { rules, problems }) {
  const delimiter = delimiterOf(line.text);
  const { fields, fault } = fieldsOf(line.text, delimiter);
  if (fault) {
    problems.add("wrong-field-count", line.number, undefined, fault);
    return undefined;
  }
  const probabilities = rules.classes.map((_, index) => `p${index}`);
  const known = ["image_id", "label", ...probabilities];
  const meant = name => known.find(k => k.toLowerCase() === name.trim().toLowerCase());
  if (!fields.some(meant)) {
    problems.add("missing-header", line.number, undefined, `the first line is "${short(fields[0])}"... and names no known column; put a header such as image_id,label above the data`);
    return undefined;
  }
  const at = new Map();
  fields.forEach((name, i) => {
    if (!known.includes(name)) {
      problems.add("unknown-column", line.number, short(name), `column ${i + 1} is named "${short(name)}"; ${meant(name) ? `write ${meant(name)}` : "remove it"}`);
    } else if (at.has(name)) {
      problems.add("duplicate-column", line.number, name, `columns ${at.get(name) + 1} and ${i + 1} are both named ${name}; keep one`);
    }
    const column = meant(name);
    if (column && !at.has(column)) at.set(column, i);
  });
  const given = probabilities.filter(name => at.has(name));
  const missing = [...(at.has("image_id") ? [] : ["image_id"]), ...(at.has("label") || given.length > 0 ? [] : ["label"]),
    ...(given.length > 0 ? probabilities.filter(name => !at.has(name)) : [])];
  for (const name of missing) {
    const why = name === "image_id" ? "it names the image of each line" : name === "label" ? `it holds the predicted class (or give p0 to ${probabilities.at(-1)})`
      : `probabilities are given for all classes, p0 to ${probabilities.at(-1)}, or for none`;
    problems.add("missing-column", line.number, name, `the header has no column ${name}; ${why}`);
  }
  return missing.length > 0 ? undefined : {
    delimiter, count: fields.length, id: at.get("image_id"), label: at.get("label"),
    probabilities: given.length > 0 ? probabilities.map(name => at.get(name)) : [],
    labels: labelsOf(rules.classes),
  };
}

/** Every word that a class may be written as: its index, its name, its short name, in any case. */
function labelsOf(classes) {
  return new Set(classes.flatMap(({ name, short }, index) => [String(index), name.toLowerCase(), short.toLowerCase()]));
}

function readRow(line, columns, { rules, problems, own, seen }) {
  const { fields, fault } = fieldsOf(line.text, columns.delimiter);
  const id = fields[columns.id];
  if (fault) {
    problems.add("wrong-field-count", line.number, undefined, fault);
    markSeen(id, line, { own, seen });
    return;
  }
  if (id !== undefined) {
    if (own && !own.has(id)) {
      problems.add("unknown-image", line.number, "image_id", `${rules.split} has no image "${short(id)}"${own.has(id.trim()) ? "; remove the spaces around it" : ""}`);
    } else if (seen.has(id)) {
      problems.add("duplicate-image", line.number, "image_id", `image "${short(id)}" has a line already, line ${seen.get(id)}; keep one of the two`);
    }
    if (!seen.has(id)) seen.set(id, line.number);
  }
  if (fields.length !== columns.count) {
    problems.add("wrong-field-count", line.number, undefined, `the line has ${fields.length} field${fields.length === 1 ? "" : "s"} where the header has ${columns.count}`);
    return;
  }
  readProbabilities(line, fields, columns, problems);
  if (columns.label !== undefined && !columns.labels.has(fields[columns.label].toLowerCase())) {
    problems.add("unknown-class", line.number, "label", `"${short(fields[columns.label])}" is not a class; a label is 0 to ${rules.classes.length - 1}, or a class name such as ${rules.classes[0].short}, without spaces around it`);
  }
}

/** Notes the image of a broken line where it can still be read, so that the line is not reported missing too. */
function markSeen(id, line, { own, seen }) {
  if (id !== undefined && !seen.has(id) && (!own || own.has(id))) seen.set(id, line.number);
}

function readProbabilities(line, fields, { probabilities }, problems) {
  let sum = 0;
  let isGood = true;
  probabilities.forEach((at, k) => {
    const text = fields[at];
    const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
    if (value >= 0 && value <= 1) {
      sum += value;
    } else {
      isGood = false;
      problems.add("bad-probability", line.number, `p${k}`, `"${short(text)}" is not a probability; write a number from 0 to 1`);
    }
  });
  if (isGood && probabilities.length > 0 && Math.abs(sum - 1) > tolerance) {
    problems.add("probability-sum", line.number, undefined, `the probabilities sum to ${Number(sum.toFixed(6))}; they must sum to 1 within 0.001`);
  }
}

function reportMissing({ rules, problems, own, seen }) {
  for (const id of own) {
    if (!seen.has(id)) {
      problems.add("missing-image", undefined, "image_id", `image "${short(id)}" has no line; every image of ${rules.split} (${own.size.toLocaleString("en")}) needs one`);
    }
  }
}

/** Where the file predicts exactly the images of another split, says so before all else: it explains the rest. */
function recogniseOtherSplit({ rules, problems, own, seen }) {
  const ids = [...seen.keys()];
  if (problems.total === 0 || (ids.length === own.size && ids.every(id => own.has(id)))) return;
  const other = [...rules.ids].find(([name, known]) => name !== rules.split && known.size === ids.length && ids.every(id => known.has(id)));
  if (other) {
    problems.addFirst("wrong-split", `the file predicts the ${ids.length.toLocaleString("en")} images of ${other[0]}, not those of ${rules.split}; send it as ${other[0]}`);
  }
}

/** The first comma, tab or semicolon outside quotes. */
function delimiterOf(text) {
  return /[,\t;]/.exec(text.replace(/"[^"]*"?/g, quoted => "x".repeat(quoted.length)))?.[0] ?? ",";
}

/** The fields of a line; quotes inside a quoted field are doubled. */
function fieldsOf(text, delimiter) {
  if (!text.includes('"')) return { fields: text.split(delimiter) };
  const fields = [];
  let at = 0;
  while (at <= text.length) {
    if (text[at] !== '"') {
      const end = text.indexOf(delimiter, at);
      fields.push(text.slice(at, end < 0 ? text.length : end));
      at = end < 0 ? text.length + 1 : end + 1;
      continue;
    }
    const quoted = /^"((?:[^"]|"")*)"/.exec(text.slice(at));
    if (!quoted) return { fields, fault: "a quote is opened and not closed on this line; a field must not span lines" };
    fields.push(quoted[1].replaceAll('""', '"'));
    at += quoted[0].length;
    if (at < text.length && text[at] !== delimiter) return { fields, fault: "text follows a closing quote; double a quote that belongs to the field" };
    at++;
  }
  return { fields };
}

function short(text) {
  return text === undefined ? "" : text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
