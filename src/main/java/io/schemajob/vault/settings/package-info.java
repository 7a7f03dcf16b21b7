/** What a run is told of Vault, and secrets that are never printed. */
package io.schemajob.vault.settings;
