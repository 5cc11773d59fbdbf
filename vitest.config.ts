import { defaultServerConditions } from 'vite'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

const source = '@variate/source'
const slow = '**/*.slow.test.ts'

/** Tests read the packages' sources: nothing has to be built first. */
const onSource = {
  ssr: { resolve: { conditions: [source, ...defaultServerConditions], externalConditions: [source] } },
}

/** A warning or an error on the console that the test does not expect makes it fail. */
const quiet = { setupFiles: ['scripts/vitest/quiet-console.ts'] }

const config: ViteUserConfig = defineConfig({
  ...onSource,
  test: {
    maxWorkers: '100%', // all cores but one would be half of two
    projects: [
      {
        ...onSource,
        test: {
          ...quiet,
          name: 'unit',
          include: ['packages/*/test/**/*.test.ts', 'scripts/test/**/*.test.ts'],
          exclude: [slow],
          testTimeout: 30_000,
        },
      },
      {
        ...onSource,
        // Examples are many small files: one module registry a worker serves them all.
        test: {
          ...quiet,
          name: 'examples',
          include: ['.examples/**/*.test.ts'],
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        ...onSource,
        test: {
          name: 'apps',
          include: ['apps/*/test/**/*.test.ts'],
          exclude: [slow],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...onSource,
        test: {
          name: 'slow',
          include: [`packages/*/test/${slow}`, `apps/*/test/${slow}`],
          testTimeout: 900_000,
        },
      },
    ],
  },
})

export default config
