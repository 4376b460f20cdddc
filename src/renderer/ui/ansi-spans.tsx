import type { CSSProperties } from 'react'
import type { AnsiSpan, AnsiStyle } from './ansi'
import './ansi.css'

/** Terminal text in its colours: as text nodes, whatever it says. */
export function AnsiSpans({ spans }: { readonly spans: readonly AnsiSpan[] }) {
  return spans.map((span, index) => (
    // Spans have no identity beyond their place.
    <Span key={index} text={span.text} style={span.style} />
  ))
}

function Span({ text, style }: { readonly text: string; readonly style: AnsiStyle }) {
  const shown = style.isInverse ? turned(style) : style
  return (
    <span className={classesOf(shown)} style={colorsOf(shown)}>
      {text}
    </span>
  )
}

function turned({ foreground, background, ...rest }: AnsiStyle): AnsiStyle {
  return {
    ...rest,
    ...(background !== undefined && { foreground: background }),
    ...(foreground !== undefined && { background: foreground })
  }
}

function classesOf(style: AnsiStyle): string | undefined {
  const classes = [
    typeof style.foreground === 'number' && `ansi-${style.foreground}`,
    typeof style.background === 'number' && `ansi-on-${style.background}`,
    style.isBold && 'ansi-bold',
    style.isDim && 'ansi-dim',
    style.isItalic && 'ansi-italic',
    style.isUnderlined && 'ansi-underlined',
    style.isInverse && 'ansi-inverse'
  ].filter((name) => typeof name === 'string')
  return classes.length > 0 ? classes.join(' ') : undefined
}

function colorsOf({ foreground, background }: AnsiStyle): CSSProperties | undefined {
  if (typeof foreground !== 'string' && typeof background !== 'string') return undefined
  return {
    ...(typeof foreground === 'string' && { color: foreground }),
    ...(typeof background === 'string' && { backgroundColor: background })
  }
}
