import { app } from 'electron'
import { startApp } from './app/start'

// docker-modem prints whole requests, registry passwords included, when DEBUG is set.
delete process.env['DEBUG']

startApp().catch((error: unknown) => {
  process.stderr.write(
    `portolan: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`
  )
  app.exit(1)
})
