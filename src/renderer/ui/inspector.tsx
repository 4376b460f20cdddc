import { Tabs } from 'radix-ui'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import { errorOf } from '../bridge/client'
import { ErrorBox } from './error-box'

/** A term and its value; one without a value is left out. */
export type FactEntry = readonly [term: string, value: ReactNode]

/** The selected object: what matters at a glance, and the engine's own JSON. */
export function Inspector(props: {
  readonly name: string
  readonly facts: readonly FactEntry[]
  /** Changes whenever the JSON must be read again. */
  readonly version: string
  readonly inspect: () => Promise<unknown>
}) {
  const { t } = useTranslation('app')
  return (
    <>
      <header className="inspector-head">
        <h2>{props.name}</h2>
      </header>
      <Tabs.Root defaultValue="overview">
        <Tabs.List className="inspector-tabs" aria-label={props.name}>
          <Tabs.Trigger value="overview">{t('overview')}</Tabs.Trigger>
          <Tabs.Trigger value="inspect">{t('inspect')}</Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="overview">
          <Facts facts={props.facts} />
        </Tabs.Content>
        <Tabs.Content value="inspect">
          <EngineJson key={props.version} read={props.inspect} />
        </Tabs.Content>
      </Tabs.Root>
    </>
  )
}

/** Terms and values, one a row. */
export function Facts({ facts }: { readonly facts: readonly FactEntry[] }) {
  return (
    <dl className="facts">
      {facts.map(([term, value]) => (
        <Fact key={term} term={term} value={value} />
      ))}
    </dl>
  )
}

function Fact({ term, value }: { readonly term: string; readonly value: ReactNode }) {
  if (value === undefined || value === '' || value === false) return null
  return (
    <>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </>
  )
}

/** The engine's own JSON of an object, read once: give it another key to have it read again. */
export function EngineJson({ read }: { readonly read: () => Promise<unknown> }) {
  const [text, setText] = useState('')
  const [error, setError] = useState<ErrorData>()
  useEffect(() => {
    let gone = false
    read().then(
      (value) => !gone && setText(JSON.stringify(value, null, 2)),
      (thrown: unknown) => !gone && setError(errorOf(thrown))
    )
    return () => {
      gone = true
    }
    // Read once for each version: the parent's key makes this anew, and `read` is another function at every render.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])
  if (error) return <ErrorBox error={error} />
  return <pre className="json">{text}</pre>
}
