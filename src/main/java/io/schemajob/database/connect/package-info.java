/** Connecting: hosts, login, TLS, and what a refusal means. */
package io.schemajob.database.connect;
