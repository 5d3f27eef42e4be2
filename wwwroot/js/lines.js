// The lines of a file as the server counts them: from 1, blank ones passed over but counted, LF or CRLF, UTF-8, plain or
// gzip. What is wrong with a line as text is said with it.

const longestLine = 1 << 20;
const lineFeed = 10;

/** What a file is packed as, by its first bytes and not by its name: "gzip", "zip" or null. */
export async function packingOf(file) {
  const [a, b, c, d] = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (a === 0x1f && b === 0x8b) return "gzip";
  return a === 0x50 && b === 0x4b && (c === 3 || c === 5) && (d === 4 || d === 6) ? "zip" : null;
}

/** The lines of a file: each { number, text }, with { fault, message } where it cannot be read as it should. */
export async function* linesOf(file, maxBytes) {
  const stream = await packingOf(file) === "gzip" ? file.stream().pipeThrough(new DecompressionStream("gzip")) : file.stream();
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const state = { number: 0, isFirst: true };
  let rest = new Uint8Array();
  let read = 0;
  for await (const chunk of chunksOf(stream)) {
    read += chunk.length;
    if (read > maxBytes) {
      yield { number: undefined, fault: "too-large", message: `the file holds more than the ${maxBytes.toLocaleString("en")} bytes allowed; the rest was not read` };
      return;
    }
    const bytes = joined(rest, chunk);
    const end = bytes.lastIndexOf(lineFeed) + 1;
    if (end > 0) yield* split(bytes.subarray(0, end), decoder, state);
    rest = bytes.slice(end);
  }
  if (rest.length > 0) yield* split(rest, decoder, state);
}

/** Whether a gzip file may have a second member: the start of one stands somewhere in it. */
export async function mayHaveMembers(file) {
  let rest = new Uint8Array();
  for await (const chunk of chunksOf(file.slice(10).stream())) {
    const bytes = joined(rest, chunk);
    for (let at = bytes.indexOf(0x1f); at >= 0; at = bytes.indexOf(0x1f, at + 1)) {
      if (bytes[at + 1] === 0x8b && bytes[at + 2] === 8 && bytes[at + 3] < 32) return true;
    }
    rest = bytes.slice(-3);
  }
  return false;
}

async function* chunksOf(stream) {
  const reader = stream.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    reader.cancel().catch(() => {});
  }
}

function joined(a, b) {
  if (a.length === 0) return b;
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}

/** Whole lines. They are decoded at once, and one by one only where that fails, to find the one that is no UTF-8. */
function* split(bytes, decoder, state) {
  if (state.isFirst && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))) {
    yield { number: 1, fault: "bad-encoding", message: "the file is UTF-16 text; save it as UTF-8" };
    return;
  }
  let text;
  try {
    text = decoder.decode(bytes);
  } catch {
    yield* splitCarefully(bytes, decoder, state);
    return;
  }
  if (text.endsWith("\n")) text = text.slice(0, -1);
  for (const line of text.split("\n")) yield* one(line, state);
}

function* splitCarefully(bytes, decoder, state) {
  for (let start = 0; start < bytes.length;) {
    const feed = bytes.indexOf(lineFeed, start);
    const end = feed < 0 ? bytes.length : feed;
    try {
      yield* one(decoder.decode(bytes.subarray(start, end)), state);
    } catch {
      state.number++;
      state.isFirst = false;
      const text = new TextDecoder().decode(bytes.subarray(start, end));
      yield { number: state.number, text, fault: "bad-encoding", message: "the line holds bytes that are not UTF-8; save the file as UTF-8" };
    }
    start = end + 1;
  }
}

function* one(line, state) {
  state.number++;
  if (state.isFirst && line.startsWith("\ufeff")) line = line.slice(1);
  state.isFirst = false;
  if (line.endsWith("\r")) line = line.slice(0, -1);
  if (line === "") return;
  yield line.length > longestLine
    ? { number: state.number, fault: "too-large", message: `the line is longer than ${longestLine.toLocaleString("en")} bytes` }
    : { number: state.number, text: line };
}
