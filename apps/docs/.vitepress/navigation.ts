import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { DefaultTheme } from 'vitepress'

const DOCS = new URL('../../../docs/', import.meta.url)

const GUIDES = ['getting-started', 'gaussian-mixtures', 'k-means', 'expectation-maximization']
const PARTS = ['keys', 'data', 'figures', 'errors', 'benchmarks']

export function navigation(): DefaultTheme.NavItem[] {
  return [
    { text: 'Guide', link: '/getting-started' },
    { text: 'How EM works', link: '/expectation-maximization' },
  ]
}

export function sidebar(): DefaultTheme.SidebarItem[] {
  return [
    { text: 'Guide', items: pages(GUIDES) },
    { text: 'Parts', items: pages(PARTS) },
    { text: 'Decisions', collapsed: true, items: pages(decisions()) },
  ]
}

/** Links to those of the pages that exist, named by their first heading. */
function pages(names: readonly string[]): DefaultTheme.SidebarItem[] {
  return names
    .map((name) => ({ name, file: fileURLToPath(new URL(`${name}.md`, DOCS)) }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, file }) => ({ text: titleOf(readFileSync(file, 'utf8'), name), link: `/${name}` }))
}

function decisions(): string[] {
  return readdirSync(new URL('decisions/', DOCS))
    .filter((file) => file.endsWith('.md'))
    .toSorted()
    .map((file) => `decisions/${file.slice(0, -'.md'.length)}`)
}

function titleOf(text: string, name: string): string {
  return /^# (.+)$/m.exec(text)?.[1] ?? name
}
