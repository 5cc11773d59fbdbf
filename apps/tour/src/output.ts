import { styleText } from 'node:util'
import { allowsColor, widthOf, type Terminal } from './terminal.ts'

/** Text for a person, on standard output. */
export interface Output {
  /** The beginning of a part, with a rule to the right. */
  heading(text: string): void
  /** Prose, broken at the width of the terminal. */
  say(text: string): void
  /** Lines as they are: tables. What stands between `**` is set off. */
  lines(text: string): void
}

/** Longer lines are hard to read, however wide the terminal is. */
const WIDEST = 88

export function output(stream: Terminal): Output {
  const width = Math.min(WIDEST, widthOf(stream) - 1)
  const style = (format: 'bold' | 'dim', text: string): string =>
    allowsColor(stream) ? styleText(format, text, { validateStream: false }) : text
  const write = (text: string): void => {
    stream.write(`${text}\n`)
  }
  const emphasize = (text: string): string =>
    text.replaceAll(/\*\*(.+?)\*\*/g, (_, inner: string) => style('bold', inner))
  return {
    heading(text) {
      const rule = '─'.repeat(Math.max(0, width - text.length - 1))
      write(`\n${style('bold', text)} ${style('dim', rule)}\n`)
    },
    say: (text) => write(emphasize(`${wrap(text, width)}\n`)),
    lines: (text) => write(emphasize(`${text}\n`)),
  }
}

/** Words in lines of at most `width` characters; the marks of emphasis take no room. */
export function wrap(text: string, width: number): string {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    const longer = `${line} ${word}`
    if (line !== undefined && longer.replaceAll('**', '').length <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines.join('\n')
}
