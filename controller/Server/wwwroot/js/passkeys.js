// Passkeys: a form with data-passkey ("create" or "get") has the controller say what is to be signed, asks the browser's authenticator
// for it, and is sent with the answer. What the answer is worth is judged by who gets it, never here.
(() => {
  const able = () => window.isSecureContext && window.PublicKeyCredential
    && PublicKeyCredential.parseRequestOptionsFromJSON && PublicKeyCredential.parseCreationOptionsFromJSON;

  const tell = (form, words) => {
    const place = form.querySelector("[data-passkey-words]");
    place.textContent = words;
    place.hidden = !words;
  };

  const answer = async (form) => {
    const asked = await fetch(form.dataset.ask, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { accept: "application/json" } });
    if (!asked.ok) throw new Error(String(asked.status));
    const options = await asked.json();
    return form.dataset.passkey === "create"
      ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  };

  // On the document: pages that are live replace their forms.
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-passkey]");
    if (!form) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    const { unable, failed } = form.querySelector("[data-passkey-words]").dataset;
    if (!able()) return tell(form, unable);
    form.dataset.busy = "yes";
    tell(form, "");
    try {
      form.elements.credential.value = JSON.stringify(await answer(form));
      form.submit();
    } catch (error) {
      tell(form, failed.replace("{0}", error.message));
    } finally {
      delete form.dataset.busy;
    }
  });
})();
