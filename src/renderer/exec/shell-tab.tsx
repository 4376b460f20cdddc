import { Search } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import type { ShellEnd } from '../../shared/exec/model'
import type { DockTab } from '../app/dock-store'
import { isWindowKey } from '../app/keys'
import { call } from '../bridge/client'
import { openStream } from '../bridge/stream'
import { confirm } from '../ui/confirm'
import { ErrorBox } from '../ui/error-box'
import { notify } from '../ui/notices'
import { TerminalView } from './terminal'
import type { OpenPort } from './terminal-port'
import './shell-tab.css'

type ShellDockTab = Extract<DockTab, { kind: 'shell' }>

interface Outcome {
  readonly end?: ShellEnd
  readonly error?: ErrorData
}

const FONT_SIZES = { least: 8, usual: 13, most: 28 }
const isMac = navigator.userAgent.includes('Mac')

/** A shell in a container: its terminal, how it ended, and Enter for a new one. Closing the tab ends the shell's processes. */
export function ShellTab({
  tab,
  active
}: {
  readonly tab: ShellDockTab
  readonly active: boolean
}) {
  const { t } = useTranslation('exec')
  const parent = useRef<HTMLDivElement>(null)
  const view = useRef<TerminalView>(undefined)
  const [outcome, setOutcome] = useState<Outcome>()
  const [finding, setFinding] = useState(false)
  const [fontSize, setFontSize] = useState(FONT_SIZES.usual)
  const texts = useRef(t)
  useEffect(() => {
    texts.current = t
  }, [t])

  useEffect(() => {
    if (!parent.current) return
    function connect(): void {
      setOutcome(undefined)
      view.current?.connect(portOf(tab, (ended) => show(ended)))
    }
    function show(ended: Outcome): void {
      setOutcome(ended)
      view.current?.say(describe(ended, texts.current))
    }
    const terminal = new TerminalView({
      parent: parent.current,
      fontSize: FONT_SIZES.usual,
      fontFamily: getComputedStyle(parent.current).getPropertyValue('--mono'),
      isMac,
      screenReader: false,
      isWindowKey,
      onEnter: connect,
      onLink: (address) =>
        confirm({
          title: texts.current('linkTitle'),
          body: <code>{address}</code>,
          verb: texts.current('linkOpen'),
          act: () => call('app.openLink', { url: address })
        }),
      confirmPaste: (text) => askPaste(text, texts.current),
      copy: (text) => {
        call('app.copyText', { text }).catch((thrown: unknown) =>
          notify(texts.current('copyFailed'), thrown)
        )
      }
    })
    view.current = terminal
    connect()
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    const followTheme = (): void => terminal.refreshTheme()
    scheme.addEventListener('change', followTheme)
    return () => {
      scheme.removeEventListener('change', followTheme)
      view.current = undefined
      terminal.dispose()
    }
  }, [tab])

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

  return (
    <section
      className="shell"
      aria-label={t('shellIn', { name: tab.title })}
      data-state={outcome ? 'ended' : 'open'}
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
      {outcome?.error && <ErrorBox error={outcome.error} />}
      <div className="shell-terminal" ref={parent} />
      {outcome && (
        <p className="shell-end" role="status">
          {describe(outcome, t)}
        </p>
      )}
    </section>
  )
}

/** The far end of the terminal: the bridge's stream. */
function portOf(tab: ShellDockTab, onOutcome: (outcome: Outcome) => void): OpenPort {
  return (size, creditBytes, listener) => {
    const client = openStream(
      'exec.shell',
      { endpointId: tab.endpointId, containerId: tab.containerId, ...size },
      creditBytes,
      {
        onData: listener.onData,
        onEnd: (end) => {
          listener.onEnd()
          onOutcome({ end })
        },
        onError: (error) => {
          listener.onEnd()
          onOutcome({ error })
        }
      }
    )
    return {
      send: (bytes) => client.send(bytes),
      resize: (columns, rows) => client.send({ columns, rows }),
      grant: client.grant,
      close: client.close
    }
  }
}

type Translate = ReturnType<typeof useTranslation<'exec'>>['t']

function describe({ end, error }: Outcome, t: Translate): string {
  if (error) return `${error.message} ${t('again')}`
  if (!end) return ''
  if (end.reason === 'exited') return t('exited', { code: end.exitCode ?? '?' })
  return t(end.reason === 'container-removed' ? 'containerRemoved' : 'containerStopped', {
    code: end.exitCode ?? '?'
  })
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

function FindBar(props: {
  readonly onFind: (text: string, direction: 'next' | 'previous') => boolean
  readonly onClose: () => void
}) {
  const { t } = useTranslation('exec')
  const [found, setFound] = useState(true)
  return (
    <label className="shell-find">
      <Search size={13} aria-hidden />
      <input
        className="field"
        type="search"
        autoFocus
        aria-label={t('find')}
        placeholder={t('find')}
        aria-invalid={!found}
        onChange={(event) =>
          setFound(event.target.value === '' || props.onFind(event.target.value, 'next'))
        }
        onKeyDown={(event) => {
          if (event.key === 'Escape') props.onClose()
          else if (event.key === 'Enter') {
            setFound(props.onFind(event.currentTarget.value, event.shiftKey ? 'previous' : 'next'))
          }
        }}
      />
    </label>
  )
}
