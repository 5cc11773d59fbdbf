import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
    mkdirSync(folder, { recursive: true })
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
  ENOTDIR: 'part of the path is a file',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
}
