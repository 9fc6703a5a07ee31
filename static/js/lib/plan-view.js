// What every plan can do, whoever looks at it: zoom and pan.
import { Zoom } from "./plan-zoom.js";

export class PlanView extends HTMLElement {
  connectedCallback() {
    this.svg = this.querySelector("svg.hall");
    this.zoom = new Zoom(this.querySelector("[data-stage]"), this.svg, (target) => this.mayPan(target));
    this.zoom.relabel();
    const tools = { in: () => this.zoom.by(0.7), out: () => this.zoom.by(1.4), fit: () => this.zoom.fit() };
    this.addEventListener("click", ({ target }) => tools[target.closest("[data-do]")?.dataset.do]?.());
  }

  /** Whether a drag that begins here moves the view. */
  mayPan() {
    return true;
  }
}
