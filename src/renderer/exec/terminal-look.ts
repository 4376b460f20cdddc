import type { ITheme } from '@xterm/xterm'

const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const

/** The terminal's colours, from the `--terminal-*` variables that hold at `element`. */
export function readTheme(element: HTMLElement): ITheme {
  const style = getComputedStyle(element)
  const read = (name: string) => style.getPropertyValue(`--terminal-${name}`).trim()
  const theme: ITheme = {
    background: read('background'),
    foreground: read('foreground'),
    cursor: read('cursor'),
    cursorAccent: read('background'),
    selectionBackground: read('selection')
  }
  for (const colour of COLOURS) {
    theme[colour] = read(colour)
    theme[`bright${colour.charAt(0).toUpperCase()}${colour.slice(1)}` as BrightColour] = read(
      `bright-${colour}`
    )
  }
  return theme
}

type BrightColour = `bright${Capitalize<(typeof COLOURS)[number]>}`

let hardware: boolean | undefined

/** Whether the GPU draws WebGL. A software renderer does it slower than the DOM does without it. */
export function hasHardwareGl(): boolean {
  hardware ??= isHardware(rendererName())
  return hardware
}

/** Whether a WebGL renderer's name is one of hardware; an unknown one counts as none. */
export function isHardware(name: string): boolean {
  return name !== '' && !/swiftshader|llvmpipe|softpipe|software|basic render/i.test(name)
}

function rendererName(): string {
  const gl = document.createElement('canvas').getContext('webgl2')
  if (!gl) return ''
  const names = gl.getExtension('WEBGL_debug_renderer_info')
  const name: unknown = gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER)
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return typeof name === 'string' ? name : ''
}
