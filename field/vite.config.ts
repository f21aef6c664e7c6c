/** Builds the app itself. The service worker is a second, later build (vite.worker.config.ts) that lists these files. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  base: "/field/",
  build: {
    outDir: "../src/mulian/site/field/dist",
    emptyOutDir: true,
    target: "es2020",
    // Nothing is inlined: the pages are served with a policy that forbids inline scripts, styles and data URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: { include: ["src/**/*.test.ts", "src/**/*.test.tsx"], environment: "node" },
});
