/** Ways to take a receipt away from the screen. None of them leaves anything behind in the page, its address or its storage. */
import type { Accepted } from '../shapes'
import { t } from '../speech'
import { grouped, twoLines } from './digits'

/** The receipt as text; `receiptIn` reads it back. */
export function receiptText({ receipt, no }: Accepted): string {
  return [
    `${t('portal.card.name')} · ${t('portal.name')}`,
    `${t('portal.card.number')} ${grouped(receipt.number)}`,
    `${t('portal.card.secret')} ${grouped(receipt.secret)}`,
    `${t('portal.card.no')} ${no}`,
  ].join('\n')
}

/** The old way, for intranets without TLS where the clipboard API does not exist. */
function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.setAttribute('readonly', '')
  area.className = 'xn-only-read-aloud'
  document.body.append(area)
  area.select()
  const done = document.execCommand('copy')
  area.remove()
  return done
}

export async function copyText(text: string): Promise<boolean> {
  const clipboard = (navigator as { clipboard?: Clipboard }).clipboard
  try {
    if (!clipboard) return copyBySelection(text)
    await clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

const WIDTH = 720
const HEIGHT = 640
const FONT = '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif'
const EDGE = 56

interface Line {
  text: string
  at: number
  size: number
  bold?: boolean
  quiet?: boolean
}

function linesOf({ receipt, no }: Accepted): Line[] {
  const [first = '', second = ''] = twoLines(receipt.secret)
  return [
    { text: t('portal.card.name'), at: 100, size: 44, bold: true },
    { text: t('portal.name'), at: 146, size: 26, quiet: true },
    { text: t('portal.card.number'), at: 226, size: 26, quiet: true },
    { text: grouped(receipt.number), at: 282, size: 52, bold: true },
    { text: t('portal.card.secret'), at: 350, size: 26, quiet: true },
    { text: first, at: 406, size: 52, bold: true },
    { text: second, at: 470, size: 52, bold: true },
    { text: `${t('portal.card.no')} ${no}`, at: 544, size: 26, quiet: true },
    { text: t('portal.card.pictureNote'), at: 588, size: 26, quiet: true },
  ]
}

/** Black on white whatever the theme: it will be looked at in a photo album or printed. */
function draw(canvas: HTMLCanvasElement, lines: Line[]): boolean {
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const pen = canvas.getContext('2d')
  if (!pen) return false
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, WIDTH, HEIGHT)
  pen.fillStyle = '#0f6b6b'
  pen.fillRect(0, 0, WIDTH, 16)
  for (const line of lines) {
    pen.fillStyle = line.quiet ? '#5a6478' : '#1d2433'
    pen.font = `${line.bold ? 600 : 400} ${line.size}px ${FONT}`
    pen.fillText(line.text, EDGE, line.at, WIDTH - 2 * EDGE)
  }
  return true
}

/** Hands the browser a PNG to save; its name does not tell the numbers. */
export async function savePicture(accepted: Accepted): Promise<boolean> {
  const canvas = document.createElement('canvas')
  if (!draw(canvas, linesOf(accepted))) return false
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!picture) return false
  const link = document.createElement('a')
  link.href = URL.createObjectURL(picture)
  link.download = `${t('portal.card.file')}.png`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  return true
}
