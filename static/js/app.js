// The script of every page. Each page works without it; with it, forms answer in place.
import { toast } from "./lib/toast.js";

const doc = document;

// Most pages are plain links and forms: only those that answer in place fetch htmx.
if (doc.querySelector("[data-hx-get], [data-hx-post]")) import("htmx.org");

// Requests made by htmx prove where they come from by a header, as forms do by a hidden field.
doc.addEventListener("htmx:config:request", ({ detail }) => {
  const token = doc.querySelector('meta[name="csrf-token"]')?.content;
  if (token) detail.ctx.request.headers["X-CSRFToken"] = token;
});

// htmx says nothing when a request never reaches the server: without this, a tap seems to do nothing.
doc.addEventListener("htmx:error", () => toast(doc.getElementById("toast").dataset.offline, "bad"));

// After a refused form the summary of what to put right takes the focus.
const focusSummary = () => doc.querySelector("[data-summary]")?.focus();
doc.addEventListener("htmx:after:swap", focusSummary);
focusSummary();

// A deed with a question: the form waits for the answer of the dialog.
doc.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const dialog = doc.getElementById("confirm");
    if (!form.dataset?.confirm || form.dataset.answered || !dialog?.showModal) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    doc.getElementById("confirm-text").textContent = form.dataset.confirm;
    const { submitter } = event;
    dialog.returnValue = "no";
    dialog.addEventListener(
      "close",
      () => {
        if (dialog.returnValue !== "yes") return;
        form.dataset.answered = "yes";
        form.requestSubmit(submitter);
        delete form.dataset.answered;
      },
      { once: true },
    );
    dialog.showModal();
  },
  true,
);

// Menus that drop down close on Escape and on a tap elsewhere.
const openDrops = () => doc.querySelectorAll("details[data-drop][open]");
doc.addEventListener("click", ({ target }) => {
  for (const drop of openDrops()) if (!drop.contains(target)) drop.open = false;
});
doc.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const drop of openDrops()) {
    drop.open = false;
    drop.querySelector("summary").focus();
  }
});
