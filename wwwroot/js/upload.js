// Sends a form with its files and tells how far it is. XMLHttpRequest, for fetch does not tell how much was sent.

/**
 * Sends a form.
 * @param onProgress Called with the bytes sent and their total.
 * @returns The request, which can be aborted, and its outcome: a status and a JSON body, 0 and null where none came.
 */
export function send(address, data, onProgress) {
  const request = new XMLHttpRequest();
  const outcome = new Promise(resolve => {
    request.upload.addEventListener("progress", event => {
      if (event.lengthComputable) onProgress(event.loaded, event.total);
    });
    request.addEventListener("load", () => resolve({ status: request.status, body: request.response }));
    request.addEventListener("error", () => resolve({ status: 0, body: null }));
    request.addEventListener("abort", () => resolve({ status: -1, body: null }));
    request.open("POST", address);
    request.responseType = "json";
    request.send(data);
  });
  return { request, outcome };
}

/** "3.4 MB". */
export function sizeOf(bytes) {
  return bytes < 1e5 ? `${(bytes / 1000).toLocaleString("en", { maximumFractionDigits: 1 })} kB` : `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
}

/** Why no answer came, as a problem document. What was sent before is recognised by the server, so it is safe to repeat. */
export async function whyNoAnswer(files, isStored) {
  for (const file of files) {
    if (!await isReadable(file)) {
      return { title: `${file.name} was changed after it was chosen`, detail: "Nothing was stored, because the browser only sends the file as it was chosen. Choose it again to check the new content." };
    }
  }
  const again = isStored ? " Send it again. If it did arrive, the answer leads to it and it does not count twice." : " Choose the file again to repeat the check.";
  return navigator.onLine === false
    ? { title: "This computer is offline", detail: `Nothing can be sent until it is connected again.${again}` }
    : { title: "The connection was lost", detail: `The server did not answer.${again}` };
}

/** A file that was changed or removed on the disk can no longer be read. */
async function isReadable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
