/** Requests to Vault: tries, redirections, TLS, and what a reply says. */
package io.schemajob.vault.http;
