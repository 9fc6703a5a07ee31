// Builds static/dist/ (not kept in git): bundled, minified, named by content, with .br and .gz twins
// and a manifest.json from plain to hashed names, which the template function asset() reads.
import * as esbuild from "esbuild";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const OUT = "static/dist";
const COMPRESSIBLE = /\.(css|js|json|svg|wasm)$/;

const files = (folder, end) =>
  readdirSync(folder).filter((name) => name.endsWith(end)).map((name) => join(folder, name));

// The plan brings its own style sheet, for the pages that draw it.
// Every file directly in static/js is a page's script; what they share lives in static/js/lib.
const options = {
  entryPoints: ["static/css/main.css", "static/css/plan.css", "static/css/day.css", "static/css/studio.css", "static/css/editor.css", "static/css/board.css", "static/css/mine.css", "static/css/figures.css", "static/css/messages.css", "static/css/draws.css", "static/css/drawing.css", "static/css/awards.css", "static/css/stage.css", "static/css/witness.css", ...files("static/js", ".js"), ...files("static/img", ".svg")],
  outdir: OUT,
  bundle: true,
  minify: true,
  format: "esm",
  splitting: true,
  target: ["chrome109", "firefox115", "safari16.4"],
  entryNames: "[name]-[hash]",
  chunkNames: "shared-[hash]",
  assetNames: "[name]-[hash]",
  publicPath: "/static/dist",
  loader: { ".woff2": "file", ".svg": "copy", ".wasm": "file" },
  metafile: true,
  logLevel: "warning",
};

function publish(outputs) {
  const manifest = {};
  for (const [path, output] of Object.entries(outputs)) {
    const file = basename(path);
    const source = output.entryPoint ?? Object.keys(output.inputs)[0];
    manifest[file.startsWith("shared-") || !source ? file : basename(source)] = file;
    if (COMPRESSIBLE.test(file)) {
      const plain = readFileSync(path);
      const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } };
      writeFileSync(`${path}.br`, brotliCompressSync(plain, best));
      writeFileSync(`${path}.gz`, gzipSync(plain, { level: 9 }));
    }
  }
  const sorted = Object.fromEntries(Object.entries(manifest).sort());
  writeFileSync(join(OUT, "manifest.json"), `${JSON.stringify(sorted, null, 1)}\n`);
}

async function build() {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  publish((await esbuild.build(options)).metafile.outputs);
}

if (process.argv.includes("--watch")) {
  const republish = { name: "republish", setup: ({ onEnd }) => onEnd(({ metafile }) => metafile && publish(metafile.outputs)) };
  mkdirSync(OUT, { recursive: true });
  await (await esbuild.context({ ...options, plugins: [republish] })).watch();
} else {
  await build();
}
