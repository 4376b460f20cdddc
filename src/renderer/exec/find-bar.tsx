import { Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Finds text in a terminal: Enter the next, Shift+Enter the one before, Escape closes. */
export function FindBar(props: {
  readonly onFind: (text: string, direction: 'next' | 'previous') => boolean
  readonly onClose: () => void
}) {
  const { t } = useTranslation('exec')
  const [found, setFound] = useState(true)
  return (
    <label className="shell-find">
      <Search size={13} aria-hidden />
      <input
        className="field"
        type="search"
        autoFocus
        aria-label={t('find')}
        placeholder={t('find')}
        aria-invalid={!found}
        onChange={(event) =>
          setFound(event.target.value === '' || props.onFind(event.target.value, 'next'))
        }
        onKeyDown={(event) => {
          if (event.key === 'Escape') props.onClose()
          else if (event.key === 'Enter') {
            setFound(props.onFind(event.currentTarget.value, event.shiftKey ? 'previous' : 'next'))
          }
        }}
      />
    </label>
  )
}
