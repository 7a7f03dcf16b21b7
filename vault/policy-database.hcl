
# With dynamic credentials also: get a database user,
path "@DATABASE_ROLE@" {
  capabilities = ["read"]
}

# and renew and revoke leases of this database role only.
path "sys/leases/renew" {
  capabilities = ["update"]
  allowed_parameters = {
    "lease_id"  = ["@DATABASE_ROLE@/*"]
    "increment" = []
  }
}
path "sys/leases/revoke" {
  capabilities = ["update"]
  allowed_parameters = {
    "lease_id" = ["@DATABASE_ROLE@/*"]
    "sync"     = []
  }
}

# and find out whether token and user can live as long as the run may take.
path "auth/token/lookup-self" {
  capabilities = ["read"]
}
