import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import type { HtmlTagDescriptor, Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const server = process.env['AVOCET_URL'] ?? 'http://127.0.0.1:8503'

/** Puts what the server would say about the desk into the page of the dev server. */
const deskFacts: Plugin = {
  name: 'avocet-desk-facts',
  apply: 'serve',
  async transformIndexHtml(html) {
    const facts = await (await fetch(`${server}/api/sft/desk`)).text()
    return html.replace('"__AVOCET_DESK_FACTS__"', () => facts)
  },
}

/** Preloads the review page's file beside the entry, so that the first card does not wait for the router. */
const reviewPreload: Plugin = {
  name: 'avocet-review-preload',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle, chunk: entry }) {
      const review = Object.values(bundle ?? {}).find((one) => one.type === 'chunk' && one.name === 'review')
      if (review?.type !== 'chunk') throw new Error('The review page has no file of its own.')
      const scripts = [review.fileName, ...review.imports].filter((name) => !entry?.imports.includes(name))
      const link = (rel: string, name: string): HtmlTagDescriptor => ({
        tag: 'link',
        attrs: { rel, crossorigin: true, href: `/${name}` },
        injectTo: 'head',
      })
      return [
        ...scripts.map((name) => link('modulepreload', name)),
        ...[...(review.viteMetadata?.importedCss ?? [])].map((name) => link('stylesheet', name)),
      ]
    },
  },
}

export default defineConfig({
  plugins: [vue(), tailwindcss(), deskFacts, reviewPreload],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  // The server checks Host and Origin, so the proxy sends the ones that the server's own page would send.
  // The documentation's files are beside web/.
  server: {
    fs: { allow: ['..'] },
    proxy: { '/api': { target: server, changeOrigin: true, headers: { origin: server } } },
  },
  build: {
    outDir: '../src/avocet/static',
    emptyOutDir: true,
    manifest: true,
    // The CSP allows no data: script, and an inlined asset would be one.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Each group takes all that its modules import: two files compress better, and need fewer requests, than
          // shared parts.
          groups: [
            { name: 'app', test: /src\/main\.ts$/, priority: 2 },
            { name: 'review', test: /src\/review\/CorrectionsView\.vue$/, priority: 1 },
            // what comes a moment after the first card
            {
              name: 'beside',
              test: /src\/(reading\/(AnswerTabs|ComparisonLine)|review\/(FirstRun|SameShape|StatusCounts))\.vue$/,
            },
            // what the filter bar seldom needs
            {
              name: 'bar',
              test: /src\/(kit\/MoreFilters|views\/ViewPill|review\/(LengthPill|QueueMenu|TagPill|rareFilters))\.(ts|vue)$/,
            },
            // menus and dialogs, which no first card needs: each file less is a name less in the first load
            {
              name: 'overlays',
              test: /node_modules\/(reka-ui|@floating-ui|aria-hidden)\/|src\/(kit\/(Filter|MoreFilters|Values)Menu|review\/ScorePanel)\.vue$/,
            },
            // small parts that several pages share, and that no first card needs
            {
              name: 'parts',
              test: /src\/(words\/(bytes|rates)|kit\/(CommandLine|LogPane|RadioCard|SortHeader|StepBar|useFollowed|useSelection|useSorted)|train\/(StateChip|TrainTabs|jobSettings|jobStates))\.(ts|vue)$/,
            },
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
    // Vitest's own choice leaves one of two cores idle.
    maxWorkers: 2,
    // other work on the machine must not fail a test
    testTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,vue}'],
      exclude: ['src/**/*.spec.ts', 'src/testing/**', 'src/api/schema.d.ts', 'src/main.ts'],
      reporter: ['text-summary', 'html'],
      // One point below what was measured; raise them when the coverage rises.
      thresholds: { statements: 84, branches: 76, functions: 79, lines: 86 },
      reportsDirectory: fileURLToPath(new URL('../.cache/coverage-web', import.meta.url)),
    },
  },
})
