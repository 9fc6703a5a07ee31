// The public beacon drand, chain quicknet: its rounds, their hours, and whether a signature is the chain's.
import { bls12_381 } from "@noble/curves/bls12-381.js";

import { hexToBytes, sha256, unhex } from "./merkle.js";
import { need, Refused } from "./canonical.js";

// No other chain and no other key is ever accepted.
export const CHAINS = {
  quicknet: {
    genesis: 1692803367,
    period: 3,
    key: "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
  },
};
const DST = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";
const { G2, fields, pairingBatch, shortSignatures } = bls12_381;

// The first round at or after an instant, in seconds since 1970.
export function roundAt(chain, seconds) {
  const { genesis, period } = CHAINS[chain];
  return Math.max(1, Math.ceil((seconds - genesis) / period) + 1);
}

export const timeOf = (chain, round) => CHAINS[chain].genesis + (round - 1) * CHAINS[chain].period;

function bigEndian(number) {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, BigInt(number));
  return out;
}

function read(signature) {
  try {
    const data = unhex(signature);
    if (data.length !== 48) return null;
    const point = shortSignatures.Signature.fromBytes(data);
    point.assertValidity();
    return point.isTorsionFree() ? point : null;
  } catch {
    return null;
  }
}

// The randomness of a round, 32 bytes; refused where the signature is not the chain's for this round.
export function randomness(chain, round, signature) {
  const point = read(signature);
  need(point, "beacon_wrong_signature", "no point of the curve");
  const key = G2.Point.fromBytes(hexToBytes(CHAINS[chain].key));
  const message = shortSignatures.hash(sha256(bigEndian(round)), DST);
  let product;
  try {
    product = pairingBatch([{ g1: message, g2: key.negate() }, { g1: point, g2: G2.Point.BASE }]);
  } catch {
    throw new Refused("beacon_wrong_signature", `round ${round}`);
  }
  need(fields.Fp12.eql(product, fields.Fp12.ONE), "beacon_wrong_signature", `round ${round}`);
  return sha256(unhex(signature));
}

