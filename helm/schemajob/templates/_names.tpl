{{/* First part of all names. It contains the alias: names of two dependencies of one release must differ. */}}
{{- define "schemajob.base" -}}
{{- if .Values.fullnameOverride -}}
{{ .Values.fullnameOverride }}
{{- else if eq .Chart.Name "schemajob" -}}
{{ .Release.Name | replace "." "-" }}
{{- else -}}
{{ printf "%s-%s" .Release.Name .Chart.Name | lower | replace "_" "-" | replace "." "-" }}
{{- end -}}
{{- end -}}

{{/*
A name of at most 63 characters, or `max`: dict "root" $ "suffix" "migration" "max" 52. What does not fit is cut, and a
hash of the whole keeps it unique.
*/}}
{{- define "schemajob.name" -}}
{{- $base := include "schemajob.base" .root -}}
{{- $suffix := ternary (printf "-%s" .suffix) "" (ne .suffix "") -}}
{{- $room := sub (.max | default 63) (len $suffix) | int -}}
{{- if le (len $base) $room -}}
{{ $base }}{{ $suffix }}
{{- else -}}
{{ printf "%s-%s%s" ($base | trunc (sub $room 9 | int) | trimSuffix "-") (sha256sum $base | trunc 8) $suffix }}
{{- end -}}
{{- end -}}

{{/* Label `app`, and the first part of the names of dumps. */}}
{{- define "schemajob.app" -}}
{{- .Values.app | default (include "schemajob.name" (dict "root" . "suffix" "")) -}}
{{- end -}}

{{/* Labels that identify the pods of this chart, for the job's pods and for selectors. */}}
{{- define "schemajob.identity" -}}
app.kubernetes.io/name: schemajob
app.kubernetes.io/instance: {{ include "schemajob.name" (dict "root" . "suffix" "") | quote }}
{{- end -}}

{{/* Labels of an object: dict "root" $ "component" "migration". */}}
{{- define "schemajob.labels" -}}
{{- with .root.Values.labels }}
{{- toYaml . }}
{{ end -}}
app: {{ include "schemajob.app" .root | quote }}
{{ include "schemajob.identity" .root }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service | quote }}
helm.sh/chart: {{ printf "%s-%s" "schemajob" .root.Chart.Version | replace "+" "_" | quote }}
{{- end -}}

{{/*
Annotations of an object: dict "root" $ "weight" -5 "more" dict. With a weight it belongs to the hook; one family of
hooks only, because any Argo CD annotation turns off all Helm hooks of a chart.
*/}}
{{- define "schemajob.annotations" -}}
{{- $mode := .root.Values.hooks.mode -}}
{{- $annotations := merge (dict) (.more | default dict) .root.Values.annotations -}}
{{- if and (hasKey . "weight") (eq $mode "helm") -}}
{{- $_ := set $annotations "helm.sh/hook" "pre-install,pre-upgrade" -}}
{{- $_ := set $annotations "helm.sh/hook-weight" (.weight | int | toString) -}}
{{- $_ := set $annotations "helm.sh/hook-delete-policy" "before-hook-creation" -}}
{{- else if and (hasKey . "weight") (eq $mode "argocd") -}}
{{- $_ := set $annotations "argocd.argoproj.io/hook" "PreSync" -}}
{{- $_ := set $annotations "argocd.argoproj.io/sync-wave" (.weight | int | toString) -}}
{{- $_ := set $annotations "argocd.argoproj.io/hook-delete-policy" "BeforeHookCreation" -}}
{{- end -}}
{{- with $annotations -}}
annotations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Objects that the hook needs are created before it. */}}
{{- define "schemajob.earlier" -}}
{{ sub .Values.hooks.weight 5 }}
{{- end -}}

{{- define "schemajob.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (include "schemajob.name" (dict "root" . "suffix" "schemajob")) -}}
{{- end -}}

{{- define "schemajob.image" -}}
{{- with .Values.image -}}
{{ .repository }}{{ if or .tag (not .digest) }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}{{ with .digest }}@{{ . }}{{ end }}
{{- end -}}
{{- end -}}
