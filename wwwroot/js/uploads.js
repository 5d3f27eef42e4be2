// Uploads a file as soon as it is chosen. The server checks it and keeps it for a day; submitting refers to it by its id.

import { send, sizeOf, whyNoAnswer } from "./upload.js";

/** The benchmark of the form: its splits, and the size limit of a file. */
export class Rules {
  constructor(form) {
    this.benchmark = form.elements.benchmark.value;
    this.maxBytes = Number(form.dataset.maxBytes);
    this.boxes = [...form.querySelectorAll(".file[data-split]")];
  }

  /** The field of a split; undefined if the form has none. */
  boxOf(split) {
    return this.boxes.find(box => box.dataset.split === split);
  }

  /** A split's name on pages. */
  titleOf(split) {
    return this.boxOf(split)?.dataset.title ?? split;
  }
}

/** One file on its way to the server. */
export class Upload {
  #request;
  #isOver = false;

  /** The document of the upload; null until it is stored. */
  document = null;

  /**
   * @param file The file.
   * @param split The split that it was chosen for; empty to let the image ids decide.
   * @param rules What holds for it.
   * @param tell Called with { text, state, problem, other, warnings }: state is busy, good, bad or unknown.
   */
  constructor(file, split, rules, tell) {
    Object.assign(this, { file, split, rules });
    this.tell = news => { if (!this.#isOver) tell(news); };
  }

  /** Stops it; nothing more is told. */
  abort() {
    this.#isOver = true;
    this.#request?.abort();
  }

  /** Stops it and deletes what is stored, because another file was chosen. */
  discard() {
    this.abort();
    if (this.document) {
      fetch(`/api/uploads/${this.document.id}`, { method: "DELETE", keepalive: true }).catch(() => {});
      forget(this);
    }
  }

  /** Uploads the file, unless the server still has it. */
  async run() {
    const { file, rules } = this;
    if (file.size > rules.maxBytes) {
      this.tell({ state: "bad", text: `${sizeOf(file.size)}; ${sizeOf(rules.maxBytes)} are allowed. Compress it as .gz or leave out the probabilities` });
      return;
    }
    this.tell({ state: "busy", text: "uploading\u2026" });
    const known = await recall(this);
    if (this.#isOver) return;
    if (known) this.#take(known);
    else await this.#send();
  }

  /** Takes what the server said of the same file before. */
  async adopt(document) {
    remember(this, document.id);
    this.#take(document);
  }

  async #send() {
    const { file, split, rules } = this;
    const data = new FormData();
    data.set("benchmark", rules.benchmark);
    if (split) data.set("split", split);
    data.set("file", file);
    const { request, outcome } = send("/api/uploads", data, (sent, total) => {
      const text = sent < total ? `uploading, ${Math.floor(100 * sent / total)}% of ${sizeOf(total)}\u2026` : "checking\u2026";
      this.tell({ state: "busy", text, progress: sent / total });
    });
    this.#request = request;
    const { status, body } = await outcome;
    if (this.#isOver) return;
    if (status === 201) {
      remember(this, body.id);
      this.#take(body);
    } else if (body?.errorCount) {
      this.tell({ state: "bad", text: countText(body.errorCount), problem: body });
    } else {
      const why = body ?? await whyNoAnswer([file], false);
      this.tell({ state: "unknown", text: `not checked. ${why.title}: ${why.detail}` });
    }
  }

  #take(document) {
    this.document = document;
    const { split, rules } = this;
    if (split && document.split && document.split !== split) {
      const text = `these are the ${document.images.toLocaleString("en")} images of ${rules.titleOf(document.split)}, not those of ${rules.titleOf(split)}`;
      this.tell({ state: "bad", text, other: document.split });
    } else {
      this.tell({ state: "good", text: describe(document), warnings: document.warnings });
    }
  }
}

/** What is said about an upload that is in order. */
export function describe({ splits }) {
  return splits.map(split => describeSplit(split, splits.length > 1)).join("; ");
}

function describeSplit(split, isOneOfMany) {
  return `${isOneOfMany ? `${split.split}: ` : ""}${split.images.toLocaleString("en")} images, complete${split.probabilities ? ", with probabilities" : ""}`;
}

function countText(count) {
  return `${count.toLocaleString("en")} problem${count === 1 ? "" : "s"}, listed below`;
}

// The same file chosen again, for instance after a reload, is not sent again while the server has it.
function keyOf({ file, split, rules }) {
  return `upload ${JSON.stringify([rules.benchmark, split, file.name, file.size, file.lastModified])}`;
}

function remember(upload, id) {
  try {
    sessionStorage.setItem(keyOf(upload), id);
  } catch {
    // A browser may forbid storage; the file is then sent again.
  }
}

function forget(upload) {
  try {
    sessionStorage.removeItem(keyOf(upload));
  } catch {
    // As above.
  }
}

async function recall(upload) {
  try {
    const id = sessionStorage.getItem(keyOf(upload));
    const answer = id ? await fetch(`/api/uploads/${id}`) : null;
    if (answer?.ok) return await answer.json();
  } catch {
    // The upload itself tells what is wrong with the connection.
  }
  forget(upload);
  return null;
}
