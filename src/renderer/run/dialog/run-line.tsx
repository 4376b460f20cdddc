import { CircleAlert, Eye, EyeOff, Info } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../ui/copy-button'
import { hasSecrets } from '../form/secrets'
import type { RunEditor } from '../form/use-run-form'

/** The command of what is filled in; typing here fills the form. What is not understood is named below, and stays in the line. */
export function RunLine({ editor }: { readonly editor: RunEditor }) {
  const { t } = useTranslation('run')
  const { t: app } = useTranslation('app')
  const box = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    element.style.height = '0'
    element.style.height = `${Math.min(element.scrollHeight + 2, 132)}px`
  }, [editor.line])
  return (
    <div className="run-line">
      <div className="run-line-box">
        <textarea
          ref={box}
          className="mono"
          aria-label={t('line')}
          title={t('lineHint')}
          value={editor.line}
          rows={1}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => editor.setLine(event.target.value)}
        />
        {hasSecrets(editor.form) && (
          <button
            type="button"
            className="icon-button"
            aria-pressed={editor.showSecrets}
            aria-label={t('showSecrets')}
            title={t('showSecrets')}
            onClick={() => editor.setShowSecrets(!editor.showSecrets)}
          >
            {editor.showSecrets ? <EyeOff size={14} aria-hidden /> : <Eye size={14} aria-hidden />}
          </button>
        )}
        <CopyButton text={editor.command} label={app('copyCommand')} />
      </div>
      {editor.form.image !== '' && editor.problems.length > 0 && (
        <ul className="run-problems" aria-label={t('problems')}>
          {editor.problems.map((problem) => {
            const isNote = problem.kind === 'overridden' || problem.kind === 'not-expanded'
            const Icon = isNote ? Info : CircleAlert
            return (
              <li
                key={`${problem.span?.start ?? ''} ${problem.message}`}
                className={isNote ? 'muted' : 'run-fault'}
              >
                <Icon size={12} aria-hidden />
                <span>
                  {problem.message}
                  {problem.hint && ` — ${problem.hint}`}
                </span>
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}
