import { FileSearch, Pencil } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { dockerfilePath } from '../../../shared/builds/command'
import type { DockerfileSummary } from '../../../shared/builds/model'
import { useRows } from '../../app/endpoint'
import { notify } from '../../ui/notices'
import { call } from '../../bridge/client'
import { openDockerfile } from '../../app/open-dockerfile'
import {
  argsOf,
  fullTag,
  parseTags,
  targetsOf,
  type BuildFolder,
  type BuildForm
} from './build-form'

interface FieldsProps {
  readonly folder: BuildFolder
  readonly form: BuildForm
  readonly onForm: (form: BuildForm) => void
  readonly onLookAgain: () => void
}

/** The choices of a build. */
export function BuildFields({ folder, form, onForm, onLookAgain }: FieldsProps) {
  const { t } = useTranslation('builds')
  const dockerfile = folder.dockerfiles.find(({ path }) => path === form.dockerfile)
  const targets = dockerfile ? targetsOf(dockerfile) : []
  return (
    <div className="build-fields">
      <TagsField text={form.tags} onText={(tags) => onForm({ ...form, tags })} />
      <DockerfileField
        folder={folder}
        form={form}
        onForm={onForm}
        onLookAgain={onLookAgain}
        dockerfile={dockerfile}
      />
      {targets.length > 0 && (
        <label className="build-field">
          <span>{t('target')}</span>
          <select
            className="field"
            value={form.target}
            onChange={(event) => onForm({ ...form, target: event.target.value })}
          >
            <option value="">{t('lastStage')}</option>
            {targets.map(({ value, base }) => (
              <option key={value} value={value}>
                {value} — FROM {base}
              </option>
            ))}
          </select>
        </label>
      )}
      {dockerfile && <ArgFields dockerfile={dockerfile} form={form} onForm={onForm} />}
      <label className="build-field">
        <span>{t('builder')}</span>
        <select
          className="field"
          value={form.builder}
          onChange={(event) =>
            onForm({ ...form, builder: event.target.value as BuildForm['builder'] })
          }
        >
          <option value="automatic">{t('builders.automatic')}</option>
          <option value="buildkit">{t('builders.buildkit')}</option>
          <option value="classic">{t('builders.classic')}</option>
        </select>
      </label>
      <div className="build-checks">
        <label className="check">
          <input
            type="checkbox"
            checked={form.useCache}
            onChange={(event) => onForm({ ...form, useCache: event.target.checked })}
          />
          {t('useCache')}
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={form.pull}
            onChange={(event) => onForm({ ...form, pull: event.target.checked })}
          />
          {t('pull')}
        </label>
      </div>
    </div>
  )
}

function TagsField(props: { readonly text: string; readonly onText: (text: string) => void }) {
  const { t } = useTranslation('builds')
  const hintId = useId()
  const images = useRows('images')
  const { tags, fault } = parseTags(props.text)
  const existing = new Set(images.flatMap((image) => image.tags))
  const taken = tags.map(fullTag).filter((tag) => existing.has(tag))
  const hint = fault
    ? t(`tagFaults.${fault.kind}`, { tag: fault.tag })
    : tags.length === 0
      ? t('noTag')
      : taken.length > 0
        ? t('tagMoves', { count: taken.length, tags: taken.join(', ') })
        : t('tagsHint', { tags: tags.map(fullTag).join(', ') })
  return (
    <div className="build-field">
      <label>
        <span>{t('tags')}</span>
        <input
          className="field mono"
          value={props.text}
          autoFocus
          spellCheck={false}
          autoComplete="off"
          aria-invalid={fault !== undefined}
          aria-describedby={hintId}
          onChange={(event) => props.onText(event.target.value)}
        />
      </label>
      <small id={hintId} role="status" className={fault ? 'build-fault' : 'muted'}>
        {hint}
      </small>
    </div>
  )
}

function DockerfileField({
  folder,
  form,
  onForm,
  onLookAgain,
  dockerfile
}: FieldsProps & { readonly dockerfile: DockerfileSummary | undefined }) {
  const { t } = useTranslation('builds')
  const { t: words } = useTranslation('dockerfile')
  const fieldId = useId()
  const edit = words('edit', { name: form.dockerfile })

  function chooseOther(): void {
    call('app.chooseFile', { title: t('otherDockerfile') }).then(
      (path) => {
        if (path !== null) onForm({ ...form, dockerfile: insideOf(folder.path, path) })
      },
      (thrown: unknown) => notify(t('otherDockerfile'), thrown)
    )
  }

  const notes = [
    dockerfile?.problem !== undefined && t('dockerfileProblem', { problem: dockerfile.problem }),
    dockerfile?.ownIgnoreFile !== undefined && t('ownIgnore', { file: dockerfile.ownIgnoreFile })
  ].filter((note) => typeof note === 'string')
  return (
    <div className="build-field">
      <label htmlFor={fieldId}>
        <span>{t('dockerfile')}</span>
      </label>
      <div className="build-with-button">
        <select
          id={fieldId}
          className="field mono"
          value={form.dockerfile}
          onChange={(event) => onForm({ ...form, dockerfile: event.target.value })}
        >
          {folder.dockerfiles.map(({ path }) => (
            <option key={path} value={path}>
              {path}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="icon-button"
          aria-label={edit}
          title={edit}
          onClick={() =>
            openDockerfile({
              path: dockerfilePath({ contextPath: folder.path, dockerfile: form.dockerfile }),
              onSaved: onLookAgain
            })
          }
        >
          <Pencil size={14} aria-hidden />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={t('otherDockerfile')}
          title={t('otherDockerfile')}
          onClick={chooseOther}
        >
          <FileSearch size={14} aria-hidden />
        </button>
      </div>
      {notes.map((note) => (
        <small key={note} className={dockerfile?.problem ? 'build-fault' : 'muted'}>
          {note}
        </small>
      ))}
    </div>
  )
}

/** Relative where it lies in the folder. */
function insideOf(folder: string, path: string): string {
  const start = `${folder.replace(/[/\\]+$/, '')}/`
  return path.startsWith(start) ? path.slice(start.length) : path
}

function ArgFields(props: {
  readonly dockerfile: DockerfileSummary
  readonly form: BuildForm
  readonly onForm: (form: BuildForm) => void
}) {
  const { t } = useTranslation('builds')
  const { form, onForm } = props
  const args = argsOf(props.dockerfile)
  if (args.length === 0) return null
  return (
    <fieldset className="build-args">
      <legend>{t('buildArgs')}</legend>
      {args.map(({ name, defaultValue }) => (
        <label key={name} className="build-arg">
          <code>{name}</code>
          <input
            className="field mono"
            value={form.buildArgs[name] ?? ''}
            placeholder={defaultValue ?? t('noDefault')}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) =>
              onForm({ ...form, buildArgs: { ...form.buildArgs, [name]: event.target.value } })
            }
          />
        </label>
      ))}
    </fieldset>
  )
}
