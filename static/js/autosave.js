// Keeps a long text while it is written. The server answers with a line of words and with what the form showed, which
// the next request carries: two people who write at once are told of each other, and nothing typed is lost.
import { toast } from "./lib/toast.js";

const PAUSE = 1500;

function keep(form) {
  const kept = form.querySelector("[data-kept]");
  let timer = 0;
  let busy = false;
  let waiting = false;

  const send = async (keepalive = false) => {
    clearTimeout(timer);
    timer = 0;
    if (busy) {
      waiting = true;
      return;
    }
    busy = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" }, keepalive });
      if (answer.headers.get("Content-Type")?.startsWith("text/html") && (answer.ok || answer.status === 409 || answer.status === 422)) {
        kept.innerHTML = await answer.text();
      } else {
        toast(form.dataset.autosave, "bad");
      }
    } catch {
      toast(document.getElementById("toast").dataset.offline, "bad");
    }
    busy = false;
    if (waiting) {
      waiting = false;
      send();
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });
  // A telephone that is put away may never come back to the page.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer) send(true);
  });
}

document.querySelectorAll("form[data-autosave]").forEach(keep);
