// Checks a file as soon as it is chosen: here, within a moment, and then by the server, whose word counts. A large file that
// is in order here is not sent twice; the server checks it when it is submitted.

import { packingOf } from "./lines.js";
import { idsIn, readPredictions, splitOf } from "./predictions.js";
import { send, sizeOf, whyNoAnswer } from "./upload.js";
import { readZip } from "./zip.js";

const largeBytes = 8 << 20;

/** What is known of the benchmark: its classes, the most bytes, and the ids of its splits, which are fetched when needed. */
export class Rules {
  #ids = new Map();

  constructor(form) {
    this.form = form;
    this.classes = JSON.parse(form.dataset.classes);
    this.maxBytes = Number(form.dataset.maxBytes);
    this.boxes = [...form.querySelectorAll(".file[data-split]")];
    this.splits = this.boxes.map(box => box.dataset.split);
  }

  /** The ids of a split, from its template; null where they do not come. */
  idsOf(split) {
    const { template } = this.boxes.find(box => box.dataset.split === split).dataset;
    if (!this.#ids.has(split)) {
      this.#ids.set(split, fetch(template).then(answer => answer.ok ? answer.text() : Promise.reject(answer.status)).then(idsIn).catch(() => {
        this.#ids.delete(split);
        return null;
      }));
    }
    return this.#ids.get(split);
  }

  /** A split's name on pages. */
  titleOf(split) {
    return this.boxes.find(box => box.dataset.split === split).dataset.title;
  }

  /** The ids of all splits. */
  async allIds() {
    const pairs = await Promise.all(this.boxes.map(async box => [box.dataset.split, await this.idsOf(box.dataset.split)]));
    return new Map(pairs.filter(([, ids]) => ids));
  }

  /** The split that a file is for by its ids; null where they do not tell. */
  async splitOfFile(file) {
    if (await packingOf(file) === "zip" || file.size > this.maxBytes) return null;
    const [ids, { ids: found }] = await Promise.all([this.allIds(), readPredictions(file, { classes: this.classes, maxBytes: this.maxBytes })]);
    return splitOf(found, ids);
  }
}

/** Checks one chosen file and says on the way how it stands. */
export class Check {
  #upload;
  #isOver = false;

  /**
   * @param file The file.
   * @param box Where it was chosen.
   * @param rules What holds for it.
   * @param tell Called with { text, state, problem, other }: state is busy, good, bad or unknown.
   */
  constructor(file, box, rules, tell) {
    Object.assign(this, { file, box, rules });
    this.tell = news => { if (!this.#isOver) tell(news); };
  }

  /** Ends it; nothing more is told. */
  end() {
    this.#isOver = true;
    this.#upload?.abort();
  }

  async run() {
    const { file, rules } = this;
    if (file.size > rules.maxBytes) {
      this.tell({ state: "bad", text: `${sizeOf(file.size)}; ${sizeOf(rules.maxBytes)} are allowed. Compress it as .gz or leave out the probabilities` });
      return;
    }
    this.tell({ state: "busy", text: "reading\u2026" });
    try {
      const known = await this.#look();
      if (this.#isOver || known?.isEnough) return;
      await this.#ask(known);
    } catch {
      this.tell({ state: "bad", text: "cannot be read; it may have been changed or moved. Choose it again" });
    }
  }

  /** Reads the file here. */
  async #look() {
    const { file, box, rules } = this;
    if (await packingOf(file) === "zip") return this.#lookIntoZip();
    if (!box.dataset.split) return null;
    const { split } = box.dataset;
    const own = await rules.idsOf(split);
    const found = await readPredictions(file, { split, classes: rules.classes, maxBytes: rules.maxBytes, ids: own ? new Map([[split, own]]) : null });
    if (found.isLeft) return null;
    const { problems } = found;
    if (problems.total > 0) {
      const other = await this.#otherSplit(found);
      if (other) {
        // All its other problems are this one.
        this.tell({ state: "bad", text: `these are the ${found.images.toLocaleString("en")} images of ${rules.titleOf(other)}, not those of ${rules.titleOf(split)}`, other });
        return { isEnough: true };
      }
      this.tell({ state: "bad", text: countText(problems.total), problem: documentOf(problems) });
      return { isBad: true };
    }
    const text = found.isWhole ? describe({ images: found.images, probabilities: found.hasProbabilities }) : "";
    const isEnough = found.isWhole && file.size > largeBytes;
    if (isEnough) this.tell({ state: "good", text: `${text}; the server checks it when you submit` });
    else this.tell({ state: "busy", text: text ? `${text}; checking on the server\u2026` : "checking on the server\u2026" });
    return { isEnough };
  }

  async #lookIntoZip() {
    const { file, box, rules } = this;
    const found = await readZip(file, box.querySelector("input[type=file]").name, rules);
    if (!found) return null;
    const { problems, splits } = found;
    if (problems.total > 0) {
      this.tell({ state: "bad", text: countText(problems.total), problem: documentOf(problems) });
      return { isBad: true };
    }
    const text = describeAll(splits);
    const isEnough = file.size > largeBytes;
    if (isEnough) this.tell({ state: "good", text: `${text}; the server checks it when you submit` });
    else this.tell({ state: "busy", text: `${text}; checking on the server\u2026` });
    return { isEnough };
  }

  /** The split that the file is for where it is another one's whole. */
  async #otherSplit({ problems, ids }) {
    if (!problems.counts["unknown-image"] && !problems.counts["missing-image"]) return null;
    const all = await this.rules.allIds();
    const other = splitOf(ids, all);
    return other && other !== this.box.dataset.split && all.get(other).size === ids.size ? other : null;
  }

  async #ask(known) {
    const { file, box, rules } = this;
    const data = new FormData();
    data.set("benchmark", rules.form.elements.benchmark.value);
    data.set("method", "check");
    data.set("submitter", "check");
    data.set(box.querySelector("input[type=file]").name, file);
    const isKnownBad = known?.isBad;
    const { request, outcome } = send("/api/submissions/validate", data, (sent, total) => {
      if (!isKnownBad && sent < total) this.tell({ state: "busy", text: `uploading for the check, ${Math.floor(100 * sent / total)}%\u2026` });
    });
    this.#upload = request;
    const { status, body } = await outcome;
    if (status === 200) {
      this.tell({ state: "good", text: describeAll(body.splits) });
    } else if (body?.errorCount) {
      this.tell({ state: "bad", text: countText(body.errorCount), problem: body });
    } else if (body || !isKnownBad) {
      const why = body ?? await whyNoAnswer([file], false);
      this.tell({ state: "unknown", text: `not checked. ${why.title}: ${why.detail}` });
    }
  }
}

function documentOf(problems) {
  return { isLocal: true, errors: problems.items, errorCount: problems.total, errorCounts: problems.counts };
}

function countText(count) {
  return `${count.toLocaleString("en")} problem${count === 1 ? "" : "s"}, listed below`;
}

function describeAll(splits) {
  return splits.map(split => describe(split, splits.length > 1)).join("; ");
}

function describe(split, isOneOfMany) {
  return `${isOneOfMany ? `${split.split}: ` : ""}${split.images.toLocaleString("en")} images, complete${split.probabilities ? ", with probabilities" : ""}`;
}
