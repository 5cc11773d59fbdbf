import { fileURLToPath } from 'node:url'
import type { DefaultTheme, MarkdownOptions } from 'vitepress'
import { runnerImport } from 'vite'

type Reference = Readonly<Record<string, string>>
type MarkdownIt = Parameters<NonNullable<MarkdownOptions['config']>>[0]

/** `<!-- reference: continuous -->`, `<!-- graph: eightSchools -->` or `<!-- picture: learnedRing -->`, alone on its line. */
const PLACE = /^<!-- (?:reference|graph|picture): (\w+) -->$/gm

/** The reference of the distributions, made from the sources as they are now. */
export function makeReference(): Promise<Reference> {
  return madeBy(new URL('reference/made.ts', import.meta.url))
}

/** Pictures of maps that are learnt meanwhile. */
export function makeLearned(): Promise<Reference> {
  return madeBy(new URL('learned/learnedFigures.ts', import.meta.url))
}

async function madeBy(file: URL): Promise<Reference> {
  const conditions = ['@variate/source', 'module', 'node', 'development|production']
  const { module } = await runnerImport<{ made: Reference }>(fileURLToPath(file), {
    logLevel: 'error',
    environments: { inline: { resolve: { conditions, noExternal: [/^@variate\//] } } },
  })
  return module.made
}

/** Puts the parts of the reference, and pictures of graphs, where pages ask for them, before Markdown is read. */
export function fillIn(reference: Reference): (markdown: MarkdownIt) => void {
  return (markdown) => {
    markdown.core.ruler.before('normalize', 'reference', (state) => {
      state.src = state.src.replaceAll(PLACE, (_, name: string) => {
        const part = reference[name]
        if (part === undefined) throw new Error(`there is no part "${name}"`)
        return part
      })
    })
  }
}

/** What the search finds of a page: its words, not the numbers of its pictures. */
export const searchable: NonNullable<DefaultTheme.LocalSearchOptions['_render']> = (text, env, markdown) => {
  const html = markdown.render(text, env)
  return html.replaceAll(/<svg[\s\S]*?<\/svg>/g, '')
}
