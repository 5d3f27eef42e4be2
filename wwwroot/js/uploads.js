// Uploads a file as soon as it is chosen. The server checks it and stores it for a day; the submission contains its id.

import { explainNoResponse, send, sizeOf } from "./upload.js";

/** The benchmark of the form, the fields of its splits, and the size limit of a file. */
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

  /** The title of a split on pages. */
  titleOf(split) {
    return this.boxOf(split)?.dataset.title ?? split;
  }
}

/** The upload of one file. */
export class Upload {
  #request;
  #isAborted = false;

  /** The document of the upload; null until it is stored. */
  document = null;

  /**
   * @param file The file.
   * @param split The split that it was chosen for; empty to let the image ids decide.
   * @param rules The rules of the form.
   * @param onState Called with { state, text, problem, other, warnings }; state is busy, good, bad or unknown.
   */
  constructor(file, split, rules, onState) {
    Object.assign(this, { file, split, rules });
    this.report = state => { if (!this.#isAborted) onState(state); };
  }

  /** Aborts the upload. No further states are reported. */
  abort() {
    this.#isAborted = true;
    this.#request?.abort();
  }

  /** Aborts the upload and deletes the stored file, because another file was chosen. */
  discard() {
    this.abort();
    if (this.document) {
      fetch(`/api/uploads/${this.document.id}`, { method: "DELETE", keepalive: true }).catch(() => {});
      removeId(this);
    }
  }

  /** Uploads the file, unless the server still has it. */
  async run() {
    const { file, rules } = this;
    if (file.size > rules.maxBytes) {
      this.report({ state: "bad", text: `${sizeOf(file.size)}; ${sizeOf(rules.maxBytes)} are allowed. Compress it as .gz or leave out the probabilities` });
      return;
    }
    this.report({ state: "busy", text: "uploading\u2026" });
    const known = await loadKnown(this);
    if (this.#isAborted) return;
    if (known) this.#setDocument(known);
    else await this.#send();
  }

  /** Reuses the stored upload of the same file. */
  async reuse(document) {
    storeId(this, document.id);
    this.#setDocument(document);
  }

  async #send() {
    const { file, split, rules } = this;
    const data = new FormData();
    data.set("benchmark", rules.benchmark);
    if (split) data.set("split", split);
    data.set("file", file);
    const { request, outcome } = send("/api/uploads", data, (sent, total) => {
      const text = sent < total ? `uploading, ${Math.floor(100 * sent / total)}% of ${sizeOf(total)}\u2026` : "checking\u2026";
      this.report({ state: "busy", text, progress: sent / total });
    });
    this.#request = request;
    const { status, body } = await outcome;
    if (this.#isAborted) return;
    if (status === 201) {
      storeId(this, body.id);
      this.#setDocument(body);
    } else if (body?.errorCount) {
      this.report({ state: "bad", text: countText(body.errorCount), problem: body });
    } else {
      const failure = body ?? await explainNoResponse([file], false);
      this.report({ state: "unknown", text: `not checked. ${failure.title}: ${failure.detail}` });
    }
  }

  #setDocument(document) {
    this.document = document;
    const { split, rules } = this;
    if (split && document.split && document.split !== split) {
      const text = `these are the ${document.images.toLocaleString("en")} images of ${rules.titleOf(document.split)}, not those of ${rules.titleOf(split)}`;
      this.report({ state: "bad", text, other: document.split });
    } else {
      this.report({ state: "good", text: describe(document), warnings: document.warnings });
    }
  }
}

/** Describes a valid upload. */
export function describe({ splits }) {
  return splits.map(split => describeSplit(split, splits.length > 1)).join("; ");
}

function describeSplit(split, isOneOfMany) {
  return `${isOneOfMany ? `${split.split}: ` : ""}${split.images.toLocaleString("en")} images, complete${split.probabilities ? ", with probabilities" : ""}`;
}

function countText(count) {
  return `${count.toLocaleString("en")} problem${count === 1 ? "" : "s"}, listed below`;
}

// The key of an upload id in the session storage. A file that is chosen again, for example after a reload, is not sent again.
function keyOf({ file, split, rules }) {
  return `upload ${JSON.stringify([rules.benchmark, split, file.name, file.size, file.lastModified])}`;
}

function storeId(upload, id) {
  try {
    sessionStorage.setItem(keyOf(upload), id);
  } catch {
    // The browser may block the storage. The file is then sent again.
  }
}

function removeId(upload) {
  try {
    sessionStorage.removeItem(keyOf(upload));
  } catch {
    // The browser may block the storage, which then contains no id.
  }
}

// Loads the document of an upload that the server still has; null if there is none.
async function loadKnown(upload) {
  try {
    const id = sessionStorage.getItem(keyOf(upload));
    const response = id ? await fetch(`/api/uploads/${id}`) : null;
    if (response?.ok) return await response.json();
  } catch {
    // The upload reports problems of the connection.
  }
  removeId(upload);
  return null;
}
