import { filesBelow } from '../lib/files.ts'

/** Where the projects of vitest.config.ts look for tests. */
const HOME = /^(packages|apps)\/[^/]+\/test\/.*\.test\.ts$|^scripts\/test\/.*\.test\.ts$/

/** Whether a path is named like a test (or a type test) that nothing runs. */
export function isStray(path: string): boolean {
  if (path.endsWith('.test-d.ts')) return !/^packages\/[^/]+\/test\//.test(path)
  return /\.(test|spec)\.[cm]?[jt]sx?$/.test(path) && !HOME.test(path)
}

/** Tests that never run; empty when all is well. */
export function strayProblems(): readonly string[] {
  return ['packages', 'apps', 'scripts', 'docs']
    .flatMap((folder) => filesBelow(folder, ''))
    .filter(isStray)
    .map((path) => `${path}: no test run finds it; tests are test/**/*.test.ts`)
}
