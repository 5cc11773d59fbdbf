import type { KnipConfig } from 'knip'

/** The second run, `knip --production`, leaves the tests out: it finds code that only tests use. */
const production = process.argv.includes('--production')

const config: KnipConfig = {
  // A signature's types are exported with it; a function may be exported for its test.
  ignoreExportsUsedInFile: production || { interface: true, type: true },
  ignoreDependencies: ['@arethetypeswrong/cli', 'turbo', 'mnist'], // run or read by name
  ignoreWorkspaces: production ? ['packages/testing'] : [],
  workspaces: {
    '.': {
      entry: [
        'scripts/check.ts!',
        'scripts/pack/smoke.js!',
        'scripts/vitest/*.ts!',
        'scripts/examples/assert.ts!',
      ],
      project: ['scripts/**/*.{ts,js}!', '!scripts/test/**!'],
      ignoreDependencies: ['@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-core'], // installed where smoke.js runs
    },
    'packages/*': {
      entry: [
        'test/**/*.test.ts',
        'test/**/*.test-d.ts',
        'scripts/*.ts',
        'src/loop/worker/loopWorker.ts!', // bundled into texts
        'src/engine/threads/helper.ts!',
      ],
      project: ['src/**/*.ts!', 'test/**/*.ts', 'scripts/**/*.ts'],
    },
    'packages/testing': {
      includeEntryExports: true, // a helper that no test uses is dead, too
      project: ['src/**/*.ts'],
    },
    'apps/*': {
      entry: ['test/**/*.test.ts', 'src/main.ts!'], // and what its package.json runs
      project: ['src/**/*.ts!', 'test/**/*.ts'],
    },
    'apps/docs': {
      vitepress: false, // knip takes what it knows of VitePress for development only
      entry: [
        '.vitepress/config.ts!',
        '.vitepress/theme/index.ts!',
        'test/**/*.test.ts',
        'test/probe/page.ts',
      ],
      project: ['.vitepress/**/*.{ts,vue}!', 'test/**/*.ts'],
      ignoreDependencies: ['linkedom'], // the site's server bundle holds @variate/plot, which imports it
    },
  },
}

export default config
