import { LoaderCircle, Play, X } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { focusDock } from '../../app/dock-store'
import { LogInOffer } from '../../app/log-in-offer'
import { useEndpoint, useRows as useEngineRows } from '../../app/endpoint'
import { PullLayers } from '../../images/pull/pull-layers'
import { usePullLog } from '../../images/pull/use-pull-log'
import { Dialog } from '../../ui/dialog'
import { ErrorBox } from '../../ui/error-box'
import { findImage, useImageFacts } from '../form/image-facts'
import { EMPTY_FORM } from '../form/run-form'
import { RunFormContext, type RunContext } from '../form/run-context'
import { useRunEditor } from '../form/use-run-form'
import { closeRunForm, type RunRequest } from '../run-store'
import { useRunner } from '../use-runner'
import { FormSections } from './form-sections'
import { HeadFields } from './head-fields'
import { Recipes } from './recipes'
import { RunLine } from './run-line'
import { useRefusal } from './use-refusal'
import { useRunKey } from './use-run-key'
import './run.css'

/** How to run a container, on one page, with its command at the foot. Ctrl+Enter runs. */
export function RunDialog({ request }: { readonly request: RunRequest }) {
  const { t } = useTranslation('run')
  const { t: app } = useTranslation('app')
  const endpoint = useEndpoint()
  const images = useEngineRows('images')
  const editor = useRunEditor(request)
  const runner = useRunner(endpoint?.id)
  const { form, spec } = editor
  const image = findImage(images, spec.image)
  const facts = useImageFacts(endpoint?.id, image?.id)
  const isMissing = spec.image !== '' && image === undefined
  const refusal = useRefusal(editor, endpoint?.status === 'connected')
  const goesToTerminal = useRef(false)
  const isBusy = runner.phase.kind !== 'idle'
  const context = useMemo<RunContext>(
    () => ({
      form,
      setForm: editor.setForm,
      faults: editor.faults,
      image: facts,
      editedId: undefined
    }),
    [form, editor.setForm, editor.faults, facts]
  )

  async function run(): Promise<void> {
    if (isBusy || refusal !== undefined) return
    const pull = spec.pull === 'always' || (isMissing && spec.pull !== 'never')
    if (!(await runner.run(spec, pull))) return
    goesToTerminal.current = !spec.detach
    closeRunForm()
  }

  useRunKey(() => void run())

  return (
    <Dialog
      title={t('title')}
      size="page"
      onClosed={(event) => {
        if (!goesToTerminal.current) return
        event.preventDefault()
        focusDock()
      }}
      onClose={() => closeRunForm(form === EMPTY_FORM ? undefined : form)}
    >
      <RunFormContext value={context}>
        <div className="run-form">
          <div className="dialog-body run-body">
            <HeadFields isMissing={isMissing} isEdit={false} />
            <FormSections />
          </div>
          {runner.phase.kind === 'pulling' && (
            <Pulling taskId={runner.phase.taskId} title={spec.image} onCancel={runner.cancelPull} />
          )}
          {runner.error && (
            <div className="run-error">
              <ErrorBox error={runner.error} />
              <LogInOffer error={runner.error} onDone={() => void run()} />
            </div>
          )}
          <RunLine editor={editor} />
          <footer className="dialog-footer run-footer">
            <Recipes editor={editor} />
            <button
              type="button"
              className="button"
              disabled={form === EMPTY_FORM || isBusy}
              onClick={() => editor.setForm(EMPTY_FORM)}
            >
              {t('clear')}
            </button>
            <span className="run-refusal" role="status">
              {refusal}
            </span>
            <button type="button" className="button" onClick={() => closeRunForm(form)}>
              {app('cancel')}
            </button>
            <button
              type="button"
              className="button button-primary"
              disabled={isBusy || refusal !== undefined}
              onClick={() => void run()}
            >
              {isBusy ? (
                <LoaderCircle size={14} className="spin" aria-hidden />
              ) : (
                <Play size={14} aria-hidden />
              )}
              {t(isMissing ? 'pullAndRun' : 'run')}
              <kbd>Ctrl ⏎</kbd>
            </button>
          </footer>
        </div>
      </RunFormContext>
    </Dialog>
  )
}

function Pulling(props: {
  readonly taskId: string
  readonly title: string
  readonly onCancel: () => void
}) {
  const { t } = useTranslation('run')
  const { log } = usePullLog(props.taskId)
  return (
    <section className="run-pull" aria-label={t('pulling', { title: props.title })}>
      <div className="run-pull-head">
        <span role="status">{t('pulling', { title: props.title })}</span>
        <button type="button" className="button" onClick={props.onCancel}>
          <X size={14} aria-hidden />
          {t('cancelPull')}
        </button>
      </div>
      <PullLayers log={log} title={props.title} />
    </section>
  )
}
