// The studio: sliders that follow the numbers, and locks by tap on the plan. Both work by forms without this script.
import { csrfToken, toast } from "./lib/toast.js";

class StudioWeight extends HTMLElement {
  connectedCallback() {
    const slider = this.querySelector('input[type="range"]');
    const number = this.querySelector(".weight-input");
    slider.disabled = false;
    slider.addEventListener("input", () => {
      number.value = slider.value;
    });
    number.addEventListener("input", () => {
      slider.max = Math.max(+slider.max, +number.value || 0);
      slider.value = number.value;
    });
  }
}

class StudioLocks extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const stand = event.target.closest("[data-lock]");
      if (!stand) return;
      event.preventDefault();
      this.toggle(stand);
    });
    this.addEventListener("submit", (event) => {
      const seen = event.target.elements.stand?.value;
      const stand = [...this.querySelectorAll("[data-lock]")].find((each) => each.dataset.lock === seen);
      if (!stand) return;
      event.preventDefault();
      this.toggle(stand);
    });
  }

  async toggle(stand) {
    const locks = stand.classList.contains("locked") ? "0" : "1";
    const body = new URLSearchParams({ stand: stand.dataset.lock, locks });
    const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
    let answer;
    try {
      answer = await fetch(this.dataset.url, { method: "POST", body, headers });
    } catch {
      toast(this.dataset.sayFailed, "bad");
      return;
    }
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) this.show(stand, told.locked);
    toast(told.message || this.dataset.sayFailed, answer.ok ? "" : "bad");
    if (answer.ok) this.querySelector("[data-live]").textContent = told.message;
  }

  /** A block is locked as a whole: every stand of the same exhibitor changes. */
  show(stand, locked) {
    const [, holder] = stand.dataset.lock.split(":");
    for (const each of this.querySelectorAll(`[data-lock$=":${holder}"]`)) {
      each.classList.toggle("locked", locked);
      const plain = each.getAttribute("aria-label").replace(` – ${this.dataset.sayLocked}`, "");
      each.setAttribute("aria-label", locked ? `${plain} – ${this.dataset.sayLocked}` : plain);
      const row = this.querySelector(each.getAttribute("href"));
      row.classList.toggle("is-locked", locked);
      row.querySelector('[name="locks"]').value = locked ? "0" : "1";
      const button = row.querySelector("button");
      const name = locked ? this.dataset.sayUnlock : this.dataset.sayLock;
      button.querySelector("span").textContent = name;
      button.setAttribute("aria-label", `${name} ${row.querySelector("th").textContent.trim()}`);
    }
  }
}

customElements.define("studio-weight", StudioWeight);
customElements.define("studio-locks", StudioLocks);
