import { FileKey, KeyRound, X } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BuildSecret } from '../../../shared/builds/model'
import { useRows } from '../../app/endpoint'
import { call } from '../../bridge/client'
import { notify } from '../../ui/notices'
import { faultOfForm, isSpecial, type BuildForm } from './build-form'

interface MoreProps {
  readonly form: BuildForm
  readonly onForm: (form: BuildForm) => void
}

/** Platforms that images are most often built for. */
const PLATFORMS = ['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/386', 'linux/riscv64']

/** What few builds need, folded away until one does: secrets, platform, network, labels, other arguments. */
export function MoreFields({ form, onForm }: MoreProps) {
  const { t } = useTranslation('builds')
  const [isOpen] = useState(() => isSpecial(form))
  const listId = useId()
  const isClassic = form.builder === 'classic'
  const fault = faultOfForm(form)
  return (
    <details className="build-more" open={isOpen}>
      <summary>{t('more')}</summary>
      <div className="build-columns">
        <div className="build-fields">
          <Secrets form={form} onForm={onForm} />
          <label className="check">
            <input
              type="checkbox"
              checked={form.sshAgent && !isClassic}
              disabled={isClassic}
              onChange={(event) => onForm({ ...form, sshAgent: event.target.checked })}
            />
            {t('sshAgent')}
          </label>
          <Lines
            label={t('labels')}
            hint="org.opencontainers.image.version=1.2"
            text={form.labels}
            isFaulty={fault?.field === 'labels'}
            onText={(labels) => onForm({ ...form, labels })}
          />
        </div>
        <div className="build-fields">
          <label className="build-field">
            <span>{t('platform')}</span>
            <input
              className="field mono"
              list={listId}
              value={form.platform}
              placeholder={t('enginePlatform')}
              spellCheck={false}
              autoComplete="off"
              aria-invalid={fault?.field === 'platform'}
              onChange={(event) => onForm({ ...form, platform: event.target.value.trim() })}
            />
            <datalist id={listId}>
              {PLATFORMS.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </datalist>
          </label>
          <NetworkField form={form} onForm={onForm} />
          <Lines
            label={t('moreArgs')}
            hint="HTTP_PROXY=http://proxy:3128"
            text={form.moreArgs}
            isFaulty={fault?.field === 'moreArgs'}
            onText={(moreArgs) => onForm({ ...form, moreArgs })}
          />
        </div>
      </div>
      {fault && (
        <p className="build-fault" role="alert">
          {t(`formFaults.${fault.field}`, { text: fault.text })}
        </p>
      )}
    </details>
  )
}

function NetworkField({ form, onForm }: MoreProps) {
  const { t } = useTranslation('builds')
  const names = useRows('networks')
    .map(({ name }) => name)
    .filter((name) => !['bridge', 'host', 'none'].includes(name))
  const isClassic = form.builder === 'classic'
  const offered = ['host', 'none', ...(isClassic ? names.toSorted() : [])]
  if (form.network !== '' && !offered.includes(form.network)) offered.push(form.network)
  return (
    <label className="build-field">
      <span>{t('network')}</span>
      <select
        className="field"
        value={form.network}
        onChange={(event) => onForm({ ...form, network: event.target.value })}
      >
        <option value="">{t('networks.default')}</option>
        {offered.map((name) => (
          <option key={name} value={name}>
            {name === 'host' || name === 'none' ? t(`networks.${name}`) : name}
          </option>
        ))}
      </select>
    </label>
  )
}

function Lines(props: {
  readonly label: string
  readonly hint: string
  readonly text: string
  readonly isFaulty: boolean
  readonly onText: (text: string) => void
}) {
  return (
    <label className="build-field">
      <span>{props.label}</span>
      <textarea
        className="field mono"
        rows={2}
        value={props.text}
        placeholder={props.hint}
        spellCheck={false}
        wrap="off"
        aria-invalid={props.isFaulty}
        onChange={(event) => props.onText(event.target.value)}
      />
    </label>
  )
}

/** Secrets come from files or variables; what is in them is not shown, and not kept. */
function Secrets({ form, onForm }: MoreProps) {
  const { t } = useTranslation('builds')
  const { secrets } = form
  const set = (next: readonly BuildSecret[]): void => onForm({ ...form, secrets: next })

  function change(at: number, secret: BuildSecret): void {
    set(secrets.with(at, secret))
  }

  function addFile(): void {
    call('app.chooseFile', { title: t('secretFile') }).then(
      (path) => {
        if (path !== null) set([...secrets, { id: idOf(path), from: { kind: 'file', path } }])
      },
      (thrown: unknown) => notify(t('secretFile'), thrown)
    )
  }

  if (form.builder === 'classic') return <p className="muted">{t('secretsNeedBuildkit')}</p>
  return (
    <fieldset className="build-args">
      <legend>{t('secrets')}</legend>
      {secrets.map((secret, at) => (
        // Its place is all that tells one from another while ids are typed.
        <div key={at} className="build-secret">
          <input
            className="field mono"
            aria-label={t('secretId')}
            placeholder={t('secretId')}
            title={t('secretId')}
            value={secret.id}
            spellCheck={false}
            onChange={(event) => change(at, { ...secret, id: event.target.value })}
          />
          {secret.from.kind === 'file' ? (
            <code title={secret.from.path}>{secret.from.path}</code>
          ) : (
            <input
              className="field mono"
              aria-label={t('secretVariable')}
              placeholder={t('secretVariable')}
              value={secret.from.name}
              spellCheck={false}
              onChange={(event) =>
                change(at, { ...secret, from: { kind: 'env', name: event.target.value } })
              }
            />
          )}
          <button
            type="button"
            className="icon-button"
            aria-label={t('removeSecret', { id: secret.id })}
            onClick={() => set(secrets.toSpliced(at, 1))}
          >
            <X size={14} aria-hidden />
          </button>
        </div>
      ))}
      <div className="build-secret-buttons">
        <button type="button" className="button" onClick={addFile}>
          <FileKey size={14} aria-hidden />
          {t('secretFile')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => set([...secrets, { id: '', from: { kind: 'env', name: '' } }])}
        >
          <KeyRound size={14} aria-hidden />
          {t('secretFromVariable')}
        </button>
      </div>
      <small className="muted">{t('secretsHint')}</small>
    </fieldset>
  )
}

function idOf(path: string): string {
  const name = path.split(/[/\\]/).at(-1) ?? ''
  return name.replace(/^[^A-Za-z0-9]+/, '').replace(/[^\w.-]/g, '-') || 'secret'
}
