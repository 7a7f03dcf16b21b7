/** Users that Vault makes for a run: issued, renewed while it lasts, revoked at its end. */
package io.schemajob.vault.lease;
