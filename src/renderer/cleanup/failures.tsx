import { useTranslation } from 'react-i18next'
import type { ImagesRemoval } from '../../shared/cleanup/model'
import { shortId } from '../../shared/images/model'

/** What stayed of a removal, and why. */
export function Failures({ failed }: { readonly failed: ImagesRemoval['failed'] }) {
  const { t } = useTranslation('cleanup')
  if (failed.length === 0) return null
  return (
    <section role="alert" className="prune-failed">
      <strong>{t('stayed', { count: failed.length })}</strong>
      <ul>
        {failed.map(({ reference, error }) => (
          <li key={reference}>
            <code>{reference.startsWith('sha256:') ? shortId(reference) : reference}</code>:{' '}
            {error.message}
          </li>
        ))}
      </ul>
    </section>
  )
}
