import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../bridge/client'
import { notify } from './notices'

/** Copies a text, and says that it did. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const { t } = useTranslation('app')
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [copied])
  function copy(): void {
    call('app.copyText', { text }).then(
      () => setCopied(true),
      (thrown: unknown) => notify(t('copyFailed'), thrown)
    )
  }
  const Icon = copied ? Check : Copy
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={copied ? t('copied') : label}
      title={label}
      onClick={copy}
    >
      <Icon size={14} aria-hidden />
    </button>
  )
}
