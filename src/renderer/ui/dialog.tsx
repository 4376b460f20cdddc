import { X } from 'lucide-react'
import { Dialog as RadixDialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import './dialog.css'

/** A modal dialog with a title; Escape and the cross close it. Errors of what it does are shown inside it. */
export function Dialog(props: {
  readonly title: string
  readonly description?: string
  readonly wide?: boolean
  /** `page`: nearly the whole window, for a form that fills it. */
  readonly size?: 'page'
  readonly onClose: () => void
  /** Called when the focus goes back to what had it before; prevent the event to put it elsewhere. */
  readonly onClosed?: (event: Event) => void
  /** Called at Escape; prevent the event to keep the dialog open. */
  readonly onEscape?: (event: Event) => void
  readonly children: ReactNode
}) {
  const { t } = useTranslation('app')
  return (
    <RadixDialog.Root open onOpenChange={(open) => !open && props.onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="dialog-overlay" />
        <RadixDialog.Content
          className={`dialog${props.size ? ' dialog-page' : props.wide ? ' dialog-wide' : ''}`}
          {...(props.onEscape && { onEscapeKeyDown: props.onEscape })}
          {...(props.onClosed && { onCloseAutoFocus: props.onClosed })}
          {...(!props.description && { 'aria-describedby': undefined })}
        >
          <header className="dialog-header">
            <RadixDialog.Title className="dialog-title">{props.title}</RadixDialog.Title>
            <RadixDialog.Close className="icon-button" aria-label={t('close')}>
              <X size={16} aria-hidden />
            </RadixDialog.Close>
          </header>
          {props.description && (
            <RadixDialog.Description className="dialog-description">
              {props.description}
            </RadixDialog.Description>
          )}
          {props.children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  )
}
