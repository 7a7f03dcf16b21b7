/** Getting a token by one of the methods. */
package io.schemajob.vault.login;
