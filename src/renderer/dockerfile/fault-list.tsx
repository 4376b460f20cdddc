import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Mark } from './code-editor'

/** The faults under the text; choosing one goes to its line. */
export function FaultList(props: {
  readonly marks: readonly Mark[]
  readonly onGo: (line: number) => void
}) {
  const { t } = useTranslation('dockerfile')
  if (props.marks.length === 0) {
    return (
      <p className="fault-none" role="status">
        <CircleCheck size={14} aria-hidden />
        {t('noFaults')}
      </p>
    )
  }
  return (
    <ul className="fault-list" aria-label={t('faults')}>
      {props.marks.map((mark, index) => {
        const Icon = mark.severity === 'error' ? CircleX : TriangleAlert
        return (
          // The same fault may stand at a line twice.
          <li key={index}>
            <button type="button" className="fault" onClick={() => props.onGo(mark.line)}>
              <Icon
                size={14}
                className={`fault-${mark.severity}`}
                aria-label={t(`severities.${mark.severity}`)}
              />
              <span className="fault-line">{t('atLine', { line: mark.line })}</span>
              <span className="fault-words">{mark.message}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
