import { accessSync, constants, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Resvg } from '@resvg/resvg-js'
import { renderSvg, type Figure } from '@variate/plot'
import { Refusal } from './refusal.ts'

export interface Picture {
  /** Of the file, without its ending. */
  readonly path: string
  readonly caption: string
}

/** A folder for pictures. */
export interface Pictures {
  /** Those saved so far. */
  readonly saved: readonly Picture[]
  /** Draws a figure as `name`.svg and `name`.png. */
  save(name: string, figure: Figure, caption: string): Promise<void>
}

/** Of the PNG for each one of the SVG: sharp on screens of high density. */
const PIXELS = 2

/** Machines without fonts draw the same picture as all others. */
const FONTS = [
  import.meta.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  import.meta.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
].map((url) => fileURLToPath(url))

/** @throws Refusal if the folder cannot be made or written to. */
export function pictures(folder: string): Pictures {
  attempt(folder, () => {
    makeFolder(folder)
    accessSync(folder, constants.W_OK)
  })
  const saved: Picture[] = []
  return {
    saved,
    async save(name, figure, caption) {
      const path = join(folder, name)
      const svg = await renderSvg(figure)
      const font = {
        fontFiles: FONTS,
        loadSystemFonts: false,
        defaultFontFamily: 'Inter',
        sansSerifFamily: 'Inter',
      }
      const png = new Resvg(svg, { font, fitTo: { mode: 'zoom', value: PIXELS } }).render().asPng()
      attempt(folder, () => {
        writeFileSync(`${path}.svg`, svg)
        writeFileSync(`${path}.png`, png)
      })
      saved.push({ path, caption })
    },
  }
}

/** One level at a time: Node's recursive mkdir never returns where a file system refuses new folders as /proc does. */
function makeFolder(folder: string, obstacle = 'EEXIST'): void {
  if (existsSync(folder)) {
    if (statSync(folder).isDirectory()) return
    throw Object.assign(new Error('not a folder'), { code: obstacle })
  }
  const parent = dirname(resolve(folder))
  if (parent !== resolve(folder)) makeFolder(parent, 'ENOTDIR')
  mkdirSync(folder)
}

function attempt(folder: string, write: () => void): void {
  try {
    write()
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    throw new Refusal(`cannot write pictures to ${folder}: ${REASONS[code ?? ''] ?? message}`, { cause })
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EEXIST: 'it is a file, not a folder',
  ENOENT: 'no folder can be made there',
  ENOTDIR: 'part of the path is a file',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
}
