# What the job of @ROLE@ may do in Vault: read its one secret,
path "@SECRET_PATH@" {
  capabilities = ["read"]
}

# and look after the token that it has logged in with.
path "auth/token/renew-self" {
  capabilities = ["update"]
}
path "auth/token/revoke-self" {
  capabilities = ["update"]
}
