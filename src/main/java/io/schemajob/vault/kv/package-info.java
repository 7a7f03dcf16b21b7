/** Reading a secret of either version of the KV engine. */
package io.schemajob.vault.kv;
