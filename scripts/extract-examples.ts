import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { jsdocBlocks, markdownBlocks, type Block } from './examples/blocks.ts'
import { exampleModule } from './examples/module.ts'
import { filesBelow } from './lib/files.ts'
import { root } from './lib/root.ts'
import { readPackages } from './lib/workspace.ts'
import { isPublic } from './packages/anatomy.ts'

/** Where the tests are written; git ignores it. */
const TARGET = '.examples'

export interface ExampleTest {
  readonly path: string
  readonly code: string
}

/** Writes the examples of all sources and pages as tests, in place of what was there before. */
export function extractExamples(): number {
  rmSync(join(root, TARGET), { recursive: true, force: true })
  linkPackages()
  const tests = exampleFiles().flatMap((path) => exampleTests(path, readFileSync(join(root, path), 'utf8')))
  for (const { path, code } of tests) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), code)
  }
  return tests.length
}

/**
 * The tests for the examples of one file: in JSDoc, each stands alone; on a page, each continues those
 * before it. What is not to be run is type-checked together with all that it may continue.
 */
export function exampleTests(path: string, text: string): readonly ExampleTest[] {
  try {
    const modules = path.endsWith('.md')
      ? pageModules(markdownBlocks(text))
      : jsdocBlocks(text).map((block) => [block])
    return modules.flatMap((blocks) => {
      const runs = blocks.filter(({ run }) => run)
      return [
        ...(runs.length > 0 ? [toTest(path, runs, '.test.ts')] : []),
        ...(runs.length < blocks.length ? [toTest(path, blocks, '.types.ts')] : []),
      ]
    })
  } catch (error) {
    const { message } = error as Error
    throw message.startsWith(path) ? error : new Error(`${path}: ${message}`, { cause: error })
  }
}

function pageModules(blocks: readonly Block[]): readonly Block[][] {
  const modules: Block[][] = []
  for (const block of blocks) {
    if (block.alone || modules.length === 0) modules.push([block])
    else modules.at(-1)!.push(block)
  }
  return modules
}

function toTest(path: string, blocks: readonly Block[], ending: string): ExampleTest {
  const target = `${TARGET}/${path}.${blocks[0]!.line}${ending}`
  const assertions = relative(dirname(target), 'scripts/examples/assert.ts').replaceAll('\\', '/')
  return { path: target, code: exampleModule(path, blocks, assertions) }
}

function exampleFiles(): readonly string[] {
  const folders = readPackages().map(({ folder }) => `packages/${folder}`)
  const pages = ['README.md', ...folders.map((folder) => `${folder}/README.md`)]
  return [
    ...folders.flatMap((folder) => filesBelow(`${folder}/src`, '.ts')),
    ...pages.filter((page) => existsSync(join(root, page))),
    ...filesBelow('docs', '.md'),
  ]
}

/** Examples see the published packages, those of a package also what it depends on itself. */
function linkPackages(): void {
  for (const item of readPackages().filter(isPublic)) {
    const folder = `packages/${item.folder}`
    link(folder, `node_modules/${item.manifest.name}`)
    link(`${folder}/node_modules`, `${folder}/node_modules`)
  }
  // The one that has all that examples import of it.
  link('packages/language/node_modules/@tensorflow', 'node_modules/@tensorflow')
}

function link(from: string, to: string): void {
  const place = join(root, TARGET, to)
  mkdirSync(dirname(place), { recursive: true })
  symlinkSync(join(root, from), place, 'junction')
}
