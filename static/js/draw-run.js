// The commission's pages: they follow what others do, and read a code by the camera where the browser can.
import { toast } from "./lib/toast.js";

const doc = document;
const PAUSE_MS = 3000;

// ---- another member, a witness or a second screen went on: the page follows, unless something is being typed ----
const { follow: followed, here } = doc.querySelector("[data-follow]")?.dataset ?? {};
let known;

const isBusy = () =>
  doc.querySelector("dialog[open]") ||
  [...doc.querySelectorAll("main input:not([type=hidden]), main textarea")].some((field) =>
    field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue,
  ) ||
  doc.activeElement?.matches("main input:not([autofocus]), main textarea, main select");

const look = async () => {
  try {
    const answer = await fetch(followed, { headers: { Accept: "application/json" } });
    const said = answer.ok ? await answer.text() : known;
    if (known !== undefined && said !== known && !isBusy()) return location.replace(here);
    known ??= said;
  } catch {
    // No connection now: the page stays as it is and asks again.
  }
  setTimeout(look, PAUSE_MS);
};
if (followed) look();

// ---- camera: Android's own reader of codes, without a library; elsewhere the button stays away --------------------
const read = async (field) => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const dialog = doc.createElement("dialog");
  const video = Object.assign(doc.createElement("video"), { srcObject: stream, muted: true, playsInline: true });
  dialog.className = "camera";
  dialog.setAttribute("aria-label", field.labels[0]?.textContent ?? "");
  dialog.addEventListener("click", () => dialog.close());
  dialog.append(video);
  doc.body.append(dialog);
  dialog.showModal();
  await video.play();
  const reader = new window.BarcodeDetector({ formats: ["qr_code"] });
  let open = true;
  dialog.addEventListener("close", () => {
    open = false;
    for (const track of stream.getTracks()) track.stop();
    dialog.remove();
  });
  while (open) {
    const [found] = await reader.detect(video).catch(() => []);
    if (found) {
      field.value = found.rawValue;
      dialog.close();
      return field.form.requestSubmit();
    }
    await new Promise(requestAnimationFrame);
  }
};

if ("BarcodeDetector" in window && navigator.mediaDevices) {
  for (const button of doc.querySelectorAll("[data-camera]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const field = button.form.elements[button.dataset.camera];
      read(field).catch((fault) => toast(fault.message, "bad"));
    });
  }
}
