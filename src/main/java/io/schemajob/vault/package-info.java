/**
 * Vault or OpenBao: login, secrets, leases.
 *
 * <p>Only the HTTP layer of quarkus-vault's client is used ({@code VaultRequest} and {@code JDKVaultHttpClient}).
 * Answers are read as JSON trees, so that nothing here needs reflection in a native image, and so that warnings and
 * error texts of the server pass our redaction instead of a library's logger.
 */
package io.schemajob.vault;
