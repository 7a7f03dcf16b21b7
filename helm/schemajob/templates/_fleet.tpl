{{/* Many targets: an Indexed Job with an index a shard, and before it a Job for the canaries. */}}

{{/* Options that name the targets, as a JSON list: context of the chart. */}}
{{- define "schemajob.fleet.targets" -}}
{{- $args := list "--targets" "/fleet/targets.yaml" -}}
{{- with .Values.fleet.targets -}}
{{- if .vault }}{{ $args = list "--targets-vault" .vault }}{{ else if .query }}{{ $args = list "--targets-query" "/fleet/targets.sql" }}{{ end -}}
{{- if .allowEmpty }}{{ $args = append $args "--allow-empty" }}{{ end -}}
{{- end -}}
{{- toJson $args -}}
{{- end -}}

{{/* Options that say how to go about it, as a JSON list: values of the fleet. */}}
{{- define "schemajob.fleet.limits" -}}
{{- $args := list "--parallel" (.parallelTargets | int | toString) -}}
{{- with .perServer }}{{ $args = concat $args (list "--per-server" (. | int | toString)) }}{{ end -}}
{{- with .maxFailures }}{{ $args = concat $args (list "--max-failures" (. | int | toString)) }}{{ end -}}
{{- toJson $args -}}
{{- end -}}

{{/* Fields of the Job: values of the fleet. Its backoffLimit stays unset, which is no limit beside backoffLimitPerIndex. */}}
{{- define "schemajob.fleet.indexes" -}}
completionMode: Indexed
completions: {{ .shards }}
parallelism: {{ .parallelism }}
backoffLimitPerIndex: {{ .backoffLimitPerIndex }}
{{- if not (kindIs "invalid" .maxFailedIndexes) }}
maxFailedIndexes: {{ .maxFailedIndexes }}
{{- end }}
{{- end -}}

{{/* The host name of each pod is the Job's name and its index, and no longer than 63: values of the fleet. */}}
{{- define "schemajob.fleet.longestName" -}}
{{ sub 62 (sub (int .shards) 1 | toString | len) }}
{{- end -}}

{{/* The ConfigMap that this chart creates; empty if it creates none. */}}
{{- define "schemajob.fleet.owned" -}}
{{- if and .Values.fleet.enabled (or .Values.fleet.targets.list .Values.fleet.targets.query) -}}
{{ include "schemajob.name" (dict "root" . "suffix" "fleet-targets") }}
{{- end -}}
{{- end -}}

{{/* Not empty if each target has a secret of its own, so that the common one is not needed. */}}
{{- define "schemajob.fleet.secrets" -}}
{{- with .Values.fleet -}}
{{- if .enabled -}}
{{- $without := 0 -}}
{{- range .targets.list }}{{ if not .secret }}{{ $without = add1 $without }}{{ end }}{{ end -}}
{{- if or .targets.vault (and .targets.list (eq (int $without) 0)) -}}true{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "schemajob.fleet.mounts" -}}
{{- if not .Values.fleet.targets.vault -}}
- name: fleet
  mountPath: /fleet
  readOnly: true
{{- end -}}
{{- end -}}

{{- define "schemajob.fleet.volumes" -}}
{{- if not .Values.fleet.targets.vault -}}
- name: fleet
  configMap:
    name: {{ include "schemajob.fleet.owned" . | default .Values.fleet.targets.configMap }}
{{- end -}}
{{- end -}}

{{/* What pods of the fleet have: dict "root" $ "args" list; the caller adds the rest. */}}
{{- define "schemajob.fleet.pod" -}}
{{- $args := concat .args (include "schemajob.fleet.targets" .root | fromJsonArray) (include "schemajob.fleet.limits" .root.Values.fleet | fromJsonArray) -}}
{{- dict "args" $args "mounts" (include "schemajob.fleet.mounts" .root) "volumes" (include "schemajob.fleet.volumes" .root) | toJson -}}
{{- end -}}

{{/* The Jobs: dict "root" $ "args" list. The canaries are a hook before that of the fleet, which leaves them as they are. */}}
{{- define "schemajob.fleet.jobs" -}}
{{- $root := .root -}}
{{- $pod := include "schemajob.fleet.pod" . | fromJson -}}
{{- with .root.Values.fleet -}}
{{- $canary := list -}}
{{- range .canary.only }}{{ $canary = concat $canary (list "--only" .) }}{{ end -}}
{{- with .canary.count }}{{ $canary = list "--canary" (. | int | toString) }}{{ end -}}
{{- if $canary }}
{{ include "schemajob.job" (merge (dict "root" $root "component" "canary" "name" "migrate" "args" (concat $pod.args $canary)
      "weight" (sub $root.Values.hooks.weight 1)) $pod) }}
---
{{- end }}
{{ include "schemajob.job" (merge (dict "root" $root "component" "fleet" "name" "migrate" "indexed" .
      "args" (concat $pod.args (list "--shards" (.shards | int | toString)))
      "deadline" .deadlineSeconds "activeDeadline" .activeDeadlineSeconds) $pod) }}
{{- end -}}
{{- end -}}

{{- define "schemajob.fleet.check" -}}
{{- with .Values.fleet -}}
{{- if .enabled -}}
{{- $sources := list -}}
{{- range $name := list "list" "configMap" "query" "vault" }}{{ if get $.Values.fleet.targets $name }}{{ $sources = append $sources (printf "fleet.targets.%s" $name) }}{{ end }}{{ end -}}
{{- if ne (len $sources) 1 -}}
{{- fail (printf "fleet.enabled needs exactly one of fleet.targets.list, configMap, query and vault; given: %s." ($sources | join ", " | default "none")) -}}
{{- end -}}
{{- $size := add (toYaml .targets.list | len) (len .targets.query) -}}
{{- if gt (int $size) 900000 -}}
{{- fail (printf "fleet.targets has %d bytes, and a ConfigMap holds no more than 900 kB of them: use fleet.targets.query or vault." $size) -}}
{{- end -}}
{{- if and .targets.vault (ne $.Values.credentials.source "vault") -}}
{{- fail (printf "fleet.targets.vault needs credentials.source=vault, not %s." $.Values.credentials.source) -}}
{{- end -}}
{{- $waves := div (add (int .shards) (int .parallelism) -1) (int .parallelism) -}}
{{- if le (int .activeDeadlineSeconds) (mul $waves (int .deadlineSeconds)) -}}
{{- fail (printf "fleet.activeDeadlineSeconds (%d) has to be above fleet.deadlineSeconds (%d) times %d: %d shards, %d at once, run in %d waves." (int .activeDeadlineSeconds) (int .deadlineSeconds) $waves (int .shards) (int .parallelism) $waves) -}}
{{- end -}}
{{- if and (not (kindIs "invalid" .maxFailedIndexes)) (gt (int .maxFailedIndexes) (int .shards)) -}}
{{- fail (printf "fleet.maxFailedIndexes (%d) is above fleet.shards (%d), which Kubernetes refuses." (int .maxFailedIndexes) (int .shards)) -}}
{{- end -}}
{{- if and .canary.count .canary.only -}}
{{- fail "fleet.canary.count and fleet.canary.only are both given: choose the canaries by number or by name." -}}
{{- end -}}
{{- if and (or .canary.count .canary.only) (eq $.Values.hooks.mode "none") -}}
{{- fail "fleet.canary needs hooks (hooks.mode helm or argocd): without them nothing lets the fleet wait for its canaries." -}}
{{- end -}}
{{- if hasPrefix "+" $.Values.migrate.target -}}
{{- fail (printf "migrate.target=%s does not go with fleet.enabled: a shard that is retried would migrate its completed targets further. Name the version." $.Values.migrate.target) -}}
{{- end -}}
{{- range $name := list "rollback" "import" "backup" "maintenance" -}}
{{- if (get $.Values $name).enabled -}}
{{- fail (printf "%s.enabled does not go with fleet.enabled: it works on one schema, and would leave out the others. Use a release of its own." $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
