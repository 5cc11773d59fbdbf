import { exportsOf, type ExportedName } from '../lib/imports.ts'
import type { Package } from '../lib/workspace.ts'
import { isPublic } from './anatomy.ts'

const UMBRELLA = 'variate'

/** Which public names of the packages the umbrella lacks, renames or has beyond them; empty when all is well. */
export function umbrellaProblems(packages: readonly Package[]): readonly string[] {
  const problems: string[] = []
  const offered = new Map(
    indexOf(packages.find(({ folder }) => folder === UMBRELLA)).map((item) => [item.name, item]),
  )
  const owners = new Map<string, string>()

  for (const item of packages.filter((candidate) => isPublic(candidate) && candidate.folder !== UMBRELLA)) {
    const module = item.manifest.name
    for (const { name, isType } of indexOf(item)) {
      const owner = owners.get(name)
      if (owner !== undefined) problems.push(`"${name}" is exported by ${owner} and by ${module}`)
      owners.set(name, module)
      const found = offered.get(name)
      if (!found) problems.push(`the umbrella lacks ${isType ? 'the type ' : ''}"${name}" of ${module}`)
      else if (!isOf(found, module)) {
        problems.push(`the umbrella's "${name}" is not that of ${module}`)
      } else if (found.isType && !isType)
        problems.push(`the umbrella exports "${name}" of ${module} as a type alone`)
    }
  }
  for (const [name, { from }] of offered) {
    // What comes from another entry of a package, `@variate/models/regressions`, is not in its index.
    if (packages.some(({ manifest }) => from?.module.startsWith(`${manifest.name}/`))) continue
    if (!owners.has(name)) problems.push(`the umbrella exports "${name}", which no package exports`)
  }
  return problems.map((problem) => `packages/${UMBRELLA}/src/index.ts: ${problem}`)
}

/** Whether a name is exported as another module has it, or by a file of its own; that it is the same is for tests to say. */
function isOf({ name, from }: ExportedName, module: string): boolean {
  return (from?.module === module || from?.module === `./${name}.ts`) && from.name === name
}

function indexOf(item: Package | undefined): readonly ExportedName[] {
  const file = item?.files.find(({ path }) => path === 'src/index.ts')
  if (!item || !file) throw new Error(`packages/${item?.folder ?? UMBRELLA} has no src/index.ts`)
  return exportsOf(`packages/${item.folder}/${file.path}`, file.text)
}
