import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const server = process.env['AVOCET_URL'] ?? 'http://127.0.0.1:8503'

/** The page as the server sends it, with what it says of the desk. */
const deskFacts: Plugin = {
  name: 'avocet-desk-facts',
  apply: 'serve',
  async transformIndexHtml(html) {
    const facts = await (await fetch(`${server}/api/sft/desk`)).text()
    return html.replace('"__AVOCET_DESK_FACTS__"', () => facts)
  },
}

export default defineConfig({
  plugins: [vue(), tailwindcss(), deskFacts],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  // The server checks Host and Origin, so the proxy speaks as the server's own page would.
  server: { proxy: { '/api': { target: server, changeOrigin: true, headers: { origin: server } } } },
  build: {
    outDir: '../src/avocet/static',
    emptyOutDir: true,
    manifest: true,
    // The CSP allows no data: script, and an inlined asset would be one.
    assetsInlineLimit: 0,
    // One file compresses better than the many that routes would share; all of Vue's is in the first load.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'vue', test: /node_modules\/(@vue|vue|vue-router|pinia|openapi-fetch)\// },
            // the pages that plot share it, and no other page loads it
            { name: 'plot', test: /node_modules\/(d3-\w+|internmap)\/|src\/plot\// },
          ],
        },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.spec.ts'],
    setupFiles: ['./src/testing/setup.ts'],
    restoreMocks: true,
    // its own choice leaves one of two cores idle
    maxWorkers: 2,
    // other work on the machine must not fail a test
    testTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,vue}'],
      exclude: ['src/**/*.spec.ts', 'src/testing/**', 'src/api/schema.d.ts', 'src/main.ts'],
      reporter: ['text-summary', 'html'],
      // what was measured, a point down: raise them when it rises
      thresholds: { statements: 84, branches: 76, functions: 79, lines: 86 },
      reportsDirectory: fileURLToPath(new URL('../.cache/coverage-web', import.meta.url)),
    },
  },
})
