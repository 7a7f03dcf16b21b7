/** The runs: what happens in which order. This package holds what all of them need: settings, connection, sessions. */
package io.schemajob.job;
