// Asks the device for a passkey and sends its response with the form. Without this script or browser support, the passkey
// forms stay hidden, and users sign in with their password.

const isSupported = typeof PublicKeyCredential !== "undefined"
  && typeof PublicKeyCredential.parseCreationOptionsFromJSON === "function"
  && typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function";

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!isSupported) continue;
  form.hidden = false;
  form.addEventListener("submit", event => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    ask(form);
  });
}

async function ask(form) {
  const status = form.querySelector(".status");
  status.textContent = "Waiting for the device…";
  try {
    const isCreation = form.dataset.passkey.endsWith("/creation");
    const response = await fetch(form.dataset.passkey, {
      method: "POST",
      headers: { RequestVerificationToken: form.elements.__RequestVerificationToken.value },
    });
    if (!response.ok) throw new Error(`The server responded with status ${response.status}. Reload the page and try again.`);
    const options = await response.json();
    const credential = isCreation
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    form.elements.credential.value = JSON.stringify(credential);
    form.requestSubmit();
  } catch (error) {
    status.textContent = error.name === "NotAllowedError" ? "The device did not provide a passkey. Try again or use your password." : error.message;
  }
}
