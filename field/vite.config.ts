/** Builds the app itself. The service worker is a second, later build (vite.worker.config.ts) that lists these files. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Writes words.json: all labels in all languages, for the console's page where they are spoken. Phones never fetch it. */
function words(): Plugin {
  const read = (language: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, `src/i18n/${language}.json`), "utf8"));
  const all = (): string => JSON.stringify({ bo: read("bo"), "zh-Hans": read("zh-Hans"), en: read("en") });
  return { name: "words", apply: "build", generateBundle() { this.emitFile({ type: "asset", fileName: "words.json", source: all() }); } };
}

export default defineConfig({
  // Every address is relative, so that the same build runs under /field/ and, from its own files, in a shell.
  base: "./",
  plugins: [words()],
  build: {
    outDir: process.env["MULIAN_FIELD_DIST"] ?? "../src/mulian/site/field/dist",
    emptyOutDir: true,
    target: "es2020",
    // Nothing is inlined: the pages are served with a policy that forbids inline scripts, styles and data URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // A limit on a busy machine, never a wait.
  test: { include: ["src/**/*.test.ts", "src/**/*.test.tsx"], environment: "node", testTimeout: 60_000, hookTimeout: 60_000 },
});
