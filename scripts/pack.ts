import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pnpm, tool, type Finished } from './lib/command.ts'
import { root } from './lib/root.ts'
import type { StepResult } from './lib/step.ts'
import { readPackages, type Package } from './lib/workspace.ts'
import { consume } from './pack/consumer.ts'
import { isPublic } from './packages/anatomy.ts'

/** A package as npm would receive it. */
export interface Tarball {
  readonly item: Package
  readonly file: string
}

/**
 * Builds and packs every published package, lints the tarballs, installs them together in an empty
 * project and uses them there. Each tarball's lint counts as one check, each use as one.
 */
export async function pack(): Promise<StepResult> {
  const folder = mkdtempSync(join(tmpdir(), 'variate-pack-'))
  try {
    const packages = readPackages().filter(isPublic)
    const build = await pnpm([
      'exec',
      'turbo',
      'run',
      'build',
      '--filter=./packages/*',
      '--output-logs=errors-only',
    ])
    if (!build.ok) return count([build])
    const packed = await Promise.all(packages.map((item) => packOne(item, join(folder, item.folder))))
    if (packed.some(({ finished }) => !finished.ok)) return count(packed.map(({ finished }) => finished))
    const tarballs = packages.map((item, i) => ({ item, file: packed[i]!.file }))
    const lints: Finished[] = []
    for (const tarball of tarballs) lints.push(await lint(tarball))
    return count([build, ...lints, ...(await consume(tarballs, join(folder, 'consumer')))])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function packOne(item: Package, folder: string): Promise<{ finished: Finished; file: string }> {
  mkdirSync(folder)
  const finished = await pnpm(['pack', '--pack-destination', folder], {
    cwd: join(root, 'packages', item.folder),
  })
  return { finished, file: join(folder, readdirSync(folder)[0] ?? '') }
}

/** Whether the tarball's package.json and types are what tools expect, and what it must hold is in it. */
async function lint({ item, file }: Tarball): Promise<Finished> {
  const runs = await Promise.all([
    tool('publint', ['run', file, '--strict']),
    tool('attw', [file, '--profile', 'esm-only', '--no-emoji', '--no-color']),
  ])
  const output = runs.map((run) => run.output).join('\n')
  return { ok: runs.every(({ ok }) => ok), output: `${item.manifest.name}\n${output}`, errors: '' }
}

function count(runs: readonly Finished[]): StepResult {
  const failures = runs.filter(({ ok }) => !ok)
  return {
    passed: runs.length - failures.length,
    failed: failures.length,
    output: failures.map(({ output }) => output).join('\n'),
  }
}
