{{/* Variables of the connection. They hold no secret, only the names of objects that do. */}}
{{- define "schemajob.credentials.env" -}}
- name: PGSSLMODE
  value: {{ .Values.postgres.sslmode }}
{{- if .Values.postgres.ca.configMap }}
- name: PGSSLROOTCERT
  value: {{ printf "/etc/schemajob/postgres/%s" .Values.postgres.ca.key | quote }}
{{- end }}
{{- $source := .Values.credentials.source }}
{{- if eq $source "vault" }}
{{- with .Values.credentials.vault }}
{{- $variables := dict
      "VAULT_ADDR" .address
      "VAULT_NAMESPACE" .namespace
      "VAULT_CACERT" (ternary (printf "/etc/schemajob/vault/%s" .ca.key) "" (ne .ca.configMap ""))
      "SCHEMAJOB_VAULT_AUTH" (ternary "" .auth (eq .auth "kubernetes"))
      "SCHEMAJOB_VAULT_AUTH_MOUNT" .authMount
      "SCHEMAJOB_VAULT_ROLE" (ternary "" .role (eq .auth "approle"))
      "SCHEMAJOB_VAULT_ROLE_ID" (ternary .roleId "" (eq .auth "approle"))
      "SCHEMAJOB_VAULT_SECRET_ID_FILE" (ternary "/etc/schemajob/secret-id/secret-id" "" (and (eq .auth "approle") (ne .secretId.name "")))
      "SCHEMAJOB_VAULT_SECRET" .secret
      "SCHEMAJOB_VAULT_DATABASE_ROLE" .databaseRole }}
{{- range $name, $value := $variables }}
{{- if $value }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- else if eq $source "secret" }}
{{- range $name, $key := .Values.credentials.secret.keys | default (dict "DATABASE_URL" "DATABASE_URL") }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef:
      name: {{ $.Values.credentials.secret.name }}
      key: {{ $key | quote }}
{{- end }}
{{- else }}
{{- with .Values.credentials.file }}
- name: PGHOST
  value: {{ .host | quote }}
- name: PGPORT
  value: {{ .port | quote }}
- name: PGDATABASE
  value: {{ .database | quote }}
- name: PGUSER
  value: {{ .user | quote }}
- name: PGPASSFILE
  value: {{ printf "/etc/schemajob/credentials/%s" .passfile | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "schemajob.credentials.token" -}}
{{- if and (eq .Values.credentials.source "vault") (ne .Values.credentials.vault.auth "approle") -}}true{{- end -}}
{{- end -}}

{{- define "schemajob.credentials.secretId" -}}
{{- if and (eq .Values.credentials.source "vault") (eq .Values.credentials.vault.auth "approle") .Values.credentials.vault.secretId.name -}}true{{- end -}}
{{- end -}}

{{/* The server's CA: for our container and for pg_dump's. */}}
{{- define "schemajob.postgres.mount" -}}
{{- if .Values.postgres.ca.configMap -}}
- name: postgres-ca
  mountPath: /etc/schemajob/postgres
  readOnly: true
{{- end -}}
{{- end -}}

{{- define "schemajob.credentials.mounts" -}}
{{- if include "schemajob.credentials.token" . }}
- name: vault-token
  mountPath: /var/run/secrets/kubernetes.io/serviceaccount
  readOnly: true
{{- end }}
{{- if include "schemajob.credentials.secretId" . }}
- name: vault-secret-id
  mountPath: /etc/schemajob/secret-id
  readOnly: true
{{- end }}
{{- if and (eq .Values.credentials.source "vault") .Values.credentials.vault.ca.configMap }}
- name: vault-ca
  mountPath: /etc/schemajob/vault
  readOnly: true
{{- end }}
{{- if eq .Values.credentials.source "file" }}
- name: credentials-file
  mountPath: /etc/schemajob/credentials
  readOnly: true
{{- end }}
{{- with include "schemajob.postgres.mount" . }}
{{ . }}
{{- end }}
{{- end -}}

{{- define "schemajob.credentials.volumes" -}}
{{- with .Values.credentials.vault }}
{{- if include "schemajob.credentials.token" $ }}
- name: vault-token
  projected:
    defaultMode: 288 # 0440
    sources:
      - serviceAccountToken:
          {{- with .audience }}
          audience: {{ . | quote }}
          {{- end }}
          expirationSeconds: {{ .tokenSeconds }}
          path: token
{{- end }}
{{- if include "schemajob.credentials.secretId" $ }}
- name: vault-secret-id
  secret:
    secretName: {{ .secretId.name }}
    defaultMode: 288 # 0440
    items:
      - key: {{ .secretId.key | quote }}
        path: secret-id
{{- end }}
{{- if and (eq $.Values.credentials.source "vault") .ca.configMap }}
- name: vault-ca
  configMap:
    name: {{ .ca.configMap }}
{{- end }}
{{- end }}
{{- if eq .Values.credentials.source "file" }}
- name: credentials-file
  {{- toYaml .Values.credentials.file.volume | nindent 2 }}
{{- end }}
{{- if .Values.postgres.ca.configMap }}
- name: postgres-ca
  configMap:
    name: {{ .Values.postgres.ca.configMap }}
{{- end }}
{{- end -}}

{{- define "schemajob.credentials.check" -}}
{{- with .Values.credentials -}}
{{- if eq .source "vault" -}}
{{- if not (and .vault.address (or .vault.secret (include "schemajob.fleet.secrets" $))) -}}
{{- fail "credentials.source=vault needs credentials.vault.address and credentials.vault.secret, the path of a KV secret." -}}
{{- end -}}
{{- if and (ne .vault.auth "approle") (not .vault.role) -}}
{{- fail (printf "credentials.vault.auth=%s needs credentials.vault.role." .vault.auth) -}}
{{- end -}}
{{- if and (eq .vault.auth "approle") (not .vault.roleId) -}}
{{- fail "credentials.vault.auth=approle needs credentials.vault.roleId, and credentials.vault.secretId.name if the role wants a secret ID." -}}
{{- end -}}
{{- else if eq .source "secret" -}}
{{- if not .secret.name -}}
{{- fail "credentials.source=secret needs credentials.secret.name, a Secret that exists before the release: one of the same release is created after the hooks." -}}
{{- end -}}
{{- if and .secret.keys (not (or .secret.keys.DATABASE_URL .secret.keys.STORAGE__POSTGRES_URL .secret.keys.PGHOST)) -}}
{{- fail "credentials.secret.keys says neither DATABASE_URL nor PGHOST, so the job would not know which server to connect to." -}}
{{- end -}}
{{- else if not (and .file.host .file.database .file.user .file.volume) -}}
{{- fail "credentials.source=file needs credentials.file.host, database, user and volume; the volume has a password file in libpq's form." -}}
{{- end -}}
{{- end -}}
{{- end -}}
