import type { TFunction } from 'i18next'
import type { SessionEnd, SessionMark, TerminalSession } from '../../shared/exec/model'
import { formatDuration } from '../ui/format'
import { said } from '../i18n/said'

type Translate = TFunction<'exec'>

/** How a session stands, in a sentence; empty while it is open. */
export function describeSession(row: TerminalSession, t: Translate, language: string): string {
  if (row.state === 'opening') return t('opening')
  if (row.state === 'open') return ''
  const words = row.end && !row.error ? describeEnd(row, row.end, t, language) : ''
  if (row.state === 'waiting') return words || t('engineLost')
  if (row.error) return `${said(row.error.message)} ${t('again')}`
  return words || t('again')
}

function describeEnd(
  { kind, containerName: name }: TerminalSession,
  { exitCode, reason, livedMs }: SessionEnd,
  t: Translate,
  language: string
): string {
  const code = exitCode ?? '?'
  switch (reason) {
    case 'exited':
      return kind === 'exec'
        ? t('exited', { code })
        : t('ranFor', { name, code, time: formatLived(livedMs ?? 0, language) })
    case 'closed':
      return t('closed')
    case 'detached':
      return t('detached', { name })
    case 'container-removed':
      return t('containerRemoved')
    case 'container-stopped':
      return t('containerStopped', { code })
    case 'engine-lost':
      return t('engineLost')
  }
}

/** A mark as the line that the terminal shows for it. */
export function describeMark(
  mark: SessionMark,
  row: TerminalSession | undefined,
  t: Translate,
  language: string
): string {
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(mark.atMs)
  if (mark.kind === 'interrupt') return t('marks.interrupt')
  if (mark.kind === 'ended') {
    const error = mark.error && said(`${mark.error.message} ${mark.error.hint ?? ''}`.trim())
    const words = mark.end && row ? describeEnd(row, mark.end, t, language) : ''
    return `── ${error ?? words} ── ${time}`
  }
  const where = mark.workingDir === undefined ? '' : t('marks.in', { folder: mark.workingDir })
  const what = row?.kind === 'attach' ? 'attach' : 'exec'
  return `── ${t(`marks.${mark.kind}.${what}`, { where })}, ${time} ──`
}

/** How long something lived, to the tenth of a second while that is short. */
export function formatLived(ms: number, language: string): string {
  if (ms >= 10_000) return formatDuration(ms, language)
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'short',
    maximumFractionDigits: ms < 1000 ? 2 : 1
  }).format(ms / 1000)
}
