import { lazy, Suspense } from 'react'

const BuildHost = lazy(() => import('../builds/build-host').then((m) => ({ default: m.BuildHost })))
const PullHost = lazy(() =>
  import('../images/pull/pull-host').then((m) => ({ default: m.PullHost }))
)
const RemoveImagesHost = lazy(() =>
  import('../images/remove-images').then((m) => ({ default: m.RemoveImagesHost }))
)

/** Where the features' dialogs appear, over whatever is shown. This file lists. */
export function Hosts() {
  return (
    <Suspense fallback={null}>
      <BuildHost />
      <PullHost />
      <RemoveImagesHost />
    </Suspense>
  )
}
