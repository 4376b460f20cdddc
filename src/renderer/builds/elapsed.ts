/** How long something took, to the tenth of a second while it is short: `0.4 s`, `12 s`, `3 min 5 s`; in the reader's language. */
export function formatElapsed(ms: number, language: string): string {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 9.95) return unit(Math.floor(seconds * 10) / 10, 'second', language, 1)
  const whole = Math.floor(seconds)
  if (whole < 60) return unit(whole, 'second', language)
  const parts =
    whole < 3600
      ? ([
          [Math.floor(whole / 60), 'minute'],
          [whole % 60, 'second']
        ] as const)
      : ([
          [Math.floor(whole / 3600), 'hour'],
          [Math.floor((whole % 3600) / 60), 'minute']
        ] as const)
  return parts.map(([value, name]) => unit(value, name, language)).join(' ')
}

function unit(
  value: number,
  name: 'second' | 'minute' | 'hour',
  language: string,
  digits = 0
): string {
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: name,
    unitDisplay: 'short',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits
  }).format(value)
}
