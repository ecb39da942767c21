// Asks the device for a passkey when a form that can take one is sent: to sign in, to confirm, to sign, or to add one.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const ids = (list) => (list ?? []).map((entry) => ({ ...entry, id: bytes(entry.id) }));

// A credential as the server reads it (WebAuthn, section 5.1, toJSON).
function plain(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[part]) response[part] = text(credential.response[part]);
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    id: credential.id, rawId: text(credential.rawId), type: credential.type, response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function used(options) {
  const { challenge, allowCredentials, ...rest } = options;
  return plain(await navigator.credentials.get({
    publicKey: { ...rest, challenge: bytes(challenge), allowCredentials: ids(allowCredentials) },
  }));
}

async function made(options) {
  const { challenge, user, excludeCredentials, authenticatorSelection, ...rest } = options;
  return plain(await navigator.credentials.create({
    publicKey: {
      ...rest, challenge: bytes(challenge), user: { ...user, id: bytes(user.id) },
      excludeCredentials: ids(excludeCredentials),
      // Kept on the device and opened by finger, face or PIN: that is what makes it a passkey.
      authenticatorSelection: {
        ...authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required",
      },
    },
  }));
}

async function challenge(form) {
  const kept = document.getElementById("passkey-challenge");
  if (kept) return JSON.parse(kept.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
}

const field = document.querySelector("input[name=credential]");
const form = field?.form;
if (form && window.PublicKeyCredential) {
  for (const hidden of document.querySelectorAll("[data-with-passkey]")) hidden.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.code?.value.trim()) return;
    event.preventDefault();
    const notice = document.getElementById("passkey-notice");
    try {
      const options = await challenge(form);
      const answer = await (form.dataset.passkey === "add" ? made : used)(options.publicKey);
      field.value = JSON.stringify(answer);
      form.submit();
    } catch (error) {
      if (notice) {
        notice.hidden = false;
        notice.textContent = error.name === "InvalidStateError"
          ? "This device already holds a passkey for you."
          : "The device gave no passkey. Try once more, or take another way.";
        notice.focus();
      }
    }
  });
}
