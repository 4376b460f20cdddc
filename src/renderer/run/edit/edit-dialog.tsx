import type { RawInputOf } from '../../../shared/bridge/contract'
import type { Definition } from '../../../shared/contracts'
import { LoaderCircle, PenLine } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PortolanError, type ErrorData } from '../../../shared/bridge/errors'
import { isAlive, type Container } from '../../../shared/containers/model'
import type { RunSpec } from '../../../shared/run/model'
import { useEndpoint, useRows as useEngineRows } from '../../app/endpoint'
import { call, errorOf } from '../../bridge/client'
import { confirm } from '../../ui/confirm'
import { Dialog } from '../../ui/dialog'
import { ErrorBox } from '../../ui/error-box'
import { notify } from '../../ui/notices'
import { FormSections } from '../dialog/form-sections'
import { HeadFields } from '../dialog/head-fields'
import { RunLine } from '../dialog/run-line'
import { useRefusal } from '../dialog/use-refusal'
import { useRunKey } from '../dialog/use-run-key'
import { explainRun } from '../explain'
import { findImage, useImageFacts } from '../form/image-facts'
import { RunFormContext, type RunContext } from '../form/run-context'
import { useRunEditor } from '../form/use-run-form'
import { closeRunForm, type RunRequest } from '../run-store'
import { Difference } from './difference'
import { RecreateProgress } from './recreate-progress'
import { diffSpecs, imageChange, liveChange } from './spec-diff'
import '../dialog/run.css'
import './edit.css'

/** Changes a container: what differs is seen first; then it is done in place where the engine can, else by a new container. */
export function EditDialog(props: {
  readonly request: RunRequest
  readonly edited: { readonly container: Container; readonly spec: RunSpec }
}) {
  const { t } = useTranslation('run')
  const { t: app } = useTranslation('app')
  const { container, spec: before } = props.edited
  const { endpointId, id: containerId, name } = container
  const endpoint = useEndpoint()
  const images = useEngineRows('images')
  const containers = useEngineRows('containers')
  const editor = useRunEditor(props.request)
  const [error, setError] = useState<ErrorData>()
  const [busy, setBusy] = useState(false)
  const [taskId, setTaskId] = useState<string>()
  const [newImage, setNewImage] = useState(false)
  const { form, spec } = editor
  const named = findImage(images, spec.image)
  const own = images.find(({ id }) => id === container.imageId)
  // Its name has been given to another image since it was made.
  const hasMoved =
    spec.image === before.image && named !== undefined && named.id !== container.imageId
  const image = spec.image === before.image && !newImage ? (own ?? named) : named
  const facts = useImageFacts(endpoint?.id, image?.id)
  const newImageId = hasMoved && newImage ? named.id : undefined
  const changes = useMemo(
    () => [
      ...(newImageId === undefined ? [] : [imageChange(container.imageId, newImageId)]),
      ...diffSpecs(before, spec)
    ],
    [before, spec, newImageId, container.imageId]
  )
  const live = liveChange(changes, spec)
  const refusal = useRefusal(editor, endpoint?.status === 'connected')
  const canApply = !busy && refusal === undefined && changes.length > 0
  const context = useMemo<RunContext>(
    () => ({
      form,
      setForm: editor.setForm,
      faults: editor.faults,
      image: facts,
      editedId: containerId
    }),
    [form, editor.setForm, editor.faults, facts, containerId]
  )

  async function apply(): Promise<void> {
    if (!canApply || taskId !== undefined) return
    setBusy(true)
    setError(undefined)
    try {
      if (live) {
        const { warnings } = await call('containers.update', { endpointId, containerId, ...live })
        for (const message of warnings)
          notify(t('edit.warning', { name }), new PortolanError({ code: 'unsupported', message }))
        closeRunForm()
      } else {
        const started = await call('recreate.start', {
          endpointId,
          containerId,
          newImage: newImageId !== undefined,
          // Its lists are not changed on the way.
          spec: spec as RawInputOf<Definition<'recreate.start'>>['spec']
        })
        setTaskId(started.taskId)
      }
    } catch (thrown) {
      setError(explainRun(errorOf(thrown), containers, t))
    } finally {
      setBusy(false)
    }
  }

  function close(): void {
    if (changes.length === 0) return closeRunForm()
    confirm({
      title: t('edit.discardTitle', { name }),
      body: <p>{t('edit.discardHint')}</p>,
      verb: t('edit.discard'),
      isDangerous: true,
      act: async () => closeRunForm()
    })
  }

  useRunKey(() => void apply())
  if (taskId !== undefined) {
    return (
      <RecreateProgress
        taskId={taskId}
        endpointId={endpointId}
        name={name}
        onBack={() => setTaskId(undefined)}
        onClose={() => closeRunForm()}
      />
    )
  }
  return (
    <Dialog title={t('edit.title', { name })} size="page" onClose={close}>
      <RunFormContext value={context}>
        <form className="run-form" onSubmit={(event) => event.preventDefault()}>
          <div className="dialog-body run-body">
            <HeadFields isMissing={spec.image !== '' && image === undefined} isEdit />
            {hasMoved && (
              <label className="check edit-image">
                <input
                  type="checkbox"
                  checked={newImage}
                  onChange={(event) => setNewImage(event.target.checked)}
                />
                <span>
                  {t('edit.newImage', { image: spec.image })}{' '}
                  <span className="muted">{t('edit.newImageHint', { name })}</span>
                </span>
              </label>
            )}
            <FormSections />
          </div>
          <section className="edit-difference" aria-label={t('edit.difference')}>
            <Difference changes={changes} />
            {changes.length > 0 && (
              <p className="muted">
                {live
                  ? t('edit.livePlan')
                  : t(isAlive(container) ? 'edit.anewPlanRunning' : 'edit.anewPlan', { name })}
              </p>
            )}
          </section>
          {error && (
            <div className="run-error">
              <ErrorBox error={error} />
            </div>
          )}
          <RunLine editor={editor} />
          <footer className="dialog-footer run-footer">
            <span className="run-refusal" role="status">
              {refusal}
            </span>
            <button type="button" className="button" onClick={close}>
              {app('cancel')}
            </button>
            <button
              type="button"
              className="button button-primary"
              disabled={!canApply}
              onClick={() => void apply()}
            >
              {busy ? (
                <LoaderCircle size={14} className="spin" aria-hidden />
              ) : (
                <PenLine size={14} aria-hidden />
              )}
              {t(live ? 'edit.applyLive' : 'edit.applyAnew')}
            </button>
          </footer>
        </form>
      </RunFormContext>
    </Dialog>
  )
}
