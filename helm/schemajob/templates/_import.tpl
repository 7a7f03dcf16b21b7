{{- define "schemajob.import.claim" -}}
{{- .Values.import.claim.name | default (include "schemajob.name" (dict "root" . "suffix" "import")) -}}
{{- end -}}

{{- define "schemajob.import.mounts" -}}
- name: source
  mountPath: /source
  readOnly: true
  {{- with .Values.import.source.subPath }}
  subPath: {{ . | quote }}
  {{- end }}
- name: import
  mountPath: /import
{{- end -}}

{{/* The volume is read-only, not only the mount: so the kubelet does not change the group of the application's files. */}}
{{- define "schemajob.import.volumes" -}}
- name: source
  persistentVolumeClaim:
    claimName: {{ .Values.import.source.claim }}
    readOnly: true
- name: import
  persistentVolumeClaim:
    claimName: {{ include "schemajob.import.claim" . }}
{{- end -}}

{{/* The whole Job; empty unless import.enabled. As a hook it runs right after the migration, and before the release. */}}
{{- define "schemajob.import.job" -}}
{{- if .Values.import.enabled -}}
{{- with .Values.import -}}
{{- $args := list "import" "sqlite" (printf "/source/%s" .file) "--backup-dir" "/import" -}}
{{- with .idMap }}{{ $args = concat $args (list "--id-map" (printf "/import/%s" .)) }}{{ end -}}
{{- $args = concat $args (list "--batch-size" (.batchSize | int | toString) "--timeout" (printf "%ds" (int .timeoutSeconds))) -}}
{{- with .rejects }}{{ $args = concat $args (list "--rejects" (printf "/import/%s" .)) }}{{ end -}}
{{- if .dryRun }}{{ $args = append $args "--dry-run" }}{{ end -}}
{{- include "schemajob.job" (dict "root" $ "component" "import" "name" "import" "args" $args
      "weight" (add1 $.Values.hooks.weight) "suspend" .suspend
      "deadline" (int .deadlineSeconds) "activeDeadline" (int .activeDeadlineSeconds) "resources" .resources
      "mounts" (include "schemajob.import.mounts" $) "volumes" (include "schemajob.import.volumes" $)) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "schemajob.import.check" -}}
{{- with .Values.import -}}
{{- if .enabled -}}
{{- if not .source.claim -}}
{{- fail "import.enabled needs import.source.claim, the PersistentVolumeClaim that has the SQLite file." -}}
{{- end -}}
{{- if eq .source.claim (include "schemajob.import.claim" $) -}}
{{- fail (printf "import.claim.name and import.source.claim are both %s: the copies need a claim of their own, the source is only read." .source.claim) -}}
{{- end -}}
{{- if $.Values.rollback.enabled -}}
{{- fail "import.enabled does not go with rollback.enabled: the tables would go while rows come." -}}
{{- end -}}
{{- if and .claim.create (not .suspend) (ne $.Values.hooks.mode "none") -}}
{{- fail "import.suspend=false makes the import a hook, which runs before the claim of import.claim.create is there: set import.claim.create to false and let import.claim.name exist before." -}}
{{- end -}}
{{- end -}}
{{- if or (le (int .activeDeadlineSeconds) (int .deadlineSeconds)) (le (int .deadlineSeconds) (int .timeoutSeconds)) -}}
{{- fail (printf "import.timeoutSeconds (%d) has to be below import.deadlineSeconds (%d), and that below import.activeDeadlineSeconds (%d)." (int .timeoutSeconds) (int .deadlineSeconds) (int .activeDeadlineSeconds)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
