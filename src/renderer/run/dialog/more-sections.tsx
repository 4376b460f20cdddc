import { useTranslation } from 'react-i18next'
import { formatCommand } from '../../../shared/command/quote'
import { useRunContext } from '../form/run-context'
import { withText } from '../form/run-form'
import { ListField, Section, SelectField, SwitchField, TextField } from './fields'
import { SECTION_FIELDS } from './shown-fields'

/** What runs in the container, and as whom. */
export function Process() {
  const { t } = useTranslation('run')
  const { image, form, setForm } = useRunContext()
  const isCleared = form.texts.entrypoint === ''
  return (
    <Section title={t('sections.process')} fields={SECTION_FIELDS.process}>
      <TextField
        field="entrypoint"
        label={t('fields.entrypoint')}
        placeholder={image && formatCommand(image.entrypoint)}
      />
      {image && image.entrypoint.length > 0 && (
        <label className="check run-check run-indent">
          <input
            type="checkbox"
            checked={isCleared}
            onChange={(event) => {
              const cleared = { ...form, texts: { ...form.texts, entrypoint: '' } }
              setForm(event.target.checked ? cleared : withText(form, 'entrypoint', ''))
            }}
          />
          {t('fields.noEntrypoint')}
        </label>
      )}
      <TextField field="workdir" label={t('fields.workdir')} placeholder={image?.workdir || '/'} />
      <TextField field="user" label={t('fields.user')} placeholder={image?.user || 'root'} />
      <ListField field="groupAdd" label={t('fields.groupAdd')} />
      <SwitchField field="init" label="--init" hint={t('fields.initHint')} />
      <TextField field="stopSignal" label={t('fields.stopSignal')} placeholder="SIGTERM" />
      <TextField field="stopTimeout" label={t('fields.stopTimeout')} placeholder="10" />
    </Section>
  )
}

/** Whether it is started again, and how much it may use. */
export function Limits() {
  const { t } = useTranslation('run')
  return (
    <Section title={t('sections.limits')} fields={SECTION_FIELDS.limits}>
      <SelectField
        field="restart"
        label={t('fields.restart')}
        choices={[
          { value: '', label: t('restart.no') },
          { value: 'unless-stopped', label: t('restart.unlessStopped') },
          { value: 'always', label: t('restart.always') },
          { value: 'on-failure', label: t('restart.onFailure') }
        ]}
      />
      <TextField field="memory" label={t('fields.memory')} placeholder="512m" />
      <TextField field="memorySwap" label={t('fields.memorySwap')} placeholder="1g" />
      <TextField
        field="memoryReservation"
        label={t('fields.memoryReservation')}
        placeholder="256m"
      />
      <TextField field="cpus" label={t('fields.cpus')} placeholder="1.5" />
      <TextField field="cpuShares" label={t('fields.cpuShares')} placeholder="1024" />
      <TextField field="cpusetCpus" label={t('fields.cpusetCpus')} placeholder="0-1" />
      <TextField field="pidsLimit" label={t('fields.pidsLimit')} placeholder="100" />
      <TextField field="shmSize" label={t('fields.shmSize')} placeholder="64m" />
      <ListField field="ulimits" label={t('fields.ulimits')} placeholder="nofile=1024:2048" />
    </Section>
  )
}

export function Rights() {
  const { t } = useTranslation('run')
  return (
    <Section title={t('sections.rights')} fields={SECTION_FIELDS.rights}>
      <SwitchField field="readOnly" label="--read-only" hint={t('fields.readOnlyHint')} />
      <SwitchField field="privileged" label="--privileged" hint={t('fields.privilegedHint')} />
      <ListField field="capAdd" label={t('fields.capAdd')} placeholder="NET_ADMIN" />
      <ListField field="capDrop" label={t('fields.capDrop')} placeholder="ALL" />
      <ListField field="devices" label={t('fields.devices')} placeholder="/dev/fuse" />
      <ListField field="gpus" label={t('fields.gpus')} placeholder="all" />
      <ListField
        field="securityOptions"
        label={t('fields.securityOptions')}
        placeholder="no-new-privileges"
      />
    </Section>
  )
}

export function Labels() {
  const { t } = useTranslation('run')
  return (
    <Section title={t('sections.labels')} fields={SECTION_FIELDS.labels}>
      <ListField field="labels" label={t('sections.labels')} placeholder="team=harbour" />
    </Section>
  )
}

export function Health() {
  const { t } = useTranslation('run')
  const { image } = useRunContext()
  return (
    <Section
      title={t('sections.health')}
      fields={SECTION_FIELDS.health}
      hint={image?.hasHealthCheck ? t('fields.healthFromImage') : undefined}
    >
      <TextField
        field="healthCommand"
        label={t('fields.healthCommand')}
        placeholder="curl -f http://localhost/"
      />
      <TextField field="healthInterval" label={t('fields.healthInterval')} placeholder="30s" />
      <TextField field="healthTimeout" label={t('fields.healthTimeout')} placeholder="30s" />
      <TextField field="healthStartPeriod" label={t('fields.healthStartPeriod')} placeholder="0s" />
      <TextField field="healthRetries" label={t('fields.healthRetries')} placeholder="3" />
      <SwitchField field="noHealthcheck" label={t('fields.noHealthcheck')} />
    </Section>
  )
}

const LOG_DRIVERS = ['json-file', 'local', 'journald', 'syslog', 'fluentd', 'none']

export function Log() {
  const { t } = useTranslation('run')
  return (
    <Section title={t('sections.log')} fields={SECTION_FIELDS.log}>
      <SelectField
        field="logDriver"
        label={t('fields.logDriver')}
        choices={[
          { value: '', label: t('fields.logDefault') },
          ...LOG_DRIVERS.map((value) => ({ value, label: value }))
        ]}
      />
      <ListField field="logOptions" label={t('fields.logOptions')} placeholder="max-size=10m" />
    </Section>
  )
}

/** How the container finds other machines. */
export function Names() {
  const { t } = useTranslation('run')
  return (
    <Section title={t('sections.names')} fields={SECTION_FIELDS.names}>
      <ListField field="addHosts" label={t('fields.addHosts')} placeholder="db:10.0.0.5" />
      <ListField field="dns" label={t('fields.dns')} placeholder="1.1.1.1" />
      <ListField field="dnsSearch" label={t('fields.dnsSearch')} placeholder="example.org" />
      <ListField field="dnsOptions" label={t('fields.dnsOptions')} placeholder="ndots:1" />
    </Section>
  )
}
