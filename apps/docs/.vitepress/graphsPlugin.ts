import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runnerImport, type Plugin } from 'vite'
import { markdownBlocks } from '../../../scripts/examples/blocks.ts'

const PAGE = new URL('../../../docs/model-graphs.md', import.meta.url)

const PICTURE = fileURLToPath(new URL('graphs/pictureOf.ts', import.meta.url))

/** Where the page's module stands, as far as what it imports is concerned: no such file is there. */
const MODULE = fileURLToPath(new URL('graphs/page.ts', import.meta.url))

/** The pictures of the models of a page, by the names that its own code gives them: they cannot fall behind it. */
export async function makeGraphs(): Promise<Readonly<Record<string, string>>> {
  const conditions = ['@variate/source', 'module', 'node', 'development|production']
  const { module } = await runnerImport<{ made: Readonly<Record<string, string>> }>(MODULE, {
    root: fileURLToPath(new URL('..', import.meta.url)),
    logLevel: 'error',
    plugins: [pageAsModule(readFileSync(PAGE, 'utf8'))],
    environments: { inline: { resolve: { conditions, noExternal: [/^@variate\//] } } },
  })
  return module.made
}

/** The examples of the page one after the other, and a picture for each `<!-- graph: name -->`. */
function pageAsModule(page: string): Plugin {
  const names = [...page.matchAll(/^<!-- graph: (\w+) -->$/gm)].map(([, name]) => name!)
  const code = [
    `import { pictureOf } from ${JSON.stringify(PICTURE)}`,
    ...markdownBlocks(page).flatMap((block) => block.code),
    `export const made = { ${names.map((name) => `${name}: await pictureOf(${name})`).join(', ')} }`,
  ].join('\n')
  return {
    name: 'page-as-module',
    enforce: 'pre',
    resolveId: (id) => (id === MODULE ? MODULE : null),
    load: (id) => (id === MODULE ? code : null),
  }
}
