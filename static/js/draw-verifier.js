// The verifier by itself, for whoever wants to run it from a page or a program of their own:
//   const { verify } = await import("draw-verifier.js"); verify(bytes, pins)
export { randomness } from "./lib/beacon.js";
export { Refused, verify } from "./lib/draw-verifier.js";
export { signed } from "./lib/signed-log.js";
