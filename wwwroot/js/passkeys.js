// Asks the device for a passkey and sends its answer with the form. Without this script, or where the browser knows no
// passkeys, the forms stay hidden and the password does the same.

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
    const answer = await fetch(form.dataset.passkey, {
      method: "POST",
      headers: { RequestVerificationToken: form.elements.__RequestVerificationToken.value },
    });
    if (!answer.ok) throw new Error(`The server answered ${answer.status}; reload the page.`);
    const options = await answer.json();
    const credential = isCreation
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    form.elements.credential.value = JSON.stringify(credential);
    form.requestSubmit();
  } catch (error) {
    status.textContent = error.name === "NotAllowedError" ? "The device did not provide a passkey. Try again or use your password." : error.message;
  }
}
