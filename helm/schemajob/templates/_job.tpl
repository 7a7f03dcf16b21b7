{{/*
Exit codes that no second try can change fail the Job at once, or the index of a fleet; what Kubernetes itself has ended is
not counted; all else counts against backoffLimit or backoffLimitPerIndex. files/exit-codes.yaml is made from the program's
own list. dict "root" $ "container" "migrate" "action" "FailJob"
*/}}
{{- define "schemajob.podFailurePolicy" -}}
rules:
  - action: Ignore
    onPodConditions:
      - type: DisruptionTarget
        status: "True"
  - action: {{ .action | default "FailJob" }}
    onExitCodes:
      containerName: {{ .container }}
      operator: In
      values: {{- toYaml (.root.Files.Get "files/exit-codes.yaml" | fromYaml).permanent | nindent 8 }}
{{- end -}}

{{/*
dict "root" $ "component" "migration" "name" "migrate" "args" list, and what differs: "deadline" "activeDeadline" "suspend",
and "indexed" (values of the fleet) for an index a shard
*/}}
{{- define "schemajob.jobSpec" -}}
{{- if .suspend }}
suspend: true
{{ end -}}
{{- if .indexed -}}
{{ include "schemajob.fleet.indexes" .indexed }}
{{ else -}}
backoffLimit: {{ .root.Values.job.backoffLimit }}
{{ end -}}
activeDeadlineSeconds: {{ .activeDeadline | default .root.Values.job.activeDeadlineSeconds }}
podFailurePolicy:
  {{- include "schemajob.podFailurePolicy" (dict "root" .root "container" .name "action" (ternary "FailIndex" "FailJob" (hasKey . "indexed"))) | nindent 2 }}
template:
  metadata:
    {{- include "schemajob.podMetadata" (dict "root" .root "component" .component "container" .name) | nindent 4 }}
  spec:
    {{- include "schemajob.podSpec" . | nindent 4 }}
{{- end -}}

{{/*
The migration, the rollback, the import or the fleet. Without hooks it is an ordinary Job, which cannot be changed once it is there:
then its name has a hash of all that it runs. A suspended Job is never a hook: the release would wait for it in vain.
"weight" is given where it is not that of the migration.
*/}}
{{- define "schemajob.job" -}}
{{- $spec := include "schemajob.jobSpec" . -}}
{{- $suffix := .component -}}
{{- $hook := and (ne .root.Values.hooks.mode "none") (not .suspend) -}}
{{- if not $hook -}}
{{- $targets := ternary (toJson .root.Values.fleet.targets) "" (hasKey . "indexed") -}}
{{- $suffix = printf "%s-%s" .component (printf "%s%s%s" $spec (toJson .root.Values.bundle) $targets | sha256sum | trunc 10) -}}
{{- end -}}
{{- $longest := 63 -}}
{{- with .indexed }}{{ $longest = include "schemajob.fleet.longestName" . | int }}{{ end -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ include "schemajob.name" (dict "root" .root "suffix" $suffix "max" $longest) }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "schemajob.labels" . | nindent 4 }}
  {{- $annotations := dict "root" .root "more" .root.Values.job.annotations }}
  {{- if $hook }}{{ $_ := set $annotations "weight" (ternary .weight .root.Values.hooks.weight (hasKey . "weight")) }}{{ end }}
  {{- with include "schemajob.annotations" $annotations }}
  {{- . | nindent 2 }}
  {{- end }}
spec:
  {{- with .root.Values.job.ttlSecondsAfterFinished }}
  ttlSecondsAfterFinished: {{ . }}
  {{- end }}
  {{- $spec | nindent 2 }}
{{- end -}}

{{- define "schemajob.check" -}}
{{- include "schemajob.bundle.check" . -}}
{{- include "schemajob.credentials.check" . -}}
{{- include "schemajob.import.check" . -}}
{{- include "schemajob.fleet.check" . -}}
{{- with .Values.job -}}
{{- if le (int .activeDeadlineSeconds) (int .deadlineSeconds) -}}
{{- fail (printf "job.activeDeadlineSeconds (%d) has to be above job.deadlineSeconds (%d): the run has to end in good order before Kubernetes ends it." (int .activeDeadlineSeconds) (int .deadlineSeconds)) -}}
{{- end -}}
{{- if and (not (kindIs "invalid" .ttlSecondsAfterFinished)) (ne $.Values.hooks.mode "none") -}}
{{- fail (printf "job.ttlSecondsAfterFinished is for hooks.mode=none only: with %s a hook would wait for ever for a Job that is already gone." $.Values.hooks.mode) -}}
{{- end -}}
{{- end -}}
{{- with .Values.maintenance -}}
{{- if le (int .activeDeadlineSeconds) (int .deadlineSeconds) -}}
{{- fail (printf "maintenance.activeDeadlineSeconds (%d) has to be above maintenance.deadlineSeconds (%d)." (int .activeDeadlineSeconds) (int .deadlineSeconds)) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.backup.enabled (not .Values.backup.tables) -}}
{{- fail "backup.enabled needs backup.tables: the tables of the bundle in foreign-key order, with flyway_schema_history." -}}
{{- end -}}
{{- if and .Values.rollback.enabled (not .Values.rollback.target) -}}
{{- fail "rollback.enabled needs rollback.target: the version to go back to, or base. Data in dropped tables is lost." -}}
{{- end -}}
{{- if and .Values.serviceAccount.create .Values.app (eq .Values.serviceAccount.name .Values.app) -}}
{{- fail (printf "serviceAccount.create with the name %s would replace the application's own account at every upgrade: leave serviceAccount.name empty, or give another one." .Values.app) -}}
{{- end -}}
{{- if not (or .Values.serviceAccount.create .Values.serviceAccount.name) -}}
{{- fail "serviceAccount.name has to name an account that exists before the release, unless serviceAccount.create is true." -}}
{{- end -}}
{{- end -}}
