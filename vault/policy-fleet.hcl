
# With a fleet from Vault also: find out which secrets there are below a path,
path "@TARGETS_LIST@" {
  capabilities = ["list"]
}

# and read them.
path "@TARGETS_READ@/*" {
  capabilities = ["read"]
}
