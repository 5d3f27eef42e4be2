// Looks into a zip as the server does: one file a test set, named by it, at the top. What it cannot read here, such as
// encrypted or very large zips, it leaves to the server.

import { Problems, readPredictions } from "./predictions.js";

const mostEntries = 256;

/**
 * Reads a zip of predictions.
 * @param part The name of the part that it is sent as: a split, or predictions.
 * @param rules What holds for all: splits, classes, maxBytes, and idsOf, which gives the ids of a split.
 * @returns Its problems and what each split holds; null where the server has to look.
 */
export async function readZip(file, part, rules) {
  const entries = await entriesOf(file);
  if (!entries || entries.length > mostEntries || entries.some(entry => entry.name === "[Content_Types].xml")) return null;
  const files = entries.filter(entry => !isNoise(entry.name));
  if (files.length === 0) return null;
  const problems = new Problems(part);
  const found = new Map();
  for (const entry of files) {
    const split = splitOf(entry, part, files.length === 1, rules, problems);
    if (split && found.has(split)) problems.add("wrong-split", undefined, undefined, `there are two files for ${split}; send one`, labelOf(entry, part));
    else if (split) found.set(split, entry);
  }
  const splits = [];
  for (const split of rules.splits.filter(name => found.has(name))) {
    const ids = await rules.idsOf(split);
    const content = await contentOf(file, found.get(split), rules.maxBytes);
    if (!ids || !content) return null;
    if (content.fault) {
      const damaged = new Problems(split);
      damaged.setOnly("bad-encoding", `the file cannot be unpacked: ${content.fault}; pack it again, or send it unpacked`);
      problems.addAll(damaged);
      continue;
    }
    const read = await readPredictions(content.blob, { split, classes: rules.classes, maxBytes: rules.maxBytes, ids: new Map([[split, ids]]) });
    if (read.isLeft) return null;
    problems.addAll(read.problems);
    splits.push({ split, images: read.images, probabilities: read.hasProbabilities });
  }
  return { problems, splits };
}

const labelOf = (entry, part) => part === "predictions" ? entry.name : part;

/** The split that an entry is for; a problem and null where it is for none. */
function splitOf(entry, part, isOnly, rules, problems) {
  const name = entry.name.replace(/\.gz$/i, "");
  const isOfPart = part !== "predictions";
  const split = isOfPart && isOnly ? part : name.replace(/\.[^.]*$/, "");
  const report = message => {
    problems.add("wrong-split", undefined, undefined, message, labelOf(entry, part));
    return null;
  };
  if (/[/\\]/.test(entry.name)) return report("the file is in a folder of the zip; put the files at its top, without folders");
  if (isOfPart && !isOnly) return report(`the zip of part ${part} holds "${entry.name}" and more; send a zip of several splits as part predictions`);
  if (!rules.splits.includes(split) || !(isOfPart || /\.csv$/i.test(name))) {
    return report(`"${entry.name}" does not belong to a split; the names are ${rules.splits.map(s => `${s}.csv`).join(" or ")}`);
  }
  return split;
}

// What archivers add by themselves.
const isNoise = name => name.endsWith("/") || name.startsWith("__MACOSX/") || /(^|\/)(\.DS_Store|Thumbs\.db)$/.test(name);

/** The entries by the directory at the end of the file; null where it is damaged, or of a kind that is left to the server. */
async function entriesOf(file) {
  const tailStart = Math.max(0, file.size - 65557);
  const tail = await viewOf(file.slice(tailStart));
  let at = tail.byteLength - 22;
  while (at >= 0 && tail.getUint32(at, true) !== 0x06054b50) at--;
  if (at < 0) return null;
  const [count, size, offset] = [tail.getUint16(at + 10, true), tail.getUint32(at + 12, true), tail.getUint32(at + 16, true)];
  if (count === 0xffff || offset + size > tailStart + at) return null;
  const directory = await viewOf(file.slice(offset, offset + size));
  const entries = [];
  for (let i = 0, place = 0; i < count; i++) {
    if (place + 46 > directory.byteLength || directory.getUint32(place, true) !== 0x02014b50) return null;
    const lengths = [28, 30, 32].map(field => directory.getUint16(place + field, true));
    const name = new TextDecoder().decode(new Uint8Array(directory.buffer, place + 46, lengths[0]));
    entries.push({
      name,
      isPlain: (directory.getUint16(place + 8, true) & 1) === 0,
      method: directory.getUint16(place + 10, true),
      checksum: directory.getUint32(place + 16, true),
      packed: directory.getUint32(place + 20, true),
      size: directory.getUint32(place + 24, true),
      offset: directory.getUint32(place + 42, true),
    });
    place += 46 + lengths[0] + lengths[1] + lengths[2];
  }
  return entries;
}

/** The content of an entry, { blob }, or { fault } where it is damaged; null where the server has to look. */
async function contentOf(file, entry, maxBytes) {
  if (!entry.isPlain || entry.size > maxBytes || (entry.method !== 0 && entry.method !== 8)) return null;
  const header = await viewOf(file.slice(entry.offset, entry.offset + 30));
  if (header.byteLength < 30 || header.getUint32(0, true) !== 0x04034b50) return null;
  const start = entry.offset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = file.slice(start, start + entry.packed);
  let blob = packed;
  try {
    if (entry.method === 8) blob = await new Response(packed.stream().pipeThrough(new DecompressionStream("deflate-raw"))).blob();
  } catch (error) {
    return { fault: `its data in the zip is damaged (${error.message})` };
  }
  if (blob.size !== entry.size) return { fault: `it unpacks to ${blob.size.toLocaleString("en")} bytes where the zip says ${entry.size.toLocaleString("en")}` };
  return await checksumOf(blob) === entry.checksum ? { blob } : { fault: "it does not have the checksum that the zip names" };
}

const checksums = Uint32Array.from({ length: 256 }, (_, value) => {
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? value >>> 1 ^ 0xedb88320 : value >>> 1;
  return value;
});

/** The checksum that zips have of their files. */
async function checksumOf(blob) {
  let checksum = -1;
  const reader = blob.stream().getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    for (const byte of part.value) checksum = checksums[(checksum ^ byte) & 0xff] ^ checksum >>> 8;
  }
  return ~checksum >>> 0;
}

const viewOf = async blob => new DataView(await blob.arrayBuffer());
