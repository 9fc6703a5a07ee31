let timer;

/** Show a sentence for six seconds above the tabs; tone "bad" for what failed. */
export function toast(text, tone = "") {
  const box = document.getElementById("toast");
  box.textContent = text;
  box.className = `toast ${tone}`;
  box.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => (box.hidden = true), 6000);
}

/** The token that proves that a request comes from our page. */
export const csrfToken = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
