import { isDeepStrictEqual } from 'node:util'
import type { Manifest, Package, Target, Targets } from '../lib/workspace.ts'

const SOURCE = '@variate/source'

/** What every package.json below `packages/` says in the same words. */
const COMMON: Partial<Manifest> = { license: 'Apache-2.0', type: 'module', sideEffects: false }

/** What every published one adds. */
const PUBLISHED: Partial<Manifest> = {
  engines: { node: '>=20.19' },
  scripts: { build: 'tsdown --config ../../tsdown.config.ts' },
}

/** Where a package.json or its README leaves the common form; empty when all is well. */
export function anatomyProblems(packages: readonly Package[]): readonly string[] {
  const versions = new Set(packages.filter(isPublic).map(({ manifest }) => manifest.version))
  const problems =
    versions.size > 1 ? [`the published packages differ in version: ${[...versions].join(', ')}`] : []
  return [...problems, ...packages.flatMap(packageProblems)]
}

/** Whether a package is published. */
export function isPublic({ manifest }: Package): boolean {
  return manifest.private !== true
}

function packageProblems(item: Package): readonly string[] {
  const { folder, manifest, readme } = item
  const published = isPublic(item)
  const name = folder === 'variate' ? 'variate' : `@variate/${folder}`
  const problems = differences(manifest, { name, ...COMMON, ...(published && PUBLISHED) })
  if (!manifest.description) problems.push('has no description')
  if (!readme?.startsWith(`# ${name}\n`)) problems.push(`has no README.md that begins with "# ${name}"`)
  if (published) problems.push(...publishProblems(manifest))
  else if (manifest.publishConfig) problems.push('is private, and still has a publishConfig')
  return problems.map((problem) => `packages/${folder}: ${problem}`)
}

function differences(manifest: Manifest, expected: Partial<Manifest>): string[] {
  return Object.entries(expected).flatMap(([field, value]) => {
    const found = manifest[field as keyof Manifest]
    return isDeepStrictEqual(found, value) ? [] : [`${field} is ${show(found)}, expected ${show(value)}`]
  })
}

function publishProblems(manifest: Manifest): string[] {
  const { files = [], exports = {}, imports, publishConfig = {} } = manifest
  const problems = ['dist', 'src']
    .filter((part) => !files.includes(part))
    .map((part) => `files lacks "${part}"`)
  if (publishConfig.access !== 'public') problems.push('publishConfig.access is not "public"')
  if (!('.' in exports)) problems.push('exports has no "."')
  for (const [subpath, target] of Object.entries(exports)) {
    if (isCode(target) && Object.keys(target as object)[0] !== SOURCE) {
      problems.push(`exports["${subpath}"] does not begin with the condition ${SOURCE}`)
    }
  }
  for (const [field, targets] of Object.entries({ exports, imports })) {
    const found = publishConfig[field as 'exports' | 'imports']
    const expected = targets && withoutSource(targets)
    if (!isDeepStrictEqual(found, expected)) {
      problems.push(
        `publishConfig.${field} is not ${field} without the condition ${SOURCE}: ${show(expected)}`,
      )
    }
  }
  return problems
}

function isCode(target: Target): boolean {
  return typeof target === 'object' && target !== null
}

/** A map as it is published: a consumer that sets our condition would otherwise be sent to TypeScript. */
function withoutSource(targets: Targets): Targets {
  return Object.fromEntries(
    Object.entries(targets)
      .filter(([key]) => key !== SOURCE)
      .map(([key, target]) => [
        key,
        typeof target === 'object' && target !== null ? withoutSource(target) : target,
      ]),
  )
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'missing'
}
