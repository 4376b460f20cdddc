import { useId, type ReactNode } from 'react'

/** A labelled field of the limits' dialog, what is wrong with it below. */
export function LimitsField(props: {
  readonly label: string
  readonly hint?: string | undefined
  readonly fault?: string | undefined
  readonly children: (aria: {
    readonly id: string
    readonly 'aria-invalid': boolean
    readonly 'aria-describedby': string | undefined
  }) => ReactNode
}) {
  const id = useId()
  const words = props.fault ?? props.hint
  return (
    <div className="limits-field">
      <label htmlFor={id}>{props.label}</label>
      {props.children({
        id,
        'aria-invalid': props.fault !== undefined,
        'aria-describedby': words === undefined ? undefined : `${id}-words`
      })}
      {words !== undefined && (
        <p id={`${id}-words`} className={props.fault === undefined ? 'muted' : 'limits-fault'}>
          {words}
        </p>
      )}
    </div>
  )
}
