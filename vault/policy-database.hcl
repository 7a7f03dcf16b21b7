
# With dynamic credentials also: take a database user of its own,
path "@DATABASE_ROLE@" {
  capabilities = ["read"]
}

# keep it while the run lasts and give it back at its end (those of others are not its business),
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
