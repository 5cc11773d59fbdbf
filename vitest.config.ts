import { defaultServerConditions } from 'vite'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

const source = '@variate/source'
const slow = '**/*.slow.test.ts'
/** Tests that change what others would see, or count what others leave. */
const alone = '**/*.alone.test.ts'

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
        // Files are many, and what they import takes longer than what they test: one module registry a worker serves them all.
        test: {
          ...quiet,
          name: 'unit',
          include: ['packages/*/test/**/*.test.ts', 'scripts/test/**/*.test.ts'],
          exclude: [slow, alone],
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        ...onSource,
        test: { ...quiet, name: 'alone', include: [`packages/*/test/${alone}`], testTimeout: 30_000 },
      },
      {
        ...onSource,
        // One module registry a worker serves all examples.
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
