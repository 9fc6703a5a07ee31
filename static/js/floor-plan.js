// The plan for everybody: zoom and pan; what was looked for is in view.
import { PlanView } from "./lib/plan-view.js";

class FloorPlan extends PlanView {
  connectedCallback() {
    super.connectedCallback();
    this.svg.querySelector(".stand.found")?.scrollIntoView({ block: "nearest", inline: "center" });
  }
}

customElements.define("floor-plan", FloorPlan);
