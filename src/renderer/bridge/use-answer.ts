import { useRef, useState } from 'react'
import type { ErrorData } from '../../shared/bridge/errors'
import { errorOf } from './client'

/** What was asked for last: its answer, its error, or neither while it is on its way. */
export interface Answer<T> {
  readonly value?: T
  readonly error?: ErrorData
  readonly isBusy: boolean
}

const NOTHING = { isBusy: false }

/** Asks one thing at a time: an answer that was overtaken by another question is dropped. */
export function useAnswer<T>(): {
  readonly answer: Answer<T>
  readonly ask: (question: () => Promise<T>) => Promise<void>
  readonly forget: () => void
} {
  const [answer, setAnswer] = useState<Answer<T>>(NOTHING)
  const asked = useRef(0)
  async function ask(question: () => Promise<T>): Promise<void> {
    asked.current += 1
    const number = asked.current
    setAnswer({ isBusy: true })
    const next = await question().then(
      (value) => ({ value, isBusy: false }),
      (thrown: unknown) => ({ error: errorOf(thrown), isBusy: false })
    )
    if (asked.current === number) setAnswer(next)
  }
  return {
    answer,
    ask,
    forget: () => {
      asked.current += 1
      setAnswer(NOTHING)
    }
  }
}
