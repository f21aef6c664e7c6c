/** Builds /field/sw.js: the same output folder, one file without a hash, with the list of files it keeps for offline use. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { defineConfig } from "vite";

const dist = join(import.meta.dirname, "../src/mulian/site/field/dist");

/** Fonts are kept apart (see src/sw.ts): 200 KB more must never decide whether the app works offline. */
const kept = (name: string): boolean => !/(^|\/)(sw\.js|[^/]+\.(woff2?|map))$/.test(name) && !name.startsWith(".");

function manifest(): { url: string; revision: string | null }[] {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map((entry) => relative(dist, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  return names.filter(kept).sort().map((url) => ({ url, revision: url.startsWith("assets/") ? null : digest(url) }));
}

function digest(name: string): string {
  return createHash("sha256").update(readFileSync(join(dist, name))).digest("hex").slice(0, 16);
}

function fonts(): string[] {
  return readdirSync(join(dist, "assets")).filter((name) => name.endsWith(".woff2")).map((name) => `assets/${name}`);
}

export default defineConfig({
  base: "/field/",
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
