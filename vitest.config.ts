import { defaultServerConditions } from 'vite'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

const source = '@variate/source'
const slow = '**/*.slow.test.ts'

/** Tests read the packages' sources: nothing has to be built first. */
const onSource = {
  ssr: { resolve: { conditions: [source, ...defaultServerConditions], externalConditions: [source] } },
}

const config: ViteUserConfig = defineConfig({
  ...onSource,
  test: {
    projects: [
      {
        ...onSource,
        test: { name: 'unit', include: ['packages/*/test/**/*.test.ts', 'scripts/test/**/*.test.ts'], exclude: [slow] },
      },
      { ...onSource, test: { name: 'examples', include: ['.examples/**/*.test.ts'] } },
      { ...onSource, test: { name: 'apps', include: ['apps/*/test/**/*.test.ts'], exclude: [slow], testTimeout: 120_000, hookTimeout: 120_000 } },
      { ...onSource, test: { name: 'slow', include: [`packages/*/test/${slow}`, `apps/*/test/${slow}`], testTimeout: 900_000 } },
    ],
  },
})

export default config
