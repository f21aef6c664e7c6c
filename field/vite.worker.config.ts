/** Builds /field/sw.js: the same output folder, one file without a hash, with the list of files it keeps for offline use. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const dist = process.env["MULIAN_FIELD_DIST"] ?? join(import.meta.dirname, "../src/mulian/site/field/dist");

/** Fonts are kept apart (see src/sw.ts): 200 KB more must never decide whether the app works offline. */
const kept = (name: string): boolean => !/(^sw(-gone)?\.js|^words\.json|\.woff2?|\.map|\.br|\.gz)$/.test(name);

function names(): string[] {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => relative(dist, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}

function manifest(): { url: string; revision: string | null }[] {
  return names().filter(kept).sort().map((url) => ({ url, revision: url.startsWith("assets/") ? null : digest(url) }));
}

function digest(name: string): string {
  return createHash("sha256").update(readFileSync(join(dist, name))).digest("hex").slice(0, 16);
}

function fonts(): string[] {
  return readdirSync(join(dist, "assets")).filter((name) => name.endsWith(".woff2")).map((name) => `assets/${name}`);
}

/** Writes packed neighbours (.br, .gz) of all text files once, so that no server packs them at each request. */
function packed(): Plugin {
  const pack = (name: string): void => {
    const bytes = readFileSync(join(dist, name));
    writeFileSync(join(dist, `${name}.br`), brotliCompressSync(bytes));
    writeFileSync(join(dist, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  };
  return { name: "packed", closeBundle: () => names().filter((name) => /\.(js|css|html|svg|webmanifest)$/.test(name)).forEach(pack) };
}

export default defineConfig({
  plugins: [packed()],
  base: "./",
  publicDir: false,
  define: { __KEPT__: JSON.stringify(manifest()), __FONTS__: JSON.stringify(fonts()) },
  build: {
    outDir: dist,
    emptyOutDir: false,
    target: "es2020",
    rollupOptions: {
      input: join(import.meta.dirname, "src/sw.ts"),
      output: { format: "iife", entryFileNames: "sw.js" },
    },
  },
});
