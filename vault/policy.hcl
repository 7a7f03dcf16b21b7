# What the job of @ROLE@ may do in Vault: read its one secret,
path "@SECRET_PATH@" {
  capabilities = ["read"]
}

# and renew and revoke its own token.
path "auth/token/renew-self" {
  capabilities = ["update"]
}
path "auth/token/revoke-self" {
  capabilities = ["update"]
}
