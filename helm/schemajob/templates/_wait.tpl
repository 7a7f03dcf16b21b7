{{/*
An init container for the pods of the application: it ends when the database is at the version of the bundle. The
context is that of this chart: include "schemajob.wait" .Subcharts.ALIAS. The pod needs the volumes of
"schemajob.volumes" too.
*/}}
{{- define "schemajob.wait" -}}
{{- if .Values.fleet.enabled -}}
{{- fail "schemajob.wait waits for one schema, and fleet.enabled has many: run the fleet as a hook (hooks.mode), before the pods." -}}
{{- end -}}
{{ include "schemajob.container" (dict "root" . "name" (include "schemajob.name" (dict "root" . "suffix" "wait")) "args" (list "wait" "--timeout" "0" "--deadline" "0")) }}
{{- end -}}
