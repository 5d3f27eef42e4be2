// Sends a form with its files and reports progress. Uses XMLHttpRequest, because fetch does not report upload progress.

/**
 * Sends a form.
 * @param onProgress Called with the bytes sent and their total.
 * @returns The request, which can be aborted, and its outcome: the status and the JSON body of the response. Without a
 * response, the body is null and the status is 0, or -1 if the request was aborted.
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

/** Formats a size, such as "3.4 MB". */
export function sizeOf(bytes) {
  const [value, unit] = bytes < 1e5 ? [bytes / 1000, "kB"] : [bytes / 1e6, "MB"];
  return `${value.toLocaleString("en", { maximumFractionDigits: 1 })} ${unit}`;
}

/** Explains a missing response, as a problem document. Sending again is safe, because the server detects duplicates. */
export async function explainNoResponse(files, isStored) {
  for (const file of files) {
    if (!await isReadable(file)) {
      return {
        title: `${file.name} was changed after it was chosen`,
        detail: "Nothing was stored, because the browser cannot send a file that changed. Choose it again to check the new content.",
      };
    }
  }
  const again = isStored
    ? " Send it again. If the first upload arrived, you get a link to it, and it counts only once."
    : " Choose the file again to repeat the check.";
  return navigator.onLine === false
    ? { title: "This computer is offline", detail: `Connect it to the internet first.${again}` }
    : { title: "The connection was lost", detail: `The server did not answer.${again}` };
}

/** Browsers cannot read a file that was changed or removed after it was chosen. */
async function isReadable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
