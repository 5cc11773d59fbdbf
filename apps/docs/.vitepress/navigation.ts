import { readdirSync, readFileSync } from 'node:fs'
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
  requireListed()
  return [
    { text: 'Guide', items: pages(GUIDES) },
    { text: 'Parts', items: pages(PARTS) },
    { text: 'Decisions', collapsed: true, items: pages(decisions()) },
  ]
}

/** Links to the pages, named by their first heading. */
function pages(names: readonly string[]): DefaultTheme.SidebarItem[] {
  return names.map((name) => {
    const text = readFileSync(new URL(`${name}.md`, DOCS), 'utf8')
    return { text: titleOf(text, name), link: `/${name}` }
  })
}

/** @throws Error for a page that no list names: it would be there, and nobody would find it. */
function requireListed(): void {
  const listed = ['index', ...GUIDES, ...PARTS].map((name) => `${name}.md`)
  const lost = readdirSync(DOCS).find((file) => file.endsWith('.md') && !listed.includes(file))
  if (lost !== undefined) throw new Error(`docs/${lost} is in no list of the sidebar, see navigation.ts`)
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
