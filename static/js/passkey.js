// Asks the device for a passkey and sends its answer with the form that holds the server's question.
const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const toText = (buffer) => {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};
const withBytes = (keys) => (keys ?? []).map((key) => ({ ...key, id: toBytes(key.id) }));

async function create(options) {
  const publicKey = {
    ...options,
    challenge: toBytes(options.challenge),
    user: { ...options.user, id: toBytes(options.user.id) },
    excludeCredentials: withBytes(options.excludeCredentials),
  };
  const made = await navigator.credentials.create({ publicKey });
  return {
    response: {
      attestationObject: toText(made.response.attestationObject),
      clientDataJSON: toText(made.response.clientDataJSON),
      transports: made.response.getTransports?.() ?? null,
    },
    extensions: JSON.stringify(made.getClientExtensionResults()),
    ...names(made),
  };
}

async function get(options) {
  const publicKey = {
    ...options,
    challenge: toBytes(options.challenge),
    allowCredentials: withBytes(options.allowCredentials),
  };
  const shown = await navigator.credentials.get({ publicKey });
  return {
    response: {
      authenticatorData: toText(shown.response.authenticatorData),
      clientDataJSON: toText(shown.response.clientDataJSON),
      signature: toText(shown.response.signature),
      userHandle: shown.response.userHandle ? toText(shown.response.userHandle) : null,
    },
    assertionClientExtensions: JSON.stringify(shown.getClientExtensionResults()),
    ...names(shown),
  };
}

const names = (key) => ({ id: key.id, rawId: toText(key.rawId), type: key.type });

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const ask = form.dataset.passkey === "create" ? create : get;
  ask(JSON.parse(form.dataset.options)).then(
    (answer) => {
      form.elements.namedItem("credential").value = JSON.stringify(answer);
      form.submit();
    },
    () => {
      document.querySelector("[data-passkey-failed]").hidden = false;
    },
  );
}
