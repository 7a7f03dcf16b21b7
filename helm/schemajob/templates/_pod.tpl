{{- define "schemajob.securityContext" -}}
allowPrivilegeEscalation: false
capabilities:
  drop: [ALL]
readOnlyRootFilesystem: true
{{- end -}}

{{/* Labels and annotations of a pod: dict "root" $ "component" "migration" "container" "migrate". */}}
{{- define "schemajob.podMetadata" -}}
{{- $sidecar := .root.Values.mesh.sidecar -}}
labels:
  {{- include "schemajob.identity" .root | nindent 2 }}
  app.kubernetes.io/component: {{ .component }}
  {{- if ne $sidecar "inherit" }}
  sidecar.istio.io/inject: {{ ternary "true" "false" (eq $sidecar "native") | quote }}
  {{- end }}
  {{- with .root.Values.pod.labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
annotations:
  kubectl.kubernetes.io/default-container: {{ .container }}
  {{- if eq $sidecar "none" }}
  linkerd.io/inject: disabled
  {{- else if eq $sidecar "native" }}
  config.beta.linkerd.io/proxy-enable-native-sidecar: "true"
  linkerd.io/inject: enabled
  sidecar.istio.io/nativeSidecar: "true"
  {{- end }}
  {{- with .root.Values.pod.annotations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{/* The common part of all pods, without containers. */}}
{{- define "schemajob.podFrame" -}}
automountServiceAccountToken: false
enableServiceLinks: false
restartPolicy: Never
serviceAccountName: {{ include "schemajob.serviceAccountName" . }}
terminationGracePeriodSeconds: {{ .Values.pod.terminationGracePeriodSeconds }}
securityContext:
  fsGroup: {{ .Values.pod.group }}
  runAsGroup: {{ .Values.pod.group }}
  runAsNonRoot: true
  runAsUser: {{ .Values.pod.user }}
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.pod.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.pod.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.pod.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.pod.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end -}}

{{- define "schemajob.env" -}}
- name: SCHEMAJOB_BUNDLE
  value: {{ include "schemajob.bundle.location" .root | quote }}
- name: SCHEMAJOB_DEADLINE
  value: {{ printf "%ds" (.deadline | default .root.Values.job.deadlineSeconds | int) | quote }}
{{- range $name, $value := .root.Values.settings }}
{{- if ne (toString $value) "" }}
- name: SCHEMAJOB_{{ $name | snakecase | upper }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}
{{ include "schemajob.credentials.env" .root }}
{{- with .env }}
{{ . }}
{{- end }}
{{- with .root.Values.pod.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Our container: dict "root" $ "name" "migrate" "args" list, and "deadline", "env", "mounts", "resources" if they differ. */}}
{{- define "schemajob.container" -}}
name: {{ .name }}
image: {{ include "schemajob.image" .root | quote }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
args:
  {{- range .args }}
  - {{ . | quote }}
  {{- end }}
env:
  {{- include "schemajob.env" . | nindent 2 }}
resources: {{- toYaml (.resources | default .root.Values.resources) | nindent 2 }}
securityContext:
  {{- include "schemajob.securityContext" . | nindent 2 }}
terminationMessagePath: /dev/termination-log
terminationMessagePolicy: FallbackToLogsOnError
volumeMounts:
  - name: tmp
    mountPath: /tmp
  {{- with include "schemajob.credentials.mounts" .root | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- if include "schemajob.bundle.mounted" .root }}
  - name: bundle
    mountPath: /bundle
    readOnly: true
  {{- end }}
  {{- with .mounts }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- with .root.Values.pod.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{- define "schemajob.volumes" -}}
- name: tmp
  emptyDir:
    medium: Memory
    sizeLimit: {{ .Values.pod.tmpSize }}
{{- include "schemajob.credentials.volumes" . }}
{{- if include "schemajob.bundle.mounted" . }}
- {{- include "schemajob.bundle.volume" . | nindent 2 }}
{{- end }}
{{- with .Values.pod.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* A pod with our container alone. */}}
{{- define "schemajob.podSpec" -}}
{{ include "schemajob.podFrame" .root }}
containers:
  - {{- include "schemajob.container" . | nindent 4 }}
volumes:
  {{- include "schemajob.volumes" .root | nindent 2 }}
  {{- with .volumes }}
  {{- . | nindent 2 }}
  {{- end }}
{{- end -}}
