import { useEffect, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../../shared/bridge/errors'
import { formatCommand } from '../../../shared/command/quote'
import type { CurrentLimits } from '../../../shared/containers/limits'
import { updateCommand } from '../../../shared/containers/limits-command'
import { isAlive, type Container } from '../../../shared/containers/model'
import { call, errorOf } from '../../bridge/client'
import { CopyButton } from '../../ui/copy-button'
import { Dialog } from '../../ui/dialog'
import { ErrorBox } from '../../ui/error-box'
import { formatMemory } from '../figures'
import { watchStats } from '../stats-feed'
import { LimitsField } from './limits-field'
import { initialForm, toChange, type Fault, type LimitsForm, type SwapChoice } from './limits-form'
import { closeLimits } from './limits-store'

const RESTARTS = ['no', 'on-failure', 'unless-stopped', 'always'] as const

/** Changes a container's limits in place: what it is limited to now, what it uses, and the command that changes it. */
export function LimitsDialog(props: {
  readonly container: Container
  readonly current: CurrentLimits
}) {
  const { container, current } = props
  const { t } = useTranslation('stats')
  const { t: app } = useTranslation('app')
  const usedBytes = useUsedBytes(container)
  const [form, setForm] = useState(() => initialForm(current))
  const [error, setError] = useState<ErrorData>()
  const [warnings, setWarnings] = useState<readonly string[]>()
  const [busy, setBusy] = useState(false)
  const { change, faults } = toChange(current, form, usedBytes)
  const isNothing = Object.keys(change).length === 0
  const canChange = !busy && !isNothing && Object.keys(faults).length === 0
  const line = formatCommand(updateCommand(container.name, change))
  const faultOf = (fault: Fault | undefined): string | undefined =>
    fault && t(`limits.faults.${fault}`, { used: formatMemory(usedBytes) })

  async function update(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!canChange) return
    setBusy(true)
    setError(undefined)
    try {
      const { endpointId, id: containerId } = container
      const result = await call('containers.update', { endpointId, containerId, ...change })
      if (result.warnings.length === 0) closeLimits()
      else setWarnings(result.warnings)
    } catch (thrown) {
      setError(errorOf(thrown))
    } finally {
      setBusy(false)
    }
  }

  /** A field that is typed into. */
  function text(field: Exclude<keyof LimitsForm, 'swap' | 'restart'>, hint?: string) {
    return (
      <LimitsField label={t(`limits.${field}`)} hint={hint} fault={faultOf(faults[field])}>
        {(aria) => (
          <input
            {...aria}
            className="field mono"
            value={form[field]}
            spellCheck={false}
            autoComplete="off"
            maxLength={64}
            placeholder={t(`limits.empty.${field}`)}
            onChange={(event) => setForm({ ...form, [field]: event.target.value })}
          />
        )}
      </LimitsField>
    )
  }

  if (warnings)
    return (
      <Dialog title={t('limits.title', { name: container.name })} onClose={closeLimits}>
        <div className="dialog-body" role="alert">
          <p>{t('limits.warned')}</p>
          {warnings.map((warning) => (
            <code key={warning}>{warning}</code>
          ))}
        </div>
        <footer className="dialog-footer">
          <button type="button" className="button" autoFocus onClick={closeLimits}>
            {app('close')}
          </button>
        </footer>
      </Dialog>
    )

  const used = Number.isFinite(usedBytes)
    ? t('limits.used', { used: formatMemory(usedBytes) })
    : undefined
  return (
    <Dialog
      title={t('limits.title', { name: container.name })}
      description={t('limits.description')}
      wide
      onClose={closeLimits}
    >
      <form className="limits-form" onSubmit={(event) => void update(event)}>
        <div className="dialog-body">
          <div className="limits-fields">
            {text('memory', used ?? t('limits.sizeHint'))}
            <LimitsField label={t('limits.swap')} fault={faultOf(faults.swap)}>
              {(aria) => (
                <select
                  {...aria}
                  className="field"
                  value={form.swap}
                  onChange={(event) => setForm({ ...form, swap: event.target.value as SwapChoice })}
                >
                  {swapChoices(current).map((choice) => (
                    <option key={choice} value={choice}>
                      {t(`limits.swaps.${choice}`, {
                        limit: formatMemory(current.memorySwapBytes)
                      })}
                    </option>
                  ))}
                </select>
              )}
            </LimitsField>
            {text('reservation')}
            {text('cpus', current.cpuQuota > 0 ? t('limits.quotaHint') : t('limits.cpusHint'))}
            {text('cpuShares', t('limits.cpuSharesHint'))}
            {text('cpuset', t('limits.cpusetHint'))}
            {text('pids', t('limits.pidsHint'))}
            <LimitsField label={t('limits.restart')} fault={faultOf(faults.restart)}>
              {(aria) => (
                <select
                  {...aria}
                  className="field"
                  value={form.restart}
                  onChange={(event) =>
                    setForm({ ...form, restart: event.target.value as LimitsForm['restart'] })
                  }
                >
                  {RESTARTS.map((name) => (
                    <option key={name} value={name}>
                      {t(`limits.restarts.${name}`)}
                    </option>
                  ))}
                </select>
              )}
            </LimitsField>
            {form.restart === 'on-failure' && text('retries')}
          </div>
          <div className="limits-command">
            <output className="mono selectable" aria-label={t('limits.command')}>
              {isNothing ? t('limits.nothing') : line}
            </output>
            {!isNothing && <CopyButton text={line} label={app('copyCommand')} />}
          </div>
        </div>
        {error && <ErrorBox error={error} />}
        <footer className="dialog-footer">
          <button type="button" className="button" onClick={closeLimits}>
            {app('cancel')}
          </button>
          <button type="submit" className="button button-primary" disabled={!canChange}>
            {t('limits.change')}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}

/** "As it is" is a choice only where that is none of the others. */
function swapChoices(current: CurrentLimits): readonly SwapChoice[] {
  const choices = ['double', 'none', 'unlimited'] as const
  return initialForm(current).swap === 'keep' ? ['keep', ...choices] : choices
}

/** What the container uses now; NaN while it is not known, and when it does not run. */
function useUsedBytes(container: Container): number {
  const { endpointId, id } = container
  const runs = isAlive(container)
  const [usedBytes, setUsedBytes] = useState(Number.NaN)
  useEffect(() => {
    if (!runs) return
    return watchStats(
      { endpointId, id },
      { onPoints: (points) => setUsedBytes(points.at(-1)?.memoryBytes ?? Number.NaN) }
    )
  }, [endpointId, id, runs])
  return runs ? usedBytes : Number.NaN
}
