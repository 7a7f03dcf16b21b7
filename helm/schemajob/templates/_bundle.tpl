{{/* The value of SCHEMAJOB_BUNDLE. */}}
{{- define "schemajob.bundle.location" -}}
{{- with .Values.bundle -}}
{{- if eq .source "builtin" -}}{{ .name }}
{{- else if eq .source "path" -}}{{ .path }}
{{- else if eq .source "archive" -}}/bundle/bundle.tar.gz
{{- else if eq .source "image" -}}{{ printf "/bundle/%s" .image.path | trimSuffix "/" }}
{{- else -}}/bundle
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "schemajob.bundle.mounted" -}}
{{- if has .Values.bundle.source (list "configMap" "archive" "image") -}}true{{- end -}}
{{- end -}}

{{/* The ConfigMap that this chart creates; empty if it creates none. */}}
{{- define "schemajob.bundle.owned" -}}
{{- with .Values.bundle -}}
{{- if or (and (eq .source "configMap") .files) (and (eq .source "archive") .archive) -}}
{{ include "schemajob.name" (dict "root" $ "suffix" "bundle") }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Keys of a ConfigMap have no slash; the volume restores the path. */}}
{{- define "schemajob.bundle.volume" -}}
name: bundle
{{- with .Values.bundle }}
{{- if eq .source "image" }}
image:
  reference: {{ .image.reference | quote }}
  pullPolicy: {{ .image.pullPolicy }}
{{- else }}
configMap:
  name: {{ .configMap | default (include "schemajob.bundle.owned" $) }}
  {{- if .files }}
  items:
    {{- range $path := keys .files | sortAlpha }}
    - key: {{ $path | replace "/" "__" | quote }}
      path: {{ $path | quote }}
    {{- end }}
  {{- else if .items }}
  items:
    {{- range $key := keys .items | sortAlpha }}
    - key: {{ $key | quote }}
      path: {{ get $.Values.bundle.items $key | quote }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* A ConfigMap and a release hold 1 MiB each, the release all of the chart, compressed and encoded. */}}
{{- define "schemajob.bundle.check" -}}
{{- with .Values.bundle -}}
{{- $size := 0 -}}
{{- range $path, $text := .files }}{{ $size = add $size (len $path) (len $text) }}{{ end -}}
{{- if gt (int $size) 900000 -}}
{{- fail (printf "bundle.files has %d bytes, and a ConfigMap holds no more than 900 kB of them: put the SQL into an image (bundle.source=path or image)." $size) -}}
{{- end -}}
{{- if gt (len .archive) 900000 -}}
{{- fail (printf "bundle.archive has %d characters, and a ConfigMap holds no more than 900 kB of them: put the SQL into an image (bundle.source=path or image)." (len .archive)) -}}
{{- end -}}
{{- if and (eq .source "configMap") (eq (empty .files) (empty .configMap)) -}}
{{- fail "bundle.source=configMap needs either bundle.files or bundle.configMap, the name of a ConfigMap that exists before the release." -}}
{{- end -}}
{{- if and (eq .source "archive") (eq (empty .archive) (empty .configMap)) -}}
{{- fail "bundle.source=archive needs either bundle.archive (a .tar.gz as base64) or bundle.configMap, a ConfigMap with the key bundle.tar.gz that exists before the release." -}}
{{- end -}}
{{- if and (eq .source "builtin") (not (or .name .files)) -}}
{{- fail (join " " (list
  "Name the bundle: the chart has none by default."
  "For SQL of your own, set bundle.source=path and bundle.path, or bundle.source=configMap, archive or image and their values."
  "For a built-in schema, set bundle.name, or use the file of values/: agent-executor, agent-platform, bindu, minion."
  "The job also needs credentials (credentials.vault.address, role and secret; or credentials.source=secret and credentials.secret.name)"
  "and an account (serviceAccount.create=true, or serviceAccount.name). docs/helm.md has examples.")) -}}
{{- end -}}
{{- if and (ne .source "configMap") .files -}}
{{- fail (printf "bundle.files is given, but bundle.source is %s: it would not be used." .source) -}}
{{- end -}}
{{- if and (eq .source "image") (semverCompare "<1.31.0-0" $.Capabilities.KubeVersion.Version) -}}
{{- fail (printf "bundle.source=image mounts an image as a volume, which Kubernetes %s cannot: build an image on top of ours and use bundle.source=path." $.Capabilities.KubeVersion.Version) -}}
{{- end -}}
{{- if and (eq .source "image") (not .image.reference) -}}
{{- fail "bundle.source=image needs bundle.image.reference." -}}
{{- end -}}
{{- if and (eq .source "path") (not .path) -}}
{{- fail "bundle.source=path needs bundle.path, a folder or a .tar.gz in the image or in pod.extraVolumes." -}}
{{- end -}}
{{- end -}}
{{- end -}}
