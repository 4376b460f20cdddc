import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import type { TerminalSize } from '../../shared/exec/model'
import type { SessionDockTab } from '../app/dock-store'
import { isWindowKey } from '../app/keys'
import { call, errorOf } from '../bridge/client'
import { useMirror } from '../bridge/mirror'
import { confirm } from '../ui/confirm'
import { ErrorBox } from '../ui/error-box'
import { notify } from '../ui/notices'
import { FindBar } from './find-bar'
import { SessionBar } from './session-bar'
import { portOfSession } from './session-port'
import { describeMark } from './session-words'
import { TerminalView } from './terminal'
import './session-tab.css'

const FONT_SIZES = { least: 8, usual: 13, most: 28 }
const isMac = navigator.userAgent.includes('Mac')

/** A terminal session: what it prints and printed, how it stands, and Enter for another run. The session itself is main's. */
export function SessionTab({
  tab,
  active
}: {
  readonly tab: SessionDockTab
  readonly active: boolean
}) {
  const { t, i18n } = useTranslation('exec')
  const parent = useRef<HTMLDivElement>(null)
  const view = useRef<TerminalView>(undefined)
  const [refused, setRefused] = useState<ErrorData>()
  const [finding, setFinding] = useState(false)
  const [fontSize, setFontSize] = useState(FONT_SIZES.usual)
  const { endpointId, id: sessionId } = tab
  const row = useMirror((state) => state.sessions.get(`${endpointId}/${sessionId}`))
  const error = refused ?? (row?.state === 'ended' ? row.error : undefined)
  const isOver = row?.state === 'ended' || row?.state === 'waiting'
  // What the effect below needs of the latest render.
  const latest = useRef({ t, language: i18n.language, tab })
  useEffect(() => {
    latest.current = { t, language: i18n.language, tab }
  }, [t, i18n.language, tab])

  useEffect(() => {
    if (!parent.current) return
    const words = () => latest.current.t
    const again = (): void => {
      call('exec.again', { endpointId, sessionId }).catch((thrown: unknown) =>
        notify(words()('againFailed'), thrown)
      )
    }
    const terminal = new TerminalView({
      parent: parent.current,
      fontSize: FONT_SIZES.usual,
      fontFamily: getComputedStyle(parent.current).getPropertyValue('--mono'),
      isMac,
      screenReader: false,
      isWindowKey,
      onEnter: again,
      onLink: (address) =>
        confirm({
          title: words()('linkTitle'),
          body: <code>{address}</code>,
          verb: words()('linkOpen'),
          act: () => call('app.openLink', { url: address })
        }),
      confirmPaste: (text) => askPaste(text, words()),
      copy: (text) => copyText(text, words())
    })
    view.current = terminal
    const isNew = latest.current.tab.ask !== undefined
    ask(latest.current.tab, terminal.size)?.catch((thrown: unknown) => setRefused(errorOf(thrown)))
    const port = portOfSession(
      { endpointId, sessionId },
      {
        onMark: (mark) => {
          const session = useMirror.getState().sessions.get(`${endpointId}/${sessionId}`)
          terminal.say(describeMark(mark, session, words(), latest.current.language))
        },
        onLive: () => terminal.goLive(),
        // A session that could not be opened has been told of already.
        onError: (fault) => setRefused((before) => before ?? fault)
      }
    )
    terminal.connect(port, !isNew)
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    const followTheme = (): void => terminal.refreshTheme()
    scheme.addEventListener('change', followTheme)
    return () => {
      scheme.removeEventListener('change', followTheme)
      view.current = undefined
      terminal.dispose()
    }
  }, [endpointId, sessionId])

  useEffect(() => {
    if (!view.current) return
    view.current.takesKeys = !isOver
    view.current.convertsLineEnds = row?.kind === 'attach' && !row.tty
  }, [isOver, row?.kind, row?.tty])

  useEffect(() => {
    if (active) view.current?.focus()
  }, [active])

  useEffect(() => {
    view.current?.setFontSize(fontSize)
  }, [fontSize])

  function handleKey(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey)) return
    if (event.shiftKey && event.code === 'KeyF') setFinding(true)
    else if (event.key === '+' || event.key === '=') resize(fontSize + 1)
    else if (event.key === '-') resize(fontSize - 1)
    else if (event.key === '0') resize(FONT_SIZES.usual)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  function resize(px: number): void {
    setFontSize(Math.min(FONT_SIZES.most, Math.max(FONT_SIZES.least, px)))
  }

  function tell(name: 'again' | 'close', title: string): void {
    call(`exec.${name}`, { endpointId, sessionId }).catch((thrown: unknown) =>
      notify(title, thrown)
    )
    view.current?.focus()
  }

  function save(): void {
    const text = view.current?.text() ?? ''
    call('exec.save', { endpointId, sessionId, title: t('save'), text }).catch((thrown: unknown) =>
      notify(t('saveFailed'), thrown)
    )
  }

  return (
    <section
      className="shell"
      aria-label={t(row?.kind === 'attach' ? 'attachedTo' : 'shellIn', { name: tab.title })}
      data-state={row?.state ?? 'opening'}
      onKeyDownCapture={handleKey}
    >
      {finding && (
        <FindBar
          onFind={(text, direction) => view.current?.find(text, direction) ?? false}
          onClose={() => {
            view.current?.clearFound()
            setFinding(false)
            view.current?.focus()
          }}
        />
      )}
      {error && <ErrorBox error={error} />}
      <div className="shell-terminal" ref={parent} />
      <SessionBar
        row={row}
        actions={{
          again: () => tell('again', t('againFailed')),
          detach: () => tell('close', t('detachFailed')),
          find: () => setFinding(true),
          copyAll: () => copyText(view.current?.text() ?? '', t),
          save,
          clear: () => view.current?.clear(),
          zoom: (by) => resize(fontSize + by)
        }}
      />
    </section>
  )
}

type Translate = ReturnType<typeof useTranslation<'exec'>>['t']

/** Asks main for a session that this tab is the first to know of. */
function ask(tab: SessionDockTab, size: TerminalSize): Promise<unknown> | undefined {
  const { id: sessionId, endpointId, containerId } = tab
  const common = { sessionId, endpointId, containerId, ...size }
  if (tab.ask?.kind === 'exec') {
    const { kind: _kind, ...choice } = tab.ask
    return call('exec.open', { ...common, ...choice })
  }
  if (tab.ask?.kind === 'attach') {
    const { start, echoed } = tab.ask
    return call('exec.attach', { ...common, start, echoed })
  }
  return undefined
}

function copyText(text: string, t: Translate): void {
  call('app.copyText', { text }).catch((thrown: unknown) => notify(t('copyFailed'), thrown))
}

function askPaste(text: string, t: Translate): Promise<boolean> {
  return new Promise((resolve) => {
    confirm({
      title: t('pasteTitle', { count: text.split('\n').length }),
      body: <pre className="shell-paste">{text.slice(0, 2000)}</pre>,
      verb: t('paste'),
      act: async () => resolve(true),
      onCancel: () => resolve(false)
    })
  })
}
